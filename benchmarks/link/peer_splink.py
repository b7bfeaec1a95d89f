"""Splink 5 on the same records: seconds, memory, F1 at its best threshold and at others.

    python benchmarks/link/peer_splink.py DIR [--rules ours]
    python benchmarks/link/peer_splink.py DIR --master 'local[2]'    # on Spark instead of DuckDB

Needs splink, numpy and scipy; with ``--master`` also pyspark and Java.
Reads ``normalised.parquet`` (see ``normalised.py``) and ``truth.parquet``; prints one JSON line. A
plain competent model: term frequencies on names, days by edit distance and by days apart, u from
random pairs, m by EM over three rules, each of at most ``TRAINING_PAIRS`` (days of arrest alone
pair a million records 297 million times). Blocking rules are the ten of the project's design, or
ours: all that SQL can say, with as many of their refining keys as keep a rule under
``PAIRS_OF_RULE`` pairs a record. Timed is what Splink does, from the table to the scored pairs.
"""

import argparse
import json
import os
import re
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
import splink
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

RULES = (
    "sn,gn,pt", "sn,byear", "sn,gn,substr(pt,1,4)", "bday,gn", "aday,sn", "aday,gn,substr(sn,1,1)",
    "dday,substr(sn,1,3)", "gn,bplace,substr(pt,1,5)", "sn,gn,bplace", "gn,pt,byear,substr(sn,1,2)",
)  # fmt: skip
OURS = (
    ("sn,gn", "byear,pt,bplace,dday"), ("sn,gi,pi", "byear,dday"),
    ("sn,byear", "gi,pi,bday"), ("sn,pt", "gi,byear"),
    ("sn,gi", "pi,byear,dday"), ("sn,bplace", "gi"),
    ("sn", "dday,byear,gi"), ("CONSONANTS,gi", "byear,pi"),
    ("gn,byear,dday", "substr(sn,1,4)"), ("gn,bplace", "substr(sn,1,4),byear"),
    ("gi,pi,byear,dday", "substr(sn,1,4)"),
    ("least(sn,gs),greatest(sn,gs)", "byear,pt"), ("gn,pt,byear", "substr(sn,1,4),bday"),
    ("gn,pt,dday", "byear,substr(sn,1,4)"), ("gn,pt,bplace", "byear,substr(sn,1,4)"),
    ("substr(sn,1,4),gn,byear", "pi,bday"),
    ("substr(sn,1,4),dday", "gi,byear"),
    ("substr(sn,1,4),aday", "gi,byear"),
    ("substr(sn,1,4),bday", "gi,pi"),
    ("gi,bday", "pi,dday"), ("bday,bplace", "gi"),
    ("bday,dday", "gi"), ("res,gn", "byear,substr(sn,1,4)"),
)  # fmt: skip
"""Keys of our rules (``blocking.yaml``, in its order) and the keys that refine them."""

CONSONANTS = "substr(sn,1,1)||regexp_replace(substr(sn,2),'[aeiouy]','','g')"
PAIRS_OF_RULE = 4.0
TRAINING = (("sn", "gn"), ("byear", "pt"), ("aday",))
TRAINING_PAIRS = 5e6
PARTITIONS = 8
THRESHOLDS = (0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rules", choices=["design", "ours"], default="design")
    parser.add_argument("--master", help="of Spark; DuckDB where it is not given")
    asked = parser.parse_args()
    folder = asked.folder
    if asked.master and asked.rules == "ours":
        parser.error("our rules are written in the SQL of DuckDB")
    if asked.master:
        _on_spark(folder, asked.master)
    else:
        _on_duckdb(folder, asked.rules)


def _on_duckdb(folder: Path, asked: str) -> None:
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute("SET memory_limit = '10GB'")
    source = str(folder / "normalised.parquet")
    connection.execute("CREATE TABLE records AS SELECT * FROM read_parquet(?)", [source])
    rules = _rules(connection, asked)
    proposed = connection.execute(_proposed(rules)).fetchall()[0][0]
    wall, cpu = time.perf_counter(), time.process_time()
    api = DuckDBAPI(connection)
    scored = predicted(api.register("records"), settings(rules))
    pairs = scored_pairs(connection, scored)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"program": f"splink {splink.__version__}", "folder": folder.name,
                      "rules": asked, "candidate_pairs": proposed,
                      "seconds": round(wall, 1), "cpu_seconds": round(cpu, 1), "peak_mb": peak,
                      **accuracy(pairs, folder)}))  # fmt: skip


