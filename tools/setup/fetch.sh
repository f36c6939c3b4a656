#!/bin/sh
# Downloads the pinned third-party parts into ${EMBER_CACHE:-$HOME/.cache/ember}; instant when they are there.
exec python3 "$(dirname "$0")/fetch.py" "$@"
