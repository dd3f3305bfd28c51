"""Crafted odd traffic: backscatter, reflection, tunnels, malformed packets, sources that cannot be."""

import random
import struct

import packets
from packets import ACK, FIN, RST, SECOND, SYN
from wire import RTT, a_port, capture

HOME = "192.0.2.10"
NET = "192.0.2.0/24"
VICTIM = "203.0.113.99"


def host(number):
    return f"192.0.2.{number}"


def outside(number):
    return f"203.0.113.{number}"


@capture("benign", NET, "backscatter", must_not=f"{VICTIM},*")
def backscatter_synack(wire):
    """A web server under a forged flood answers 180 addresses of home with SYN-ACK, three times each, over two hours."""
    for turn in range(180):
        answer = packets.tcp(VICTIM, host(random.randint(1, 254)), 80, random.randint(1024, 65535), SYN | ACK, 5, 6, options=packets.MSS)
        for repeat in (0, 3, 9):
            wire.add(turn * 40 * SECOND + repeat * SECOND, answer)


@capture("benign", HOME, "backscatter", must_not=f"{VICTIM},*")
def backscatter_rst_one_host(wire):
    """A host without the flooded service answers one forged address of home with RST-ACK to 150 ports; home never sent anything."""
    for turn in range(150):
        wire.add(turn * 700_000, packets.tcp(VICTIM, HOME, 6667, random.randint(1, 65535), RST | ACK, 0, 9, window=0))


@capture("benign", NET, "backscatter", must_not=f"{VICTIM},*")
def backscatter_rst_many_ports(wire):
    """A flooded host answers from 60 random ports of its own with RST-ACK to 60 addresses and ports of home."""
    for turn in range(60):
        wire.add(turn * 3 * SECOND, packets.tcp(VICTIM, host(random.randint(1, 254)), random.randint(1, 65535),
                                                random.randint(1024, 65535), RST | ACK, 0, 9, window=0))


@capture("benign", NET, "backscatter")
def backscatter_icmp(wire):
    """40 routers report about 200 packets with forged sources in home: host unreachable, time exceeded, prohibited, port unreachable."""
    for turn in range(200):
        about = packets.udp(host(random.randint(1, 254)), VICTIM, a_port(), 53, bytes(30))
        kind, code = ((3, 1), (11, 0), (3, 13), (3, 3))[turn % 4]
        wire.add(turn * SECOND, packets.unreachable(outside(turn % 40 + 1), about, code, kind))


@capture("benign", "2001:db8:a::/64", "backscatter")
def backscatter_v6(wire):
    """SYN-ACK, RST and unreachable answers to 60 forged IPv6 addresses of home."""
    for turn in range(60):
        target = f"2001:db8:a::{random.getrandbits(32) & 0xffff:x}:{random.getrandbits(16):x}"
        answer = (packets.tcp("2001:db8:e::99", target, 443, a_port(), SYN | ACK, 5, 6),
                  packets.tcp("2001:db8:e::99", target, 443, a_port(), RST | ACK, 0, 6),
                  packets.unreachable("2001:db8:e::1", packets.udp(target, "2001:db8:e::99", a_port(), 53, bytes(20))))[turn % 3]
        wire.add(turn * 2 * SECOND, answer)


@capture("benign", HOME, "reflection")
def dns_reflection(wire):
    """An amplification attack on home: 35 open resolvers send 400 large answers from port 53 to random ports; nobody asked."""
    for turn in range(400):
        wire.add(turn * 25_000, packets.udp(outside(turn % 35 + 1), HOME, 53, random.randint(1024, 65535), bytes(230)))


@capture("benign", HOME, "reflection")
def mixed_reflection(wire):
    """Amplification by NTP, SSDP, memcached, CLDAP and chargen reflectors, 20 of each, 300 datagrams to random ports."""
    for turn in range(300):
        kind = turn % 5
        wire.add(turn * 30_000, packets.udp(outside(kind * 20 + turn % 20 + 1), HOME, (123, 1900, 11211, 389, 19)[kind],
                                            random.randint(1024, 65535), bytes(220)))


