"""Why a spelling found a person: what each word of a query has in common with the person's names.

When to use: beside the results of a search. Says nothing of words that stand in the names as they
were typed, nor of initials and years. It never says that a word and a name differ: what was found
has a sound in common with it, a beginning, or all but a letter or two.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from rapidfuzz.distance import OSA

from martyrolog.messages import text
from martyrolog.names import (
    explain_given_names,
    explain_patronymics,
    explain_surnames,
    fold,
    fold_surname,
    surname_letters_apart,
)

Explain = Callable[[str, str, str], str]
Keys = tuple[str, ...]

_KINDS: Mapping[str, tuple[Callable[[str], Keys], Explain]] = {
    "surname": (fold_surname, explain_surnames),
    "given_name": (fold, explain_given_names),
    "patronymic": (fold, explain_patronymics),
}


def why_found(words: Sequence[str], names: Mapping[str, Sequence[str]], language: str) -> str:
    """Why words found a person, in words.

    Args:
        words: The words of the query.
        names: Words of the person's ``surname`` (other names among them), ``given_name`` and
            ``patronymic``, from every list.
        language: ``en`` or ``ru``.

    Returns:
        Sentences joined by semicolons; '' where every word stands in the names.

    Example:
        >>> why_found(["Jeschow"], {"surname": ["Ежов"]}, "en")
        'Jeschow = Ежов: German spelling'
    """
    written = {name.casefold() for found in names.values() for name in found}
    sentences = [_why(word, names, language) for word in words if word.casefold() not in written]
    return "; ".join(filter(None, sentences))


def _why(word: str, names: Mapping[str, Sequence[str]], language: str) -> str:
    """The sentence of the name that is nearest to the word."""
    apart = [
        (_apart(folded(word), folded(name)), place, name, folded, explain)
        for kind, (folded, explain) in _KINDS.items()
        for place, name in enumerate(names.get(kind, ()))
    ]
    if not apart:
        return ""
    distance, _, name, folded, explain = min(apart, key=lambda one: one[:2])
    if not distance:
        return _alike(word, name, explain, language)
    if any(own.startswith(key) for own in folded(name) for key in folded(word)):
        return text("compare.begins", language, left=word, right=name)
    return _misspelt(word, min(names.get("surname") or [name], key=partial(_sounds_apart, word)),
                     language)  # fmt: skip


def _alike(word: str, name: str, explain: Explain, language: str) -> str:
    """Of a word that shares a key with a name, also where more than a key would tell them apart."""
    found = explain(word, name, language)
    against = text("compare.against", language, left=word, right=name, why="")
    if not found.startswith(against):
        return found
    reason = text("compare.written", language)
    return text("compare.agree", language, left=word, right=name, why=reason)


def _misspelt(word: str, surname: str, language: str) -> str:
    """Of a word that is a surname but for a slip of the pen, which search allows in surnames."""
    if surname_letters_apart(word, surname) is not None:
        return explain_surnames(word, surname, language)
    reason = text("compare.misspelt", language, count=_sounds_apart(word, surname))
    return text("compare.near", language, left=word, right=surname, why=reason)


def _sounds_apart(word: str, surname: str) -> int:
    return _apart(fold_surname(word), fold_surname(surname))


def _apart(one: Keys, other: Keys) -> int:
    """Letters in which the nearest keys differ; one that begins the other is next to equal."""
    distances = [1 if known.startswith(key) and known != key else OSA.distance(key, known)
                 for key in one for known in other]  # fmt: skip
    return min(distances, default=len(one) + len(other) + 100)
