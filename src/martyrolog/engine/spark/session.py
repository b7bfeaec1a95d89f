"""The connection to Spark, and one clear message for each thing that can be missing.

:func:`spark_session` opens and closes it. pyspark is imported when it is called, not before. What
the user's own Spark configuration (spark-defaults.conf, PYSPARK_SUBMIT_ARGS) sets is never changed.
"""

import os
import shutil
import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from martyrolog import __version__
from martyrolog.errors import LinkError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CONNECT_SECONDS = 5.0
"""How long the first answer of a standalone master may take."""

_LOCAL = "local"
_STANDALONE = "spark://"
_BATCH = "100000"  # rows of an Arrow batch: fewer, and calls cost more than comparisons
_PARTITIONS_A_CORE = 2  # on one machine, where 200 partitions are for a cluster
_JAVA_ON_ONE_MACHINE = "-XX:TieredStopAtLevel=1"
"""Java on one machine: else a third of the processor time compiles again what is run once."""


@contextmanager
def spark_session(master: str, shared: Path) -> "Iterator[SparkSession]":
    """A session of Spark, stopped at the end.

    Args:
        master: As Spark writes it: ``local[2]``, ``spark://host:7077``, ``yarn``, ``k8s://...``.
        shared: An existing folder that driver and executors see under the same path; checkpoints
            go there.

    Raises:
        LinkError: pyspark or Java is missing, the master cannot be reached, or the executors lack
            this package or do not see the folder.
    """
    _require_pyspark_and_java()
    _require_reachable(master)
    with warnings.catch_warnings():
        # no table passes through pandas: only Arrow batches do
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
        spark = _started(master)
        try:
            _require_executors(spark, shared)
            spark.sparkContext.setCheckpointDir(str(shared / "checkpoints"))
            yield spark
        finally:
            spark.stop()


def _require_pyspark_and_java() -> None:
    if find_spec("pyspark") is None:
        raise LinkError("spark.no_pyspark")
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home) / "bin") if home else None) is None:
        raise LinkError("spark.no_java")


def _require_reachable(master: str) -> None:
    """One of the named hosts must answer; Spark itself would wait for minutes."""
    if not master.startswith(_STANDALONE):
        return
    problems = []
    for address in master.removeprefix(_STANDALONE).split(","):
        host, _, port = address.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), timeout=CONNECT_SECONDS):
                return
        except (OSError, ValueError) as problem:
            problems.append(str(problem))
    raise LinkError("spark.no_master", master=master, why="; ".join(problems))


def _started(master: str) -> "SparkSession":
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("martyrolog")
    if master.startswith(_LOCAL):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.config("spark.ui.enabled", "false")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        builder = builder.config("spark.driver.defaultJavaOptions", _JAVA_ON_ONE_MACHINE)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError) as problem:
        raise LinkError("spark.cannot_start", master=master, why=_short(problem)) from problem
    spark.sparkContext.setLogLevel("ERROR")
    wanted = {"spark.sql.execution.arrow.maxRecordsPerBatch": _BATCH}
    if master.startswith(_LOCAL):
        partitions = _PARTITIONS_A_CORE * spark.sparkContext.defaultParallelism
        wanted["spark.sql.shuffle.partitions"] = str(partitions)
        wanted["spark.sql.adaptive.enabled"] = "false"  # planning anew costs more than it saves
    theirs = spark.sparkContext.getConf()
    for name, value in wanted.items():
        if not theirs.contains(name):
            spark.conf.set(name, value)
    return spark


def _require_executors(spark: "SparkSession", shared: Path) -> None:
    """Ask an executor which version of this package it has, and whether it sees the folder."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    folder = str(shared.resolve())
    try:
        found = spark.sparkContext.parallelize([folder], 1).map(executor_sees).collect()
    except (PySparkException, Py4JError) as problem:
        raise LinkError("spark.executors_fail", why=_short(problem)) from problem
    version, sees = found[0]
    if version != __version__:
        raise LinkError("spark.other_version", found=version, expected=__version__)
    if not sees:
        raise LinkError("spark.not_shared", path=folder)


def executor_sees(folder: str) -> tuple[str, bool]:
    """Run by an executor: the version of this package there, and whether the folder is there."""
    return __version__, Path(folder).is_dir()


def _short(problem: Exception) -> str:
    """The telling line of an exception of Spark or of Python within it."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    telling = [line for line in lines if "Error: " in line or "Exception: " in line]
    return (telling or lines or [type(problem).__name__])[-1][:300]
