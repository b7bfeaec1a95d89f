"""Linkage of one bare file."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.link.lists import make_lists
from martyrolog.errors import LinkError
from martyrolog.levels import FIELDS
from martyrolog.link import link_file, read_size
from martyrolog.link.memory import Plan
from tests.unit.link.build import cut_up

CSV = """record_id,surname,given_name,patronymic,birth_date,death_date
007,Тухачевский,Михаил,Николаевич,16.02.1893,12.06.1937
008,Tukhachevsky,M.,N.,1893,1937-06-12
009,Якир,Иона,Эммануилович,1896,1937-06-12
"""


def _file(tmp_path: Path, text: str, name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _clusters(out: Path) -> dict[object, object]:
    table = pq.read_table(out / "cluster.parquet")
    return dict(zip(table["record_id"].to_pylist(), table["cluster_id"].to_pylist(), strict=True))


def test_a_csv_is_linked_and_its_ids_keep_their_text(tmp_path: Path) -> None:
    run = link_file(_file(tmp_path, CSV), tmp_path / "out")
    assert _clusters(tmp_path / "out") == {"007": "007", "008": "007", "009": "009"}
    match = pq.read_table(tmp_path / "out" / "match.parquet")
    assert match.column_names[:4] == [
        "record_id_left",
        "record_id_right",
        "match_weight",
        "match_probability",
    ]
    assert match.column_names[4:] == [*(f"level_{name}" for name in FIELDS), "rules"]
    assert json.loads((tmp_path / "out" / "run.json").read_text()) == run
    assert run["rows"]["records"] == 3
    assert run["rows"]["clusters"] == 2
    assert {"read", "encode", "block", "compare", "estimate", "cluster", "all"} <= run[
        "seconds"
    ].keys()


def test_rows_without_ids_are_numbered(tmp_path: Path) -> None:
    text = "\n".join(line.partition(",")[2] for line in CSV.splitlines())
    link_file(_file(tmp_path, text), tmp_path / "out")
    assert _clusters(tmp_path / "out") == {1: 1, 2: 1, 3: 3}


def test_parquet_ids_keep_their_type(tmp_path: Path) -> None:
    table = pa.table({"record_id": pa.array([3, 1], pa.int32()), "surname": ["Якир", "Корк"]})
    pq.write_table(table, tmp_path / "people.parquet")
    link_file(tmp_path / "people.parquet", tmp_path / "out")
    assert (
        pq.read_schema(tmp_path / "out" / "cluster.parquet").field("cluster_id").type == pa.int32()
    )


def test_columns_are_mapped_and_full_names_are_split(tmp_path: Path) -> None:
    people = _file(
        tmp_path, "name;born\nБухарин Николай Иванович;1888\nBukharin, Nikolai I.;9.10.1888\n"
    )
    columns = _file(tmp_path, "full_name: name\nbirth_date: born\n", "map.yaml")
    link_file(people, tmp_path / "out", columns=columns)
    assert _clusters(tmp_path / "out") == {1: 1, 2: 1}


def test_not_a_number_and_none_are_no_values(tmp_path: Path) -> None:
    rows = "surname,given_name,birth_date\n" + "nan,NaN,None\n" * 3 + ",,\n"
    link_file(_file(tmp_path, rows), tmp_path / "out")
    assert len(set(_clusters(tmp_path / "out").values())) == 4
    table = pa.table({"surname": ["Якир", "Якир"], "given_name": [float("nan")] * 2})
    pq.write_table(table, tmp_path / "people.parquet")
    link_file(tmp_path / "people.parquet", tmp_path / "out")
    assert set(
        pq.read_table(tmp_path / "out" / "match.parquet")["level_given_name"].to_pylist()
    ) <= {-1}


@pytest.mark.parametrize("rows", ["", "Якир,Иона\n"])
def test_an_empty_file_and_a_single_record_are_answered(tmp_path: Path, rows: str) -> None:
    run = link_file(_file(tmp_path, "surname,given_name\n" + rows), tmp_path / "out")
    assert run["rows"]["clusters"] == run["rows"]["records"] == rows.count("\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("a,b\n1,2\n", "none of the columns surname, given_name and full_name"),
        ("surname,given_name\nЯкир\n", "cannot be read"),
        ("record_id,surname\n1,Якир\n1,Корк\n", "record_id 1 more than once"),
    ],
)
def test_a_mistake_is_one_clear_error(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(LinkError, match=words):
        link_file(_file(tmp_path, text), tmp_path / "out")


def test_a_missing_file_a_wrong_encoding_and_a_wrong_threshold_are_clear_errors(
    tmp_path: Path,
) -> None:
    with pytest.raises(LinkError, match="no file"):
        link_file(tmp_path / "none.csv", tmp_path / "out")
    (tmp_path / "old.csv").write_bytes("surname\nЯкир\n".encode("cp1251"))
    with pytest.raises(LinkError, match="UTF-8"):
        link_file(tmp_path / "old.csv", tmp_path / "out")
    with pytest.raises(LinkError, match="threshold"):
        link_file(_file(tmp_path, CSV), tmp_path / "out", threshold=0.5)


def test_an_empty_record_id_is_named_by_its_row(tmp_path: Path) -> None:
    table = pa.table({"record_id": ["a", None], "surname": ["Якир", "Корк"]})
    pq.write_table(table, tmp_path / "people.parquet")
    with pytest.raises(LinkError, match="row 2"):
        link_file(tmp_path / "people.parquet", tmp_path / "out")


def test_a_row_none_of_whose_joined_columns_has_an_entry_stays_a_row(tmp_path: Path) -> None:
    nothing = pa.array([None, None], pa.string())
    table = pa.table({"surname": ["Якир", "Уборевич"], "a": ["Кишинёв", None], "b": nothing})
    pq.write_table(table, tmp_path / "people.parquet")
    (tmp_path / "map.yaml").write_text("birth_place: [a, b]\n", encoding="utf-8")
    run = link_file(tmp_path / "people.parquet", tmp_path / "out", columns=tmp_path / "map.yaml")
    assert run["rows"]["records"] == 2


def test_the_tables_are_the_same_bytes_however_little_memory_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(make_lists(1_500, seed=6)[0], tmp_path / "people.parquet")
    monkeypatch.setattr("martyrolog.link.linkage.MANY", 100)
    link_file(tmp_path / "people.parquet", tmp_path / "free")
    cut_up(monkeypatch, Plan(windows=6, parts=4, batch=300))
    link_file(tmp_path / "people.parquet", tmp_path / "bounded", memory=1)
    names = sorted(path.name for path in (tmp_path / "free").iterdir())
    assert sorted(path.name for path in (tmp_path / "bounded").iterdir()) == names
    for name in names:
        if name != "run.json":
            free, bounded = ((tmp_path / kind / name).read_bytes() for kind in ("free", "bounded"))
            assert bounded == free, name


def test_too_little_memory_names_the_least_that_works(tmp_path: Path) -> None:
    people = tmp_path / "people.parquet"
    pq.write_table(make_lists(20, seed=6)[0], people)
    with pytest.raises(LinkError) as caught:
        link_file(people, tmp_path / "out", memory=1_000_000)
    assert list((tmp_path / "out").iterdir()) == []
    least = read_size(str(caught.value.values["least"]))
    assert link_file(people, tmp_path / "out", memory=least)["rows"]["records"] > 20


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / "out" / ".linking" / "match.arrow"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    pq.write_table(make_lists(20, seed=6)[0], tmp_path / "people.parquet")
    link_file(tmp_path / "people.parquet", tmp_path / "out", memory=10**12)
    assert not left.parent.exists()
