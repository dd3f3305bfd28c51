# Sourced after lab.sh: a SYN flood from trafgen (netsniff-ng) at the traps 1000 to 1020, with the receive interrupt on
# core 0, beside the generator.

flood_ports=$(seq -s, 1000 1020)

# The receive interrupt has core 0 from now on. ("near" is the sensor's end of the pair.)
syn_open() {
    ip netns exec "$sensor" bash -c 'echo 1 > /sys/class/net/near/queues/rx-0/rps_cpus'
}

syn_close() {
    ip netns exec "$sensor" bash -c 'echo 0 > /sys/class/net/near/queues/rx-0/rps_cpus'
}

# Arguments: "one" source or "random" ones of 10.0.0.0/8, seconds.
syn_flood() {
    syn_packet "$1" > "$directory/flood.cfg"
    ip netns exec "$scanner" timeout -s INT "$2" taskset -c 0 trafgen -P 1 -o far -i "$directory/flood.cfg" \
        > "$directory/trafgen" 2>&1 || true
}

# Ethernet, IPv4, TCP with SYN; sums are right.
syn_packet() {
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

# Packets that the sensor's interface has received.
received() {
    ip netns exec "$sensor" cat /sys/class/net/near/statistics/rx_packets
}