@capture("benign", HOME, "benign")
def tunnels(wire):
    """A VPN peer: IKE on 500 and 4500 answered, ESP both ways, AH, GRE and IPIP that home answers in kind, for ten minutes."""
    peer = outside(40)
    for turn in range(60):
        at = turn * 10 * SECOND
        if turn % 20 == 0:
            wire.ask(at, peer, 500, HOME, 500, bytes(120), bytes(120))
            wire.ask(at + 100_000, peer, 4500, HOME, 4500, bytes(120), bytes(120))
        for step, protocol in enumerate((50, 51, 47, 4)):
            body = bytes.fromhex("00000800") + packets.udp("10.1.1.1", "10.2.2.2", 5, 6, bytes(20)) if protocol == 47 else \
                packets.udp("10.1.1.1", "10.2.2.2", 5, 6, bytes(20)) if protocol == 4 else bytes(60)
            wire.add(at + 200_000 + step * 9000, packets.ip(peer, HOME, protocol, body))
            wire.add(at + 230_000 + step * 9000, packets.ip(HOME, peer, protocol, body))


@capture("benign", HOME, "benign")
def esp_one_way(wire):
    """ESP and GRE from three peers; home's own packets take another way and are not in the file."""
    for turn in range(90):
        wire.add(turn * SECOND, packets.ip(outside(40 + turn % 3), HOME, 50 if turn % 2 else 47, bytes(80)))


@capture("benign", NET, "benign")
def router_protocols(wire):
    """OSPF, VRRP, EIGRP, PIM, IGMP and RIP of four routers by multicast, and OSPF and BGP by unicast between them, for five minutes."""
    for turn in range(30):
        for number in range(1, 5):
            at, router = turn * 10 * SECOND + number * 100_000, host(number)
            for step, (protocol, group) in enumerate(((89, "224.0.0.5"), (112, "224.0.0.18"), (88, "224.0.0.10"),
                                                       (103, "224.0.0.13"), (2, "224.0.0.1"))):
                if (turn + step) % 3 == 0:
                    wire.add(at + step * 2000, packets.ip(router, group, protocol, bytes(44), ttl=1))
            if turn % 6 == 0:
                wire.add(at, packets.ip(outside(1), host(number), 89, bytes(64), ttl=1))
                wire.add(at + RTT, packets.ip(host(number), outside(1), 89, bytes(64), ttl=1))
                wire.add(at, packets.udp(router, "224.0.0.9", 520, 520, bytes(24), ttl=1))
    wire.talk(SECOND, outside(1), host(1), 179, 20)


@capture("benign", HOME, "malformed")
def malformed(wire):
    """200 damaged packets: cut headers, wrong lengths, options past the end, fragments that overlap or never finish, IPv6
    chains that do not end, among 20 good connections."""
    for turn in range(200):
        whole = packets.tcp(outside(turn % 50 + 1), HOME, a_port(), 80, ACK, 5, 6, payload=bytes(20))
        kind = turn % 8
        if kind == 0:
            whole = whole[:random.randint(1, 39)]
        elif kind == 1:
            whole = bytes([0x42]) + whole[1:]
        elif kind == 2:
            whole = whole[:2] + struct.pack("!H", random.choice((0, 19, 65535))) + whole[4:]
        elif kind == 3:
            whole = whole[:32] + bytes([0x10]) + whole[33:]
        elif kind == 4:
            whole = packets.ip(outside(turn % 50 + 1), HOME, 17, bytes(16), fragment=0x2000 | random.randint(0, 5))
        elif kind == 5:
            whole = struct.pack("!IHBB", 0x60000000, 16, 0, 64) + packets.packed("2001:db8:e::1") + packets.packed("2001:db8:a::10") + bytes([0, 9] + [255] * 14)
        elif kind == 6:
            whole = packets.udp(outside(turn % 50 + 1), HOME, 5, 80)[:24] + struct.pack("!H", 3) + bytes(2)
        else:
            whole = bytes(random.getrandbits(8) for _ in range(60))
            whole = bytes([0x45]) + whole[1:]
        wire.add(turn * 100_000, whole)
    for turn in range(20):
        wire.talk(turn * SECOND, outside(60 + turn), HOME, 80)


@capture("benign", HOME, "unreal-sources")
def unreal_sources(wire):
    """SYN to 20 ports and datagrams to 20 ports from each of seven sources that cannot be: loopback, 0.0.0.0, 0.1.2.3, a
    multicast group, the limited broadcast address, 240.0.0.1, and home itself."""
    for number, source in enumerate(("127.0.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.77", "255.255.255.255", "240.0.0.1", HOME)):
        for turn in range(20):
            at = turn * 300_000 + number * 20_000
            wire.add(at, packets.tcp(source, HOME, a_port(), 1000 + turn, SYN, 5))
            wire.add(at + 9000, packets.udp(source, HOME, a_port(), 1000 + turn, bytes(10)))


