# Sourced by bench/compare: a SYN flood at the traps 1000 to 1020 for five seconds, from one source and from random ones
# of 10.0.0.0/8; the detectors only log. trafgen (netsniff-ng) and the receive interrupt have core 0, the detector
# core 1. Each trial is a new process. Alone: bench/compare flood
#
# Seen: for Edge Sentry what its last line counts, for PortSentry its lines about probes, for scanlogd what its raw
# socket did not drop (/proc/net/raw); all of what the interface received. psad's lines sum up, so nobody can tell.

flooded=(sentry portsentry-stcp portsentry-atcp scanlogd psad)
flood_ports=$(seq -s, 1000 1020)

flood() {
    local round peer source rounds=3
    [[ -z $quick ]] || rounds=1
    sensor bash -c 'echo 1 > /sys/class/net/near/queues/rx-0/rps_cpus'
    for ((round = 1; round <= rounds; round++)); do
        for source in one random; do
            for peer in "${flooded[@]}"; do
                pin=(taskset -c 1)
                if ! peer_start "$peer" 0 "$flood_ports"; then
                    note_trial flood "$peer" skipped "$reason"
                else
                    sleep "$settle_seconds"
                    flood_trial "$peer" "$source"
                fi
                peer_stop
                pin=()
            done
        done
    done
    sensor bash -c 'echo 0 > /sys/class/net/near/queues/rx-0/rps_cpus'
}

# Arguments: peer, "one" or "random". Columns: sources, packets a second, share seen, CPU s and log MB a million, MB.
flood_trial() {
    local began cpu packets log lines dropped seconds=5 micros
    [[ -z $quick ]] || seconds=1
    flood_packet "$2" > "$directory/flood.cfg"
    packets=$(received)
    cpu=$(peer_cpu_nanos)
    log=$(peer_log_bytes "$1")
    lines=$(peer_lines "$1")
    dropped=$(raw_dropped)
    began=${EPOCHREALTIME/./}
    scanner timeout -s INT "$seconds" taskset -c 0 trafgen -P 1 -o far -i "$directory/flood.cfg" \
        > "$directory/trafgen" 2>&1 || true
    micros=$((${EPOCHREALTIME/./} - began))
    packets=$(($(received) - packets))
    sleep "$settle_seconds"
    cpu=$(($(peer_cpu_nanos) - cpu))
    local memory seen
    memory=$(peer_megabytes)
    log=$(($(peer_log_bytes "$1") - log))
    case $1 in
        scanlogd) seen=$((packets - $(raw_dropped) + dropped)) ;;
        sentry)
            sentry_stop
            sleep 0.3
            seen=$(sed -n 's/.*Edge Sentry stops. Probes: \([0-9]*\) on traps.*/\1/p' "$directory/console.log")
            ;;
        psad) seen=- ;;
        *) seen=$(($(peer_lines "$1") - lines)) ;;
    esac
    if ((packets == 0)); then
        note_trial flood "$1" skipped "trafgen: $(tail -1 "$directory/trafgen")"
        return
    fi
    note_trial flood "$1" "$2" $(awk -v packets="$packets" -v micros="$micros" -v seen="${seen:-0}" -v cpu="$cpu" \
        -v log_bytes="$log" -v memory="$memory" 'BEGIN {
            million = packets / 1e6
            printf "%.0f %s %.3f %.3f %s", packets * 1e6 / micros,
                seen == "-" ? seen : sprintf("%.2f", 100 * seen / packets), cpu / 1e9 / million,
                log_bytes / 1e6 / million, memory }')
}

# Argument as above. Ethernet, IPv4, TCP with SYN; sums are right.
flood_packet() {
    local source="10,88,0,9"
    [[ $1 == one ]] || source="10,drnd(3)"
    cat << PACKET
{ $(mac_of "$sensor" near), $(mac_of "$scanner" far), 0x08,0x00,
  0x45,0, c16(40), drnd(2), 0x40,0, 64,6, csumip(14,33), $source, 10,77,0,2,
  drnd(2), 0x03,dinc(0xE8,0xFC), drnd(4), 0,0,0,0, 0x50,0x02, c16(1024), csumtcp(14,34), 0,0 }
PACKET
}

mac_of() {
    ip netns exec "$1" cat "/sys/class/net/$2/address" | sed 's/^/0x/; s/:/,0x/g'
}

received() {
    sensor cat /sys/class/net/near/statistics/rx_packets
}

raw_dropped() {
    sensor awk 'NR > 1 { sum += $NF } END { print sum + 0 }' /proc/net/raw
}

# Arguments: peer, sources, column: median of the rounds.
flooded_median() {
    awk -F'\t' -v peer="$1" -v source="$2" -v column="$3" '
        $1 == peer && $2 == source && $column ~ /^[0-9]/ { print $column }' \
        "$results/flood.raw" | spread | cut -d' ' -f1
}

flood_table() {
    local peer source cells i
    header "flood" "offered, thousands a second" "seen, %" "CPU s per million" "log MB per million" "resident MB after"
    for source in one random; do
        for peer in "${flooded[@]}"; do
            cells=("$(flooded_median "$peer" "$source" 3 | awk '{ printf $1 == "-" ? "-" : "%.0f", $1 / 1000 }')")
            for i in 4 5 6 7; do
                cells+=("$(flooded_median "$peer" "$source" $i)")
            done
            row "$peer, $source source$([[ $source == one ]] || echo s)" "${cells[@]}"
        done
    done
    reasons flood
}

flood_plot() {
    flood_bars flood-seen 4 "Share of a flood that is seen" "%" ""
    flood_bars flood-cpu 5 "CPU for a million packets of a flood" "seconds" ""
    flood_bars flood-log 6 "Log for a million packets of a flood" "MB" ""
}

# Arguments: picture, column, title, unit, scale.
flood_bars() {
    local peer source
    for source in one random; do
        for peer in "${flooded[@]}"; do
            printf '%s\t%s\n' "$peer, $source" "$(flooded_median "$peer" "$source" "$2")"
        done
    done | bars "$1" "$3" "$4" "$5"
}
