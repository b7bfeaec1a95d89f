"""Splink on its own benchmark, the settings of its documentation: seconds and F1 by threshold.

    python -m benchmarks.link.peer_historical ../shared/data/linkage/historical_50k.parquet

Needs splink, numpy and scipy; prints one JSON line. Rules, comparisons and training are those of
the example "Linking a dataset of real historical persons" of Splink's documentation.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import splink
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.link.peer_splink import accuracy, scored_pairs

RULES = (
    ("substr(first_name,1,3)", "substr(surname,1,4)"), ("surname", "dob"), ("first_name", "dob"),
    ("postcode_fake", "first_name"), ("postcode_fake", "surname"), ("dob", "birth_place"),
    ("substr(postcode_fake,1,3)", "dob"), ("substr(postcode_fake,1,3)", "first_name"),
    ("substr(postcode_fake,1,3)", "surname"),
    ("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
)  # fmt: skip
SURE = (
    "l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1",
    "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1",
    "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
)
TRAINING = (("first_name", "surname"), ("dob",))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    records = parser.parse_args().records
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    wall, cpu = time.perf_counter(), time.process_time()
    connection.execute(
        "CREATE TABLE records AS SELECT *, first_name || ' ' || surname AS both_names "
        "FROM read_parquet(?)", [str(records)],
    )  # fmt: skip
    scored = _predicted(DuckDBAPI(connection).register("records"))
    pairs = scored_pairs(connection, scored)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with tempfile.TemporaryDirectory() as folder:
        truth = pq.read_table(records, columns=["unique_id", "cluster"])
        pq.write_table(truth.rename_columns(["record_id", "true_person_id"]),
                       Path(folder) / "truth.parquet")  # fmt: skip
        found = accuracy(pairs, Path(folder))
    print(json.dumps({"program": f"splink {splink.__version__}", "what": "historical",
                      "seconds": round(wall, 1), "cpu_seconds": round(cpu, 1), "peak_mb": peak,
                      **found}))  # fmt: skip


def _predicted(frame: Any) -> Any:
    linker = Linker(frame, _settings(), log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match(list(SURE), recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in TRAINING:
        training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    return linker.inference.predict(threshold_match_probability=0.01)


def _settings() -> SettingsCreator:
    by_frequency = {"term_frequency_adjustments": True}
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
        comparisons=[
            comparisons.ForenameSurnameComparison(
                "first_name", "surname", forename_surname_concat_col_name="both_names"
            ),
            comparisons.DateOfBirthComparison("dob", input_is_string=True),
            comparisons.PostcodeComparison("postcode_fake"),
            comparisons.ExactMatch("birth_place").configure(**by_frequency),
            comparisons.ExactMatch("occupation").configure(**by_frequency),
        ],
        retain_matching_columns=False,
    )


if __name__ == "__main__":
    main()
