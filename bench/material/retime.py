"""Changes a pcap file in place: retime.py FILE gap SOURCE SECONDS [JITTER] | inbound HOME... | outbound HOME... | cut handshakes | shift SECONDS

gap: from SOURCE's second contact on (a contact is a new destination, protocol and port), each one comes SECONDS after
the one before, give or take the share JITTER; what follows a contact keeps its distance to it.
inbound, outbound: only packets to, or from, the HOME networks stay. cut: everything up to the last TCP SYN goes. shift: all times move.
"""

import ipaddress
import random
import sys

import packets


def header(frame):
    """(source, destination, what is asked for) of an Ethernet frame, or None."""
    kind = frame[12:14]
    if kind == b"\x08\x00" and len(frame) >= 34:
        start = 14 + (frame[14] & 15) * 4
        protocol, source, target = frame[23], frame[26:30], frame[30:34]
    elif kind == b"\x86\xdd" and len(frame) >= 54:
        start, protocol, source, target = 54, frame[20], frame[22:38], frame[38:54]
    else:
        return None
    asked = frame[start + 2:start + 4] if protocol in (6, 17, 132) else b""
    return ipaddress.ip_address(source), ipaddress.ip_address(target), (protocol, bytes(asked))


def gap(records, source, seconds, jitter="0"):
    source, step, jitter = ipaddress.ip_address(source), float(seconds) * packets.SECOND, float(jitter)
    seen, shift, previous, changed = set(), 0, None, []
    for micros, frame, length in records:
        parts = header(frame)
        if parts and parts[0] == source and parts[1:] not in seen:
            seen.add(parts[1:])
            if previous is not None:
                shift = int(previous + step * random.uniform(1 - jitter, 1 + jitter)) - micros
            previous = micros + shift
        changed.append((micros + shift, frame, length))
    return changed


def one_way(records, networks, side):
    networks = [ipaddress.ip_network(network) for network in networks]
    return [record for record in records if (parts := header(record[1]))
            and any(parts[side] in network for network in networks)]


def last_opening(records):
    """Where the last TCP SYN of Ethernet and IPv4 is."""
    syns = [at for at, (_, frame, _) in enumerate(records)
            if frame[12:14] == b"\x08\x00" and frame[23] == 6 and frame[14 + (frame[14] & 15) * 4 + 13] & packets.SYN]
    return max(syns, default=-1)


def main(path, command, *arguments):
    link_type, records = packets.read(path)
    if command == "gap":
        records = gap(records, *arguments)
    elif command in ("inbound", "outbound"):
        records = one_way(records, arguments, 1 if command == "inbound" else 0)
    elif command == "cut":
        records = records[last_opening(records) + 1:]
    elif command == "shift":
        records = [(micros + int(float(arguments[0]) * packets.SECOND), *rest) for micros, *rest in records]
    packets.write(path, link_type, records)


random.seed(4)
main(*sys.argv[1:])
