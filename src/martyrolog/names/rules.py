"""The fold's rules: read from `data/fold.yaml`, compiled to operations for Python and JavaScript.

When to use: only by `fold` and by whoever exports the rules to the site's search
(`fold_rules_json`). What always holds: a compiled rule is a literal replacement, a letter map,
a regular expression common to both languages, or the removal of combining marks; so both
interpreters are a few lines and cannot differ by cleverness. It deliberately knows no script.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from martyrolog.yaml_text import parse_yaml

# A compiled step: ["literal", from, to], ["map", {letter: replacement}],
# ["regex", pattern, replacement] or ["marks"].
Step = list[Any]


@cache
def load_rules() -> dict[str, Any]:
    """Read and compile the fold's rules.

    Returns:
        The rules as plain JSON values, every pass a list of compiled steps.
    """
    text = files("martyrolog.names").joinpath("data/fold.yaml").read_text(encoding="utf-8")
    source = parse_yaml(text)
    classes: Mapping[str, str] = source["classes"]
    return {
        "version": source["version"],
        "max_keys": source["max_keys"],
        "apostrophes": source["apostrophes"],
        "lookalikes": source["lookalikes"],
        "ambiguous": source["ambiguous"],
        "nominatives": source["nominatives"],
        "scripts": source["scripts"],
        "readings": source["readings"],
        "passes": {name: _compile(steps, classes) for name, steps in source["passes"].items()},
        "common": _compile(source["common"], classes),
        "surname": _compile(source["surname"], classes),
        "final": _compile(source["final"], classes),
    }


def fold_rules_json() -> str:
    """The compiled rules as JSON, the input of `fold.js`.

    Returns:
        One line of JSON, keys in a fixed order, the same bytes for the same rules.
    """
    return json.dumps(load_rules(), ensure_ascii=False, separators=(",", ":"))


def _compile(steps: Sequence[Mapping[str, Any]], classes: Mapping[str, str]) -> list[Step]:
    compiled: list[Step] = []
    for step in steps:
        if "map" in step:
            compiled += _compile_map(step["map"])
        elif "rules" in step:
            compiled += [_compile_rule(rule, classes) for rule in step["rules"]]
        else:
            compiled.append(["marks"])
    return compiled


def _compile_map(table: Mapping[str, str]) -> list[Step]:
    """Longest first, so that `schtsch` is read before `sch`."""
    longer = sorted((key for key in table if len(key) > 1), key=lambda key: (-len(key), key))
    steps: list[Step] = [["literal", key, table[key]] for key in longer]
    single = {key: value for key, value in table.items() if len(key) == 1}
    return [*steps, ["map", single]] if single else steps


def _compile_rule(rule: Sequence[str], classes: Mapping[str, str]) -> Step:
    pattern, replacement = rule
    for name, letters in classes.items():
        pattern = pattern.replace("{" + name + "}", letters)
    return ["regex", pattern, replacement]


TextStep = Callable[[str], str]


def python_step(step: Step) -> TextStep:
    """A compiled step as a function over text that holds one word a line."""
    if step[0] == "literal":
        old, new = step[1], step[2]
        return lambda text: text.replace(old, new)
    if step[0] == "map":
        table = str.maketrans(step[1])
        return lambda text: text.translate(table)
    if step[0] == "marks":
        return strip_marks
    return _replacement(re.compile(step[1], re.MULTILINE), step[2])


def _replacement(pattern: re.Pattern[str], written: str) -> TextStep:
    """Replace what a pattern finds; `$1` is its first group, which every match holds."""
    groups = [int(digit) for digit in re.findall(r"\$(\d)", written)]
    if not groups:
        return lambda text: pattern.sub(written, text)
    # not a template of `re`: in Python 3.11 that runs far more code for each match
    filled = re.sub(r"\$\d", "%s", written.replace("%", "%%"))
    return lambda text: pattern.sub(lambda match: filled % match.group(*groups), text)


_MARKS_ON_LATIN = re.compile("([a-z])[\u0300-\u036f]+")
_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")


def strip_marks(text: str) -> str:
    """Remove the marks of Latin letters and the vowel points of Hebrew and Arabic.

    Cyrillic й keeps its mark, for there it makes another letter.
    """
    if text.isascii():
        return text
    bare = _MARKS_ON_LATIN.sub(r"\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", _POINTS.sub("", bare))
