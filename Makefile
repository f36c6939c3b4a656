# The commands of a checkout; `make help` lists them. The work is done by CMake presets and tools/.
PRESET ?= dev
PREFIX ?= /usr/local
PYTHON ?= python3
RELEASE := build/release/bin/ember
VERSION := $(shell grep -o 'VERSION [0-9][0-9.]*' CMakeLists.txt | tail -1 | cut -d' ' -f2)
PACKAGE := ember-$(VERSION)-linux-$(shell uname -m)

.DEFAULT_GOAL := help
.PHONY: help demo emulator build release test check format soak golden bench install package

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1 \2/p' $(MAKEFILE_LIST) | \
	  while read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done
	@printf '%s\n' '' 'PRESET=dev|release|asan|tsan (build, test), PREFIX=/usr/local (install).' \
	  'Downloads and Python environments: $${EMBER_CACHE:-~/.cache/ember}.'

demo: release ## install what is missing, build, run the S&P 500 pipeline
	$(RELEASE) run examples/sp500/pipeline.yaml
	@echo "Results: examples/sp500/out"

emulator: release ## install what `ember emr emulate` stands on: Spark 3.5.6 and 4.0.2, a server of S3
	@tools/setup/system.sh spark && tools/setup/python.sh spark-3.5.6 spark-4.0.2 moto-5.2.5
	@mkdir -p build && ln -sfn $${EMBER_CACHE:-$$HOME/.cache/ember}/venv-moto-5.2.5/bin/moto_server build/s3_server

build: ## build everything with PRESET (dev)
	@tools/setup/system.sh && mkdir -p build
	@cmake --preset $(PRESET) >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
	@cmake --build build/$(PRESET)

release: ## build the ember program as it is installed
	@tools/setup/system.sh && mkdir -p build
	@cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
	@cmake --build build/release --target ember

test: ## install what the tests need, build, run every test; ends with a count
	@$(PYTHON) tools/test/run.py

check: ## layers, layout, names, one definition of each, self-contained headers, clang-tidy, function rows against golden files
	@$(PYTHON) tools/test/run.py --only check

format: ## write clang-format's layout into all C++ code
	@$(PYTHON) tools/check/layout.py --fix

soak: ## the long tests: sanitizers, clang-tidy on all code, kills, all goldens on a live Spark
	@$(PYTHON) tools/test/run.py --soak

golden: ## record tests/golden again from a real Spark
	@tools/setup/system.sh spark && tools/setup/python.sh client-4.0.2 spark-4.0.2
	tools/golden/record.sh

bench: release ## measure the bars and print them as a table
	@tools/setup/system.sh test && tools/setup/python.sh client-4.0.2 spark-4.0.2
	@cmake --build build/release --target ember_bench_duckdb ember_bench_seed_job ember_bench_remote_collect
	$(PYTHON) bench/run.py

install: release ## install program, C++ package and completions under PREFIX
	@cmake --build build/release --target ember_shared
	@cmake --install build/release --prefix $(PREFIX) >build/install.log || { cat build/install.log; exit 1; }
	@echo "Installed under $(PREFIX): bin/ember, lib/libember.so, include/ember"

package: ## a relocatable tarball in dist/
	@rm -rf dist/$(PACKAGE) && mkdir -p dist
	@mkdir -p build && cmake --preset release -DEMBER_BUNDLE=ON >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
	@$(MAKE) --no-print-directory install PREFIX=$(CURDIR)/dist/$(PACKAGE)
	@cmake --preset release -DEMBER_BUNDLE=OFF >/dev/null
	@tar -C dist -czf dist/$(PACKAGE).tar.gz $(PACKAGE) && rm -rf dist/$(PACKAGE)
	@ls -lh dist/$(PACKAGE).tar.gz
