"""Small archives for the tests of resolving: records, clusters and links in few words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from martyrolog.archive import Archive, parse_settings
from martyrolog.dates import bounds
from martyrolog.progress import SILENT
from martyrolog.resolve import resolve
from martyrolog.tables import make_table, write_table

LEVELS = ("surname", "given_name", "patronymic", "sex", "birth_date", "birth_place", "death_date",
          "arrest_date", "residence", "occupation", "nationality", "context")  # fmt: skip


def record(record_id: str, list_id: str = "list-a", **cells: Any) -> dict[str, Any]:
    """A record; a date given as EDTF gets its days from it."""
    row = {"record_id": record_id, "list_id": list_id, "occurrence": 1, "unverified": [],
           "verbatim": "{}", "verbatim_kind": "cells", "file": "lists/a.csv", "row": 1}  # fmt: skip
    for name, value in cells.items():
        row[name] = value
        if name.endswith("_date") or name in ("held_from", "held_to"):
            row[f"{name}_earliest"], row[f"{name}_latest"] = bounds(value)
            row[f"{name}_verbatim"] = value
    return row


def trial(trial_id: str, **cells: Any) -> dict[str, Any]:
    """A trial of a court; dates as those of a record."""
    row = {"trial_id": trial_id, "list_id": "trials", "unverified": [], "verbatim": "{}",
           "verbatim_kind": "cells", "file": "lists/trials.csv", "row": 1}  # fmt: skip
    for name, value in cells.items():
        row[name] = value
        if name.endswith("_date"):
            row[f"{name}_earliest"], row[f"{name}_latest"] = bounds(value)
    return row


def match(left: str, right: str, probability: float, weight: float = 5.0) -> dict[str, Any]:
    first, second = sorted((left, right))
    levels = {f"level_{name}": -1 for name in LEVELS}
    return {"record_id_left": first, "record_id_right": second, "match_weight": weight,
            "match_probability": probability, **levels}  # fmt: skip


@dataclass
class World:
    """An archive on disk with the tables that resolving reads."""

    path: Path
    records: Sequence[Mapping[str, Any]]
    clusters: Iterable[Iterable[str]] = ()
    matches: Sequence[Mapping[str, Any]] = ()
    trials: Sequence[Mapping[str, Any]] = ()
    lists: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    list_order: Sequence[str] = ("list-a", "list-b", "list-c")

    @property
    def archive(self) -> Archive:
        settings: dict[str, Any] = {"archive": {"id": "test", "title": {"en": "Test"}}}
        settings["list"] = [{"id": name, "file": f"lists/{name}.csv", "title": {"en": name},
                             **self.lists.get(name, {})} for name in self.list_order]  # fmt: skip
        for folder in ("hand", "build"):
            (self.path / folder).mkdir(parents=True, exist_ok=True)
        return Archive(self.path, parse_settings(settings))

    @property
    def tables(self) -> dict[str, pa.Table]:
        together = {one: min(group) for group in map(list, self.clusters) for one in group}
        cluster = [{"record_id": row["record_id"],
                    "cluster_id": together.get(row["record_id"], row["record_id"])}
                   for row in self.records]  # fmt: skip
        source = [{"list_id": one.id, "kind": "person", "role": one.role, "rows_in": 0,
                   "duplicate_free": one.duplicate_free, "fit_for_estimation": False,
                   "records": 0, "rejects": 0} for one in self.archive.settings.list]  # fmt: skip
        return {"record": make_table("record", self.records),
                "source_list": make_table("source_list", source),
                "match": make_table("match", self.matches),
                "cluster": make_table("cluster", cluster),
                "trial": make_table("trial", self.trials)}  # fmt: skip

    def build(self) -> dict[str, pa.Table]:
        """Resolve; the records are written for whoever judges."""
        tables = self.tables
        write_table(self.archive.build, "record", tables["record"])
        return dict(resolve(self.archive, tables, SILENT))

    def person_of(self) -> dict[str, str]:
        """record_id -> person_id after a build."""
        rows = self.build()["person_record"].to_pylist()
        return {row["record_id"]: row["person_id"] for row in rows}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Rows of one table after a build, without empty cells."""
        rows = self.build()[name].to_pylist()
        return [{key: value for key, value in row.items() if value is not None} for row in rows]

    @property
    def identity(self) -> str:
        """The log of identities, as it stands."""
        path = self.path / "hand" / "identity.jsonl"
        return path.read_text(encoding="utf-8") if path.exists() else ""
