#!/bin/sh
# Installs the Debian packages that building Ember needs, those only that are missing.
# "system.sh test" adds what only the tests and checks need.
set -eu
build="g++ cmake ninja-build mold ccache pkg-config python3 ca-certificates
  libgrpc++-dev libprotobuf-dev protobuf-compiler protobuf-compiler-grpc libssl-dev libcurl4-openssl-dev libpugixml-dev
  tzdata libfmt-dev libyaml-cpp-dev libcli11-dev nlohmann-json3-dev libpcre2-dev libzstd-dev zlib1g-dev
  libgtest-dev libgmock-dev"
test="python3-venv clang-format-19 clang-tidy-19"

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

wanted=$build
[ "${1:-}" = test ] && wanted="$build $test"
# Any java of version 17 serves: Debian's is only taken where there is none.
if [ "${1:-}" = spark ]; then
  wanted="$build $test"
  java -version 2>&1 | grep -q 'version "17' || wanted="$wanted openjdk-17-jre-headless"
fi
missing=""
for package in $wanted; do
  installed "$package" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null; then
  echo "system: missing:$missing; they are Debian 12 package names, install them by your system's own means" >&2
  exit 1
fi
root=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "system: missing:$missing; install them as root, or install sudo" >&2; exit 1; }
  root="sudo"
fi
echo "installing:$missing"
$root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
