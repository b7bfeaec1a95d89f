"""Synthetic lists of victims with a known truth, for measuring linkage and estimation.

Enters: a recipe (``data/recipe.yaml``) and the name frequencies of the package ``russiannames``.
Leaves: ``records.parquet`` as lists write them, ``truth.parquet`` with the person behind each
record, ``persons.parquet`` with all persons, those of no list included. What the rates rest
on: ``benchmarks/synthetic/README.md``.
"""

from martyrolog.synthetic.generating import Summary, generate
from martyrolog.synthetic.recipe import Recipe, read_recipe

__all__ = ["Recipe", "Summary", "generate", "read_recipe"]