def _on_spark(folder: Path, master: str) -> None:
    """The same on Spark, whose start counts; processor seconds are those of Python and Java."""
    from pyspark import SparkContext
    from splink.backends.spark import SparkAPI

    wall, cpu = time.perf_counter(), time.process_time()
    spark = _session(master)
    with tempfile.TemporaryDirectory() as scratch:
        spark.sparkContext.setCheckpointDir(scratch)
        api = SparkAPI(spark_session=spark, num_partitions_on_repartition=PARTITIONS)
        frame = api.register(spark.read.parquet(str(folder / "normalised.parquet")))
        scored = predicted(frame, settings(RULES, spark=True))
        found = spark.table(scored.physical_name)
        pairs = found.select("unique_id_l", "unique_id_r", "match_probability").toArrow()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    process = SparkContext._gateway.proc.pid  # type: ignore[union-attr]
    ticks = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()
    cpu += (int(ticks[13]) + int(ticks[14])) / os.sysconf("SC_CLK_TCK")
    print(json.dumps({"program": f"splink {splink.__version__}", "folder": folder.name,
                      "engine": f"spark {spark.version} {master}", "rules": "design",
                      "seconds": round(wall, 1), "cpu_seconds": round(cpu, 1),
                      **accuracy(pairs, folder)}))  # fmt: skip
    spark.stop()


def _session(master: str) -> Any:
    """As competent on one machine as ours: few partitions, no web page."""
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    given = {
        "spark.jars": similarity_jar_location(), "spark.driver.memory": "8g",
        "spark.sql.shuffle.partitions": PARTITIONS, "spark.default.parallelism": PARTITIONS,
        "spark.ui.enabled": "false",
    }  # fmt: skip
    return SparkSession.builder.master(master).config(map=given).getOrCreate()


def scored_pairs(connection: Any, scored: Any) -> Any:
    """Splink's table on DuckDB as an Arrow table: the records of a pair and its probability."""
    table = connection.table(scored.physical_name)
    return table.select("unique_id_l, unique_id_r, match_probability").to_arrow_table()


def _rules(connection: Any, asked: str) -> Sequence[str]:
    return RULES if asked == "design" else [said(connection, *rule) for rule in OURS]


def said(connection: Any, keys: str, refine: str) -> str:
    """A rule of ours with as many of its refining keys as it needs."""
    wanted = keys.replace("CONSONANTS", CONSONANTS)
    for further in _parts(refine):
        by = ", ".join(_parts(wanted))
        present = " and ".join(f"{part} is not null" for part in _parts(wanted))
        pairs, records = connection.execute(
            f"select sum(n * (n - 1) / 2), (select count(*) from records) from "
            f"(select count(*) n from records where {present} group by {by})"
        ).fetchall()[0]
        if (pairs or 0) <= PAIRS_OF_RULE * records:
            break
        wanted += f",{further}"
    return wanted


def _parts(rule: str) -> list[str]:
    """The keys of a rule: commas outside brackets part them."""
    return re.split(r",(?![^(]*\))", rule)


def _proposed(rules: Sequence[str]) -> str:
    """SQL that counts the pairs of all rules, each once."""
    every = " union ".join(
        "select l.unique_id, r.unique_id from records l join records r on "
        + " and ".join(f"{_side(part, 'l')} = {_side(part, 'r')}" for part in _parts(rule))
        + " and l.unique_id < r.unique_id"
        for rule in rules
    )
    return f"select count(*) from ({every})"


def _side(part: str, side: str) -> str:
    columns = "sn|gn|pt|gs|gi|pi|surname|given|patr|byear|bday|aday|dday|bplace|occ|res"
    return re.sub(rf"\b({columns})\b", rf"{side}.\1", part)


def predicted(frame: Any, chosen: SettingsCreator) -> Any:
    """The scored pairs, as Splink's own table."""
    linker = Linker(frame, chosen, log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("sn", "gn", "pt", "byear")], recall=0.4
    )
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in TRAINING:
        training.estimate_parameters_using_expectation_maximisation(
            block_on(*rule), max_pairs=TRAINING_PAIRS
        )
    return linker.inference.predict(threshold_match_probability=0.01)


