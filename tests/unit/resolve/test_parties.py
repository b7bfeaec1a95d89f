from pathlib import Path

import pytest

from tests.unit.resolve.world import World, record


def test_each_record_that_names_a_trial_is_a_party_with_its_own_sentence(tmp_path: Path) -> None:
    rows = [record("r2", role="judge", trial_id="T16", position="председательствующий"),
            record("r1", role="defendant", trial_id="T16", sentence="расстрел"),
            record("r3", role="member")]  # fmt: skip
    world = World(tmp_path, rows, [["r1", "r3"]])
    person_of = world.person_of()
    assert world.rows("trial_party") == [
        {"trial_id": "T16", "person_id": person_of["r1"], "record_id": "r1", "role": "defendant",
         "sentence": "расстрел", "unverified": []},
        {"trial_id": "T16", "person_id": person_of["r2"], "record_id": "r2", "role": "judge",
         "position": "председательствующий", "unverified": []},
    ]  # fmt: skip


@pytest.mark.parametrize(("role", "party"), [("victim", "defendant"), ("secretary", "secretary")])
def test_a_victim_in_a_trial_stood_before_the_court(tmp_path: Path, role: str, party: str) -> None:
    world = World(tmp_path, [record("r1", role=role, trial_id="T16")])
    assert [row["role"] for row in world.rows("trial_party")] == [party]


@pytest.mark.parametrize(("table", "column"), [
    ("trial_party", "trial_id"), ("tenure", "office_id"), ("membership", "cohort_id"),
])  # fmt: skip
def test_what_no_text_confirms_stays_marked(tmp_path: Path, table: str, column: str) -> None:
    world = World(tmp_path, [record("r1", **{column: "x"}, unverified=[column])])
    assert [row["unverified"] for row in world.rows(table)] == [[column]]


def test_tenures_and_memberships_keep_their_days(tmp_path: Path) -> None:
    rows = [record("r1", office_id="nkvd", held_from="1936-09-26", held_to="1938-11-25"),
            record("r2", cohort_id="cc-1934", position="candidate")]  # fmt: skip
    world = World(tmp_path, rows)
    (tenure,) = world.rows("tenure")
    (membership,) = world.rows("membership")
    assert (tenure["office_id"], tenure["record_id"]) == ("nkvd", "r1")
    assert str(tenure["held_from_earliest"]) == "1936-09-26"
    assert tenure["held_to_verbatim"] == "1938-11-25"
    assert (membership["cohort_id"], membership["position"]) == ("cc-1934", "candidate")
