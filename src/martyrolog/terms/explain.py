"""In words, why two phrases agree or do not (`немец = German: both mean German`)."""

from __future__ import annotations

from martyrolog.messages import text
from martyrolog.terms.code import TermCode, code_terms
from martyrolog.terms.vocabulary import folded

GROUPS = ("occupation",)
"""Vocabularies whose terms are groups: two phrases of one group need not mean the same."""


def explain_terms(vocabulary_name: str, left: str, right: str, language: str = "en") -> str:
    """Why two phrases for a nationality, an occupation, a body or a sentence agree or not.

    Args:
        vocabulary_name: One of ``VOCABULARIES``.
        left: A phrase as a list writes it.
        right: Another.
        language: 'en' or 'ru'.

    Returns:
        A sentence; the words for a missing value where one is empty.

    Raises:
        KeyError: There is no such vocabulary.

    Example:
        >>> explain_terms("nationality", "немка", "немец")
        'немка = немец: both mean German'
    """
    left, right = left.strip(), right.strip()
    if not left or not right:
        return text("compare.missing", language)
    if folded(left) == folded(right):
        return text("compare.agree", language, left=left, right=right,
                    why=text("compare.same", language))  # fmt: skip
    relation, reason = _reason(
        code_terms(vocabulary_name, left),
        code_terms(vocabulary_name, right),
        language,
        groups=vocabulary_name in GROUPS,
    )
    return text(f"compare.{relation}", language, left=left, right=right, why=reason)


def _reason(
    left: tuple[TermCode, ...], right: tuple[TermCode, ...], language: str, *, groups: bool
) -> tuple[str, str]:
    if not left or not right:
        return "against", text("compare.term_unknown", language)
    if not groups and [code.term_id for code in left] == [code.term_id for code in right]:
        meaning = ", ".join(_label(code, language) for code in left)
        return "agree", text("compare.term_same", language, term=meaning)
    theirs = {code.term_id for code in right}
    shared = [_label(code, language) for code in left if code.term_id in theirs]
    if shared:
        return "near", text("compare.term_shared", language, term=", ".join(shared))
    one, other = _label(left[0], language), _label(right[0], language)
    return "against", text("compare.term_different", language, left=one, right=other)


def _label(code: TermCode, language: str) -> str:
    return code.label_ru if language == "ru" else code.label_en
