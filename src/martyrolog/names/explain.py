"""In words, why two names agree or do not: for search, review and person pages.

When to use: beside a comparison level, which says how well two values agree; these say what makes
them agree (`Jeschow = Ежов: German spelling`). What always holds: an explanation follows the
comparison of its kind, so it never calls equal what the comparison contradicts; an empty value
gives the words for a missing one. It deliberately weighs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapidfuzz.distance import Levenshtein

from martyrolog.messages import text
from martyrolog.names.contraction import contraction
from martyrolog.names.fold import Keys, fold, fold_surname
from martyrolog.names.given import (
    GivenNameAgreement,
    compare_given_names,
    form_of_class,
    given_name_class,
    is_initial,
)
from martyrolog.names.patronymic_forms import double_parts
from martyrolog.names.patronymics import (
    PatronymicAgreement,
    compare_patronymics,
    father_classes,
    father_name,
)
from martyrolog.names.scripts import clean_name, script_of
from martyrolog.names.sex import sex_of
from martyrolog.names.spelling import own_convention, spelling_convention

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
    if _written_alike(left, right):
        return _the_same(left, right, language)
    if not fold(left) or not fold(right):
        return text("compare.missing", language)
    if not set(fold_surname(left)).isdisjoint(fold_surname(right)):
        one_form = not set(fold(left)).isdisjoint(fold(right))
        reason = _spelling(left, right, language) if one_form else text("compare.gender", language)
        return _sentence("agree", left, right, reason, language)
    count = surname_letters_apart(left, right)
    if count is not None:
        reason = text("compare.letters", language, count=count)
        return _sentence("near", left, right, reason, language)
    return _sentence("against", left, right, text("compare.surnames_differ", language), language)


def surname_letters_apart(left: str, right: str) -> int | None:
    """Letters in which two surnames that may be one differ; None for two different surnames."""
    count = _letters_apart(left, right, fold_surname)
    shorter = min(len(clean_name(left)), len(clean_name(right)))
    return count if count <= MOST_LETTERS * shorter else None


def explain_given_names(left: str, right: str, language: str = "en") -> str:
    """Why two given names or initials agree or not.

    Arguments as of `explain_surnames`.

    Example:
        >>> explain_given_names("Иван", "Johann")
        'Иван = Johann: Johann is the German form of Иван'
    """
    if _written_alike(left, right) and not is_initial(left):
        return _the_same(left, right, language)
    found = compare_given_names(left, right)
    return _explained(_GIVEN_NAMES, found, left, right, language)


def explain_patronymics(left: str, right: str, language: str = "en") -> str:
    """Why two patronymics or their initials agree or not.

    Arguments as of `explain_surnames`.

    Example:
        >>> explain_patronymics("Петрович", "Ильич")
        'Петрович ≠ Ильич: the fathers are Петр and Илья'
    """
    if _written_alike(left, right) and not is_initial(left):
        return _the_same(left, right, language)
    found = compare_patronymics(left, right)
    return _explained(_PATRONYMICS, found, left, right, language)


Reason = Callable[[str, str, str], str]


def _explained(
    reasons: Mapping[int, tuple[str, Reason]], found: int, left: str, right: str, language: str
) -> str:
    """The sentence of an outcome; one without a reason says nothing."""
    if found not in reasons:
        return text("compare.missing", language)
    relation, why = reasons[found]
    return _sentence(relation, left, right, why(left, right, language), language)


def _sentence(relation: str, left: str, right: str, why: str, language: str) -> str:
    return text(f"compare.{relation}", language, left=clean_name(left), right=clean_name(right),
                why=why)  # fmt: skip


def _initial_fits(_left: str, _right: str, language: str) -> str:
    return text("compare.initial_fits", language)


def _other_given_name(left: str, right: str, language: str) -> str:
    short = _is_short(left) or _is_short(right)
    return text("compare.initial_against" if short else "compare.given_names_differ", language)


def _other_father(left: str, right: str, language: str) -> str:
    fathers = father_name(left), father_name(right)
    if all(fathers):
        return text("compare.fathers_differ", language, left=fathers[0], right=fathers[1])
    short = _is_short(left) or _is_short(right)
    return text("compare.initial_against" if short else "compare.patronymics_differ", language)


def _is_short(name: str) -> bool:
    return len(clean_name(name).strip(". ")) <= 2


def _one_father(left: str, right: str, language: str) -> str:
    if not set(fold(left)).isdisjoint(fold(right)):
        return _spelling(left, right, language)
    one_sex = sex_of("", "", left) == sex_of("", "", right)
    return text("compare.father_short" if one_sex else "compare.father_gender", language)


def _differing(left: str, right: str, language: str) -> str:
    return text("compare.letters", language, count=_letters_apart(left, right, fold))


def _letters_apart(left: str, right: str, keys: Callable[[str], Keys]) -> int:
    """Letters in which two names of one script differ, else those of their keys."""
    if script_of(left) == script_of(right):
        return Levenshtein.distance(_plain(left), _plain(right))
    return min(Levenshtein.distance(one, other) for one in keys(left) for other in keys(right))


def _plain(name: str) -> str:
    return clean_name(name).casefold()


def _written_alike(left: str, right: str) -> bool:
    """Whether two names are the same but for case; what holds no letter is no name."""
    return _plain(left) == _plain(right) and any(letter.isalpha() for letter in left)


def _the_same(left: str, right: str, language: str) -> str:
    return _sentence("agree", left, right, text("compare.same", language), language)


def _spelling(left: str, right: str, language: str) -> str:
    """How two spellings of one name come about."""
    if _written_alike(left, right):
        return text("compare.same", language)
    scripts = script_of(left), script_of(right)
    if scripts == ("latin", "latin"):
        return _two_latin(left, right, language)
    if scripts[0] == scripts[1]:
        return text("compare.written", language)
    found = spelling_convention(left, right) or spelling_convention(right, left)
    return text(f"compare.spelling_{found}" if found else "compare.other_script", language)


def _two_latin(left: str, right: str, language: str) -> str:
    found = own_convention(left), own_convention(right)
    if all(found) and found[0] != found[1]:
        names = [text(f"compare.spelling_{one}", language) for one in found]
        return text("compare.two_spellings", language, left=names[0], right=names[1])
    return text("compare.written", language)


def _forms(left: str, right: str, language: str) -> str:
    """What two forms of one given name are to each other."""
    if contraction(left) or contraction(right):
        return text("compare.contracted", language)
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
    if contraction(left) or contraction(right):
        return text("compare.contracted", language)
    one, other = father_name(left), father_name(right)
    if one and one == other:
        return text("compare.father_short", language)
    if double_parts(clean_name(left)) or double_parts(clean_name(right)):
        return text("compare.double_name", language)
    if set(father_classes(left)) & set(father_classes(right)):
        return text("compare.father_forms", language, left=one or clean_name(left),
                    right=other or clean_name(right))  # fmt: skip
    return _differing(left, right, language)


_GIVEN_NAMES: dict[int, tuple[str, Reason]] = {
    GivenNameAgreement.EQUAL: ("agree", _spelling),
    GivenNameAgreement.EQUIVALENT: ("agree", _forms),
    GivenNameAgreement.INITIAL: ("agree", _initial_fits),
    GivenNameAgreement.SIMILAR: ("near", _differing),
    GivenNameAgreement.CONTRADICTED: ("against", _other_given_name),
}
_PATRONYMICS: dict[int, tuple[str, Reason]] = {
    PatronymicAgreement.EQUAL: ("agree", _one_father),
    PatronymicAgreement.INITIAL: ("agree", _initial_fits),
    PatronymicAgreement.VARIANT: ("near", _fathers_alike),
    PatronymicAgreement.CONTRADICTED: ("against", _other_father),
}
