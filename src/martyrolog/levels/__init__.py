"""Comparison levels: what each level of each field means, in words and in prior probabilities.

Use :data:`FIELDS` where pairs of records are compared, :func:`level_label` where a link is
explained to a person. The data stand in ``levels.yaml``. Always holds: a level is an int8, 0 is
the strongest disagreement, larger is stronger agreement, ``MISSING`` (-1) says nothing. This module
compares nothing.
"""

from martyrolog.levels.fields import FIELDS, MISSING, Field, Level, field_label, level_label
from martyrolog.levels.reference import reference_page

__all__ = ["FIELDS", "MISSING", "Field", "Level", "field_label", "level_label", "reference_page"]
