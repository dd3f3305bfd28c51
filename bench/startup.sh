#!/usr/bin/env bash
# Time from launch to the ready line, then resident memory and CPU of an idle daemon. As root, after a build:
#     bench/startup.sh [STARTS] [IDLE_SECONDS]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

starts=${1:-10}
idle_seconds=${2:-60}
settle_seconds=10

# CPU time of all threads so far, nanoseconds.
cpu_nanos() {
    awk '{ sum += $1 } END { printf "%.0f\n", sum }' /proc/"$daemon"/task/*/schedstat
}

lab_open
echo "load average $(cut -d' ' -f1 /proc/loadavg) before, $(nproc) cores"

for ((i = 0; i < starts; i++)); do
    sentry_start
    echo "$ready_micros" >> "$directory/ready"
    sentry_stop
done
awk '{ print $1 / 1000 }' "$directory/ready" | summary "launch to ready line" ms

sentry_start
sleep "$settle_seconds"
before=$(cpu_nanos)
sleep "$idle_seconds"
after=$(cpu_nanos)
awk -v nanos=$((after - before)) -v seconds="$idle_seconds" 'BEGIN {
    printf "%-32s %.1f ms of CPU in %d s = %.3f %% of one core\n", "idle", nanos / 1e6, seconds, nanos / seconds / 1e7 }'
awk '/^VmRSS|^RssAnon|^RssFile/ { printf "%-32s %.1f MB\n", $1, $2 / 1024 }' "/proc/$daemon/status"
