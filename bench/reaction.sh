#!/usr/bin/env bash
# Time from a host's first trap probe to its first packet that goes unanswered. As root, after a build:
#     bench/reaction.sh [COLD_STARTS] [WARM_UPS] [TRIALS]; 0 leaves that part out
# The daemon blocks, not the kernel by itself (BLOCK_OFFLOAD="0"): else there is no reaction to measure.
# Cold: the first probe that a new daemon ever sees, once a start. Warm: after probes from WARM_UPS other hosts.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

cold_starts=${1:-10}
warm_ups=${2:-300}
trials=${3:-300}
trap_port=111
closed_port=2

# Arguments: first source, warm-ups, trials.
react() {
    ip netns exec "$scanner" java -cp "$checkout/bench/target/benchmarks.jar" org.edgesentry.bench.ReactionTime \
        10.77.0.2 "$trap_port" "$closed_port" "$@" > "$directory/trials"
    ! grep never "$directory/trials" >&2
    cat "$directory/trials"
}

lab_open
echo 'BLOCK_OFFLOAD="0"' >> "$directory/portsentry.conf"
echo "load average $(cut -d' ' -f1 /proc/loadavg) before, $(nproc) cores"

for ((i = 0; i < cold_starts; i++)); do
    sentry_start
    sleep 1
    react 10.88.0.1 0 1 >> "$directory/cold"
    sentry_stop
    ip netns exec "$sensor" nft flush ruleset
    # Else the next one takes the block up again.
    rm -rf "$directory/state"
done
if ((cold_starts > 0)); then
    awk '{ print $1 / 1000 }' "$directory/cold" | summary "cold, first probe of a daemon" ms
    awk '{ print $2 }' "$directory/cold" | summary "cold: answers learned" answers
fi
((trials > 0)) || exit 0

sentry_start
sleep 1
react 10.88.1.1 "$warm_ups" "$trials" > "$directory/warm"
awk '{ print $1 / 1000 }' "$directory/warm" | summary "warm" ms
awk '{ print $2 }' "$directory/warm" | summary "warm: answers learned" answers
