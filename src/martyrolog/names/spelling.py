"""In which convention a Latin spelling writes a name: what an explanation of a match names.

When to use: to say in words why two spellings agree (`Jeschow = Ежов: German spelling`). It
deliberately says nothing of pairs that do not agree, nor of names in the same script.
"""

from __future__ import annotations

from martyrolog.names.fold import fold, possible_languages
from martyrolog.names.scripts import script_of


def spelling_convention(latin: str, other: str) -> str:
    """The language whose spelling makes a Latin name agree with a name in another script.

    Args:
        latin: A name in Latin letters.
        other: The same name in another script.

    Returns:
        The first language of the reading in `data/fold.yaml`: 'en' (ALA-LC and BGN too), 'pl',
        'cs' (Czech, Croatian, Baltic, ISO 9), 'de', 'fr', 'zh' or 'ja'; of several the first; ''
        where the scripts are the same or no reading agrees.

    Example:
        >>> spelling_convention("Jeschow", "Ежов")
        'de'
    """
    if script_of(latin) != "latin" or script_of(other) in ("latin", ""):
        return ""
    keys = set(fold(other))
    agreeing = (one for one in possible_languages(latin) if keys & set(fold(latin, language=one)))
    return next(agreeing, "")
