"""Mistakes of hands, ears and machines, in a share of the texts of a column.

Letters and what they are mistaken for stand in ``data/mistakes.yaml``. A missing text stays None.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import yaml

from martyrolog.synthetic.drawing import Ints, Texts
from martyrolog.synthetic.recipe import DATA


@cache
def confusions() -> Mapping[str, Any]:
    """What ``data/mistakes.yaml`` says."""
    loaded: Mapping[str, Any] = yaml.safe_load((DATA / "mistakes.yaml").read_text(encoding="utf-8"))
    return loaded


def make_mistakes(
    rng: np.random.Generator, column: Texts, kind: str, rate: float, *, twice: float = 0.0
) -> Texts:
    """The column with mistakes of one kind in a share of its texts.

    Args:
        rng: Randomness.
        column: Texts or None.
        kind: typing, hearing, ocr or digits.
        rate: Share of the texts that get a mistake.
        twice: Share of these that get another.
    """
    made = column.copy()
    rows = np.flatnonzero(rng.random(len(column)) < rate)
    again = rows[rng.random(len(rows)) < twice]
    for chosen in (rows, again):
        where, what, which = rng.random((3, len(chosen))).tolist()
        for row, at, how, letter in zip(chosen.tolist(), where, what, which, strict=True):
            if made[row]:
                made[row] = mistaken(made[row], kind, at, how, letter)
    return made


def mistaken(text: str, kind: str, where: float, what: float, which: float) -> str:
    """The text with one mistake.

    A typing mistake replaces (half), leaves out, doubles or exchanges letters; an OCR mistake
    replaces, seldom leaves out; a hearing mistake and one of digits only replace. Where the kind
    knows no letter of the text, the text stays.

    Args:
        text: Not empty.
        kind: typing, hearing, ocr or digits.
        where: In [0, 1): which letter.
        what: In [0, 1): which sort of mistake.
        which: In [0, 1): which replacement.
    """
    at = int(where * len(text))
    if kind == "typing" and what > 0.5 and len(text) > 3:
        return _slip(text, at, what)
    if kind == "ocr" and what > 0.9 and len(text) > 3:
        return text[:at] + text[at + 1 :]
    table = confusions()[kind]
    for position in (*range(at, len(text)), *range(at)):
        letter = text[position]
        others = table.get(letter.lower())
        if others and not (kind == "digits" and _in_century(text, position)):
            new: str = others[int(which * len(others))]
            new = new.upper() if letter.isupper() else new
            return text[:position] + new + text[position + 1 :]
    return text


def _in_century(text: str, at: int) -> bool:
    """Whether a digit is one of the first two of a year: nobody misreads 1937 as 7937."""
    return any(len(year) == 4 and year.isdigit()
               for year in (text[at : at + 4], text[max(at - 1, 0) : at + 3]))  # fmt: skip


def _slip(text: str, at: int, what: float) -> str:
    if what < 0.70:
        return text[:at] + text[at + 1 :]
    if what < 0.85:
        return text[:at] + text[at] + text[at:]
    at = min(at, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


@cache
def _other_forms() -> Mapping[str, list[str]]:
    return {name: [other for other in forms if other != name]
            for forms in confusions()["given_forms"] for name in forms}  # fmt: skip


def other_forms(rng: np.random.Generator, column: Texts, rate: float) -> Texts:
    """Given names, of which a share of those that have several forms stand in another."""
    made = column.copy()
    forms = _other_forms()
    rows: Ints = np.flatnonzero(rng.random(len(column)) < rate)
    for row in rows.tolist():
        others = forms.get(made[row])
        if others:
            made[row] = others[0]
    return made
