"""The one screen through which all that is published passes.

Use :func:`disclose` before anything is written. A person is withheld who may be living:

- no list tells of a death, and the last possible day of birth is less than 110 years ago
  (``possibly_living_years``); or the birth is unknown and nothing places the person wholly before
  1936 (`lifetime`);
- unless *every* list that names the person records in archive.toml why its persons are historical.
  One such list is not enough: a false link must not publish a record of another list.

Withheld with the person: records, statements, events, relations, links, parts in trials, offices
and groups (`withholding`), and every free text of others that names them (`mentions`). Fields that
the archive's redactor hid are removed (`redaction`). The text of a reject is published only where
its list's persons are historical. Always holds: nothing is published that did not pass here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.articles import ComputedArticle
from martyrolog.publish.lifetime import possibly_living
from martyrolog.publish.mentions import remove_mentions
from martyrolog.publish.redaction import redact
from martyrolog.publish.withholding import without_persons
from martyrolog.stage import Tables


@dataclass(frozen=True)
class Disclosed:
    """The tables without what is withheld, and how many persons that is, in all and by list.

    Attributes:
        articles: The archive's articles, computed on these tables (`analyses`).
    """

    tables: Mapping[str, pa.Table]
    withheld: int
    withheld_by_list: Mapping[str, int]
    articles: Sequence[ComputedArticle] = ()


def disclose(
    tables: Tables, redactions: Sequence[Mapping[str, Any]], *, years: int, year: int
) -> Disclosed:
    """The tables that may be published.

    Args:
        tables: All tables of read and resolve.
        redactions: Entries of hand/redactions.jsonl: ``field`` and ``person_id`` or ``record_id``.
        years: Age from which nobody is taken to be living.
        year: The present year.
    """
    kept = redact(tables, redactions)
    historical = _historical_lists(kept["source_list"])
    withheld = possibly_living(kept, historical, years=years, year=year)
    published = set(kept["person"]["person_id"].to_pylist()) - withheld
    gone = [row for row in tables["person"].to_pylist() if row["person_id"] not in published]
    kept = without_persons(kept, {row["person_id"] for row in gone})
    kept["reject"] = _rejects(kept["reject"], historical)
    kept = remove_mentions(kept, gone, tables["statement"])
    by_list: dict[str, int] = {}
    for list_id in (list_id for row in gone for list_id in row["list_ids"]):
        by_list[list_id] = by_list.get(list_id, 0) + 1
    return Disclosed(kept, len(gone), by_list)


def _historical_lists(source_list: pa.Table) -> set[str]:
    return set(
        source_list.filter(pc.is_valid(source_list["historical_reason"]))["list_id"].to_pylist()
    )


def _rejects(reject: pa.Table, historical: set[str]) -> pa.Table:
    """Rejects, their text only where the list's persons are known to be historical."""
    shown = pc.is_in(reject["list_id"], pa.array(sorted(historical), pa.string()))
    for column, instead in (("verbatim", ""), ("detail", None)):
        index = reject.schema.get_field_index(column)
        values = pc.if_else(shown, reject[column], pa.scalar(instead, pa.string()))
        reject = reject.set_column(index, reject.schema.field(index), values)
    return reject
