"""The model of linkage in Splink's settings (JSON), and a Splink model as ours, with what is lost.

:func:`export_splink` and :func:`import_splink`. Always holds: what one side cannot say is in the
list of losses, never silently dropped. Splink (Linacre et al. 2022; MIT) knows two kinds of pairs,
one distribution of levels for a field, and conditions in SQL; what stands in ``splink.yaml`` says
how far our levels go in that.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from martyrolog.archive import Archive
from martyrolog.errors import LinkError
from martyrolog.levels import FIELDS, Field
from martyrolog.link.blocking import Rule, blocking_rules
from martyrolog.link.model import Model, prior_model
from martyrolog.link.saved_model import model_of_table, model_table
from martyrolog.provenance import write_json
from martyrolog.tables import read_table, write_table_file
from martyrolog.yaml_text import parse_yaml

LARGEST_FILE = 20_000_000
"""Bytes of a settings file that is read."""


@dataclass(frozen=True)
class Loss:
    """Something that the other side cannot say.

    Attributes:
        kind: Which kind; the message ``splink.lost_KIND`` says it in words.
        what: What is lost, by its name.
    """

    kind: str
    what: str


@dataclass(frozen=True)
class Exported:
    """Settings for Splink, and what they do not say."""

    settings: Mapping[str, Any]
    losses: tuple[Loss, ...]


@dataclass(frozen=True)
class Imported:
    """A model from Splink's settings, and what of them it does not say."""

    model: Model
    losses: tuple[Loss, ...]


@cache
def _declared() -> Mapping[str, Any]:
    source = resources.files("martyrolog.link") / "splink.yaml"
    declared: Mapping[str, Any] = parse_yaml(source.read_text(encoding="utf-8"))
    return declared


def export_splink(model: Model) -> Exported:
    """The model as settings that Splink loads.

    Args:
        model: An estimated model.

    Returns:
        Settings for Splink 4 and 5 (deduplication, DuckDB), with m and u of every level that SQL
        can say, and the losses.
    """
    losses = [Loss("kin", ""), Loss("constraints", ""), Loss("refining", "")]
    comparisons = []
    for at, (name, field) in enumerate(FIELDS.items()):
        if not field.levels:
            continue
        entries = _entries(field)
        losses += _losses_of_field(field, entries)
        levels = [_null_level(name)]
        levels += [_level(field, entry, model.m[at], model.u[at]) for entry in entries]
        comparisons.append({"output_column_name": name, "comparison_description": name,
                            "comparison_levels": levels})  # fmt: skip
    rules = [(rule, _rule_sql(rule)) for rule in blocking_rules()]
    losses += [Loss("rule", rule.name) for rule, sql in rules if sql is None]
    return Exported({
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "sql_dialect": "duckdb",
        "probability_two_random_records_match": model.matches,
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": sql, "sql_dialect": "duckdb"} for _, sql in rules if sql
        ],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }, tuple(losses))  # fmt: skip


def _scale(field: Field) -> str:
    """The scale of ``splink.yaml`` that has the level names of a field."""
    names = {level.name for level in field.levels}
    scales: Mapping[str, list[Mapping[str, Any]]] = _declared()["scales"]
    fitting = {scale: sum(1 for entry in entries if entry["level"] in names) for scale, entries
               in scales.items() if all(entry["level"] in names for entry in entries)}  # fmt: skip
    return max(fitting, key=fitting.__getitem__)


def _entries(field: Field) -> Sequence[Mapping[str, Any]]:
    entries: Sequence[Mapping[str, Any]] = _declared()["scales"][_scale(field)]
    return entries


def _losses_of_field(field: Field, entries: Sequence[Mapping[str, Any]]) -> Iterator[Loss]:
    said = {entry["level"] for entry in entries}
    yield from (Loss("level", f"{field.name}: {level.name}") for level in field.levels
                if level.name not in said)  # fmt: skip
    yield from (Loss("approximate", f"{field.name}: {entry['level']}") for entry in entries
                if entry.get("approximate"))  # fmt: skip
    if field.counts_for:
        yield Loss("counts_for", f"{field.name}, {field.counts_for}")
    if len(field.groups) > 1:
        yield Loss("groups", field.name)


def _null_level(column: str) -> Mapping[str, Any]:
    return {"sql_condition": f'"{column}_l" IS NULL OR "{column}_r" IS NULL',
            "label_for_charts": "missing", "is_null_level": True}  # fmt: skip


def _level(
    field: Field, entry: Mapping[str, Any], m: np.ndarray, u: np.ndarray
) -> Mapping[str, Any]:
    number = field.number(entry["level"])
    said: dict[str, Any] = {
        "sql_condition": entry["sql"].format(c=field.name),
        "label_for_charts": entry["level"],
        "m_probability": float(m[number]),
        "u_probability": float(u[number]),
    }
    if entry.get("exact") and field.levels[number].terms:
        said["tf_adjustment_column"] = field.name
        said["tf_adjustment_weight"] = 1.0
    return said


