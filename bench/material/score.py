"""score.py DIRECTORY [-v]: replays every capture of DIRECTORY/labels.tsv with `./sentry replay` and compares the named
sources with the table. Prints what is missed and what is wrongly named, with the reason that the detector gives.

A distributed scan counts as found when a distributed event names it or 80 % of its sources are named one by one.
"""

import concurrent.futures
import ipaddress
import json
import os
import subprocess
import sys

SENTRY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "sentry")


def replay(path, home):
    done = subprocess.run([SENTRY, "replay", "--json", "--home", home, path], capture_output=True, text=True, timeout=120, check=False)
    return done, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def judge(directory, row):
    file, home, scanners, kind, must_not, score = row[:6]
    done, events = replay(os.path.join(directory, file), home)
    scans = {event["source"]: event for event in events if event["event"] == "scan"}
    distributed = [event for event in events if event["event"] == "distributed"]
    wanted, allowed = set(), {name[1:] for name in must_not.split(",") if name.startswith("!")}
    lines = [] if events else [f"no output, exit {done.returncode}: {done.stderr.strip()[:200]}"]
    if scanners.startswith("many:"):
        with open(os.path.join(directory, scanners.split(":", 2)[2]), encoding="ascii") as side:
            wanted = set(side.read().split())
        if not distributed and len(wanted & set(scans)) < 0.8 * len(wanted):
            lines.append(f"MISSED distributed, {len(wanted & set(scans))} of {len(wanted)} named one by one")
    elif scanners != "-":
        wanted = set(scanners.split(","))
        lines += [f"MISSED {source}" for source in sorted(wanted) if not covered(source, scans)]
    if not scanners.startswith("many:") and distributed:
        lines.append(f"WRONG distributed: {json.dumps(distributed[0])[:300]}")
    lines += [f"WRONG {source}: {event['kind']} {event['types']} {event['reason']}" for source, event in scans.items()
              if not any(covers(name, source) for name in wanted | allowed)]
    return file, kind, score, lines, [event["kind"] for source, event in scans.items()], events[-1:]


def covers(name, source):
    return ipaddress.ip_network(source, False).overlaps(ipaddress.ip_network(name, False)) \
        if (":" in name) == (":" in source) else False


def covered(name, scans):
    return any(covers(name, source) for source in scans)


def main(directory, *options):
    with open(os.path.join(directory, "labels.tsv"), encoding="utf-8") as table:
        rows = [line.split("\t") for line in table.read().splitlines()[1:]]
    clean = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for file, kind, score, lines, kinds, last in pool.map(lambda row: judge(directory, row), rows):
            clean += not lines
            if lines or options:
                print(f"{file} [{kind}]{'' if score == 'yes' else ' (not scored)'} {kinds[:4]} {last if options else ''}")
                for line in lines[:8]:
                    print("    " + line)
    print(f"{clean} of {len(rows)} captures as labelled")


main(*sys.argv[1:])
