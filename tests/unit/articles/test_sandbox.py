import resource
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from martyrolog.articles.sandbox import Limits, Place, run_query
from martyrolog.errors import QueryError

PLACE = Place("purge.en.md", 12, "shot")
PERSON = pa.table({"person_id": ["a", "b"], "fate": ["executed", "natural"]})
SECRET = pa.table({"value": ["known to this program only"]})


def ask(statement: str, limits: Limits | None = None) -> pa.Table:
    return run_query(statement, {"person": PERSON}, PLACE, limits or Limits())


def test_a_select_reads_the_tables_handed_in() -> None:
    found = ask("WITH shot AS (SELECT * FROM person WHERE fate = 'executed') SELECT * FROM shot")
    assert found["person_id"].to_pylist() == ["a"]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP VIEW person", "DELETE FROM person", "CREATE TABLE t AS SELECT 1",
        "INSERT INTO person VALUES ('x', 'y')", "SET threads = 1", "PRAGMA database_list",
        "ATTACH ':memory:' AS other", "COPY person TO 'out.csv'", "INSTALL httpfs", "LOAD json",
        "CALL pragma_version()", "SELECT 1; SELECT 2", "SELECT 1; DROP VIEW person", "",
        "EXPORT DATABASE 'x'", "CHECKPOINT", "EXPLAIN ANALYZE SELECT 1", "VACUUM", "BEGIN",
        "PREPARE p AS SELECT 1", "RESET threads", "USE memory", "CREATE MACRO f() AS 1",
    ],
)  # fmt: skip
def test_nothing_but_one_select_is_run(statement: str) -> None:
    with pytest.raises(QueryError, match=r"purge\.en\.md, line 12, query 'shot'"):
        ask(statement)


@pytest.mark.parametrize(
    "reading",
    [
        "SELECT * FROM '{file}'", "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')", "SELECT * FROM read_blob('{file}')",
        "SELECT * FROM glob('{folder}/*')", "SELECT * FROM read_parquet('https://example.org/a')",
        "SELECT * FROM sniff_csv('{file}')", "SELECT getenv('HOME')",
        "SELECT * FROM query('SELECT * FROM read_text(''{file}'')')",
        "SELECT * FROM SECRET", "SELECT * FROM pg_read_file('{file}')",
    ],
)  # fmt: skip
def test_no_file_folder_address_or_variable_can_be_read(reading: str, tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    with pytest.raises(QueryError, match="line 12"):
        ask(reading.format(file=file, folder=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


@pytest.mark.parametrize(
    "changing",
    ["SELECT random()", "SELECT uuid ()", "SELECT now()", "SELECT CURRENT_DATE", "SELECT today()",
     "SELECT * FROM person USING SAMPLE 1", "SELECT * FROM person TABLESAMPLE 10%",
     "SELECT current_setting('threads')"],
)  # fmt: skip
def test_a_query_gives_the_same_answer_every_time(changing: str) -> None:
    with pytest.raises(QueryError, match=r"line 12, query 'shot': .* another answer each time"):
        ask(changing)


def test_a_column_may_have_the_name_of_such_a_function() -> None:
    assert ask("SELECT 1 AS now, 2 AS random")["now"].to_pylist() == [1]


def test_an_answer_must_come_in_time() -> None:
    endless = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a, b) = 3"
    with pytest.raises(QueryError, match=r"no answer within 0\.2 seconds"):
        ask(endless, Limits(seconds=0.2))


def test_memory_is_bounded_and_nothing_spills_to_disk() -> None:
    wide = "SELECT max(len(t)) FROM (SELECT string_agg(repeat('x', 1000), '') AS t "
    with pytest.raises(QueryError, match="more than 50MB of memory"):
        ask(wide + "FROM range(1000000))", Limits(memory="50MB"))


def test_the_number_of_rows_is_bounded() -> None:
    assert ask("SELECT * FROM range(10)", Limits(rows=10)).num_rows == 10
    with pytest.raises(QueryError, match="more than 10 rows"):
        ask("SELECT * FROM range(11)", Limits(rows=10))


def test_wrong_sql_and_unknown_columns_are_messages_with_their_place() -> None:
    for statement in ("SELEC 1", "SELECT surname FROM person", "SELECT * FROM nowhere"):
        with pytest.raises(QueryError, match="line 12, query 'shot'") as problem:
            ask(statement)
        assert "статья" not in problem.value.render("en")
        assert "строка 12" in problem.value.render("ru")


@pytest.mark.parametrize(
    "greedy",
    ["SELECT list_sum(range(1000000000))", "SELECT repeat('x', 2000000000)",
     "SELECT len(repeat('x', 900000000))"],
)  # fmt: skip
def test_no_function_can_take_more_memory_than_the_limit(greedy: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with pytest.raises(QueryError, match="line 12, query 'shot': it needs more than 1GB of memory"):
        ask(greedy)
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # of any process that ended
    assert after < max(before, 1_500_000)  # KB


def test_the_memory_of_the_tables_is_no_part_of_the_limit() -> None:
    table = pa.table({"x": np.arange(10_000_000)})  # 80 MB
    found = run_query("SELECT sum(x) AS s FROM t", {"t": table}, PLACE, Limits(memory="50MB"))
    assert found["s"].to_pylist() == [49_999_995_000_000]


def test_a_query_that_outruns_its_time_is_ended_and_the_next_one_answered() -> None:
    endless = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a, b) = 3"
    began = time.monotonic()
    with pytest.raises(QueryError, match="no answer within 1 seconds"):
        ask(endless, Limits(seconds=1))
    assert time.monotonic() - began < 15
    assert ask("SELECT 1 AS n")["n"].to_pylist() == [1]


def test_nothing_is_written_to_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(QueryError):
        ask("SELECT sum(hash(a, b)) FROM range(1000000) a, range(100000) b", Limits(seconds=3))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "changing",
    ['SELECT "random"()', "SELECT random/**/()", "SELECT age(DATE '2000-01-01')",
     "SELECT current_localtimestamp()", "SELECT version()", "SELECT ago(INTERVAL 1 DAY)",
     "SELECT list_transform([1], lambda x: x + random())", "SELECT 1 ORDER BY random()",
     "SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_memory()",
     "SELECT * FROM pragma_version()", "SELECT * FROM (SELECT uuid() AS u)"],
)  # fmt: skip
def test_neither_quotes_nor_comments_hide_chance_the_day_or_the_program(changing: str) -> None:
    with pytest.raises(QueryError, match=r"line 12, query 'shot': .* another answer each time"):
        ask(changing)


@pytest.mark.parametrize(
    "view", ["pragma_version", "duckdb_tables", "sqlite_master", "information_schema.tables",
             "pg_catalog.pg_settings"],
)  # fmt: skip
def test_the_views_of_the_database_itself_are_no_tables_of_an_article(view: str) -> None:
    with pytest.raises(QueryError, match=rf"line 12, query 'shot': there is no table '{view}'"):
        ask(f"SELECT * FROM {view}")


@pytest.mark.parametrize(
    ("constant", "value"),
    [("SELECT age(DATE '2001-01-02', DATE '2001-01-01') = INTERVAL 1 DAY AS n", True),
     ("SELECT 'random()' AS n", "random()"), ("SELECT 1 AS n -- now()", 1),
     ("WITH t AS (SELECT 2 AS n) SELECT n FROM T", 2), ("SELECT max(range) AS n FROM range(4)", 3)],
)  # fmt: skip
def test_what_only_looks_like_chance_is_answered(constant: str, value: object) -> None:
    assert ask(constant)["n"].to_pylist() == [value]
