"""What the benchmark of the whole way counts, on lines made by hand."""

import json
from pathlib import Path

from benchmarks.estimate.whole_way import report

LOW = {"lower": 80.0, "median": 90.0, "upper": 99.0}
HIGH = {"lower": 101.0, "median": 110.0, "upper": 120.0}
HELD = {"lower": 90.0, "median": 100.0, "upper": 110.0}
REFUSED = {"lower": None, "median": None, "upper": None}


def line(seed: int, model: str, numbers: dict[str, float] | dict[str, None]) -> str:
    return json.dumps({"seed": seed, "total": 100, "model": model, "source": "drawn",
                       "n_observed": 70, "status": "estimated", **numbers})  # fmt: skip


def test_the_span_holds_what_neither_model_holds_and_refusals_count_neither_way(
    tmp_path: Path,
) -> None:
    rows = [line(1, "loglinear", LOW), line(1, "dga", HIGH), line(2, "loglinear", HELD),
            line(2, "dga", REFUSED)]  # fmt: skip
    rows += [row.replace("drawn", "true") for row in rows]
    (tmp_path / "fits.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    cells = {tuple(part.strip() for part in row.strip("|").split("|"))[:5]
             for row in report(tmp_path).splitlines()[2:] if row}  # fmt: skip
    assert ("loglinear", "drawn", "2", "0", "50 ± 35") in cells
    assert ("dga", "drawn", "2", "1", "0 ± 50") in cells
    assert ("span of loglinear and dga", "drawn", "1", "0", "100 ± 50") in cells
