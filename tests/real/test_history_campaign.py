"""The campaign in real series: nothing of these dates stands in the code (docs: history.md)."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from martyrolog.history.heaping import find_heaps, levelled
from martyrolog.history.timeline import Timeline, make_timeline
from martyrolog.history.waves import find_waves
from martyrolog.read import read_file

PROFILE = Path(__file__).resolve().parents[2] / "examples/moscow/profiles/moscow-shot.yaml"


@pytest.fixture(scope="module")
def executions(data_dir: Path) -> Timeline:
    """Months of execution in the list of those shot in Moscow, row by row."""
    pages = sorted((data_dir / "moscow-shot" / "pages").glob("*.htm"))
    records = pa.concat_tables([read_file(page, str(PROFILE))["record"] for page in pages])
    return make_timeline(records["death_date_earliest"], records["death_date_latest"], "month")


@pytest.fixture(scope="module")
def arrests(data_dir: Path) -> tuple[Timeline, int]:
    """Months of arrest, and the arrests without a month."""
    months: Counter[str] = Counter()
    with (data_dir / "arrests-by-month" / "min_arrests_by_month.csv").open() as stream:
        for row in csv.DictReader(stream):
            months[row["date_ym"]] += int(row["n"])
    undated = months.pop("NA")
    days = [date(*map(int, month.split("-"))) for month in months]
    column = pa.array(days, pa.date32())
    weights = np.array(list(months.values()), dtype=float)
    return make_timeline(column, column, "month", weights=weights), undated


def test_the_years_of_the_moscow_list_are_its_known_totals(executions: Timeline) -> None:
    years = Counter[int]()
    for period in range(len(executions)):
        years[executions.day(period).year] += int(executions.expected[period])
    assert (years[1937], years[1938], sum(years.values())) == (3691, 6296, 11789)


def test_the_mass_phase_in_moscow_begins_in_august_or_september_1937_and_ends_in_october_1938(
    executions: Timeline,
) -> None:
    mass = find_waves(executions)[0]
    assert mass.onset is not None
    assert mass.end is not None
    assert date(1937, 8, 1) <= executions.day(mass.onset.at) <= date(1937, 9, 1)
    assert executions.day(mass.last) == date(1938, 10, 1)
    assert mass.onset.low <= mass.onset.at <= mass.onset.high


def test_a_second_small_wave_follows_in_february_to_april_1939(executions: Timeline) -> None:
    mass, second = find_waves(executions)[:2]
    assert executions.day(second.first) == date(1939, 2, 1)
    assert executions.day(second.last) == date(1939, 4, 1)
    assert second.mass < mass.mass / 20


def test_dated_arrests_of_1936_to_1939_begin_in_july_or_august_1937(
    arrests: tuple[Timeline, int],
) -> None:
    months = arrests[0].between(date(1936, 1, 1), date(1939, 12, 31))
    wave = find_waves(months)[0]
    assert wave.onset is not None
    assert date(1937, 7, 1) <= months.day(wave.onset.at) <= date(1937, 8, 1)


def test_the_whole_series_of_arrests_shows_the_same_onset(arrests: tuple[Timeline, int]) -> None:
    raw, undated = arrests
    flat = levelled(raw, find_heaps(raw))
    assert undated == 829_548
    assert flat.dated == pytest.approx(raw.dated)
    assert date(1937, 7, 1) <= flat.day(find_waves(flat)[0].first) <= date(1937, 8, 1)


def test_december_alone_is_heaped_and_levelling_ends_the_wave_of_december_1931(
    arrests: tuple[Timeline, int],
) -> None:
    raw, _ = arrests
    heaps = find_heaps(raw)
    assert [heap.position for heap in heaps] == [12]
    flat = levelled(raw, heaps)
    december = next(i for i in range(len(raw)) if raw.day(i) == date(1931, 12, 1))
    six_years_later = december + 72
    assert raw.expected[december] > raw.expected[six_years_later]
    assert flat.expected[december] < flat.expected[six_years_later] / 5
    assert not any(flat.day(wave.first) == date(1931, 12, 1) for wave in find_waves(flat))
