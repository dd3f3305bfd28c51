"""Crafted captures at the edges: scans that look like something else, innocents that look like scans, and the ways in
which a link can wrap them.
"""

import random
import struct

import packets
from packets import ACK, HOUR, SECOND, SYN
from wire import RTT, a_port, capture

SCANNER = "198.51.100.7"
HOME = "192.0.2.10"
NET = "192.0.2.0/24"
PORTS = [21, 22, 23, 25, 80, 110, 135, 139, 143, 443, 445, 993, 1433, 3306, 3389, 5432, 5900, 8080]


def host(number):
    return f"192.0.2.{number}"


def outside(number):
    return f"203.0.113.{number}"


@capture("scan", NET, "horizontal", SCANNER)
def coap_sweep(wire):
    """CoAP GET from port 5683 to port 5683 of 40 addresses; three answer, five refuse."""
    for turn, last in enumerate(range(20, 60)):
        probe = bytes.fromhex("40011234bb2e77656c6c2d6b6e6f776e04636f7265")
        wire.ask(turn * 60_000, SCANNER, 5683, host(last), 5683, probe, b"\x60\x45\x12\x34" + bytes(20) if last in (22, 23, 24) else None)
        if 30 <= last < 35:
            wire.add(turn * 60_000 + RTT, packets.unreachable(host(last), packets.udp(SCANNER, host(last), 5683, 5683, probe)))


@capture("scan", NET, "horizontal", SCANNER)
def ike_sweep(wire):
    """IKE main mode from port 500 to port 500 of 30 addresses; one answers."""
    for turn, last in enumerate(range(20, 50)):
        wire.ask(turn * 100_000, SCANNER, 500, host(last), 500, bytes(8) + bytes(20) + bytes(80), bytes(100) if last == 31 else None)


