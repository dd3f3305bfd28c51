"""Writes captures packet by packet: what real hosts cannot show in a short time or on one machine (days, many sources,
backscatter, malformed packets). craft.py --list | DIRECTORY LABELS NAME. The same name gives the same bytes each time.
"""

import os
import random
import sys

import craft_odd
import craft_ordinary
import craft_scans
import wire

CAPTURES = wire.CAPTURES


def main(directory, labels=None, name=None):
    if directory == "--list":
        print("\n".join(CAPTURES))
        return
    capture = CAPTURES.get(name) or sys.exit(f"no such capture: {name}")
    random.seed(name)
    tape = wire.Wire()
    result = capture.build(tape)
    path = f"{capture.folder}/{name}.pcap"
    scanners = capture.scanners
    if isinstance(result, list) and scanners == "many":
        side = f"sources/{name}.txt"
        os.makedirs(f"{directory}/sources", exist_ok=True)
        with open(f"{directory}/{side}", "w", encoding="ascii") as out:
            out.write("\n".join(sorted(set(result))) + "\n")
        scanners = f"many:{len(set(result))}:{side}"
    tape.write(f"{directory}/{path}", capture.link_type)
    note = " ".join(capture.build.__doc__.split())
    with open(f"{labels}/{path.replace('/', '_')}", "w", encoding="utf-8") as out:
        out.write("\t".join((path, capture.home, scanners, capture.kind, capture.must_not, capture.score, note)) + "\n")


main(*sys.argv[1:])
