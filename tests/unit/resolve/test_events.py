from pathlib import Path
from typing import Any

from tests.unit.resolve.world import World, record, trial


def events(tmp_path: Path, *records: dict[str, Any], trials: Any = ()) -> list[dict[str, Any]]:
    """The events of the one person of these records."""
    world = World(tmp_path, records, [[row["record_id"] for row in records]], trials=trials)
    return world.rows("event")


def test_dates_of_which_one_contains_the_other_are_one_event(tmp_path: Path) -> None:
    (found,) = events(tmp_path, record("r1", birth_date="1893"),
                      record("r2", birth_date="1893-02-16", birth_place="Александровское"),
                      record("r3", birth_place="Смоленская губерния"))  # fmt: skip
    assert (found["kind"], found["date"]) == ("birth", "1893-02-16")
    assert found["record_ids"] == ["r1", "r2", "r3"]
    assert found["place"] == "Александровское"


def test_dates_that_cannot_be_one_day_are_separate_events(tmp_path: Path) -> None:
    found = events(tmp_path, record("r1", "list-a", death_date="1938-07-29"),
                   record("r2", "list-b", death_date="1938-08-24"),
                   record("r3", "list-c", death_date="1938"))  # fmt: skip
    assert [(one["date"], one["record_ids"]) for one in found] == [
        ("1938-07-29", ["r1", "r3"]),
        ("1938-08-24", ["r2"]),
    ]


def test_a_year_does_not_join_two_days_that_exclude_each_other(tmp_path: Path) -> None:
    unverified: dict[str, Any] = {"unverified": ["arrest_date"]}
    found = events(tmp_path, record("r1", arrest_date="1937"),
                   record("r2", arrest_date="1937-03-27", **unverified),
                   record("r3", arrest_date="1937-05-22", **unverified))  # fmt: skip
    assert [(one["date"], one["record_ids"]) for one in found] == [
        ("1937", ["r1", "r2"]),
        ("1937-05-22", ["r3"]),
    ]


def test_a_death_is_an_execution_by_its_own_fate_else_by_that_of_the_person(tmp_path: Path) -> None:
    shot = record("r1", death_date="1937-06-12", fate="executed")
    silent = record("r2", death_date="1937-06-21")
    other = record("r3", death_date="1941", fate="died in custody")
    found = events(tmp_path, shot, silent, record("r4", fate="executed"), other)
    assert [(one["date"], one["kind"]) for one in found] == [
        ("1937-06-12", "execution"),
        ("1937-06-21", "execution"),
        ("1941", "death"),
    ]


def test_events_are_told_in_the_order_of_their_first_day(tmp_path: Path) -> None:
    found = events(tmp_path, record(
        "r1", rehabilitation_date="1957-01-31", death_date="1937-06-12", fate="executed",
        birth_date="1896", arrest_date="1937-05-28", sentence_date="1937-06-11", sentence="ВМН",
        rehabilitating_body="ВКВС", exile_place="Нарым"))  # fmt: skip
    assert [one["kind"] for one in found] == [
        "birth", "arrest", "sentence", "execution", "rehabilitation", "exile"]  # fmt: skip
    assert found[4]["body"] == "ВКВС"


def test_places_without_a_date_are_an_event_each(tmp_path: Path) -> None:
    found = events(tmp_path, record("r1", "list-a", imprisonment_place="Лефортово"),
                   record("r2", "list-b", imprisonment_place="Соловки"),
                   record("r3", "list-c", imprisonment_place="Соловки"))  # fmt: skip
    assert [(one["place"], one["record_ids"]) for one in found] == [
        ("Лефортово", ["r1"]),
        ("Соловки", ["r2", "r3"]),
    ]


TM8 = trial("TM8", court="Специальное судебное присутствие", place="Москва",
            start_date="1937-06-11", end_date="1937-06-11", verdict_date="1937-06-11")  # fmt: skip
T16 = trial("T16", start_date="1936-08-19", end_date="1936-08-24", verdict_date="1936-08-24")


def test_a_defendant_has_the_trial_and_its_verdict_among_the_events(tmp_path: Path) -> None:
    row = record("r1", role="defendant", trial_id="TM8", sentence="расстрел")
    sentence, stood = events(tmp_path, row, trials=[TM8])
    assert (stood["kind"], stood["trial_id"], stood["place"]) == ("trial", "TM8", "Москва")
    assert (sentence["kind"], sentence["date"]) == ("sentence", "1937-06-11")
    assert (sentence["detail"], sentence["body"]) == ("расстрел", TM8["court"])


def test_a_sentence_that_another_list_dates_is_that_of_the_trial(tmp_path: Path) -> None:
    of_trial = record("r1", role="defendant", trial_id="TM8", sentence="расстрел")
    dated = record("r2", sentence_date="1937-06-11", sentencing_body="ВКВС")
    found = events(tmp_path, of_trial, dated, trials=[TM8])
    sentence = next(one for one in found if one["kind"] == "sentence")
    assert sentence["record_ids"] == ["r1", "r2"]
    assert sentence["trial_id"] == "TM8"
    assert sentence["body"] == "ВКВС"


def test_a_court_that_the_record_names_is_not_replaced_by_that_of_the_trial(tmp_path: Path) -> None:
    row = record(
        "r1", role="defendant", trial_id="TM8", sentence="расстрел", sentencing_body="ВКВС"
    )
    sentence = next(one for one in events(tmp_path, row, trials=[TM8]) if one["kind"] == "sentence")
    assert sentence["body"] == "ВКВС"


def test_a_trial_reaches_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    row = record("r1", role="defendant", trial_id="T16")
    (found,) = events(tmp_path, row, trials=[T16])
    assert found["date"] == "1936-08-19/1936-08-24"
    assert (str(found["date_earliest"]), str(found["date_latest"])) == ("1936-08-19", "1936-08-24")


def test_two_trials_of_one_person_are_two_events(tmp_path: Path) -> None:
    rows = [record(name, role="defendant", trial_id=name) for name in ("T16", "TM8")]
    found = events(tmp_path, *rows, trials=[T16, TM8])
    assert [one["trial_id"] for one in found] == ["T16", "TM8"]


def test_a_trial_is_no_event_in_the_life_of_its_judge(tmp_path: Path) -> None:
    assert events(tmp_path, record("r1", role="judge", trial_id="TM8"), trials=[TM8]) == []


def test_a_trial_that_no_list_describes_is_an_event_all_the_same(tmp_path: Path) -> None:
    (found,) = events(tmp_path, record("r1", role="defendant", trial_id="T99"))
    assert (found["kind"], found["trial_id"]) == ("trial", "T99")


def test_a_date_that_could_not_be_read_keeps_its_words(tmp_path: Path) -> None:
    (found,) = events(tmp_path, record("r1") | {"release_date_verbatim": "31.02.1940"})
    assert (found["kind"], found["date_verbatim"]) == ("release", "31.02.1940")
    assert "date" not in found
