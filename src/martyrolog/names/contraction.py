"""Names that are shortened by more than their initial: «Конст.», «Ал-др», «Ив-ч».

When to use: to find the names that such a spelling may stand for. What always holds: its letters
begin the name, and what stands behind the hyphen ends it. Four letters and a stop are an initial
(`given.is_initial`), which only agrees or contradicts.
"""

from __future__ import annotations

import re

from martyrolog.names.scripts import clean_name

_STOPPED = re.compile(r"([^\W\d_]{5,9})\.")
_HYPHENED = re.compile(
    r"([^\W\d_]{1,5})-([бвгджзйклмнпрстфхцчшщ]{1,3}|[иея]й|[ое]?вич|ич|[ое]?вна|чна)\.?"
)


def contraction(name: str) -> re.Pattern[str] | None:
    """What the names that a contraction stands for look like, in lower case, «ё» as «е».

    Returns:
        None for what is no contraction.

    Example:
        >>> bool(contraction("Ал-др").fullmatch("александр"))
        True
    """
    if "." not in name and "-" not in name:
        return None
    text = clean_name(name).casefold().replace("ё", "е")
    if stopped := _STOPPED.fullmatch(text):
        return re.compile(re.escape(stopped[1]) + ".+")
    if hyphened := _HYPHENED.fullmatch(text):
        return re.compile(re.escape(hyphened[1]) + ".*" + re.escape(hyphened[2]))
    return None
