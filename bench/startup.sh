#!/usr/bin/env bash
# Time from launch to the ready line and CPU until then, without a class-data archive and with one; then resident memory
# and CPU of an idle daemon. The launcher makes the archive, as at any first start. As root, after a build:
#     bench/startup.sh [STARTS] [IDLE_SECONDS]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

starts=${1:-10}
idle_seconds=${2:-60}
settle_seconds=10
archive_seconds=120

# CPU time of all threads so far, nanoseconds.
cpu_nanos() {
    awk '{ sum += $1 } END { printf "%.0f\n", sum }' /proc/"$daemon"/task/*/schedstat
}

# Starts so often; argument: what the starts are called.
measure_starts() {
    : > "$directory/ready"
    : > "$directory/cpu"
    for ((i = 0; i < starts; i++)); do
        sentry_start
        cpu_nanos >> "$directory/cpu"
        echo "$ready_micros" >> "$directory/ready"
        sentry_stop
    done
    awk '{ print $1 / 1000 }' "$directory/ready" | summary "$1" ms
    awk '{ print $1 / 1e6 }' "$directory/cpu" | summary "$1, CPU" ms
}

archives() {
    find "$checkout/sentry-netty/target" -name '*.jsa' "$@"
}

await_archive() {
    for ((i = 0; i < archive_seconds * 5; i++)); do
        [[ -z $(archives -size +0) ]] || return 0
        sleep 0.2
    done
    echo "no archive was made" >&2
    exit 1
}

lab_open
echo "load average $(cut -d' ' -f1 /proc/loadavg) before, $(nproc) cores"

# An empty archive is one that could not be made: it keeps the launcher from trying.
archives -delete
sentry_start
sentry_stop
await_archive
archive=$(archives)
mv "$archive" "$directory/archive"
: > "$archive"
measure_starts "launch to ready, no archive"
rm "$archive"
mv "$directory/archive" "$archive"
measure_starts "launch to ready line"

sentry_start
sleep "$settle_seconds"
before=$(cpu_nanos)
sleep "$idle_seconds"
after=$(cpu_nanos)
awk -v nanos=$((after - before)) -v seconds="$idle_seconds" 'BEGIN {
    printf "%-32s %.1f ms of CPU in %d s = %.3f %% of one core\n", "idle", nanos / 1e6, seconds, nanos / seconds / 1e7 }'
awk '/^VmRSS|^RssAnon|^RssFile/ { printf "%-32s %.1f MB\n", $1, $2 / 1024 }' "/proc/$daemon/status"