@capture("scan", NET, "block", SCANNER)
def svmap_ports(wire):
    """SIP OPTIONS from port 5060 to ports 5060 to 5069 of four hosts of home, which refuse all but one."""
    data = b"OPTIONS sip:100@home SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.7:5060\r\n\r\n"
    for turn in range(40):
        target, port = host(10 + turn // 10), 5060 + turn % 10
        wire.ask(turn * 50_000, SCANNER, 5060, target, port, data, b"SIP/2.0 200 OK\r\n\r\n" if turn == 0 else None)
        if turn:
            wire.add(turn * 50_000 + RTT, packets.unreachable(target, packets.udp(SCANNER, target, 5060, port, data)))


@capture("scan", HOME, "vertical", SCANNER)
def six_ports(wire):
    """SYN to six refused ports in two seconds, nothing else."""
    for turn in range(6):
        wire.refused(turn * 400_000, SCANNER, HOME, PORTS[turn])


@capture("scan", HOME, "vertical", SCANNER, "-", "no")
def four_ports(wire):
    """SYN to four refused ports. Not scored: too few to tell a scan from a muddled client."""
    for turn in range(4):
        wire.refused(turn * 400_000, SCANNER, HOME, PORTS[turn])


@capture("scan", HOME, "vertical", SCANNER)
def udp_high_ports(wire):
    """Datagrams without payload to 14 ports above 1023 of a host that refuses at its kernel's rate."""
    for turn in range(14):
        probe = packets.udp(SCANNER, HOME, 55555, 2000 + 777 * turn)
        wire.add(turn * 250_000, probe)
        if turn % 4 == 0:
            wire.add(turn * 250_000 + RTT, packets.unreachable(HOME, probe))


@capture("scan", NET, "horizontal", SCANNER)
def small_sweep(wire):
    """Echo request to 14 addresses of home's /28, four live, nobody else answers."""
    for turn in range(14):
        wire.ping(turn * 150_000, SCANNER, host(17 + turn), turn in (0, 3, 4, 9))


@capture("scan", NET, "horizontal", SCANNER, "-", "no")
def live_sweep(wire):
    """Echo request to 20 addresses that all live. Not scored: a monitor's first round looks the same."""
    for turn in range(20):
        wire.ping(turn * 50_000, SCANNER, host(10 + turn))


@capture("scan", NET, "horizontal", SCANNER, "-", "no")
def banner_grab(wire):
    """Port 22 of 16 hosts: ten greet, the scanner reads and leaves; three refuse, three are dead. Not scored: more success
    than failure, as an administrator has."""
    for turn in range(16):
        (wire.talk if turn % 8 < 5 else wire.refused if turn % 8 == 5 else wire.lost)(turn * 200_000, SCANNER, host(10 + turn), 22)


@capture("scan", NET, "distributed+slow+horizontal", "many", score="no")
def distributed_day(wire):
    """90 sources in a day, each one SYN to port 6379 of one dark address of home; a few come twice. Not scored: nothing shows
    that they belong together."""
    sources = [f"{random.randint(11, 120)}.{random.randint(1, 254)}.{random.randint(0, 254)}.{random.randint(1, 254)}" for _ in range(90)]
    for turn, source in enumerate(sources):
        wire.lost(turn * 24 * HOUR // 90, source, host(random.randint(60, 250)), 6379, (1,) if turn % 9 == 0 else ())
    return sources


@capture("scan", NET, "distributed+horizontal", "many")
def botnet_sweep(wire):
    """150 sources of a botnet call port 5555 of 250 addresses of home in five minutes; twelve hosts refuse, the rest is dark;
    six customers use home's web server meanwhile."""
    sources = [f"{random.randint(11, 120)}.{random.randint(1, 254)}.{random.randint(0, 254)}.{random.randint(1, 254)}" for _ in range(150)]
    for turn in range(250):
        last = turn + 1
        (wire.refused if 10 <= last < 22 else wire.lost)(turn * 1_200_000, sources[turn % 150], host(last), 5555, **(
            {} if 10 <= last < 22 else {"repeats": ()}))
    for turn in range(60):
        wire.talk(turn * 5 * SECOND, outside(turn % 6 + 50), HOME, 443, 1)
    return sources


@capture("benign", HOME, "benign")
def fifteen_services(wire):
    """One client uses 15 services of home one after the other, all answer with data."""
    for turn, port in enumerate(PORTS[:15]):
        wire.talk(turn * 3 * SECOND, outside(50), HOME, port, 2)


@capture("benign", HOME, "benign")
def parallel_data_ports(wire):
    """A grid transfer: control on 2811, then 16 data connections at once to 16 high ports that home opened for it."""
    wire.talk(0, outside(50), HOME, 2811, 8)
    for turn in range(16):
        wire.talk(SECOND + turn * 2000, outside(50), HOME, 50000 + turn * 3, 10)


@capture("benign", HOME, "benign")
def windows_looks_for_a_share(wire):
    """Five Windows clients open a share on a host that has none: 445 and 139 refused three times each, WebDAV on 80 refused, one
    NetBIOS question."""
    for number in range(5):
        for turn in range(3):
            at = number * 20 * SECOND + turn * 500_000
            wire.refused(at, outside(50 + number), HOME, 445)
            wire.refused(at + 1000, outside(50 + number), HOME, 139)
        wire.refused(number * 20 * SECOND + 2 * SECOND, outside(50 + number), HOME, 80)
        wire.ask(number * 20 * SECOND + 3 * SECOND, outside(50 + number), 137, HOME, 137, bytes(50), None)


@capture("benign", HOME, "benign")
def sctp_multihomed(wire):
    """Four SCTP peers, each with an association to home's port 3868 and heartbeats every 30 s, all answered; one INIT is repeated."""
    for number in range(4):
        head = lambda there, tag: struct.pack("!HHII", *((3868, 40000 + number) if there else (40000 + number, 3868)), tag, 0)
        init = lambda kind: struct.pack("!BBHIIHHI", kind, 0, 20, 7, 65536, 10, 2048, 7)
        steps = [(False, 0, init(1)), (True, 7, init(2)), (False, 9, struct.pack("!BBH", 10, 0, 12) + bytes(8)),
                 (True, 7, struct.pack("!BBH", 11, 0, 4))]
        if number == 0:
            steps.insert(0, steps[0])
        for _ in range(10):
            steps += [(False, 9, struct.pack("!BBH", 4, 0, 16) + bytes(12)), (True, 7, struct.pack("!BBH", 5, 0, 16) + bytes(12))]
        for turn, (there, tag, chunk) in enumerate(steps):
            ends = (HOME, outside(80 + number)) if there else (outside(80 + number), HOME)
            wire.add(number * 90_000 + turn * (RTT if turn < 6 else 15 * SECOND), packets.ip(*ends, 132, head(there, tag) + chunk))


@capture("benign", HOME, "benign")
def tunnels_inbound_only(wire):
    """The inbound half of one peer's tunnels: ESP, GRE, 6in4, IKE, VXLAN and GTP, a hundred packets; home's own way out is another."""
    peer = outside(40)
    for turn in range(100):
        at, body = turn * SECOND // 2, bytes(70)
        wire.add(at, (packets.ip(peer, HOME, 50, body), packets.ip(peer, HOME, 47, body), packets.ip(peer, HOME, 41, body),
                      packets.udp(peer, HOME, 4500, 4500, body), packets.udp(peer, HOME, 51000, 4789, body),
                      packets.udp(peer, HOME, 2152, 2152, body))[turn % 6])


@capture("benign", HOME, "benign")
def clock_back_ordinary(wire):
    """Web clients and DNS answers of an hour whose capture clock steps back by 20 minutes in the middle."""
    for turn in range(40):
        wire.talk(turn * 90 * SECOND, outside(100 + turn % 10), HOME, (80, 443)[turn % 2], 1)
        wire.ask(turn * 90 * SECOND + SECOND, HOME, a_port(), outside(200), 53)
    wire.keep_order_after(1800 * SECOND, -1200 * SECOND)


@capture("benign", NET, "benign")
def host_goes_away(wire):
    """A popular server of home is switched off: 30 clients that used its three ports go on calling for a minute, each with retries."""
    for number in range(30):
        for turn, port in enumerate((80, 443, 8443)):
            wire.talk(number * 200_000 + turn * 30_000, outside(100 + number), HOME, port, 1)
            wire.lost(60 * SECOND + number * 500_000 + turn * 50_000, outside(100 + number), HOME, port, (1, 3))


@capture("benign", HOME, "benign")
def keepalives_after_restart(wire):
    """Home has restarted and knows its 40 old connections no more: four clients' keep-alive segments (a bare ACK, or one old
    byte) to five ports are answered by RST."""
    for number in range(40):
        client, port, source_port = outside(60 + number % 4), (22, 443, 993, 5222, 8443)[number % 5], a_port()
        segment = packets.tcp(client, HOME, source_port, port, ACK, 99, 5, payload=b"\0" if number % 2 else b"")
        wire.add(number * 3 * SECOND, segment)
        wire.add(number * 3 * SECOND + 40, packets.tcp(HOME, client, port, source_port, 4, 5, window=0))


def ten_refused(wire):
    for turn, port in enumerate(PORTS[:14]):
        wire.refused(turn * 90_000, SCANNER, HOME, port)


def framed(name, note, link_type=1, envelope=None, snap=90):
    def build(wire):
        wire.envelope, wire.snap = envelope, snap
        ten_refused(wire)
    build.__name__, build.__doc__ = f"framed_{name}", note
    capture("scan", HOME, "vertical", SCANNER, link_type=link_type)(build)


framed("vlan", "SYN to 14 refused ports under an 802.1Q tag.", envelope=bytes.fromhex("81000064"))
framed("qinq", "SYN to 14 refused ports under 802.1ad and 802.1Q tags.", envelope=bytes.fromhex("88a8006481000065"))
framed("loopback", "SYN to 14 refused ports; BSD loopback, link type 0.", link_type=0)
framed("cooked", "SYN to 14 refused ports; Linux cooked v1, link type 113.", link_type=113)
framed("ipv4_link", "SYN to 14 refused ports; link type 228, bare IPv4.", link_type=228)
framed("pppoe", "SYN to 14 refused ports within PPPoE on Ethernet.", envelope="pppoe")
framed("mpls", "SYN to 14 refused ports under one MPLS label.", envelope="mpls")
framed("snap_54", "SYN to 14 refused ports; 54 bytes of each packet are kept.", snap=54)


@capture("scan", "2001:db8:a::10", "vertical", "2001:db8:f::7")
def v6_snap_68(wire):
    """SYN to 14 refused IPv6 ports; 68 bytes of each packet are kept, the default of old capture tools: the TCP header ends
    after its flags."""
    wire.snap = 68
    for turn, port in enumerate(PORTS[:14]):
        wire.refused(turn * 90_000, "2001:db8:f::7", "2001:db8:a::10", port)
