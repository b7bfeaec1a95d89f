"""Comparison levels: what each level of each field means, in words and in prior probabilities.

Use :data:`FIELDS` where pairs of records are compared, :func:`level_label` where a link is
explained to a person, :func:`explain` for what in two values makes it so. The data stand in
``levels.yaml``. Always holds: a level is an int8, 0 is the strongest disagreement, larger is
stronger agreement, ``MISSING`` (-1) says nothing. This module compares no records.
"""

from martyrolog.levels.explain import explain
from martyrolog.levels.fields import FIELDS, MISSING, Field, Level, field_label, level_label
from martyrolog.levels.reference import reference_page

__all__ = [
    "FIELDS", "MISSING", "Field", "Level", "explain", "field_label", "level_label",
    "reference_page",
]  # fmt: skip
