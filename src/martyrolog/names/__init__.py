"""Names of persons: pure functions over values, their data beside them.

What enters: names as sources spell them, in any script. What leaves: phonetic keys (`fold`),
graded comparisons (`similarity`, `compare_given_names`, `compare_patronymics`), the parts of a
full name (`split_name`), and forms for display and sorting. The rules of the fold are data
(`data/fold.yaml`) that the published site's search runs too (`fold.js`).
"""

from martyrolog.names.explain import (
    explain_given_names,
    explain_patronymics,
    explain_surnames,
    surname_letters_apart,
)
from martyrolog.names.fold import Keys, NameKind, fold, fold_many, fold_surname
from martyrolog.names.given import (
    GivenNameAgreement,
    compare_given_names,
    compare_given_names_many,
    given_name_class,
    given_name_comparer,
    is_initial,
)
from martyrolog.names.listing import keys_table, pairs_table, spelling_languages
from martyrolog.names.parts import split_name
from martyrolog.names.patronymic_making import patronymic_of
from martyrolog.names.patronymics import (
    PatronymicAgreement,
    compare_patronymics,
    compare_patronymics_many,
    father_name,
    patronymic_comparer,
)
from martyrolog.names.rules import fold_rules_json
from martyrolog.names.scripts import clean_name, index_letter, script_of, sort_key, to_latin
from martyrolog.names.sex import NameParts, initials, sex_of
from martyrolog.names.similarity import similarity, similarity_comparer, similarity_many
from martyrolog.names.spelling import spelling_convention

__all__ = [
    "GivenNameAgreement",
    "Keys",
    "NameKind",
    "NameParts",
    "PatronymicAgreement",
    "clean_name",
    "compare_given_names",
    "compare_given_names_many",
    "compare_patronymics",
    "compare_patronymics_many",
    "explain_given_names",
    "explain_patronymics",
    "explain_surnames",
    "father_name",
    "fold",
    "fold_many",
    "fold_rules_json",
    "fold_surname",
    "given_name_class",
    "given_name_comparer",
    "index_letter",
    "initials",
    "is_initial",
    "keys_table",
    "pairs_table",
    "patronymic_comparer",
    "patronymic_of",
    "script_of",
    "sex_of",
    "similarity",
    "similarity_comparer",
    "similarity_many",
    "sort_key",
    "spelling_convention",
    "spelling_languages",
    "split_name",
    "surname_letters_apart",
    "to_latin",
]
