"""What a run of the generator promises: truth, determinism, families, dependence, noise."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from martyrolog.synthetic import Recipe, generate, name_pools, read_recipe
from martyrolog.synthetic.listing import COLUMNS
from martyrolog.tables import STANDARD_FIELDS

SURNAMES = ["Иванов", "Петров", "Кузнецов", "Вавилов", "Мандельштам", "Тухачевский", "Шевченко",
            "Бондаренко", "Лукашевич", "Кравчук", "Гольдман", "Шнейдер", "Орбелян", "Церетели",
            "Цинцадзе", "Сафиуллин", "Корсаков", "Зощенко", "Федорович", "Озолинь"]  # fmt: skip
FATHERS = {"Иван": ("Иванович", "Ивановна"), "Николай": ("Николаевич", "Николаевна"),
           "Осип": ("Осипович", "Осиповна"), "Михаил": ("Михайлович", "Михайловна"),
           "Яков": ("Яковлевич", "Яковлевна"), "Пётр": ("Петрович", "Петровна"),
           "Семен": ("Семенович", "Семеновна"), "Лев": ("Львович", "Львовна")}  # fmt: skip
WOMEN = ["Анна", "Мария", "Елена", "Ольга", "Надежда", "Евгения", "Вера", "Софья"]


@pytest.fixture(scope="session")
def names_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    tag: list[str] | None = ["slav"]
    surnames = [{"text": name, "count": 100 - number, "gender": "m", "ethnic": None, "f_form": None}
                for number, name in enumerate(SURNAMES)]  # fmt: skip
    given = [{"text": name, "count": 50, "gender": sex, "ethnic": tag}
             for sex, names in (("m", list(FATHERS)), ("f", WOMEN)) for name in names]  # fmt: skip
    patronymics = [
        {"text": text, "count": 40, "gender": sex, "fname": father}
        for father, forms in FATHERS.items()
        for sex, text in zip("mf", forms, strict=True)
    ]
    schema = pa.schema({"text": pa.string(), "count": pa.int64(), "gender": pa.string(),
                        "ethnic": pa.list_(pa.string()), "f_form": pa.string()})  # fmt: skip
    pq.write_table(pa.Table.from_pylist(surnames, schema), folder / "surnames.parquet")
    pq.write_table(pa.Table.from_pylist(given), folder / "names.parquet")
    pq.write_table(pa.Table.from_pylist(patronymics), folder / "midnames.parquet")
    return folder


def small_recipe(noise: str = "ordinary", lists: int = 6, block: int = 800) -> Recipe:
    return replace(read_recipe(noise=noise, lists=lists), block_households=block)


Run = Callable[..., Path]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory, names_folder: Path) -> Run:
    """Make lists from the small names: a function of records, seed, noise and lists."""
    made: dict[tuple[int, int, str, int], Path] = {}

    def make(records: int = 4000, seed: int = 1, noise: str = "ordinary", lists: int = 6) -> Path:
        key = records, seed, noise, lists
        if key not in made:
            made[key] = tmp_path_factory.mktemp("lists")
            generate(small_recipe(noise, lists), records=records, seed=seed, out=made[key],
                     names=names_folder)  # fmt: skip
        return made[key]

    return make


def rows(folder: Path, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return found


def records_with_truth(folder: Path) -> list[dict[str, object]]:
    persons = {row["true_person_id"]: row for row in rows(folder, "persons")}
    truth = {row["record_id"]: row["true_person_id"] for row in rows(folder, "truth")}
    return [{**row, "person": persons[truth[row["record_id"]]]} for row in rows(folder, "records")]


def test_one_seed_gives_the_same_bytes(run: Run, tmp_path: Path, names_folder: Path) -> None:
    generate(small_recipe(), records=4000, seed=1, out=tmp_path, names=names_folder)
    for name in ("records", "truth", "persons"):
        again = (tmp_path / f"{name}.parquet").read_bytes()
        assert again == (run() / f"{name}.parquet").read_bytes()


def test_another_seed_gives_other_records(run: Run) -> None:
    assert rows(run(seed=2), "records") != rows(run(), "records")


def test_a_longer_run_begins_with_the_persons_of_a_shorter_one(run: Run) -> None:
    short, long = rows(run(records=2500), "persons"), rows(run(), "persons")
    assert len(short) < len(long)
    assert long[: len(short)] == short


def written_by(folder: Path, list_id: str, persons: int) -> set[tuple[object, ...]]:
    """The rows of a list about the first persons, without their ids."""
    return {
        tuple(row[name] for name in COLUMNS)
        for row in records_with_truth(folder)
        if row["list_id"] == list_id and row["person"]["true_person_id"] < persons  # type: ignore[index]
    }


def test_a_list_left_out_changes_no_other_list(run: Run) -> None:
    three = run(records=1000, lists=3)
    persons = len(rows(three, "persons"))
    written = written_by(three, "shooting_list", persons)
    assert len(written) > 50
    assert written == written_by(run(), "shooting_list", persons)


def test_records_stay_within_those_asked_for_and_no_person_is_cut(run: Run) -> None:
    records = rows(run(records=3001), "records")
    assert 3001 - 12 < len(records) <= 3001
    assert sum(int(str(row["records"])) for row in rows(run(records=3001), "persons")) == len(
        records
    )


def test_every_record_has_its_own_id_and_one_true_person(run: Run) -> None:
    records, truth = rows(run(), "records"), rows(run(), "truth")
    assert [row["record_id"] for row in records] == [row["record_id"] for row in truth]
    assert len({row["record_id"] for row in records}) == len(records)


def test_records_carry_no_truth_and_only_standard_columns(run: Run) -> None:
    names = pq.read_schema(run() / "records.parquet").names
    assert names == ["record_id", "list_id", *COLUMNS]
    assert set(COLUMNS) <= set(STANDARD_FIELDS)


def test_captures_of_a_person_are_the_lists_of_its_records(run: Run) -> None:
    lists = [source.list_id for source in small_recipe().lists]
    found: dict[object, set[object]] = {}
    for row in records_with_truth(run()):
        found.setdefault(row["person"]["true_person_id"], set()).add(row["list_id"])  # type: ignore[index]
    persons = rows(run(), "persons")
    for person in persons:
        expected = {name for name in lists if person[f"in_{name}"]}
        assert found.get(person["true_person_id"], set()) == expected
    assert any(person["records"] == 0 for person in persons)


def households(run: Run, kind: str) -> list[list[dict[str, object]]]:
    by_household: dict[object, list[dict[str, object]]] = {}
    for person in rows(run(), "persons"):
        if person["family_kind"] == kind:
            by_household.setdefault(person["household_id"], []).append(person)
    return [members for members in by_household.values() if len(members) > 1]


def test_siblings_share_the_father_and_not_the_given_name(run: Run) -> None:
    found = households(run, "siblings")
    assert found
    for members in found:
        stems = {str(person["patronymic"])[:3] for person in members}
        assert len(stems) == 1
        assert len({(person["given_name"], person["sex"]) for person in members}) == len(members)


def test_sons_bear_the_fathers_name_as_patronymic_and_are_younger(run: Run) -> None:
    found = households(run, "father_sons")
    assert found
    for father, *sons in found:
        for son in sons:
            assert son["patronymic"] == FATHERS[str(father["given_name"])][0]
            assert son["birth_date"].year - father["birth_date"].year >= 15  # type: ignore[attr-defined]


def test_namesakes_differ_in_nothing_but_their_lives(run: Run) -> None:
    found = households(run, "namesakes")
    assert found
    for members in found:
        names = {(p["surname"], p["given_name"], p["patronymic"]) for p in members}
        assert len(names) == 1
        assert len({person["birth_date"] for person in members}) > 1


def test_lists_depend_on_one_another(run: Run) -> None:
    persons = pq.read_table(run() / "persons.parquet")
    one, other = (persons[f"in_{name}"].to_numpy() for name in ("card_index", "book_of_memory"))
    odds = [(other[one == value].mean()) for value in (True, False)]
    ratio = odds[0] / (1 - odds[0]) / (odds[1] / (1 - odds[1]))
    assert ratio > 1.5  # independence is 1, its standard error here about .1


def test_only_the_shot_stand_in_the_list_of_the_shot(run: Run) -> None:
    fates = {person["fate"] for person in rows(run(), "persons") if person["in_shooting_list"]}
    assert fates == {"shot"}


def test_copied_rows_repeat_the_mistakes_of_their_original(run: Run) -> None:
    written: dict[object, dict[object, object]] = {}
    wrong: dict[object, object] = {}
    for row in records_with_truth(run()):
        person = row["person"]
        assert isinstance(person, dict)
        written.setdefault(person["true_person_id"], {})[row["list_id"]] = row["surname"]
        if row["list_id"] == "card_index" and row["surname"] not in (None, person["surname"]):
            wrong[person["true_person_id"]] = row["surname"]
    both = [key for key in wrong if "book_of_memory" in written[key]]
    repeated = [key for key in both if written[key]["book_of_memory"] == wrong[key]]
    assert len(both) > 20
    assert 0.2 < len(repeated) / len(both) < 0.7  # the recipe copies .45 of the rows


def share_of_true_surnames(folder: Path) -> float:
    found = [row["surname"] == row["person"]["surname"]  # type: ignore[index]
             for row in records_with_truth(folder) if row["list_id"] != "abroad"]  # fmt: skip
    return float(np.mean(found))


def test_heavy_noise_leaves_fewer_names_right(run: Run) -> None:
    ordinary, heavy = share_of_true_surnames(run()), share_of_true_surnames(run(noise="heavy"))
    assert ordinary > 0.9
    assert heavy < ordinary - 0.03


def test_the_list_abroad_is_in_latin_letters(run: Run) -> None:
    surnames = "".join(str(row["surname"] or "") for row in rows(run(), "records")
                       if row["list_id"] == "abroad")  # fmt: skip
    assert surnames
    assert not any("а" <= letter <= "я" for letter in surnames.lower())


def test_run_says_how_it_was_made(run: Run) -> None:
    told = json.loads((run() / "run.json").read_text(encoding="utf-8"))
    assert told["asked"]["seed"] == 1
    assert told["made"]["records"] == len(rows(run(), "records"))
    assert told["recipe"]["levels"]["heavy"]["mistakes"] > 1


@pytest.mark.parametrize("asked", [{"noise": "silent"}, {"lists": 2}, {"lists": 7}])
def test_a_recipe_that_does_not_exist_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_recipe(**asked)  # type: ignore[arg-type]


def test_no_records_are_refused(tmp_path: Path, names_folder: Path) -> None:
    with pytest.raises(ValueError, match="expected 1 or more"):
        generate(small_recipe(), records=0, seed=1, out=tmp_path, names=names_folder)


def test_missing_name_frequencies_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_pools, "find_spec", lambda _: None)
    with pytest.raises(FileNotFoundError, match=r"martyrolog\[synthetic\]"):
        name_pools.names_folder()


def test_no_rate_passes_its_bound_at_heavy_noise() -> None:
    for source in read_recipe(noise="heavy").lists:
        rates = [*source.mistakes.values(), *source.forms.values(), *source.missing.values()]
        assert all(rate <= 0.95 or rate == 1 for rate in rates)
