#!/usr/bin/env python3
"""Counts the mutants that PIT has made, and names those that no test has killed.

usage: mutants.py SURVIVORS MUTATIONS.xml...

SURVIVORS lists those whose survival is explained: a line each, "CLASS.METHOD: WHAT: REASON", and as many
lines as there are such mutants in the method. Prints "killed K of N" and then, a line each, separated by
tabs, the survivors with their reasons; those that have none come first. Exits with 1 if there is one, or if
an explanation explains nothing.
"""
import collections
import pathlib
import sys
import xml.etree.ElementTree

KILLED = {"KILLED", "TIMED_OUT", "MEMORY_ERROR"}


def explained(path):
    """The reasons by what they are of; a line may be continued by one that begins with a blank."""
    reasons = collections.defaultdict(list)
    text = pathlib.Path(path).read_text().replace("\n ", " ")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            method, what, reason = line.split(": ", 2)
            reasons[f"{method}: {what}"].append(reason)
    return reasons


def mutants(paths):
    for path in paths:
        yield from xml.etree.ElementTree.parse(path).getroot().iter("mutation")


def text(mutant, name):
    return mutant.findtext(name, "")


def main():
    reasons, rows, killed, count = explained(sys.argv[1]), [], 0, 0
    for mutant in mutants(sys.argv[2:]):
        count += 1
        if mutant.get("status") in KILLED:
            killed += 1
            continue
        of = text(mutant, "mutatedClass").removeprefix("dev.jgenl.")
        method = f"{of}.{text(mutant, 'mutatedMethod')}"
        known = reasons[f"{method}: {text(mutant, 'description')}"]
        rows.append((known.pop(0) if known else "", f"{method}:{text(mutant, 'lineNumber')}",
                     text(mutant, "description"), mutant.get("status").lower().replace("_", " ")))
    print(f"killed {killed} of {count}")
    for reason, method, what, status in sorted(rows):
        print(method, what, status, reason or "NOT EXPLAINED", sep="\t")
    unused = [key for key, left in reasons.items() if left]
    for key in unused:
        print(f"{key}: killed, or not there", file=sys.stderr)
    raise SystemExit(1 if unused or any(not row[0] for row in rows) else 0)


if __name__ == "__main__":
    main()
