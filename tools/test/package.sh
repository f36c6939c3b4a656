#!/bin/sh
# Installs the build of a preset into a scratch folder, moves it, and builds and runs examples/cpp against it.
#   tools/test/package.sh dev
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
preset=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$root"
cmake --build "build/$preset" --target ember_shared
cmake --install "build/$preset" --prefix "$scratch/first" >/dev/null
mv "$scratch/first" "$scratch/moved"
cmake -S examples/cpp -B "$scratch/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$scratch/moved"
cmake --build "$scratch/build"
"$scratch/moved/bin/ember" --version
"${EMBER_CACHE:-$HOME/.cache/ember}/venv-client-4.0.2/bin/python" tools/test/seed_job_check.py "$scratch/build/seed_job"
