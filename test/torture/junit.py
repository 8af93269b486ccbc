#!/usr/bin/env python3
"""Prints what tests came to, from the reports of JUnit.

usage: junit.py FILE...   lines "passed | skipped | failed TAB Class.method TAB reason"
"""
import re
import sys
import xml.etree.ElementTree as tree


def reason(element):
    """The first line, without what JUnit says before it."""
    text = (element.get("message") or element.text or "").strip() or "without a word"
    return re.sub(r"^(parent was skipped: )?((org\.|java\.)[\w.$]+: |Assumption failed: )", "", text.splitlines()[0])


def main():
    tests = [case for file in sys.argv[1:] for case in tree.parse(file).getroot().iter("testcase")]
    if not tests:
        raise SystemExit("there are no tests in the reports")
    for case in tests:
        name = case.get("classname").rpartition(".")[2] + "." + re.sub(r"[(\[{].*", "", case.get("name"))
        for outcome, tags in (("failed", ("failure", "error")), ("skipped", ("skipped",)), ("passed", ())):
            found = next((case.find(tag) for tag in tags if case.find(tag) is not None), None)
            if found is not None or not tags:
                why = reason(found) if tags else ""
                print(outcome, name, re.sub(r"[\x00-\x1f]", " ", why), sep="\t")
                break


if __name__ == "__main__":
    main()
