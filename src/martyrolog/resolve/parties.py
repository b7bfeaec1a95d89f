"""Where records place a person: ``trial_party``, ``tenure``, ``membership``.

One row for each record that names a trial, an office or a cohort; nothing is merged, so two lists
that name one person in one trial are two rows, each with its record.
"""

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.resolve.evidence import Evidence
from martyrolog.resolve.rules import rules
from martyrolog.tables import TABLES


def trial_party_table(evidence: Evidence, roles: pa.Array) -> pa.Table:
    """Table ``trial_party``, by trial and record.

    A victim named in a trial stood before the court: its role is defendant, and so is that of a
    record without any role.
    """
    accused = pc.is_in(roles, pa.array(sorted(rules().accused_roles), pa.string()))
    role = pc.if_else(pc.or_(accused, pc.is_null(roles)), "defendant", roles)
    return _placed(evidence, "trial_party", "trial_id", {"role": role})


def tenure_table(evidence: Evidence) -> pa.Table:
    """Table ``tenure``, by office and record."""
    return _placed(evidence, "tenure", "office_id", {})


def membership_table(evidence: Evidence) -> pa.Table:
    """Table ``membership``, by cohort and record."""
    return _placed(evidence, "membership", "cohort_id", {})


def _placed(evidence: Evidence, name: str, place: str, given: dict[str, pa.Array]) -> pa.Table:
    columns = {
        column: evidence.records[column]
        for column in TABLES[name].names
        if column in evidence.records.column_names
    }
    person = evidence.person_ids.take(pa.array(evidence.person))
    columns |= given | {"person_id": person, place: evidence.text(place)}
    table = pa.table({column: columns[column] for column in TABLES[name].names})
    table = table.filter(pc.is_valid(table[place]))
    return table.sort_by([(place, "ascending"), ("record_id", "ascending")])
