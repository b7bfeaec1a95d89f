"""A command with all that it starts: wall time and processor seconds, Java and workers included.

Where the machine gives orphans to this process (Linux), also those count whose parent ended first,
as the Python workers of Spark do.
"""

import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Sequence

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def measured(command: Sequence[str]) -> tuple[float, float, str]:
    """Wall and processor seconds of a command, and what it printed.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    if ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError("orphaned processes would not be counted")
    before, began = _children(), time.perf_counter()
    shown = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    wall = time.perf_counter() - began
    _wait_for_orphans()
    return wall, _children() - before, shown


def _wait_for_orphans() -> None:
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
