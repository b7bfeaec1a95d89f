"""How much memory a linkage may take, and how it is cut up so as to keep to it.

:func:`make_plan` says whether everything fits, or into how many parts blocks and pairs are cut and
where on disk they wait. Always holds: links do not depend on it. What never leaves memory are the
records as integers, their distinct values and keys: too small a bound for these is an error that
names the least that works.
"""

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pydantic import ByteSize, TypeAdapter, ValidationError

from martyrolog.errors import LinkError
from martyrolog.link.weighing import MANY

_MEGABYTE = 1_000_000
_TENTH_OF_GIGABYTE = 100 * _MEGABYTE
# Bytes, measured on 30,000 to 10 million invented records (benchmarks/results/linkage-at-scale.md)
_FEW = 10_000  # a record, where there are few
_FIXED = 650 * _MEGABYTE  # loops, also while they are compiled; folding of names; a batch of pairs
_NEVER_CUT = 160  # a record: its keys, terms and place, and the clusters
_WHOLE = 800  # a record, where nothing is cut
_BLOCKS = 300  # a record in a window
_ONE_RULE = 150  # a record of the blocks of one rule that are made at a time
_LEAST_ROOM = 20  # a record
_MOST_WINDOWS = 64


@dataclass(frozen=True)
class Plan:
    """How a linkage is cut up.

    Attributes:
        windows: Parts of the records whose pairs are made one after another.
        parts: Parts of a rule's blocks that are made one after another.
        batch: Candidate pairs that are compared at a time.
        folder: Where intermediate arrays lie on disk; None to keep them in memory.
    """

    windows: int = 1
    parts: int = 1
    batch: int = 1_000_000
    folder: Path | None = None


@dataclass(frozen=True)
class Bound:
    """A bound on the memory of this process.

    Attributes:
        bytes: How much it may take.
        folder: Where a scratch folder is made for what does not fit.
    """

    bytes: int
    folder: Path


WHOLE = Plan()
"""Nothing is cut up."""


def read_size(text: str) -> int:
    """Bytes of a size such as ``4GB`` or ``512MiB``.

    Raises:
        LinkError: it is no size.

    >>> read_size("1.5 GB")
    1500000000
    """
    try:
        return int(TypeAdapter(ByteSize).validate_python(text))
    except ValidationError as problem:
        raise LinkError("link.memory_unreadable", found=text) from problem


def make_plan(bound: int | None, records: int, folder: Path | None) -> Plan:
    """How to link these records, which are in memory already, within a bound.

    Args:
        bound: Bytes that this process may take; None for no bound.
        records: Number of records.
        folder: Where intermediate arrays may lie.

    Raises:
        LinkError: the bound is too small even so.
    """
    if bound is None:
        return WHOLE
    pa.default_memory_pool().release_unused()
    free = bound - memory_used() - _FIXED
    if records < MANY:
        _refuse_below(bound, bound - free + _FEW * records, records)
        return WHOLE
    if free >= _WHOLE * records:
        return WHOLE
    _refuse_below(bound, bound - free + (_NEVER_CUT + _LEAST_ROOM) * records, records)
    room = free - _NEVER_CUT * records
    return Plan(
        windows=min(-(-_BLOCKS * records // room), _MOST_WINDOWS),
        parts=min(-(-_ONE_RULE * records // room), _MOST_WINDOWS),
        batch=250_000,
        folder=folder,
    )


def memory_used() -> int:
    """Bytes of memory that this process takes now."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # no Linux: what it took at most
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def _refuse_below(bound: int, least: int, records: int) -> None:
    if bound < least:
        given = ByteSize(bound).human_readable(decimal=True)
        raise LinkError("link.memory_too_small", found=given, least=_size(least), records=records)


def _size(bytes_: int) -> str:
    """A size rounded up, as the settings take it."""
    return f"{-(-bytes_ // _TENTH_OF_GIGABYTE) / 10}GB"
