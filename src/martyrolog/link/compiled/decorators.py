"""How functions are compiled: kept on disk between runs, without Python's lock."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def compiled(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """A loop that may make arrays."""
    return cast("Callable[_Arguments, _Result]", njit(cache=True, nogil=True)(function))


def counted_nothing(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """A loop that makes no array: references to arrays are not counted, four times faster."""
    made = njit(cache=True, nogil=True, _nrt=False)(function)  # type: ignore[call-overload]
    return cast("Callable[_Arguments, _Result]", made)


def inlined(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """A part of such a loop, written into it."""
    options = {"cache": True, "nogil": True, "_nrt": False, "inline": "always"}
    made = njit(**options)(function)  # type: ignore[call-overload]
    return cast("Callable[_Arguments, _Result]", made)
