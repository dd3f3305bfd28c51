# Sourced by the scripts beside it: two network namespaces with a veth pair between them, and the daemon in one of them.
# Sensor 10.77.0.2, scanner 10.77.0.1; the scanner also owns all of 10.88.0.0/16. Nothing outside them is touched.

checkout=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
scanner=es-bench-$$-far
sensor=es-bench-$$-near
# What comes before the daemon's command, such as taskset.
pin=()

lab_open() {
    [[ $(id -u) == 0 ]] || { echo "this makes network namespaces: run it as root" >&2; exit 1; }
    directory=$(mktemp -d)
    mkfifo "$directory/console"
    trap lab_close EXIT
    ip netns add "$scanner"
    ip netns add "$sensor"
    ip -n "$scanner" link add far type veth peer name near netns "$sensor"
    ip -n "$scanner" addr add 10.77.0.1/24 dev far
    ip -n "$sensor" addr add 10.77.0.2/24 dev near
    ip -n "$scanner" addr add fd77::1/64 dev far nodad
    ip -n "$sensor" addr add fd77::2/64 dev near nodad
    ip -n "$scanner" link set lo up
    ip -n "$sensor" link set lo up
    ip -n "$scanner" link set far up
    ip -n "$sensor" link set near up
    ip -n "$scanner" route add local 10.88.0.0/16 dev lo
    ip -n "$sensor" route add 10.88.0.0/16 via 10.77.0.1
    sed -e "s|^HISTORY_FILE=.*|HISTORY_FILE=\"$directory/history\"|" \
        -e "s|^BLOCKED_FILE=.*|BLOCKED_FILE=\"$directory/blocked\"|" \
        "$checkout/conf/portsentry.conf" > "$directory/portsentry.conf"
    echo "CONTROL_SOCKET=\"$directory/socket\"" >> "$directory/portsentry.conf"
    echo "STATE_DIR=\"$directory/state\"" >> "$directory/portsentry.conf"
}

lab_close() {
    [[ -z ${daemon:-} ]] || sentry_stop
    ip netns delete "$scanner"
    ip netns delete "$sensor"
    rm -r "$directory"
}

# Starts the daemon with the shipped settings and these options; sets daemon (its process) and ready_micros (launch to ready line).
sentry_start() {
    local began=${EPOCHREALTIME/./} line
    ip netns exec "$sensor" "${pin[@]}" "$checkout/sentry" -c "$directory/portsentry.conf" "$@" \
        > "$directory/console" 2>&1 &
    daemon=$!
    exec 3< "$directory/console"
    while IFS= read -r -u 3 line; do
        if [[ $line == *"is now active and listening"* ]]; then
            ready_micros=$((${EPOCHREALTIME/./} - began))
            cat <&3 > "$directory/console.log" &
            return
        fi
        echo "$line" >> "$directory/start.log"
    done
    echo "the daemon did not start:" >&2
    cat "$directory/start.log" >&2
    exit 1
}

sentry_stop() {
    kill "$daemon" 2> /dev/null || true
    wait "$daemon" || true
    daemon=
    exec 3<&-
}

# Numbers, one a line, to one line: median, 90th percentile, of a hundred or more the 99th too, range, count.
summary() {
    sort -n | awk -v what="$1" -v unit="$2" '
        { value[NR] = $1 }
        END { median = (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2
              p90 = value[int(NR * 0.9 + 0.999)]
              p99 = NR < 100 ? "" : sprintf(", 99 %% within %g", value[int(NR * 0.99 + 0.999)])
              printf "%-32s median %g %s, 90 %% within %g%s, range %g to %g, %d times\n",
                      what, median, unit, p90, p99, value[1], value[NR], NR }'
}
