# Sourced by make.sh: three network namespaces in a row, far - gate - home, and tcpdump in one of them.
# far    198.51.100.7 and 2001:db8:f::7, and owns all of 203.0.113.0/24 and 2001:db8:e::/64
# gate   forwards; 198.51.100.1 and 192.0.2.1
# home   192.0.2.10 to 192.0.2.19 and 2001:db8:a::10; the rest of 192.0.2.0/24 is empty
# Nothing outside of them is touched.

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
far=es-far-$BASHPID
gate=es-gate-$BASHPID
home=es-home-$BASHPID
at=home:home0

far() { ip netns exec "$far" "$@"; }
gate() { ip netns exec "$gate" "$@"; }
home() { ip netns exec "$home" "$@"; }

lab_open() {
    trap lab_close EXIT
    local space link host
    for space in "$far" "$gate" "$home"; do
        ip netns add "$space"
        ip -n "$space" link set lo up
        ip netns exec "$space" sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv4.conf.all.rp_filter=0 \
            net.ipv4.conf.default.rp_filter=0 net.ipv4.ping_group_range="0 2147483647"
    done
    ip -n "$far" link add far0 type veth peer name out0 netns "$gate"
    ip -n "$home" link add home0 type veth peer name in0 netns "$gate"
    for link in "$far far0" "$gate out0" "$gate in0" "$home home0"; do
        # shellcheck disable=SC2086
        set -- $link
        # Checksums and segments as they are on a wire.
        ip netns exec "$1" ethtool -K "$2" tx off gso off tso off gro off > /dev/null 2>&1 || true
        ip -n "$1" link set "$2" up
    done
    gate sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    addresses "$far" far0 198.51.100.7/24 2001:db8:f::7/64
    addresses "$gate" out0 198.51.100.1/24 2001:db8:f::1/64
    addresses "$gate" in0 192.0.2.1/24 2001:db8:a::1/64
    for host in {0..9}; do
        addresses "$home" home0 "192.0.2.1$host/24" "2001:db8:a::1$host/64"
    done
    ip -n "$far" route add local 203.0.113.0/24 dev lo
    ip -n "$far" route add local 2001:db8:e::/64 dev lo
    ip -n "$far" route add default via 198.51.100.1
    ip -n "$far" route add default via 2001:db8:f::1
    ip -n "$gate" route add 203.0.113.0/24 via 198.51.100.7
    ip -n "$gate" route add 2001:db8:e::/64 via 2001:db8:f::7
    ip -n "$home" route add default via 192.0.2.1
    ip -n "$home" route add default via 2001:db8:a::1
}

addresses() { # namespace link address...
    local space=$1 link=$2 address
    shift 2
    for address in "$@"; do
        ip -n "$space" addr add "$address" dev "$link"
    done
}

lab_close() {
    local space
    for space in "$far" "$gate" "$home"; do
        # shellcheck disable=SC2046
        kill $(ip netns pids "$space" 2> /dev/null) 2> /dev/null || true
        ip netns delete "$space" 2> /dev/null || true
    done
}

# truth HOME SCANNERS KIND MUST_NOT SCORE NOTE: this capture's line of labels.tsv.
truth() {
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$file" "$@" > "$labels/${file//\//_}"
}

# record COMMAND...: what the wire at $at carries while COMMAND runs, into this capture's file.
record() {
    local space=${at%%:*} link=${at##*:} watcher line
    coproc WATCH { ip netns exec "${!space}" tcpdump -n -U -Z root -s 160 ${precision:-} -i "$link" -w "$out/$file" 2>&1 >&"$quiet"; }
    watcher=$WATCH_PID
    IFS= read -r -t 10 line <&"${WATCH[0]}"
    while [[ $line != *listening* ]]; do
        IFS= read -r -t 10 line <&"${WATCH[0]}" || { echo "$file: tcpdump did not start: $line" >&2; return 1; }
    done
    "$@" > /dev/null 2>&1 || true
    sleep "${after:-1}"
    kill -INT $(pgrep -P "$watcher" tcpdump || echo "$watcher") 2> /dev/null || true
    wait "$watcher" 2> /dev/null || true
}

# services PORT,...: TCP servers in home, on all its addresses, that greet and answer.
services() { home_server tcp "$1"; }
home_server() {
    ip netns exec "$home" python3 "$here/serve.py" "$@" < /dev/null > /dev/null 2>&1 &
    sleep 0.5
}
far_server() {
    ip netns exec "$far" python3 "$here/serve.py" "$@" < /dev/null > /dev/null 2>&1 &
    sleep 0.5
}

# silent [PORT,...]: home drops everything but these TCP ports.
silent() {
    home nft -f - <<RULES
table inet silent {
    chain input {
        type filter hook input priority 0; policy drop;
        ct state established,related accept
        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
        tcp dport { ${1:-0} } accept
    }
}
RULES
}

# refuse RULE: one more rule for what home receives.
refuse() {
    home nft add table inet refusal
    home nft 'add chain inet refusal input { type filter hook input priority 0; }'
    home nft add rule inet refusal input "$1"
}

retime() { python3 "$here/retime.py" "$out/$file" "$@"; }
