"""Speed and correctness of reading and comparing dates, with dateparser and edtf in the same run.

    python benchmarks/dates/run.py [--data FOLDER] > benchmarks/dates/results.txt

Texts: the distinct dates in the phrases of ../shared/data/memorial-entries (most are plain days),
and a harder set, all the shapes of tests/unit/dates/test_parse.py: the parser was written against
these, so that its own figure there is a check and no accuracy. Pairs: fixed seed. Seconds are of
processor time, so that other work on the machine weighs little. dateparser is
used where it is installed: nothing depends on it.
"""

from __future__ import annotations

import argparse
import gzip
import platform
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from martyrolog.dates import (  # noqa: E402 - the tests of the repository are imported too
    bounds,
    compare_dates,
    compare_dates_many,
    find_dates,
    parse_date,
    to_day_number,
)
from tests.unit.dates.test_parse import WRITTEN  # noqa: E402

PAIRS = 1_000_000


def per_second(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Texts a second, the best of three runs, caches emptied."""
    best = 0.0
    for _ in range(3):
        parse_date.cache_clear()
        start = time.process_time()
        for text in texts:
            read(text)
        best = max(best, len(texts) / (time.process_time() - start))
    return best


def texts_of(data: Path) -> list[str]:
    """The distinct dates of the phrases."""
    found: set[str] = set()
    for name in ("whoprig", "reab", "arrest"):
        with gzip.open(
            data / "memorial-entries" / f"{name}.csv.gz", "rt", encoding="utf-8"
        ) as file:
            for line in file:
                found.update(line[one.start : one.end] for one in find_dates(line))
    return sorted(found)


def pairs(count: int) -> list[np.ndarray]:
    """Bounds of pairs: days, months, years and unknown dates."""
    rng = random.Random(1937)
    columns: list[list[int]] = [[], [], [], []]
    for _ in range(count):
        for side in (0, 2):
            day = date(1860, 1, 1) + timedelta(rng.randrange(28_000))
            length = rng.choice((10, 10, 7, 4, 0))
            low, high = bounds(day.isoformat()[:length])
            columns[side].append(to_day_number(low))
            columns[side + 1].append(to_day_number(high))
    return [np.array(column, dtype=np.int32) for column in columns]


def report_dateparser(texts: Sequence[str]) -> None:
    try:
        import dateparser
    except ImportError:
        print("dateparser: not installed")
        return
    few = random.Random(1).sample(list(texts), 200)
    settings = {"DATE_ORDER": "DMY"}

    def read(text: str) -> object:
        return dateparser.parse(text, languages=["ru"], settings=settings)

    print(f"dateparser, plain dates: {per_second(read, few):,.0f} texts a second (200 of them)")
    whole = {text: edtf for text, edtf in WRITTEN.items() if len(edtf) == 10 and edtf[:4] != "XXXX"}
    right = invented = 0
    for text, edtf in WRITTEN.items():
        found = dateparser.parse(text, settings=settings)
        right += bool(found) and text in whole and found.date().isoformat() == edtf
        invented += bool(found) and text not in whole
    print(
        f"dateparser, all shapes: {right} of {len(whole)} days right; a day for {invented} of "
        f"{len(WRITTEN) - len(whole)} texts that give none"
    )


def report_edtf() -> None:
    from edtf import parse_edtf

    few = [edtf for edtf in WRITTEN.values() if "X" not in edtf][:40]
    rate = per_second(lambda text: parse_edtf(text).lower_strict(), few)
    print(f"edtf, bounds: {rate:,.0f} a second")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=Path, default=ROOT / ".." / "shared" / "data")
    texts = texts_of(arguments.parse_args().data)
    print(f"machine: {platform.machine()}, Python {platform.python_version()}, one core")
    print(f"plain dates: {len(texts)} distinct; all shapes: {len(WRITTEN)}")
    print(f"martyrolog, plain dates: {per_second(parse_date, texts):,.0f} texts a second")
    many = [f"{text} " + " " * (i % 50) for text in WRITTEN for i in range(50)]
    print(f"martyrolog, all shapes: {per_second(parse_date, many):,.0f} texts a second")
    right = sum(parse_date(text).edtf == edtf for text, edtf in WRITTEN.items())
    print(f"martyrolog, all shapes: {right} of {len(WRITTEN)} right (written against them)")
    report_dateparser(texts)
    edtfs = sorted({edtf for text in texts if (edtf := parse_date(text).edtf)})
    print(f"martyrolog, bounds: {per_second(bounds, edtfs):,.0f} a second")
    report_edtf()
    columns = pairs(PAIRS)
    start = time.process_time()
    compare_dates_many(*columns)
    print(f"compare_dates_many: {PAIRS / (time.process_time() - start):,.0f} pairs a second")
    days = [date(1890, 1, 1) + timedelta(n) for n in range(20_000)]
    start = time.process_time()
    for day in days:
        compare_dates(day, day, days[0], days[0])
    print(f"compare_dates: {len(days) / (time.process_time() - start):,.0f} pairs a second")


if __name__ == "__main__":
    main()
