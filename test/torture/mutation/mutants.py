#!/usr/bin/env python3
"""Counts the mutants that PIT has made, and names those that no test has killed.

usage: mutants.py SURVIVORS COUNTS LEFT MUTATIONS.xml...

SURVIVORS lists those whose survival is explained: a line each, "CLASS.METHOD: WHAT: REASON", and as many
lines as there are such mutants in the method. A line that begins with "?" is of one that a test kills now
and then, by chance or by time.

Writes, a line each, separated by tabs: to COUNTS, for each package, how many there are, are killed, of these
by time, and are left, and in which classes they are; to LEFT the survivors with their reasons, those that
have none first. Exits with 1 if there is one of these, or if an explanation explains nothing. A mutant that
the JVM could not load was not tried, and needs an explanation as well.
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
            chance = method.startswith("?")
            reasons[f"{method.lstrip('?')}: {what}"].append((chance, reason))
    for known in reasons.values():
        known.sort()
    return reasons


def mutants(paths):
    for path in paths:
        yield from xml.etree.ElementTree.parse(path).getroot().iter("mutation")


def text(mutant, name):
    return mutant.findtext(name, "")


def write(path, rows):
    pathlib.Path(path).write_text("".join("\t".join(map(str, row)) + "\n" for row in rows))


def main():
    survivors, counts_file, left_file, *paths = sys.argv[1:]
    reasons, rows, counts, classes = explained(survivors), [], {}, {}
    for mutant in mutants(paths):
        of, status = text(mutant, "mutatedClass").removeprefix("dev.jgenl."), mutant.get("status")
        package, name = of.split("$")[0].split(".")
        classes.setdefault(package, set()).add(name)
        count = counts.setdefault(package, collections.Counter())
        count["all"] += 1
        count["killed" if status in KILLED else "left"] += 1
        count["time"] += status == "TIMED_OUT"
        if status not in KILLED:
            method, what = f"{of}.{text(mutant, 'mutatedMethod')}", text(mutant, "description")
            known = reasons[f"{method}: {what}"]
            rows.append((known.pop(0)[1] if known else "", f"{method}:{text(mutant, 'lineNumber')}", what,
                         status.lower().replace("_", " ")))
    write(counts_file, ((f"dev.jgenl.{package}", *(count[name] for name in ("all", "killed", "time", "left")),
                         ", ".join(sorted(classes[package])))
                        for package, count in counts.items()))
    write(left_file, ((method, what, status, reason or "NOT EXPLAINED")
                      for reason, method, what, status in sorted(rows)))
    unused = [key for key, left in reasons.items() if any(not chance for chance, _ in left)]
    for key in unused:
        print(f"{key}: killed, or not there", file=sys.stderr)
    raise SystemExit(1 if unused or any(not row[0] for row in rows) else 0)


if __name__ == "__main__":
    main()
