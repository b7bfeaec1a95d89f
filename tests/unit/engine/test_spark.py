"""Linkage on Spark: the same rows as on one machine, and one message for what is missing."""

import importlib.util
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from martyrolog.engine.spark import spark_session
from martyrolog.errors import LinkError
from martyrolog.link.columns import encode_records
from martyrolog.link.link_tables import OnSpark, link_into_tables
from martyrolog.link.linkage import Judgements
from martyrolog.progress import SILENT
from tests.unit.test_cli import run

needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="no pyspark or no Java on this machine: pip install 'martyrolog[spark]', Java 17",
)
# its sockets to the Java process are closed when that ends
its_sockets = pytest.mark.filterwarnings("ignore::ResourceWarning")
pytestmark = [pytest.mark.filterwarnings("ignore:PySpark does not yet fully:FutureWarning")]

SEED = 1


def invented(count: int) -> pa.Table:
    """Records of few names, so that blocks are large and components contested."""
    rng = np.random.default_rng(SEED)
    names = {
        "surname": ["Иванов", "Петров", "Сидоренко", "Ivanov", "Иваноф", "Кузнецова"],
        "given_name": ["Иван", "Пётр", "И.", "Мария", "Ivan"],
        "patronymic": ["Иванович", "Петрович", "П.", "", "Петровна"],
        "birth_place": ["Тула", "г. Тула", "Омск", ""],
    }
    columns = {name: pa.array(rng.choice(values, count)) for name, values in names.items()}
    born = rng.integers(-30_000, -20_000, count) // 900 * 900
    died = rng.integers(-11_800, -11_760, count)
    for name, at in {"birth_date": born, "death_date": died}.items():
        for end in ("earliest", "latest"):
            columns[f"{name}_{end}"] = pa.array(at.astype(np.int32)).cast(pa.date32())
    ids = pa.array([f"r{at:06d}" for at in range(count)])
    lists = pa.array([f"list-{at % 3}" for at in range(count)])
    return pa.table({"record_id": ids, "list_id": lists, **columns})


def assert_same_rows(records: pa.Table, folder: Path, judgements: Judgements) -> None:
    encoded = encode_records(records, frozenset({"list-0"}))
    here, there = (
        link_into_tables(
            encoded,
            threshold=0.8,
            judgements=judgements,
            progress=SILENT,
            every_pair=True,
            spark=on,
        )
        for on in (None, OnSpark("local[2]", folder))
    )
    assert here.compared == there.compared
    for name, table in here.tables.items():
        assert there.tables[name].equals(table), name
    assert there.tables["match"].num_rows > 0


@needs_spark
@its_sockets
def test_every_table_is_that_of_one_machine_row_for_row(tmp_path: Path) -> None:
    judgements = Judgements(same=[(1, 2), (5, 9), (2, 700)], different=[(3, 8), (9, 11)])
    assert_same_rows(invented(900), tmp_path, judgements)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@needs_spark
@its_sockets
def test_the_clusters_of_100_000_invented_records_are_those_of_one_machine(tmp_path: Path) -> None:
    from martyrolog.link.barefile import read_records
    from martyrolog.synthetic import generate, read_recipe

    generate(read_recipe(noise="ordinary"), records=100_000, seed=SEED, out=tmp_path / "made")
    records = read_records(tmp_path / "made" / "records.parquet", None)
    assert_same_rows(records, tmp_path / "linked", Judgements())


@needs_spark
@its_sockets
def test_components_are_those_of_networkx(tmp_path: Path) -> None:
    rng = np.random.default_rng(SEED)
    chain = [(at, at + 1) for at in range(1000, 1040)]
    edges = [*rng.integers(0, 300, (200, 2)).tolist(), *chain, (7, 7), (5, 4)]
    with spark_session("local[2]", tmp_path) as spark:
        from martyrolog.engine.spark.components import connected_components

        table = spark.createDataFrame([tuple(edge) for edge in edges], "left int, right int")
        found = connected_components(table).collect()
    expected = {
        record: min(component)
        for component in nx.connected_components(nx.Graph([tuple(edge) for edge in edges]))
        for record in component
    }
    assert {row.record: row.component for row in found} == expected


@needs_spark
@its_sockets
def test_the_command_line_links_on_spark_as_here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "record_id,surname,given_name,birth_date\na,Тухачевский,Михаил,16.02.1893\n"
        "b,Тухачевский,Михаил,16.02.1893\nc,Якир,Иона,03.08.1896\n",
        encoding="utf-8",
    )
    spark = ["--engine", "spark", "--master", "local[2]"]
    assert run("link", str(people), "--out", str(tmp_path / "here")) == 0
    assert run("link", str(people), "--out", str(tmp_path / "there"), *spark) == 0
    for name in ("cluster.parquet", "match.parquet"):
        here, there = (pq.read_table(tmp_path / side / name) for side in ("here", "there"))
        assert there.equals(here)


def test_without_pyspark_one_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with (
        pytest.raises(LinkError, match=r"pip install 'martyrolog\[spark\]'"),
        spark_session("local[2]", tmp_path),
    ):
        pass


@needs_spark
def test_without_java_one_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(LinkError, match="openjdk-17"), spark_session("local[2]", tmp_path):
        pass


@needs_spark
@pytest.mark.parametrize("address", ["spark://localhost:{port}", "spark://localhost", "spark://:x"])
def test_a_master_that_does_not_answer_is_one_message(tmp_path: Path, address: str) -> None:
    with socket.socket() as closed:
        closed.bind(("localhost", 0))
        master = address.format(port=closed.getsockname()[1])
    with (
        pytest.raises(LinkError, match="cannot be reached") as found,
        spark_session(master, tmp_path),
    ):
        pass
    assert found.value.exit_code == 6


def test_nobody_who_does_not_ask_for_spark_loads_it() -> None:
    code = "import sys, martyrolog.link, martyrolog.engine.spark; print('pyspark' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"
