"""Terms: the controlled vocabularies, English and Russian, and coding of phrases to them.

``code_term`` codes a phrase to the first term it matches, ``code_terms`` to all; ``vocabulary``
gives the terms, ``label`` the name of one. Vocabularies: ``VOCABULARIES``.
"""

from martyrolog.terms.articles import article_points
from martyrolog.terms.code import TermCode, code_term, code_terms
from martyrolog.terms.explain import explain_terms
from martyrolog.terms.listing import code_file_table
from martyrolog.terms.vocabulary import VOCABULARIES, Term, label, vocabulary

__all__ = [
    "VOCABULARIES",
    "Term",
    "TermCode",
    "article_points",
    "code_file_table",
    "code_term",
    "code_terms",
    "explain_terms",
    "label",
    "vocabulary",
]
