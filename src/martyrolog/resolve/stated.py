"""All statements of an archive together: looked up by field, written as the table ``statement``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from martyrolog.resolve.evidence import Evidence, Ints
from martyrolog.resolve.preference import Preference, prefer, preferred_values, row_ranks
from martyrolog.resolve.statements import Statements, date_bounds, make_statements, support
from martyrolog.tables import TABLES


@dataclass(frozen=True)
class Stated:
    """Evidence, the statements it gives, and which are preferred; by field."""

    evidence: Evidence
    statements: Mapping[str, Statements]
    preferences: Mapping[str, Preference]

    @cached_property
    def _chosen(self) -> dict[str, Ints]:
        return {}

    def chosen(self, field: str) -> Ints:
        """Of each person, the position of the preferred statement on a field; -1 for none."""
        if field not in self._chosen:
            statements, preference = self.statements[field], self.preferences[field]
            self._chosen[field] = preferred_values(self.evidence, statements, preference)
        return self._chosen[field]

    def preferred(self, field: str) -> pa.Array:
        """Of each person, the preferred value of a field; null for none."""
        return taken(self.statements[field].value, self.chosen(field))

    def ranks(self, field: str) -> Ints:
        """Of each record, how far from preferred its statement on the field is, within a person."""
        count = self.evidence.records.num_rows
        return row_ranks(self.statements[field], self.preferences[field], count)


def taken(values: pa.Array, positions: Ints) -> pa.Array:
    """The values at these positions; null at -1."""
    return values.take(pa.array(positions, pa.int64(), mask=positions < 0))


def state(evidence: Evidence) -> Stated:
    """Make the statements on every field and prefer among them."""
    made = make_statements(evidence)
    return Stated(
        evidence,
        {statements.field: statements for statements in made},
        {statements.field: prefer(evidence, statements) for statements in made},
    )


def statement_table(stated: Stated) -> pa.Table:
    """Table ``statement``, by person, field and value."""
    fields = sorted(stated.statements)
    parts = [_part(stated, field) for field in fields]
    person = np.concatenate([stated.statements[field].person for field in fields])
    # within a person the fields stand in their order already, and within a field the values
    order = np.argsort(person, kind="stable")
    return pa.concat_tables(parts).take(pa.array(order)).select(TABLES["statement"].names)


def _part(stated: Stated, field: str) -> pa.Table:
    evidence, statements = stated.evidence, stated.statements[field]
    preference = stated.preferences[field]
    earliest, latest = date_bounds(evidence, statements)
    record_ids, list_ids = support(evidence, statements)
    return pa.table({
        "person_id": evidence.person_ids.take(pa.array(statements.person)),
        "field": pa.repeat(pa.scalar(field), len(statements.person)),
        "value": statements.value,
        "earliest": earliest,
        "latest": latest,
        "record_ids": record_ids,
        "list_ids": list_ids,
        "preferred": pa.array(preference.preferred),
        "preference": preference.rule,
        "verified": pa.array(statements.verified),
        "author": pa.array(statements.corrector, pa.string()),
    })  # fmt: skip
