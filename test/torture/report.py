#!/usr/bin/env python3
"""Writes the report of the torture from the figures that its parts have left.

usage: report.py --output FILE FOLDER PART...   writes FILE from FOLDER/PART.json
       report.py --passed COMMIT FILE           succeeds if the part of FILE has passed on COMMIT
"""
import argparse
import json
import pathlib
import subprocess

HEAD = """# Torture: what was tried to break it

Made by `./build_and_run.sh torture` from what its parts left in `target/torture`: do not edit. Each part
is a script in [test/torture](../test/torture) that says with `--help` what it does, and runs alone.
"""


def cell(value):
    return str(value).replace("|", "\\|")


def rows(columns, lines):
    yield "| " + " | ".join(map(cell, columns)) + " |"
    # The first column names, the others mostly count.
    yield "|---|" + "---:|" * (len(columns) - 1)
    for line in lines:
        yield "| " + " | ".join(map(cell, line)) + " |"


def section(part):
    yield f"## {part['title']}"
    yield ""
    outcome = part["outcome"].capitalize() + (f": {part['reason']}" if part["reason"] else "")
    yield (f"**{outcome}.** `test/torture/{part['part']}.sh{' --quick' if part['quick'] else ''}`, "
           f"{part['date']}, commit {part['commit']}, {part['seconds']} s.")
    if part["figures"]:
        yield ""
        yield from rows(["what", "figure"], part["figures"])
    for table in part["tables"]:
        yield ""
        yield table["title"] + ":"
        yield ""
        yield from rows(table["columns"], table["rows"])
    yield ""


def commits(parts):
    """Says in which files the commits differ from the newest, if the parts ran on several."""
    newest = max(parts, key=lambda p: p["date"], default={"commit": None})["commit"]
    for commit in sorted({p["commit"] for p in parts} - {newest}):
        changed = subprocess.run(["git", "diff", "--name-only", commit, newest, "--", ".", ":!docs/torture.md"],
                                 capture_output=True, text=True)
        names = changed.stdout.split() if changed.returncode == 0 else ["what is not committed"]
        what = ", ".join(names) if 0 < len(names) <= 10 else f"{len(names)} files"
        yield f"Changed between commit {commit} and {newest}: {what}."
        yield ""


def report(folder, names):
    parts = [json.loads(f.read_text()) for f in (folder / f"{n}.json" for n in names) if f.exists()]
    absent = [n for n in names if n not in {p["part"] for p in parts}]
    yield HEAD
    for machine in sorted({p["machine"] for p in parts}):
        yield f"Machine: {machine}."
    yield ""
    yield from commits(parts)
    left_out = absent + [p["part"] for p in parts if p["outcome"] == "not run"]
    yield f"Not run: {', '.join(left_out) if left_out else 'nothing'}."
    yield ""
    for part in parts:
        yield from section(part)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--passed", metavar="COMMIT")
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("parts", nargs="*")
    options = parser.parse_args()
    if options.passed:
        part = json.loads(options.source.read_text())
        changed = options.passed.endswith("-changed")
        misplaced = part["quick"] != (options.source.parent.name == "quick")
        raise SystemExit(changed or misplaced or part["commit"] != options.passed or part["outcome"] != "passed")
    text = "\n".join(report(options.source, options.parts))
    options.output.write_text(text.rstrip() + "\n")


if __name__ == "__main__":
    main()