@capture("benign", "2001:db8:a::10", "unreal-sources")
def unreal_sources_v6(wire):
    """SYN to 20 ports from ::1, ::, a multicast group and home itself."""
    for number, source in enumerate(("::1", "::", "ff02::1", "2001:db8:a::10")):
        for turn in range(20):
            wire.add(turn * 300_000 + number * 20_000, packets.tcp(source, "2001:db8:a::10", a_port(), 1000 + turn, SYN, 5))


@capture("benign", HOME, "syn-flood")
def flood_three_ports(wire):
    """A flood with 300 forged sources on ports 80, 443 and 8080, one packet each; home answers the open ones."""
    for turn in range(300):
        source = f"{random.randint(11, 120)}.{random.randint(0, 255)}.{random.randint(0, 255)}.{random.randint(1, 254)}"
        source_port, seq = wire.syn(turn * 4000, source, HOME, (80, 443, 8080)[turn % 3])
        wire.add(turn * 4000 + 50, packets.tcp(HOME, source, (80, 443, 8080)[turn % 3], source_port, SYN | ACK, 7, seq + 1, options=packets.MSS))


@capture("benign", HOME, "benign")
def fragments_of_answers(wire):
    """Large DNS answers in two or three fragments each, to 30 questions of home; the later fragments carry no ports."""
    for turn in range(30):
        at, port, ident = turn * 2 * SECOND, a_port(), turn + 1
        wire.add(at, packets.udp(HOME, outside(200), port, 53, bytes(40)))
        whole = packets.udp(outside(200), HOME, 53, port, bytes(400))[20:]
        pieces = ((0, whole[:160], 0x2000), (160, whole[160:320], 0x2000), (320, whole[320:], 0))
        for offset, piece, more in pieces if turn % 3 else reversed(pieces):
            wire.add(at + RTT + offset, packets.ip(outside(200), HOME, 17, piece, fragment=more | offset // 8, ident=ident))


@capture("benign", HOME, "benign")
def fragments_only(wire):
    """Second and third fragments of an NFS server's datagrams from 12 neighbours; the first ones went another way."""
    for turn in range(120):
        wire.add(turn * SECOND // 4, packets.ip(outside(turn % 12 + 1), HOME, 17, bytes(random.randint(60, 160)),
                                                fragment=(0x2000 if turn % 2 else 0) | random.randint(100, 400), ident=turn // 2))


@capture("benign", HOME, "benign")
def odd_endings(wire):
    """Connections that end oddly: RST from both sides, FIN and RST, data after FIN, FIN repeated for a minute, SYN again on a
    live connection, ports used again at once; 40 clients of two ports."""
    for turn in range(40):
        client, port, source_port, at = outside(100 + turn), (80, 443)[turn % 2], a_port(), turn * 2 * SECOND
        done = wire.talk(at, client, HOME, port, 1, end=("fin", "rst", "open")[turn % 3], source_port=source_port)
        kind = turn % 4
        if kind == 0:
            for second in (1, 2, 4, 8, 16, 32):
                wire.add(done + second * SECOND, packets.tcp(client, HOME, source_port, port, FIN | ACK, 9, 9))
        elif kind == 1:
            wire.add(done + 3000, packets.tcp(HOME, client, port, source_port, RST, 9))
            wire.add(done + 6000, packets.tcp(client, HOME, source_port, port, RST | ACK, 9, 9))
        elif kind == 2:
            wire.talk(done + 20_000, client, HOME, port, 1, source_port=source_port)
        else:
            wire.syn(done + 20_000, client, HOME, port, source_port)
            wire.add(done + 20_000 + RTT, packets.tcp(HOME, client, port, source_port, ACK, 9, 9))


@capture("benign", HOME, "benign")
def link_local_v4(wire):
    """Neighbours without a lease talk to home's file service from 169.254.0.0/16; all served."""
    for turn in range(20):
        wire.talk(turn * SECOND, f"169.254.{turn}.9", HOME, 445)


@capture("benign", NET, "benign", must_not="203.0.113.33,*", score="no")
def path_probe_of_a_cdn(wire):
    """A content network measures the way to eight resolvers of home: an echo, a SYN-ACK to port 53 and a DNS question to each;
    the live ones answer echo and DNS and reset the SYN-ACK. Six hosts live, two
    do not. Not scored: some call this a scan."""
    for number in range(8):
        at, target, live = number * 5 * SECOND, host(10 + number), number < 6
        wire.ping(at, outside(33), target, live)
        wire.ask(at + 100_000, outside(33), 53, target, 53, bytes(40), bytes(40) if live else None)
        wire.add(at + 200_000, packets.tcp(outside(33), target, 53, 53, SYN | ACK, 5, 6))
        if live:
            wire.add(at + 200_000 + RTT, packets.tcp(target, outside(33), 53, 53, RST, 6))
