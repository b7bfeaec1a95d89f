"""From lists to a number, N known: does the 95 % interval hold the truth after linking too.

    python -m benchmarks.estimate.whole_way --out DIR --minutes 5
    python -m benchmarks.estimate.whole_way --out DIR --report
    python -m benchmarks.estimate.whole_way --out DIR --missed 5        why links are missed

Each run invents a population and its lists (``martyrolog demo --synthetic``), links them, draws
clusterings, and estimates three times: from the linkage with its draws (what an archive reports),
from the linkage as if it were certain, and from the true histories (no linkage error, so that what
is left is the fault of the model). ``DIR/tables.jsonl`` holds the capture histories of each run,
``DIR/fits.jsonl`` one fit a line; a run goes on where the last one ended.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from benchmarks.estimate.coverage import held
from martyrolog import pipeline
from martyrolog.archive import EstimateSettings
from martyrolog.demo_synthetic import TRUTH, synthetic_demo
from martyrolog.estimate import CaptureCounts, make_counts
from martyrolog.estimate.histories import Histories, make_drawn_histories, make_histories
from martyrolog.estimate.with_linkage import Fitting
from martyrolog.link import DRAW_STAGE
from martyrolog.link.archived import read_records
from martyrolog.tables import read_table

RUNS = 50
MODELS = ("chao", "loglinear", "dga", "lcmcr")
SOURCES = ("drawn", "as linked", "true")
SPAN = ("loglinear", "dga")
TABLES = ("person", "statement", "person_record", "cluster_draw")
Row = dict[str, Any]


def make_tables(seed: int, records: int) -> Row:
    """Capture histories of one population: linked, of each draw, and true."""
    with tempfile.TemporaryDirectory() as folder:
        archive = synthetic_demo(Path(folder) / "archive", records=records, seed=seed).archive
        pipeline.run_stage(archive, DRAW_STAGE)
        tables = {name: read_table(archive.build, name) for name in TABLES}
        persons = pq.read_table(archive.path / TRUTH / "persons.parquet")
    lists = sorted(archive.source_lists)
    drawn = make_drawn_histories(lists, (), tables)
    held = np.array([persons[f"in_{name.replace('-', '_')}"].to_numpy() for name in lists]).T
    seen = held[held.any(axis=1)]
    return {
        "seed": seed, "total": persons.num_rows, "lists": lists,
        "as linked": _plain(make_histories(lists, (), tables).whole),
        "drawn": [_plain(one.whole) for one in drawn],
        "true": _plain(make_counts(seen, np.ones(len(seen)), lists)),
    }  # fmt: skip


def _plain(counts: CaptureCounts | None) -> list[list[int]]:
    """Code and count of each cell."""
    return [] if counts is None else [counts.codes.tolist(), counts.counts.tolist()]


def _histories(plain: list[list[int]], lists: list[str]) -> Histories:
    patterns = (np.array(plain[0])[:, None] >> np.arange(len(lists))) & 1
    counts = make_counts(patterns, plain[1], lists)
    return Histories(tuple(lists), counts, (), counts.n_observed)


def fit(row: Row, model: str, source: str) -> Row:
    """One model on one kind of history of a run."""
    asked = EstimateSettings(seed=row["seed"], draw_models=("chao", "loglinear", "dga"))
    drawn = [_histories(one, row["lists"]) for one in row["drawn"]] if source == "drawn" else []
    base = _histories(row["true" if source == "true" else "as linked"], row["lists"])
    started = time.process_time()
    found = Fitting(asked, workers=1).estimates(model, base, drawn)[-1]
    numbers = {name: getattr(found, name) for name in ("n_observed", "status", "median", "lower",
                                                       "upper")}  # fmt: skip
    return {"seed": row["seed"], "total": row["total"], "model": model, "source": source,
            **numbers, "cpu": round(time.process_time() - started, 2)}  # fmt: skip


def run(out: Path, minutes: float, records: int, models: tuple[str, ...], most: int) -> None:
    """Go on where the last run ended, until the time is over."""
    out.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + 60 * minutes
    known = {row["seed"]: row for row in _lines(out / "tables.jsonl")}
    done = {(row["seed"], row["model"], row["source"]) for row in _lines(out / "fits.jsonl")}
    for seed in range(1, most + 1):
        if seed not in known and time.monotonic() < until:
            known[seed] = make_tables(seed, records)
            _append(out / "tables.jsonl", known[seed])
        for model in models:
            for source in SOURCES[1:] if model == "lcmcr" else SOURCES:
                wanted = seed in known and (seed, model, source) not in done
                if wanted and time.monotonic() < until:
                    _append(out / "fits.jsonl", fit(known[seed], model, source))


def missed_links(seed: int, records: int) -> dict[str, int]:
    """Why true pairs of records stand apart: not proposed, or by the probability of their link.

    Those at 95 % or more are held apart by a constraint on the two records, which is named, or by
    other records of their clusters.
    """
    with tempfile.TemporaryDirectory() as folder:
        archive = synthetic_demo(Path(folder) / "archive", records=records, seed=seed).archive
        truth = pq.read_table(archive.path / TRUTH / "truth.parquet").to_pydict()
        proposed, match, cluster = (read_table(archive.build, name)
                                    for name in ("candidate_pair", "match", "cluster"))  # fmt: skip
        read = read_records(archive)
    number = {str(record): place for place, record in enumerate(read.records.ids)}
    person = dict(zip(truth["record_id"], truth["true_person_id"], strict=True))
    found = dict(zip(cluster["record_id"].to_pylist(), cluster["cluster_id"].to_pylist(),
                     strict=True))  # fmt: skip
    ends = ("record_id_left", "record_id_right")
    pairs = dict.fromkeys(zip(*(proposed[end].to_pylist() for end in ends), strict=True), 0.0)
    columns = (match[name].to_pylist() for name in (*ends, "match_probability"))
    for left, right, chance in zip(*columns, strict=True):
        pairs[left, right] = chance
    groups: dict[int, list[str]] = {}
    for record in sorted(person):
        groups.setdefault(person[record], []).append(record)
    kinds: Counter[str] = Counter()
    for pair in (pair for group in groups.values() for pair in combinations(group, 2)):
        kinds["pairs"] += 1
        if found[pair[0]] != found[pair[1]]:
            apart = read.constraints.reasons(number[pair[0]], number[pair[1]])
            kinds[_why_missed(pairs.get(pair), apart)] += 1
    return dict(kinds)


def _why_missed(chance: float | None, apart: tuple[str, ...]) -> str:
    if chance is None:
        return "not proposed"
    if chance < 0.95:
        return "below .01" if chance < 0.01 else ".01 to .95"
    return f"held apart: {' '.join(apart) or 'by other records'}"


def _lines(path: Path) -> Iterator[Row]:
    if path.exists():
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _append(path: Path, row: Row) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row) + "\n")


def report(out: Path) -> str:
    """Markdown: coverage with its Monte Carlo error, median and width beside N."""
    rows = list(_lines(out / "fits.jsonl"))
    columns = ("model", "histories", "runs", "refused", "covers N, % (± s.e.)",
               "observed / true observed", "median / N", "width / N")  # fmt: skip
    lines = [f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]
    true = {row["seed"]: row["n_observed"] for row in rows if row["source"] == "true"}
    for model in MODELS:
        for source in SOURCES:
            chosen = [r for r in rows if (r["model"], r["source"]) == (model, source)]
            if chosen:
                lines.append(f"| {model} | {source} | {_summary(chosen, true)} |")
    for source in SOURCES:
        spans = list(_spans([row for row in rows if row["source"] == source]))
        if spans:
            lines.append(f"| span of {' and '.join(SPAN)} | {source} | {_summary(spans, true)} |")
    return "\n".join(lines) + "\n"


def _spans(rows: list[Row]) -> Iterator[Row]:
    """From the lowest lower to the highest upper end of several models, run by run."""
    for seed in sorted({row["seed"] for row in rows}):
        mine = [row for row in rows if row["seed"] == seed and row["model"] in SPAN]
        if len(mine) == len(SPAN) and all(row["upper"] is not None for row in mine):
            yield {**mine[0], "lower": min(row["lower"] for row in mine),
                   "upper": max(row["upper"] for row in mine),
                   "median": float(np.mean([row["median"] for row in mine]))}  # fmt: skip


def _summary(rows: list[Row], true: dict[int, int]) -> str:
    given = [row for row in rows if row["upper"] is not None]
    counts = f"{len(rows)} | {len(rows) - len(given)}"
    if not given:
        return counts + " | | | |"
    covers, error = held(given)
    observed = np.mean([row["n_observed"] / true[row["seed"]] for row in given
                        if row["seed"] in true])  # fmt: skip
    middle = np.median([row["median"] / row["total"] for row in given])
    width = np.median([(row["upper"] - row["lower"]) / row["total"] for row in given])
    return (f"{counts} | {100 * covers:.0f} ± {100 * error:.0f} | {observed:.3f} | {middle:.2f} | "
            f"{width:.2f}")  # fmt: skip


def main() -> None:
    """Run or report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--models", default="chao,loglinear,dga")
    parser.add_argument("--most", type=int, default=RUNS, help="runs at most")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--missed", type=int, default=0, metavar="RUNS")
    given = parser.parse_args()
    if given.missed:
        tally: Counter[str] = Counter()
        for seed in range(1, given.missed + 1):
            tally.update(missed_links(seed, given.records))
        print(dict(tally))
        return
    if not given.report:
        run(given.out, given.minutes, given.records, tuple(given.models.split(",")), given.most)
    print(report(given.out))


if __name__ == "__main__":
    main()
