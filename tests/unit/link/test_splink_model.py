"""The model of linkage in Splink's settings, and back."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from martyrolog.errors import LinkError
from martyrolog.levels import FIELDS
from martyrolog.link.blocking import blocking_rules
from martyrolog.link.model import prior_model
from martyrolog.link.splink_model import Loss, export_splink, import_splink


def _saved(path: Path, settings: Any) -> Path:
    path.write_text(json.dumps(settings), encoding="utf-8")
    return path


def test_every_level_and_rule_is_said_or_lost() -> None:
    exported = export_splink(prior_model(5_000))
    lost = {(loss.kind, loss.what) for loss in exported.losses}
    for comparison in exported.settings["comparisons"]:
        field = FIELDS[comparison["output_column_name"]]
        said = {level["label_for_charts"] for level in comparison["comparison_levels"]}
        for level in field.levels:
            assert (level.name in said) != (("level", f"{field.name}: {level.name}") in lost)
    assert {c["output_column_name"] for c in exported.settings["comparisons"]} == {
        name for name, field in FIELDS.items() if field.levels
    }
    said_rules = len(exported.settings["blocking_rules_to_generate_predictions"])
    assert said_rules + sum(kind == "rule" for kind, _ in lost) == len(blocking_rules())
    assert ("kin", "") in lost


def test_each_comparison_asks_for_missing_values_first_and_ends_with_else() -> None:
    for comparison in export_splink(prior_model(5_000)).settings["comparisons"]:
        levels = comparison["comparison_levels"]
        assert levels[0]["is_null_level"]
        assert levels[-1]["sql_condition"] == "ELSE"
        assert all(0 < level[part] < 1 for level in levels[1:]
                   for part in ("m_probability", "u_probability"))  # fmt: skip


def test_what_splink_can_say_comes_back_as_it_was(tmp_path: Path) -> None:
    model = prior_model(5_000)
    rng = np.random.default_rng(1)
    drawn = [rng.uniform(0.01, 0.9, len(share)) for share in model.m]
    exported = export_splink(type(model)(**{**vars(model), "m": tuple(drawn)}))
    back = import_splink(_saved(tmp_path / "s.json", exported.settings), 5_000)
    lost = {loss.what for loss in exported.losses if loss.kind == "level"}
    for at, (name, field) in enumerate(FIELDS.items()):
        for level in field.levels:
            kept = prior_model(5_000).m if f"{name}: {level.name}" in lost else drawn
            assert back.model.m[at][level.level] == kept[at][level.level]
    declared = set()
    for loss in back.losses:
        if loss.kind == "declared":
            name, _, levels = loss.what.partition(": ")
            declared |= {f"{name}: {level}" for level in levels.split(", ")}
    assert declared == lost
    assert {loss.kind for loss in back.losses} == {"declared", "rules"}


# as Splink 4 and 5 write a model with its own comparison library (docs, "Settings dictionary")
FOREIGN = {
    "link_type": "dedupe_only",
    "probability_two_random_records_match": 0.0003,
    "comparisons": [
        {"output_column_name": "first_name", "comparison_levels": [
            {"sql_condition": '"first_name_l" IS NULL', "is_null_level": True},
            {"sql_condition": '"first_name_l" = "first_name_r"', "label_for_charts": "Exact match",
             "m_probability": 0.7, "u_probability": 0.005},
            {"sql_condition": 'jaro_winkler_similarity("first_name_l", "first_name_r") >= 0.9',
             "label_for_charts": "Jaro-Winkler", "m_probability": 0.2, "u_probability": 0.01},
            {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.985}]},
        {"output_column_name": "email", "comparison_levels": []},
    ],
}  # fmt: skip


def test_a_model_that_splink_made_is_taken_as_far_as_its_levels_are_ours(tmp_path: Path) -> None:
    found = import_splink(_saved(tmp_path / "s.json", FOREIGN), 5_000)
    at, field = list(FIELDS).index("given_name"), FIELDS["given_name"]
    assert found.model.matches == 0.0003
    assert found.model.m[at][field.number("equal")] == 0.7
    assert found.model.u[at][field.number("contradicted")] == 0.985
    named = {loss for loss in found.losses if loss.kind != "declared"}
    assert named == {
        Loss("comparison", "email"), Loss("foreign_level", "first_name: Jaro-Winkler"),
    }  # fmt: skip
    declared = [loss.what for loss in found.losses if loss.kind == "declared"]
    assert "surname" in declared  # the whole field
    assert any(what.startswith("given_name: ") and "similar" in what for what in declared)


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"comparisons": 3}', '{"comparisons": [3]}', "[" * 100_000,
                '{"comparisons": [{"comparison_levels": [4]}]}']
)  # fmt: skip
def test_a_file_that_is_no_settings_is_one_message(tmp_path: Path, content: str) -> None:
    (tmp_path / "s.json").write_text(content)
    with pytest.raises(LinkError, match="no settings of Splink"):
        import_splink(tmp_path / "s.json", 100)


def test_a_share_that_is_none_is_lost_not_taken(tmp_path: Path) -> None:
    broken = json.loads(re.sub("0.7", '"much"', json.dumps(FOREIGN)))
    found = import_splink(_saved(tmp_path / "s.json", broken), 5_000)
    at, field = list(FIELDS).index("given_name"), FIELDS["given_name"]
    assert found.model.m[at][field.number("equal")] == field.levels[field.number("equal")].m
    assert Loss("foreign_level", "first_name: Exact match") in found.losses
