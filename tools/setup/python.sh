#!/bin/sh
# Makes the Python environments named by tools/setup/python/<name>.txt in the cache folder, as venv-<name>:
#   tools/setup/python.sh client-4.0.2 client-4.2.0
# Versions are pinned and checked by hash; an environment that is up to date is left alone. The jars of <name>.jars, if
# there is such a list, are put beside those of the Spark in it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${EMBER_CACHE:-$HOME/.cache/ember}
mkdir -p "$cache"
for name in "$@"; do
  list=$here/python/$name.txt
  [ -f "$list" ] || { echo "python.sh: no list $list; there are: $(cd "$here/python" && ls)" >&2; exit 2; }
  venv=$cache/venv-$name
  jars=$here/python/$name.jars
  sum=$(cat "$list" $([ ! -f "$jars" ] || echo "$jars") | sha256sum | cut -d' ' -f1)
  [ "$(cat "$venv/ready" 2>/dev/null || true)" = "$sum" ] && continue
  echo "making the Python environment $name"
  (
    flock 9
    [ -x "$venv/bin/pip" ] || python3 -m venv "$venv"
    "$venv/bin/pip" install -qq --disable-pip-version-check --require-hashes -r "$list"
    [ ! -f "$jars" ] || python3 "$here/jars.py" "$jars" "$(echo "$venv"/lib/python3*/site-packages/pyspark/jars)"
    echo "$sum" >"$venv/ready"
  ) 9>"$cache/venv-$name.lock"
done
