"""What the committed runs of linkage say, as a table: ``python -m benchmarks.link.summary``.

Reads ``benchmarks/results/linkage.json``: the lines of ``ours.py`` and ``peer_splink.py``. A row is
a program with its rules on lists of one size and noise; spreads are standard deviations over seeds.
"""

import argparse
import json
import re
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "results" / "linkage.json"
SIZES = {"k100": 100_000, "m1": 1_000_000, "m3": 3_000_000, "m10": 10_000_000}

Run = Mapping[str, Any]
Group = tuple[str, str, int]
"""Program with its rules, noise, records."""


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    groups = grouped(json.loads(RESULTS.read_text(encoding="utf-8"))["runs"])
    for group, runs in sorted(groups.items(), key=lambda item: (item[0][1:], item[0][0])):
        print(row(group, runs))


def grouped(runs: Sequence[Run]) -> dict[Group, list[Run]]:
    """Runs by program, noise and size; those on other data are left out."""
    groups = defaultdict(list)
    for run in runs:
        named = re.fullmatch(r"(k100|m1|m3|m10)-(ordinary|heavy)-\d+", run.get("folder", ""))
        if named:
            program = run["program"].split()[0] + (
                f", rules: {run['rules']}" if "rules" in run else ""
            )
            groups[program, named[2], SIZES[named[1]]].append(run)
    return groups


def row(group: Group, runs: Sequence[Run]) -> str:
    """One row of the table, as Markdown."""
    program, noise, records = group
    f1 = [run.get("best_f1", run.get("f1")) for run in runs]
    cells = [
        program, f"{records:,}", noise, len(runs),
        f"{_mean(runs, 'candidate_pairs') / records:.1f}",
        _spread([run["cpu_seconds"] for run in runs], 1), f"{_mean(runs, 'peak_mb'):,.0f}",
        _spread(f1, 4),
        _spread([run["calibration_error"] for run in runs if "calibration_error" in run], 4),
    ]  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def _mean(runs: Sequence[Run], name: str) -> float:
    return float(statistics.mean(run[name] for run in runs))


def _spread(values: Sequence[float], digits: int) -> str:
    if not values:
        return ""
    mean = f"{statistics.mean(values):.{digits}f}"
    return mean if len(values) == 1 else f"{mean} ({statistics.stdev(values):.{digits}f})"


if __name__ == "__main__":
    main()
