"""What the Moscow archive documents, as it stands in docs/explanation/moscow-archive.md.

    python -m benchmarks.history.moscow [examples/moscow]

prints the lines of that page from a built archive; `tests/real/test_moscow_archive.py` holds the
page to them.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from martyrolog.dates import format_date
from martyrolog.tables import read_table

FIRST, LAST = 1936, 1939
DAYS, GROUNDS, NATIONALITIES = 10, 5, 11
Row = dict[str, Any]


def lines(build: Path) -> Iterator[str]:
    """The lines, from the tables of a build."""
    executions = [row for row in read_table(build, "campaign").to_pylist()
                  if row["measure"] == "execution" and row["dimension"] == "all"]  # fmt: skip
    yield from _years(executions)
    yield from _months(executions)
    yield _days(executions)
    groups = [row for row in read_table(build, "campaign_group").to_pylist()
              if row["measure"] == "execution" and row["dimension"] == "burial_place"]  # fmt: skip
    yield from _grounds(groups)
    yield from _nationalities(read_table(build, "composition").to_pylist())


def _years(executions: Sequence[Row]) -> Iterator[str]:
    years: defaultdict[int, int] = defaultdict(int)
    for row in executions:
        if row["step"] == "month":
            years[row["period"].year] += row["certain"]
    largest = sorted(years, key=lambda year: (-years[year], year))[:8]
    yield "Persons shot: " + ", ".join(f"{year} {years[year]:,}" for year in largest) + "."


def _months(executions: Sequence[Row]) -> Iterator[str]:
    months = {row["period"]: row["certain"] for row in executions if row["step"] == "month"}
    for year in range(FIRST, LAST + 1):
        cells = (months.get(date(year, month, 1), 0) for month in range(1, 13))
        yield f"| {year} | " + " | ".join(f"{count:,}" if count else "" for count in cells) + " |"


def _days(executions: Sequence[Row]) -> str:
    days = [row for row in executions if row["step"] == "day"]
    days.sort(key=lambda row: (-row["certain"], row["period"]))
    said = (f"{format_date(row['period'].isoformat(), 'en')} ({row['certain']})"
            for row in days[:DAYS])  # fmt: skip
    return "The ten heaviest days: " + ", ".join(said) + "."


def _grounds(groups: Sequence[Row]) -> Iterator[str]:
    named = [row for row in groups if row["value"] not in ("other", "unstated")]
    named.sort(key=lambda row: (-row["events"], row["value"]))
    for row in named[:GROUNDS]:
        half = " – ".join(format_date(row[name].isoformat(), "en")
                          for name in ("half_from", "half_to"))  # fmt: skip
        yield f"| {row['label_en']} | {row['events']:,} | {half} |"


def _nationalities(composition: Sequence[Row]) -> Iterator[str]:
    rows = [row for row in composition if row["field"] == "nationality" and row["share"] is not None
            and row["value"] != "other"]  # fmt: skip
    rows.sort(key=lambda row: (-row["persons"], row["value"]))
    for row in rows[:NATIONALITIES]:
        low, high = (f"{100 * row[name]:.1f}" for name in ("share_low", "share_high"))
        yield (f"| {row['label_en']} | {row['persons']:,} | {100 * row['share']:.1f} % | "
               f"{low}–{high} % |")  # fmt: skip


if __name__ == "__main__":
    print("\n".join(lines(Path(sys.argv[1] if sys.argv[1:] else "examples/moscow") / "build")))
