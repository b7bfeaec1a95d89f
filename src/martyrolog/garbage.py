"""Work without Python's search for garbage.

When to use: around work that makes a million texts and tuples and no circle of references: each
search walks through all of them and frees nothing. What no longer is referred to is freed as ever.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_kept() -> Iterator[None]:
    """Search for no circles of references in here; afterwards again, where it was done before."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
