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
# examples/cpp registers with ctest what it wants to be run.
ctest --test-dir "$scratch/build" --output-on-failure --no-tests=error
