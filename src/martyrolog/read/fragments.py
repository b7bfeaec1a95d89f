"""Regular expressions of reading profiles, with their named fragments put in.

``(?&name)`` in an expression stands for a fragment: a list of alternatives of the profile itself or
of ``fragments.yaml``, which may use further fragments. Expressions are those of Python's ``re``.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from martyrolog.yaml_text import parse_yaml

_FRAGMENT = re.compile(r"\(\?&(\w+)\)")
_DEPTH = 8


@cache
def common_fragments() -> Mapping[str, tuple[str, ...]]:
    """The fragments that every profile may use: name to alternatives."""
    source = resources.files("martyrolog.read") / "fragments.yaml"
    loaded = parse_yaml(source.read_text(encoding="utf-8"))
    return {name: tuple(alternatives) for name, alternatives in loaded.items()}


def compile_expression(
    expression: str, fragments: Mapping[str, tuple[str, ...]]
) -> re.Pattern[str]:
    """Compile an expression; ``^`` and ``$`` match at line ends.

    Args:
        expression: Regular expression of a profile.
        fragments: The profile's own fragments; they go before the common ones.

    Raises:
        ValueError: an unknown fragment, fragments that name one another, no regular expression.
    """
    known = {**common_fragments(), **fragments}

    def put_in(match: re.Match[str]) -> str:
        if match[1] not in known:
            raise ValueError(f"(?&{match[1]}) is no fragment")
        return "(?:" + "|".join(known[match[1]]) + ")"

    whole = expression
    for _ in range(_DEPTH):
        whole = _FRAGMENT.sub(put_in, whole)
    if _FRAGMENT.search(whole):
        raise ValueError(f"fragments that name one another: {expression[:80]}")
    try:
        return re.compile(whole, re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as problem:
        raise ValueError(f"{problem}: {expression[:80]}") from problem
