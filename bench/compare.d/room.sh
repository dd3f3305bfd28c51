#!/usr/bin/env bash
# Runs a peer in a file system of its own as to /etc, /dev, /run, /var/lib and /var/log, so that Debian's packages find
# their places without being installed on this machine. Called in a network namespace by peers.sh:
#     room.sh ROOM COMMAND...
# ROOM: where those directories are. Leaves the time just before the first command in ROOM/launched.
set -euo pipefail

room=$1
shift
for place in dev run var/lib var/log etc; do
    mount --bind "$room/$place" "/$place"
done
[[ -s $room/launched ]] || echo "${EPOCHREALTIME/./}" > "$room/launched"
exec "$@"
