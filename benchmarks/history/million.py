"""All of history for many invented victims: seconds, CPU seconds, peak memory, by analysis.

python -m benchmarks.history.million [PERSONS]

The tables are invented here, as resolve would hand them on: an arrest, a sentence and an execution
each, a tenth with the month or year only, seven stated fields. No name, no list.
"""

import resource
import sys
import time

import numpy as np
import pyarrow as pa

from martyrolog.history import analyse
from martyrolog.tables import TABLES, empty_table

SPELLINGS = {
    "nationality": ["русский", "русская", "поляк", "полька", "немец", "латыш", "украинец", "еврей"],
    "party": ["б/п", "ВКП(б)", "член ВКП(б) с 1919", "бывший член ВКП(б)"],
    "sentencing_body": ["тройка при УНКВД", "ВКВС СССР", "Комиссия НКВД и Прокурора СССР"],
    "sentence": ["ВМН", "10 лет ИТЛ", "расстрел", "5 лет ссылки"],
    "charge": ["58-10", "58-6", "КРД", "шпионаж"],
}
VILLAGES, PROVINCES = 100_000, ("Тульской губ.", "Казанской губ.", "Западной обл.", "БССР")
INVENTED = {
    "occupation": [f"рабочий завода № {number}" for number in range(20_000)],
    "birth_place": [f"д. Новая {number} {PROVINCES[number % 4]}" for number in range(VILLAGES)],
}


def main(persons: int) -> None:
    rng = np.random.default_rng(1938)
    ids = pa.array([f"p{number:09d}" for number in range(persons)])
    tables = {name: empty_table(name) for name in TABLES}
    tables["person"] = _table("person", persons, {
        "person_id": ids, "name_latin": ids, "name_latin_derived": _same(True, persons),
        "victim": _same(True, persons), "roles": _same(["victim"], persons),
        "list_ids": _same(["l"], persons), "records": _same(1, persons),
    })  # fmt: skip
    arrest = rng.integers(-12_200, -11_300, persons)
    tables["event"] = pa.concat_tables(
        [_events(kind, ids, arrest + after, rng)
         for kind, after in (("arrest", 0), ("sentence", 70), ("execution", 80))]
    )  # fmt: skip
    tables["statement"] = pa.concat_tables(
        [_statements(field, ids, rng) for field in (*SPELLINGS, *INVENTED)]
    )
    wall, cpu = time.perf_counter(), time.process_time()
    made = analyse(tables)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    seconds = f"{time.perf_counter() - wall:.1f} s wall, {time.process_time() - cpu:.1f} s CPU"
    print(f"{persons:,} persons: {seconds}, peak {peak:.2f} GB with the tables they come from")
    print({name: table.num_rows for name, table in made.items()})


def _same(value: object, rows: int) -> pa.Array:
    return pa.array([value]).take(pa.array(np.zeros(rows, dtype=np.int64)))


def _table(name: str, rows: int, columns: dict[str, pa.Array]) -> pa.Table:
    schema = TABLES[name].schema
    given = {field.name: columns.get(field.name, pa.nulls(rows, field.type)) for field in schema}
    return pa.table({field.name: given[field.name].cast(field.type) for field in schema}, schema)


def _events(kind: str, ids: pa.Array, days: np.ndarray, rng: np.random.Generator) -> pa.Table:
    rows = len(ids)
    days = days.astype(np.int32)
    uncertain = rng.random(rows) < 0.1
    last = np.where(uncertain, days + rng.choice([30, 364], rows), days).astype(np.int32)
    return _table("event", rows, {
        "person_id": ids, "kind": _same(kind, rows), "record_ids": _same(["r"], rows),
        "date_earliest": pa.array(days).cast(pa.date32()),
        "date_latest": pa.array(last).cast(pa.date32()),
    })  # fmt: skip


def _statements(field: str, ids: pa.Array, rng: np.random.Generator) -> pa.Table:
    rows = len(ids)
    words = (SPELLINGS | INVENTED)[field]
    return _table("statement", rows, {
        "person_id": ids, "field": _same(field, rows),
        "value": pa.array(words).take(pa.array(rng.integers(0, len(words), rows))),
        "record_ids": _same(["r"], rows), "list_ids": _same(["l"], rows),
        "preferred": _same(True, rows), "verified": _same(True, rows),
    })  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
