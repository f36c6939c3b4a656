#!/bin/sh
# Tries the set-up in a bare Debian 12 tree that has only git and make, from a clone of this checkout's HEAD:
#   sudo tools/setup/try_bare.sh [FOLDER [COMMAND...]]        default: /var/tmp/ember-bare make demo
# Needs root and debootstrap. The folder is made when it is not there and kept; remove it to start anew.
# Certificates that this machine's administrator added are trusted inside too.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-/var/tmp/ember-bare}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- make demo
[ "$(id -u)" = 0 ] || { echo "try_bare: needs root" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "try_bare: apt-get install debootstrap" >&2; exit 1; }

if [ ! -e "$folder/etc/debian_version" ]; then
  debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$folder" >"$folder.log" 2>&1 ||
    { tail "$folder.log"; exit 1; }
  if ls /usr/local/share/ca-certificates/*.crt >/dev/null 2>&1; then
    cp /usr/local/share/ca-certificates/*.crt "$folder/usr/local/share/ca-certificates/"
    chroot "$folder" update-ca-certificates >/dev/null 2>&1
  fi
fi
cp -L /etc/resolv.conf /etc/hosts "$folder/etc/"
rm -rf "$folder/root/ember"
git clone -q --no-hardlinks "$root" "$folder/root/ember"
# Mounts live in a namespace of their own and end with the command.
exec unshare --mount --pid --fork sh -c '
  folder=$1; shift
  mount -t proc proc "$folder/proc" && mount --rbind /dev "$folder/dev" &&
    exec chroot "$folder" env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      LANG=C.UTF-8 sh -c "cd /root/ember && exec \"\$@\"" sh "$@"
' sh "$folder" "$@"
