"""Later editions name the records they replace."""

from pathlib import Path

import pyarrow as pa

from martyrolog.read import read_file
from martyrolog.read.editions import superseded

from .sources import written

OLD = "Number,Surname,Name,Born\n1,Yakir,Iona,1896\n2,Putna,Vitovt,1893\n3,Kork,August,1887\n"


def pairs(tmp_path: Path, new: str, same_row: tuple[str, ...] = ()) -> dict[str, str | None]:
    """Surname of the later to surname of the earlier record."""
    old = records(tmp_path, "old", OLD)
    names = dict(zip(*(old.column(name).to_pylist() for name in ("record_id", "surname")),
                     strict=True))  # fmt: skip
    found = superseded(records(tmp_path, "new", new), old, same_row)
    return {
        row["surname"]: names.get(row["supersedes"])
        for row in found.select(["surname", "supersedes"]).to_pylist()
    }


def records(tmp_path: Path, name: str, text: str) -> pa.Table:
    return read_file(written(tmp_path, f"{name}.csv", text), list_id=name)["record"]


def test_an_unchanged_row_replaces_its_earlier_self(tmp_path: Path) -> None:
    assert pairs(tmp_path, OLD) == {"Yakir": "Yakir", "Putna": "Putna", "Kork": "Kork"}


def test_a_corrected_row_is_known_by_its_number(tmp_path: Path) -> None:
    new = OLD.replace("Putna,Vitovt,1893", "Putno,Witold,1894")
    assert pairs(tmp_path, new, ("Number",))["Putno"] == "Putna"
    assert pairs(tmp_path, new)["Putno"] is None


def test_a_renumbered_row_is_known_by_name_and_birth(tmp_path: Path) -> None:
    new = OLD.replace("2,Putna,Vitovt,1893", "7,Putna,Vitovt,1893")
    assert pairs(tmp_path, new)["Putna"] == "Putna"


def test_a_doubtful_case_stays_open(tmp_path: Path) -> None:
    new = OLD.replace("2,Putna,Vitovt,1893", "7,Putna,Vitovt,1893\n8,Putna,Vitovt,1893")
    assert pairs(tmp_path, new)["Putna"] is None


def test_no_earlier_record_is_replaced_twice(tmp_path: Path) -> None:
    new = OLD + "1,Yakir,Iona,1897\n"
    old = records(tmp_path, "old", OLD)
    found = superseded(records(tmp_path, "new", new), old, ("Number",))
    replaced = [each for each in found.column("supersedes").to_pylist() if each]
    assert len(replaced) == len(set(replaced)) == 3
