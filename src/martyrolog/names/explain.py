"""In words, why two names agree or do not: for search, review and person pages.

When to use: beside a comparison level, which says how well two values agree; these say what makes
them agree (`Jeschow = Ежов: German spelling`). What always holds: an explanation follows the
comparison of its kind, so it never calls equal what the comparison contradicts; an empty value
gives the words for a missing one. It deliberately weighs nothing.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from martyrolog.messages import text
from martyrolog.names.fold import Keys, fold, fold_surname, possible_languages
from martyrolog.names.given import (
    GivenNameAgreement,
    compare_given_names,
    form_of_class,
    given_name_class,
)
from martyrolog.names.patronymics import PatronymicAgreement, compare_patronymics, father_name
from martyrolog.names.scripts import clean_name, script_of
from martyrolog.names.spelling import spelling_convention

MOST_LETTERS = 1 / 3
"""Share of a surname's letters that may differ before it is called another surname."""


def explain_surnames(left: str, right: str, language: str = "en") -> str:
    """Why two surnames agree or not.

    Args:
        left: A surname in any script and spelling.
        right: Another.
        language: 'en' or 'ru'.

    Example:
        >>> explain_surnames("Jeschow", "Ежов")
        'Jeschow = Ежов: German spelling'
    """
    if not fold(left) or not fold(right):
        return text("compare.missing", language)
    if not set(fold_surname(left)).isdisjoint(fold_surname(right)):
        one_form = not set(fold(left)).isdisjoint(fold(right))
        reason = _spelling(left, right, language) if one_form else text("compare.gender", language)
        return _sentence("agree", left, right, reason, language)
    count = _letters_apart(fold_surname(left), fold_surname(right))
    if count <= MOST_LETTERS * min(len(clean_name(left)), len(clean_name(right))):
        reason = text("compare.letters", language, count=count)
        return _sentence("near", left, right, reason, language)
    return _sentence("against", left, right, text("compare.surnames_differ", language), language)


def explain_given_names(left: str, right: str, language: str = "en") -> str:
    """Why two given names or initials agree or not.

    Arguments as of `explain_surnames`.

    Example:
        >>> explain_given_names("Иван", "Johann")
        'Иван = Johann: Johann is the German form of Иван'
    """
    found = compare_given_names(left, right)
    if found is GivenNameAgreement.OMITTED:
        return text("compare.missing", language)
    if found is GivenNameAgreement.EQUAL:
        return _sentence("agree", left, right, _spelling(left, right, language), language)
    if found is GivenNameAgreement.EQUIVALENT:
        return _sentence("agree", left, right, _forms(left, right, language), language)
    if found is GivenNameAgreement.INITIAL:
        return _sentence("agree", left, right, text("compare.initial_fits", language), language)
    if found is GivenNameAgreement.SIMILAR:
        return _sentence("near", left, right, _differing(left, right, language), language)
    return _against(left, right, "given_names_differ", language)


def explain_patronymics(left: str, right: str, language: str = "en") -> str:
    """Why two patronymics or their initials agree or not.

    Arguments as of `explain_surnames`.

    Example:
        >>> explain_patronymics("Петрович", "Ильич")
        'Петрович ≠ Ильич: the fathers are Петр and Илья'
    """
    found = compare_patronymics(left, right)
    if found is PatronymicAgreement.OMITTED:
        return text("compare.missing", language)
    if found is PatronymicAgreement.EQUAL:
        one_form = not set(fold(left)).isdisjoint(fold(right))
        gender = text("compare.father_gender", language)
        reason = _spelling(left, right, language) if one_form else gender
        return _sentence("agree", left, right, reason, language)
    if found is PatronymicAgreement.INITIAL:
        return _sentence("agree", left, right, text("compare.initial_fits", language), language)
    fathers = father_name(left), father_name(right)
    if found is PatronymicAgreement.VARIANT:
        return _sentence("near", left, right, _fathers_alike(left, right, language), language)
    if all(fathers):
        reason = text("compare.fathers_differ", language, left=fathers[0], right=fathers[1])
        return _sentence("against", left, right, reason, language)
    return _against(left, right, "patronymics_differ", language)


def _sentence(relation: str, left: str, right: str, why: str, language: str) -> str:
    return text(f"compare.{relation}", language, left=clean_name(left), right=clean_name(right),
                why=why)  # fmt: skip


def _against(left: str, right: str, differ: str, language: str) -> str:
    short = any(len(clean_name(name).strip(". ")) <= 2 for name in (left, right))
    reason = text(f"compare.{'initial_against' if short else differ}", language)
    return _sentence("against", left, right, reason, language)


def _differing(left: str, right: str, language: str) -> str:
    return text("compare.letters", language, count=_letters_apart(fold(left), fold(right)))


def _letters_apart(left: Keys, right: Keys) -> int:
    return min(Levenshtein.distance(one, other) for one in left for other in right)


def _spelling(left: str, right: str, language: str) -> str:
    """How two spellings of one name come about."""
    if clean_name(left).casefold() == clean_name(right).casefold():
        return text("compare.same", language)
    scripts = script_of(left), script_of(right)
    if scripts == ("latin", "latin"):
        return _two_latin(left, right, language)
    if scripts[0] == scripts[1]:
        return text("compare.written", language)
    found = spelling_convention(left, right) or spelling_convention(right, left)
    return text(f"compare.spelling_{found}" if found else "compare.other_script", language)


def _two_latin(left: str, right: str, language: str) -> str:
    for one in possible_languages(left):
        for other in possible_languages(right):
            both = set(fold(left, language=one)) & set(fold(right, language=other))
            if both and one != other:
                names = [text(f"compare.spelling_{found}", language) for found in (one, other)]
                return text("compare.two_spellings", language, left=names[0], right=names[1])
    return text("compare.written", language)


def _forms(left: str, right: str, language: str) -> str:
    """What two forms of one given name are to each other."""
    shared = [name for name in given_name_class(left) if name in given_name_class(right)]
    if not shared:
        return text("compare.double_name", language)
    for form in (right, left):
        found = form_of_class(form, shared[0])
        if found == "short":
            return text("compare.name_form_short", language, form=form, name=shared[0])
        if found and found != "ru":
            tongue = text(f"compare.language_{found}", language)
            return text("compare.name_form_in", language, form=form, name=shared[0],
                        language=tongue)  # fmt: skip
    return text("compare.name_form", language, name=shared[0])


def _fathers_alike(left: str, right: str, language: str) -> str:
    one, other = father_name(left), father_name(right)
    if one and one == other:
        return text("compare.father_short", language)
    if one and other and set(given_name_class(one)) & set(given_name_class(other)):
        return text("compare.father_forms", language, left=one, right=other)
    return _differing(left, right, language)
