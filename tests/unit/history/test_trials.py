from datetime import date
from typing import Any

from martyrolog.history.trials import make_trial_outcome, make_trial_tie
from martyrolog.tables import make_table

LOCATOR = {"list_id": "l", "verbatim": "x", "verbatim_kind": "text", "file": "f", "row": 1,
           "unverified": []}  # fmt: skip
PERSON = {"name_latin": "x", "name_latin_derived": True, "roles": [], "list_ids": ["l"],
          "records": 1, "victim": True}  # fmt: skip


def party(trial: str, person: str, role: str = "defendant", sentence: str | None = None) -> Any:
    return {"trial_id": trial, "person_id": person, "record_id": f"{trial}-{person}-{role}",
            "role": role, "sentence": sentence}  # fmt: skip


def outcome(parties: list[Any], fates: dict[str, str], ends: dict[str, date], **stated: str) -> Any:
    shot = {"execution_date_latest": date(1938, 3, 15)}
    trial = make_table("trial", [{**LOCATOR, "trial_id": "t", **shot, **stated}])
    person = make_table("person", [{**PERSON, "person_id": one, "fate": fate}
                                   for one, fate in fates.items()])  # fmt: skip
    event = make_table("event", [
        {"person_id": one, "kind": "execution", "date_latest": day, "record_ids": []}
        for one, day in ends.items()
    ] + [{"person_id": "a", "kind": "rehabilitation", "record_ids": []}])  # fmt: skip
    made = make_trial_outcome(trial, make_table("trial_party", parties), person, event)
    return made.to_pylist()[0]


def test_defendants_are_counted_by_sentence_and_fate() -> None:
    row = outcome(
        [party("t", "a", sentence="death"), party("t", "b", sentence="15 years"),
         party("t", "c", sentence="10 years"), party("t", "d"), party("t", "u", "judge")],
        {"a": "executed", "b": "executed", "c": "killed in prison", "d": "natural"},
        {"a": date(1938, 3, 15), "b": date(1941, 9, 11)},
        defendants="21", death_sentences="a few",
    )  # fmt: skip
    assert {name: value for name, value in row.items() if not name.startswith("stated")} == {
        "trial_id": "t", "defendants": 4, "death_sentences": 1, "prison_sentences": 2,
        "sentence_unknown": 1, "executed": 1, "executed_later": 1, "killed_or_died": 1,
        "rehabilitated": 1,
    }  # fmt: skip
    assert (row["stated_defendants"], row["stated_death_sentences"]) == (21, None)


def test_two_records_of_one_defendant_are_one_defendant() -> None:
    first = party("t", "a", sentence="death")
    row = outcome([first, {**first, "record_id": "again", "sentence": "расстрел"}],
                  {"a": "executed"}, {"a": date(1938, 3, 15)})  # fmt: skip
    assert (row["defendants"], row["death_sentences"], row["executed"]) == (1, 1, 1)


def test_a_judge_who_stood_accused_later_ties_two_trials() -> None:
    made = make_trial_tie(make_table("trial_party", [
        party("t1", "a", "judge"), party("t2", "a"), party("t2", "b"), party("t1", "c"),
    ])).to_pylist()  # fmt: skip
    assert made == [{"trial_id_left": "t1", "trial_id_right": "t2", "person_id": "a",
                     "role_left": "judge", "role_right": "defendant"}]  # fmt: skip
