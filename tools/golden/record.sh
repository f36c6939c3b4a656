#!/usr/bin/env bash
# Records tests/golden from a real Spark: sets up what is missing, starts a server, records, stops it.
#   tools/golden/record.sh [arguments of record.py, e.g. --only functions/round]
# EMBER_GOLDEN_PORT names the port; a server of ours that already runs there is used and left alone.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${EMBER_CACHE:-$HOME/.cache/ember}
version=4.0.2
port=${EMBER_GOLDEN_PORT:-15402}

command -v java >/dev/null || { echo "Java 17 is missing: apt-get install openjdk-17-jre-headless" >&2; exit 1; }
"$root/tools/setup/python.sh" "client-$version"
if ! python3 "$root/tools/spark/server.py" status --port "$port" >/dev/null; then
  "$root/tools/setup/python.sh" "spark-$version"
  python3 "$root/tools/spark/server.py" start --port "$port"
  trap 'python3 "$root/tools/spark/server.py" stop --port "$port"' EXIT
fi
"$cache/venv-client-$version/bin/python" "$root/tools/golden/record.py" --url "sc://127.0.0.1:$port" "$@"