def settings(rules: Sequence[str], *, spark: bool = False) -> SettingsCreator:
    blocks = [block_on(*_parts(rule)) for rule in rules]
    apart = _APART["spark" if spark else "duckdb"].format
    compared = [_name("sn", "surname"), _name("gn", "given"), _name("pt", "patr"), _birth(apart),
                _days("aday", apart), _days("dday", apart), _place(), _occupation()]  # fmt: skip
    return SettingsCreator(link_type="dedupe_only", comparisons=compared,
                           blocking_rules_to_generate_predictions=blocks,
                           unique_id_column_name="unique_id",
                           retain_matching_columns=False)  # fmt: skip


def _custom(name: str, made: list[Any]) -> Any:
    return comparisons.CustomComparison(output_column_name=name, comparison_levels=made)


def _name(key: str, written: str) -> Any:
    exact = levels.ExactMatchLevel
    return _custom(key, [levels.NullLevel(key), exact(written, term_frequency_adjustments=True),
                         exact(key, term_frequency_adjustments=True),
                         levels.JaroWinklerLevel(key, 0.92), levels.JaroWinklerLevel(key, 0.85),
                         levels.ElseLevel()])  # fmt: skip


def _sql(condition: str, **more: bool) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": condition, **more}


_APART = {
    "duckdb": "abs(date_diff('day', try_cast({day}_l as date), try_cast({day}_r as date)))",
    "spark": "abs(datediff(try_cast({day}_l as date), try_cast({day}_r as date)))",
}


def _days(day: str, apart: Callable[..., str]) -> Any:
    return _custom(day, [levels.NullLevel(day), levels.ExactMatchLevel(day),
                         _sql(f"damerau_levenshtein({day}_l, {day}_r) <= 1"),
                         _sql(f"{apart(day=day)} <= 31"), levels.ElseLevel()])  # fmt: skip


def _birth(apart: Callable[..., str]) -> Any:
    slip = f"{apart(day='bday')} in (12, 13) or damerau_levenshtein(bday_l, bday_r) <= 1"
    years = [_sql("byear_l = byear_r"), _sql("abs(byear_l - byear_r) <= 1"),
             _sql("abs(byear_l - byear_r) <= 3")]  # fmt: skip
    missing = _sql("byear_l is null or byear_r is null", is_null_level=True)
    return _custom("birth", [missing, _sql("bday_l = bday_r"), _sql(slip), *years,
                             levels.ElseLevel()])  # fmt: skip


def _place() -> Any:
    exact = levels.ExactMatchLevel("bplace", term_frequency_adjustments=True)
    return _custom("bplace", [levels.NullLevel("bplace"), exact,
                              levels.JaroWinklerLevel("bplace", 0.9),
                              levels.JaroWinklerLevel("bplace", 0.8),
                              levels.ElseLevel()])  # fmt: skip


def _occupation() -> Any:
    exact = levels.ExactMatchLevel("occ", term_frequency_adjustments=True)
    return _custom("occ", [levels.NullLevel("occ"), exact, levels.ElseLevel()])


def accuracy(pairs: Any, folder: Path) -> dict[str, Any]:
    """Pairwise F1 of the pairs and of their connected clusters at each threshold."""
    truth = pq.read_table(folder / "truth.parquet")
    number = {record: at for at, record in enumerate(truth["record_id"].to_pylist())}
    person = np.unique(truth["true_person_id"].to_numpy(), return_inverse=True)[1]
    left, right = (np.array([number[record] for record in pairs[f"unique_id_{side}"].to_pylist()])
                   for side in "lr")  # fmt: skip
    share = pairs["match_probability"].to_numpy()
    found = {}
    for threshold in THRESHOLDS:
        chosen = share >= threshold
        ends = left[chosen], right[chosen]
        graph = coo_matrix((np.ones(len(ends[0])), ends), (len(person),) * 2)
        clusters = connected_components(graph, directed=False)[1].astype(np.int64)
        right_pairs = int((person[ends[0]] == person[ends[1]]).sum())
        both = _pairs(clusters * len(person) + person)
        found[str(threshold)] = {
            "pairs": _f1(right_pairs, len(ends[0]), _pairs(person)),
            "clusters": _f1(both, _pairs(clusters), _pairs(person)),
        }
    best = max(found.values(), key=lambda one: max(one["pairs"], one["clusters"]))
    return {"scored_pairs": len(share), "best_f1": max(best.values()), "f1": found}


def _pairs(codes: Any) -> int:
    sizes = np.unique(codes, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _f1(right: int, found: int, true: int) -> float:
    return round(2 * right / max(found + true, 1), 4)


if __name__ == "__main__":
    main()
