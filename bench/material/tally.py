"""tally.py LABELS DIRECTORY: what each capture holds, to check its label against.

For each source outside of home: packets, distinct contacts with home (host, protocol, port) that it began before home
had sent it anything there, hosts among them, and how many of them home answered with data, a handshake or an echo reply.
"""

import collections
import ipaddress
import sys

import packets


def layers(frame, link_type):
    """(source, target, protocol, bytes after the IP header) or None."""
    start = {1: 14, 0: 4, 101: 0, 113: 16, 276: 20}[link_type]
    data = frame[start:]
    if link_type == 1 and frame[12:14] not in (b"\x08\x00", b"\x86\xdd"):
        return None
    if len(data) < 20 or data[0] >> 4 not in (4, 6) or data[0] >> 4 == 6 and len(data) < 40:
        return None
    if data[0] >> 4 == 4:
        offset = int.from_bytes(data[6:8], "big") & 0x1FFF
        return data[12:16], data[16:20], data[9] if not offset else 256, data[(data[0] & 15) * 4:]
    following, at = data[6], 40
    while following in (0, 43, 44, 60) and at + 2 <= len(data):
        following, at = data[at], at + (8 if following == 44 else 8 + data[at + 1] * 8)
    return data[8:24], data[24:40], following, data[at:]


def asked(protocol, body, answering):
    if protocol in (6, 17, 132) and len(body) >= 4:
        return int.from_bytes(body[0:2] if answering else body[2:4], "big")
    return -1


def tally(path, home):
    link_type, records = packets.read(path)
    at_home = lambda address: any(address in network for network in home if network.version == address.version)
    count, contacts, sent, served = collections.Counter(), collections.defaultdict(dict), set(), set()
    for micros, frame, _ in records:
        parts = layers(frame, link_type)
        if not parts:
            continue
        source, target, protocol, body = parts
        source, target = ipaddress.ip_address(source), ipaddress.ip_address(target)
        if at_home(target) and not at_home(source):
            count[source] += 1
            key = (target, protocol, asked(protocol, body, False))
            own = (target, source, protocol, asked(protocol, body, True), asked(protocol, body, False))
            if own not in sent and not target.is_multicast:
                contacts[source].setdefault(key, micros)
        elif at_home(source):
            sent.add((source, target, protocol, asked(protocol, body, False), asked(protocol, body, True)))
            if protocol != 6 or len(body) > 13 and body[13] & 0x12 == 0x12:
                served.add((target, source, protocol, asked(protocol, body, True)))
    spans = (records[-1][0] - records[0][0]) / packets.SECOND if records else 0
    print(f"{path}: {len(records)} packets, {spans:.1f} s, link type {link_type}")
    for source in sorted(contacts, key=lambda one: -len(contacts[one]))[:8]:
        met = contacts[source]
        good = sum((source, *key) in served for key in met)
        span = (max(met.values()) - min(met.values())) / packets.SECOND
        kinds = collections.Counter(key[1] for key in met)
        print(f"    {source}: {count[source]} packets, {len(met)} contacts {dict(kinds)} with {len({key[0] for key in met})} hosts"
              f" over {span:.1f} s, {good} served")
    if len(contacts) > 8:
        print(f"    and {len(contacts) - 8} more sources")


with open(sys.argv[1], encoding="utf-8") as table:
    for line in table.read().splitlines()[1:]:
        file, home, scanners, kind, *_ = line.split("\t")
        print(f"[{kind}] scanners {scanners}")
        tally(f"{sys.argv[2]}/{file}", [ipaddress.ip_network(one) for one in home.split(",")])
