"""In words, what two values of one field say about two records being of one person.

Use :func:`explain` beside :func:`level_label`: the label names the level, the explanation says what
in these two values makes it. The work is done by the values themselves (``names``, ``dates``,
``places``, ``terms``); here is only which field holds which kind of value.
"""

from collections.abc import Callable
from functools import partial

from martyrolog.dates import explain_dates
from martyrolog.levels.fields import MISSING, level_label, reached_elsewhere
from martyrolog.messages import text
from martyrolog.names import explain_given_names, explain_patronymics, explain_surnames
from martyrolog.places import explain_places
from martyrolog.terms import explain_terms

Explain = Callable[[str, str, str], str]


def explain(
    field: str,
    left: str | None,
    right: str | None,
    language: str = "en",
    *,
    level: int = MISSING,
) -> str:
    """Why two values of a field agree or not.

    Args:
        field: Name of a compared field (a key of ``FIELDS``), or another column that holds words.
        left: Value of one record: text as the list writes it; of a date the EDTF expression, or
            the text of the list. None and '' are missing values.
        right: Value of the other record.
        language: ``en`` or ``ru``.
        level: Comparison level of the two records, where it is known. One that rests on values of
            other fields (surname and given name changed places) is said instead of what these two
            values alone would say.

    Returns:
        One sentence without a full stop, plain text: whoever puts it in a page escapes it.

    >>> explain("surname", "Jeschow", "Ежов")
    'Jeschow = Ежов: German spelling'
    >>> explain("birth_date", "1899-11-12", "1900")
    'born 12 Nov 1899 and 1900: one year apart'
    """
    one, other = (left or "").strip(), (right or "").strip()
    if not one or not other:
        return text("compare.missing", language)
    if reached_elsewhere(field, level):
        return text("compare.beside", language, left=one, right=other,
                    why=level_label(field, level, language))  # fmt: skip
    return _FIELDS.get(field, _words)(one, other, language)


def _event(event: str, left: str, right: str, language: str) -> str:
    sentence = explain_dates(left, right, language)
    return text(f"compare.{event}", language, sentence=sentence)


def _sexes(left: str, right: str, language: str) -> str:
    one, other = (text(f"compare.sex_{sex}", language) if sex in ("m", "f") else sex
                  for sex in (left, right))  # fmt: skip
    return _words(one, other, language)


def _words(left: str, right: str, language: str) -> str:
    same = left.casefold() == right.casefold()
    reason = text("compare.same" if same else "compare.other", language)
    return text(f"compare.{'agree' if same else 'against'}", language, left=left, right=right,
                why=reason)  # fmt: skip


_FIELDS: dict[str, Explain] = {
    "surname": explain_surnames,
    "given_name": explain_given_names,
    "patronymic": explain_patronymics,
    "sex": _sexes,
    "birth_date": partial(_event, "birth"),
    "death_date": partial(_event, "death"),
    "arrest_date": partial(_event, "arrest"),
    "birth_place": explain_places,
    "residence": explain_places,
    "occupation": partial(explain_terms, "occupation"),
    "nationality": partial(explain_terms, "nationality"),
}
