"""Runs the kernel's generator of C for a spec: libynl.py PYYNL ARGUMENT..., those of ynl_gen_c.py.

It does not check the spec against a schema, which would take a library more.
"""

import functools
import runpy
import sys

sys.dont_write_bytecode = True
pyynl = sys.argv.pop(1)
sys.path.insert(0, pyynl)

# pylint: disable=wrong-import-position
from lib import SpecFamily

SpecFamily.__init__ = functools.partialmethod(SpecFamily.__init__, schema_path='')
runpy.run_path(f'{pyynl}/ynl_gen_c.py', run_name='__main__')
