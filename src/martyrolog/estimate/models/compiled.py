"""How the sampler's loops are compiled: kept on disk between runs, without Python's lock."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def compiled(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """A loop that makes no array: without counts of references it compiles in half the time.

    Division by zero gives infinity, as in NumPy; a proposal with it is rejected.
    """
    options = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    made = njit(**options)(function)  # type: ignore[call-overload]
    return cast("Callable[_Arguments, _Result]", made)
