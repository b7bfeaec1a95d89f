"""What may be published of the stage estimate.

Its tables are counts, but small ones tell of single persons: a stratum of one, a set of lists that
one person shares. Where anybody is withheld or a field hidden, such counts beside the published
persons would tell what was withheld. Then the capture histories, the estimates of strata and the
sections of the report that show them are left out; the numbers for all persons stay.
"""

import json
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.archive import Archive
from martyrolog.publish.analyses import everybody_shown
from martyrolog.publish.disclosure import Disclosed
from martyrolog.publish.downloads import in_order
from martyrolog.stage import Tables
from martyrolog.tables import TABLES

ESTIMATES = tuple(name for name, table in TABLES.items() if table.stage == "estimate")
_INSIDE = ("reasons", "settings", "details")
"""Columns of ``estimate`` that name strata, lists left out and counts of cells."""
_WARNED = "two_lists"
_WARNING = [{"key": "estimate.beside_two_lists", "values": {}}]
"""What stays of the reasons: a number that rests on two lists never stands without its warning."""


def with_estimates(archive: Archive, tables: Tables, disclosed: Disclosed) -> Disclosed:
    """The disclosed tables with those of estimation.

    Args:
        archive: Its redactions.
        tables: The tables of estimation as its stage wrote them.
        disclosed: What may be published of the other stages.
    """
    made = {name: tables[name] for name in ESTIMATES}
    if not everybody_shown(archive, disclosed):
        report, estimate = made["estimate_report"], made["estimate"]
        made = {
            "capture_history": made["capture_history"].slice(0, 0),
            "estimate": _emptied(estimate.filter(pc.equal(estimate["stratum"], "{}"))),
            "estimate_report": report.filter(pc.invert(report["detailed"])),
        }
    ordered = {name: in_order(table) for name, table in made.items()}
    return replace(disclosed, tables={**disclosed.tables, **ordered})


def _emptied(estimate: pa.Table) -> pa.Table:
    reasons = [_outside(said) for said in estimate["reasons"].to_pylist()]
    for name in _INSIDE:
        place = estimate.schema.get_field_index(name)
        values = reasons if name == "reasons" else ["{}"] * estimate.num_rows
        field = estimate.schema.field(name)
        estimate = estimate.set_column(place, field, pa.array(values, pa.string()))
    return estimate


def _outside(reasons: str) -> str:
    """The reasons without what names strata or lists."""
    warned = any(_WARNED in reason["key"] for reason in json.loads(reasons))
    return json.dumps(_WARNING if warned else [])
