"""Calls families of netlink with the kernel's own client, pyynl, one call a line.

usage: pyynl.py FOLDER SPECS...
    FOLDER holds the package pyynl, each of SPECS specs, however deep and whatever their files are called

Reads objects of JSON from stdin, one a line:
    {"family": NAME, "op": NAME, "kind": "do" | "dump", "value": TEXT, "flags": [NAME...]}
where TEXT is YAML, and answers each with a line of JSON on stdout:
    {"ok": [MESSAGE...]}                the messages of the answer
    {"errno": NUMBER, "text": TEXT}     the kernel refused
    {"failed": TEXT}                    pyynl could not send, or could not read what came
In messages bytes are in hex, and {"{}": [NAME...]} is a set. What pyynl prints goes to stderr.
"""

import json
import pathlib
import re
import signal
import struct
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])

# pylint: disable=wrong-import-position
import yaml
from pyynl.lib.ynl import GenlProtocol, NlError, YnlFamily

SECONDS_FOR_AN_ANSWER = 30

# linux/netlink.h
DONE = 3
DUMP = 0x300
FLAGS = {"echo": 0x8, "replace": 0x100, "excl": 0x200, "create": 0x400, "append": 0x800}


def find_specs(folders):
    """Returns the files by the names of their families."""
    specs = {}
    for file in (file for folder in folders for file in pathlib.Path(folder).rglob("*.yaml")):
        name = re.search(r"^name: *(\S+)", file.read_text(encoding="utf-8"), re.MULTILINE)
        # Those of the crate's own, which are no specs of the kernel, have the same names.
        if name and not file.name.endswith(".overrides.yaml"):
            specs[name[1]] = str(file)
    return specs


def plain(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, set):
        return {"{}": sorted(value)}
    raise TypeError(f"a {type(value).__name__} in a message")


class Family(YnlFamily):
    """A family of which devlink and team may end an answer before the acknowledgement."""

    has_more = False

    def _recvmsg(self, flags=0):
        reply, ancillary = super()._recvmsg(flags)
        # They leave out the number that is behind the end of a dump.
        if reply[-16:-10] == struct.pack("=IH", 16, DONE):
            reply = reply[:-16] + struct.pack("=I", 20) + reply[-12:] + bytes(4)
            self.has_more = True
        return reply, ancillary


class Client:
    def __init__(self, specs):
        self.specs = specs
        self.families = {}

    def family(self, name):
        if name not in self.families:
            # The class keeps a list of the kernel's families, but a module may have come since.
            GenlProtocol.genl_family_name_to_id = {}
            self.families[name] = Family(self.specs[name], schema="", process_unknown=True)
        return self.families[name]

    def messages(self, request):
        flags = [FLAGS[name] for name in request["flags"]]
        if request["kind"] == "dump":
            flags.append(DUMP)
        value = yaml.load(request["value"], Loader=yaml.CSafeLoader)
        family = self.family(request["family"])
        [messages] = family.do_multi([(request["op"], value, flags)])
        if family.has_more:
            self.families.pop(request["family"]).close()
        if messages is None:
            return []
        return messages if isinstance(messages, list) else [messages]

    def answer(self, request):
        # Neither the kernel nor an attribute of no length, which pyynl reads for ever, may hold it.
        signal.alarm(SECONDS_FOR_AN_ANSWER)
        try:
            return {"ok": self.messages(request)}
        except NlError as error:
            return {"errno": error.error, "text": str(error)}
        except Exception as error:  # pylint: disable=broad-exception-caught
            # What is left in the socket must not be taken for the answer to another request.
            if request["family"] in self.families:
                self.families.pop(request["family"]).close()
            return {"failed": f"{type(error).__name__}: {error}"}
        finally:
            signal.alarm(0)


def give_up(_number, _frame):
    raise TimeoutError(f"no answer within {SECONDS_FOR_AN_ANSWER} s")


def main():
    signal.signal(signal.SIGALRM, give_up)
    out, sys.stdout = sys.stdout, sys.stderr
    client = Client(find_specs(sys.argv[2:]))
    for line in sys.stdin:
        print(json.dumps(client.answer(json.loads(line)), default=plain), file=out, flush=True)


main()
