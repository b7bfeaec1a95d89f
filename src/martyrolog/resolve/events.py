"""What befell each person: the table ``event``.

Each record contributes to an event of a kind what it says of its day, place, body and detail. The
contributions of one person to one kind form one event where their dates can be one day (one date
contains the other); dates that cannot are separate events, so a conflict stays visible and two
arrests stay two. A contribution without a date goes with the preferred date. Place, body and detail
are those of the statement that is preferred among the event's records.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.resolve.contributions import DATE, DETAILS, Contributions, make_contributions
from martyrolog.resolve.evidence import Ints, lists_of, one_chunk, present
from martyrolog.resolve.grouping import group_contributions
from martyrolog.resolve.rules import rules
from martyrolog.resolve.stated import Stated, taken
from martyrolog.tables import TABLES


def event_table(stated: Stated, trials: pa.Table, roles: pa.Array) -> pa.Table:
    """Table ``event``, by person, first day, kind.

    Args:
        stated: The statements.
        trials: Table ``trial``: gives day, place and court to those accused in it.
        roles: The role of each record.
    """
    kinds = make_contributions(stated, trials, roles)
    table = pa.concat_tables([_events(stated, kind) for kind in kinds])
    order = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in
        ("person", "date_earliest", "kind", "date_latest", "date", "trial_id", "place", "body",
         "detail", "date_verbatim")])  # fmt: skip
    table = table.take(order)
    persons = stated.evidence.person_ids.take(one_chunk(table["person"]))
    return table.append_column("person_id", persons).select(TABLES["event"].names)


def _events(stated: Stated, kind: Contributions) -> pa.Table:
    """The events of one kind, those that one record tells before those of several records."""
    person, rows = stated.evidence.person, kind.rows
    alone = np.bincount(person[rows], minlength=len(stated.evidence.persons))[person[rows]] == 1
    several = rows[~alone]
    groups = group_contributions(kind, several[np.argsort(person[several], kind="stable")], person)
    sizes = np.array([1] * int(alone.sum()) + [len(group) for group in groups], dtype=np.int64)
    flat = np.array([row for group in groups for row in group], dtype=np.int64)
    return _table(stated, kind, np.concatenate((rows[alone], flat)), sizes)


def _table(stated: Stated, kind: Contributions, rows: Ints, sizes: Ints) -> pa.Table:
    """One event for each run of ``sizes`` records in ``rows``, whose first has its date."""
    evidence = stated.evidence
    starts = np.concatenate(([0], np.cumsum(sizes)))
    event = np.repeat(np.arange(len(sizes)), sizes)
    first = pa.array(rows[starts[:-1]], pa.int64())
    columns = {name: kind.columns[name].take(first) for name in DATE}
    for name in (*DETAILS, "trial_id"):
        rank = kind.ranks.get(name, evidence.list_rank)
        columns[name] = _best(kind.columns[name], rank, rows, event, len(sizes))
    by_record = rows[np.lexsort((rows, event))]
    person = evidence.person[rows[starts[:-1]]]
    return pa.table({
        "person": pa.array(person, pa.int64()),
        "kind": _kinds(stated, kind.kind, person, rows, event),
        **columns,
        "record_ids": lists_of(starts, evidence.record_ids.take(pa.array(by_record))),
    })  # fmt: skip


def _best(values: pa.Array, rank: Ints, rows: Ints, event: Ints, events: int) -> pa.Array:
    """Of each event, the value of the record with the smallest rank that has one."""
    has = present(values)[rows]
    rows, event = rows[has], event[has]
    order = np.lexsort((rows, rank[rows], event))
    found, first = np.unique(event[order], return_index=True)
    position = np.full(events, -1, dtype=np.int64)
    position[found] = rows[order][first]
    return taken(values, position)


def _kinds(stated: Stated, kind: str, person: Ints, rows: Ints, event: Ints) -> pa.Array:
    if kind != "death":
        return pa.repeat(pa.scalar(kind), len(person))
    fates = stated.evidence.text("fate")
    own = _best(fates, stated.ranks("fate"), rows, event, len(person))
    fate = pc.coalesce(own, stated.preferred("fate").take(pa.array(person)))
    executed = pc.is_in(fate, pa.array(sorted(rules().execution_fates), pa.string()))
    return pc.if_else(executed, "execution", "death")