def _rule_sql(rule: Rule) -> str | None:
    keys = _declared()["keys"]
    if not set(rule.keys) <= set(keys):
        return None
    return " AND ".join(f"{keys[key].format(s='l')} = {keys[key].format(s='r')}"
                        for key in rule.keys)  # fmt: skip


def import_splink(path: Path, records: int) -> Imported:
    """A model of Splink as ours: its m and u where its levels are ours, declared ones elsewhere.

    Args:
        path: Settings as ``linker.misc.save_model_to_json`` writes them.
        records: Records that are to be linked, for what the settings leave open.

    Raises:
        LinkError: the file is no settings of Splink.
    """
    settings = _read_settings(path)
    model = prior_model(records)
    m, u = [share.copy() for share in model.m], [share.copy() for share in model.u]
    losses: list[Loss] = []
    taken: dict[str, set[int]] = {name: set() for name in FIELDS}
    for comparison in settings["comparisons"]:
        name = str(comparison.get("output_column_name") or comparison.get("column_name") or "")
        field = _field_of(name)
        if field is None:
            losses.append(Loss("comparison", name))
            continue
        at = list(FIELDS).index(field.name)
        for level in comparison.get("comparison_levels", []):
            losses += _take_level(field, name, level, m[at], u[at], taken[field.name])
    losses += [Loss("declared", what) for what in _not_taken(taken)]
    losses += [Loss("rules", "")] if settings.get("blocking_rules_to_generate_predictions") else []
    matches = settings.get("probability_two_random_records_match")
    if isinstance(matches, float) and 0 < matches < 0.5:
        model = replace(model, matches=matches)
    return Imported(replace(model, m=tuple(m), u=tuple(u)), tuple(losses))


def _read_settings(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise LinkError("link.no_file", path=str(path))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError("too large")
        read = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as problem:
        raise LinkError("splink.unreadable", path=str(path), why=str(problem)[:200]) from problem
    fits = isinstance(read, dict) and isinstance(read.get("comparisons"), list)
    if not fits or not all(_is_comparison(entry) for entry in read["comparisons"]):
        raise LinkError("splink.unreadable", path=str(path), why="comparisons")
    settings: Mapping[str, Any] = read
    return settings


def _is_comparison(entry: object) -> bool:
    if not isinstance(entry, dict) or not isinstance(entry.get("comparison_levels", []), list):
        return False
    return all(isinstance(level, dict) for level in entry.get("comparison_levels", []))


def _field_of(column: str) -> Field | None:
    names: Mapping[str, Sequence[str]] = _declared()["names"]
    found = next((field for field, known in names.items() if column.lower() in known), None)
    return FIELDS[found] if found else None


def _not_taken(taken: Mapping[str, set[int]]) -> Iterator[str]:
    """Fields, and levels of the other fields, that keep their declared shares."""
    for name, numbers in taken.items():
        left = [level.name for level in FIELDS[name].levels if level.level not in numbers]
        if left:
            yield f"{name}: {', '.join(left)}" if numbers else name


def _take_level(
    field: Field,
    column: str,
    level: Mapping[str, Any],
    m: np.ndarray,
    u: np.ndarray,
    taken: set[int],
) -> list[Loss]:
    """Put the m and u of a level where ours is and note its number; the losses of it."""
    if level.get("is_null_level"):
        return []
    label = str(level.get("label_for_charts") or level.get("sql_condition") or "")
    shares = [level.get(f"{part}_probability") for part in ("m", "u")]
    number = _number_of(field, column, level)
    if number is None or not all(_is_share(share) for share in shares):
        return [Loss("foreign_level", f"{column}: {label[:80]}")]
    m[number], u[number] = shares
    taken.add(number)
    return []


def _is_share(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= 1


def _number_of(field: Field, column: str, level: Mapping[str, Any]) -> int | None:
    """Our level that a level of Splink is: by the name we gave it, or by plain SQL."""
    names = {ours.name: ours.level for ours in field.levels}
    label, sql = str(level.get("label_for_charts", "")), str(level.get("sql_condition", ""))
    if label in names:
        return names[label]
    plain = "".join(sql.replace('"', "").split()).lower()
    if plain == f"{column}_l={column}_r".lower():
        return names["equal"]
    return names.get("contradicted", names.get("different")) if plain == "else" else None


def export_model(archive: Archive, path: Path) -> Exported:
    """Write the model of an archive as settings of Splink.

    Raises:
        TableError: the archive has not been linked.
        StorageError: the file cannot be written.
    """
    exported = export_splink(model_of_table(read_table(archive.build, "link_model")))
    write_json(path, exported.settings)
    return exported


def import_model(path: Path, out: Path, *, records: int) -> Imported:
    """Write a model of Splink as a table ``link_model``.

    Args:
        path: Settings of Splink.
        out: Parquet file to write.
        records: Records that are to be linked, for what the settings leave open.

    Raises:
        LinkError: the file is no settings of Splink.
        StorageError: the table cannot be written.
    """
    imported = import_splink(path, records)
    write_table_file(out, "link_model", model_table(imported.model))
    return imported
