"""Packets that no scanner sends by itself, through raw sockets of this host.

packets.py later-fragment SOURCE TARGET PORT          an IPv4 fragment from the middle, shaped like a SYN
packets.py extension KIND SOURCE TARGET PORT          a SYN behind IPv6 extension headers
packets.py flood SOURCE TARGET FIRST_PORT PORTS COUNT SYNs from one source, round the ports
packets.py forged NETWORK TARGET PORT COUNT           SYNs, each from another source of NETWORK (10.9 for 10.9.x.y)
packets.py stream NETWORK TARGET PORT PER_SECOND SECONDS  forged, so many a second, each source once (up to 10.92)
packets.py udp SOURCE SOURCE_PORT TARGET PORT         a datagram with a source port of its own
"""
import socket
import struct
import sys
import time

TCP, UDP, SYN = 6, 17, 2


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def address(text):
    return socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)


def transport(protocol, source, target, make):
    """The segment that make(checksum) builds, with its checksum."""
    pseudo = address(source) + address(target) + struct.pack("!BBH", 0, protocol, len(make(0)))
    return make(checksum(pseudo + make(0)) or 0xFFFF)


def syn(source, target, port, source_port=40000, sequence=7):
    return transport(TCP, source, target, lambda check: struct.pack(
        "!HHIIBBHHH", source_port, port, sequence, 0, 5 << 4, SYN, 1024, check, 0))


def ipv4(source, target, protocol, payload, offset=0):
    """Length, identification and checksum are the kernel's to fill in."""
    return struct.pack("!BBHHHBBH4s4s", 0x45, 0, 0, 0, offset // 8, 64, protocol, 0,
                       address(source), address(target)) + payload


def ipv6(source, target, next_header, payload):
    return struct.pack("!IHBB16s16s", 6 << 28, len(payload), next_header, 64,
                       address(source), address(target)) + payload


def padded(next_header):
    """A hop-by-hop or destination options header of eight bytes: one option, PadN."""
    return struct.pack("!BBBBI", next_header, 0, 1, 4, 0)


def fragment(next_header, offset, more):
    return struct.pack("!BBHI", next_header, 0, offset | more, 4711)


HOP, ROUTING, FRAGMENT, DESTINATION = 0, 43, 44, 60


def behind_extensions(kind, source, target, port):
    """IPv6 packets that carry one SYN."""
    segment = syn(source, target, port)
    if kind == "hop-by-hop":
        return [ipv6(source, target, HOP, padded(TCP) + segment)]
    if kind == "destination":
        return [ipv6(source, target, DESTINATION, padded(TCP) + segment)]
    if kind == "chain":
        chain = padded(DESTINATION) + padded(FRAGMENT) + fragment(DESTINATION, 0, 0) + padded(TCP)
        return [ipv6(source, target, HOP, chain + segment)]
    if kind == "atomic-fragment":
        return [ipv6(source, target, FRAGMENT, fragment(TCP, 0, 0) + segment)]
    if kind == "fragments":
        return [ipv6(source, target, FRAGMENT, fragment(TCP, 0, 1) + segment[:8]),
                ipv6(source, target, FRAGMENT, fragment(TCP, 8, 0) + segment[8:])]
    raise SystemExit(__doc__)


def raw(family):
    return socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_RAW)


def send(packets, target):
    wire = raw(socket.AF_INET6 if ":" in target else socket.AF_INET)
    for packet in packets:
        wire.sendto(packet, (target, 0))


def flood(source, target, first_port, ports, count):
    """Prepared packets, sent round and round."""
    prepared = [ipv4(source, target, TCP, syn(source, target, first_port + i % ports, 1024 + i, i))
                for i in range(50 * ports)]
    wire = raw(socket.AF_INET)
    for i in range(count):
        wire.sendto(prepared[i % len(prepared)], (target, 0))


def stream(network, target, port, per_second, seconds):
    """In the order of their addresses; late packets are sent at once."""
    wire = raw(socket.AF_INET)
    first, second = (int(part) for part in network.split("."))
    begin = time.monotonic()
    for i in range(per_second * seconds):
        time.sleep(max(0, begin + i / per_second - time.monotonic()))
        source = "%d.%d.%d.%d" % (first, second + i // 62500, i // 250 % 250, 1 + i % 250)
        wire.sendto(ipv4(source, target, TCP, syn(source, target, port)), (target, 0))


def main(kind, *words):
    if kind == "later-fragment":
        source, target, port = words
        send([ipv4(source, target, TCP, syn(source, target, int(port)), 1480)], target)
    elif kind == "extension":
        extension, source, target, port = words
        send(behind_extensions(extension, source, target, int(port)), target)
    elif kind == "flood":
        source, target, first_port, ports, count = words
        flood(source, target, int(first_port), int(ports), int(count))
    elif kind == "forged":
        network, target, port, count = words
        sources = ["%s.%d.%d" % (network, i // 250, 1 + i % 250) for i in range(int(count))]
        send([ipv4(source, target, TCP, syn(source, target, int(port))) for source in sources], target)
    elif kind == "stream":
        network, target, port, per_second, seconds = words
        stream(network, target, int(port), int(per_second), int(seconds))
    elif kind == "udp":
        source, source_port, target, port = words
        datagram = transport(UDP, source, target, lambda check: struct.pack(
            "!HHHH", int(source_port), int(port), 13, check) + b"probe")
        send([ipv4(source, target, UDP, datagram)], target)
    else:
        raise SystemExit(__doc__)


main(*sys.argv[1:])
