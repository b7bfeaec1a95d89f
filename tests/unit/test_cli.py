import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from martyrolog.cli import app, commands_of, localised, main
from martyrolog.messages import text


def run(*arguments: str) -> int:
    """One command; its exit code."""
    try:
        main(list(arguments))
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def commands() -> dict[str, Any]:
    return dict(commands_of(localised("en")))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_command_and_parameter_has_its_text_and_an_example(language: str) -> None:
    group = localised(language)
    for name, command in commands_of(group):
        assert command.help == text(f"cli.help_{name.replace(' ', '_')}", language)
        assert "martyrolog" in command.epilog
        assert all(parameter.help for parameter in command.params), name


def test_every_command_that_gives_data_can_give_it_as_json() -> None:
    with_json = {
        name
        for name, command in commands().items()
        if "--json" in {option for parameter in command.params for option in parameter.opts}
    }
    of_values = {name for name in commands() if name.split()[0] in {"names", "dates", "terms"}}
    groups = {name for name, command in commands().items() if hasattr(command, "commands")}
    assert set(commands()) - with_json - of_values - groups == {"serve"}


def test_the_commands_are_those_of_the_manual() -> None:
    promised = {"init", "add", "read", "link", "resolve", "publish", "build", "search", "serve"}
    assert promised | {"demo"} <= set(commands())
    assert app.registered_commands


@pytest.mark.parametrize(
    "arguments", [["--lang", "ru", "build"], ["build", "--lang", "ru"], ["build", "--lang=ru"]]
)
def test_the_language_may_stand_anywhere(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments, "--dir", str(tmp_path)) == 3
    assert "не архив" in capsys.readouterr().err


def test_a_mistake_is_one_message_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", "--dir", str(tmp_path / "nowhere")) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "is not an archive" in shown.err
    assert "Traceback" not in shown.err
    assert len(shown.err.strip().splitlines()) == 1


def test_init_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("init", str(tmp_path / "a"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a"
    assert run("init", str(tmp_path / "b")) == 0
    assert "martyrolog add" in capsys.readouterr().out


def test_an_unknown_language_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "de", "build") == 2
    assert "'de'" in capsys.readouterr().err


def test_a_bare_file_is_linked_without_an_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = tmp_path / "records.csv"
    records.write_text(
        "surname,given_name,birth_date\nБухарин,Николай,1888\nBukharin,Nikolai,1888\nРыков,Алексей,1881\n",
        encoding="utf-8",
    )
    assert run("link", str(records), "--out", str(tmp_path / "linked")) == 0
    assert "clusters" in capsys.readouterr().out
    made = {path.name for path in (tmp_path / "linked").iterdir()}
    tables = {f"{name}.parquet" for name in ("cluster", "match", "link_model", "link_rule")}
    assert made == {*tables, "run.json"}


def test_bare_values_are_answered_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Ежов\nYezhov\n\n", encoding="utf-8")
    assert run("names", "keys", str(names)) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.split("\t")[1] == second.split("\t")[1] != ""
    assert third == "\t"
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("id,left,right\n1,Ежов,Jeschow\n", encoding="utf-8")
    assert run("names", "pairs", str(pairs)) == 0
    assert capsys.readouterr().out.startswith(
        "id,left,right,same_key,similarity\n1,Ежов,Jeschow,1,"
    )


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("left;right\nЕжов;Jeschow\n", "utf-8-sig"),
        ("left\tright\nЕжов\tJeschow\n", "utf-16"),
        ("left,right\nЕжов,Jeschow\n", "cp1251"),
        ('" Left ","RIGHT"\r\n"Ежов","Jeschow"\r\n', "utf-8"),
        ("left,right\nMüller,Mueller\n", "latin-1"),
    ],
)
def test_pairs_are_read_in_any_usual_encoding_and_with_any_usual_sign(
    text: str, encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pairs.csv").write_bytes(text.encode(encoding))
    assert run("names", "pairs", str(tmp_path / "pairs.csv")) == 0
    heading, row = capsys.readouterr().out.splitlines()
    assert heading.casefold().endswith(",same_key,similarity")
    assert row.endswith(",1,1.0000")


def test_values_can_be_piped_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = io.TextIOWrapper(io.BytesIO("12 ноября 1899 г.\n".encode("cp1251")))
    monkeypatch.setattr("sys.stdin", piped)
    assert run("dates", "parse", "-") == 0
    assert "1899-11-12" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["a,b\n1,2\n", ""])
def test_pairs_without_their_columns_are_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pairs.csv").write_text(text)
    assert run("names", "pairs", str(tmp_path / "pairs.csv")) == 9
    assert "'left'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("left,right,Left\nЕжов,Jeschow,x\n", "two columns 'left'"),
        ("left,right\nЕжов,Jeschow\nЕжов,Jeschow,x\n", "line 3: 3 cells, but 2 headings"),
    ],
)
def test_pairs_of_which_a_cell_would_be_lost_are_refused(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pairs.csv").write_text(text, encoding="utf-8")
    assert run("names", "pairs", str(tmp_path / "pairs.csv")) == 9
    assert said in capsys.readouterr().err


def test_columns_of_one_heading_and_short_rows_keep_their_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pairs.csv").write_text("id,id,left,right\n1,2,Ежов\n", encoding="utf-8")
    assert run("names", "pairs", str(tmp_path / "pairs.csv")) == 0
    assert capsys.readouterr().out.splitlines()[1] == "1,2,Ежов,,0,0.0000"


@pytest.mark.parametrize(
    ("pair", "options", "agreement"),
    [
        ("Взоров,Взорова", [], "0,"),
        ("Взоров,Взорова", ["--kind", "surname"], "1,1.0000"),
        ("Иван,Johann", ["--kind", "given_name"], "0,1.0000"),
        ("Іванівна,Ивановна", ["--kind", "patronymic"], "0,1.0000"),
        ("Взоров,Vzorov", [], "1,1.0000"),
        ("Взоров,Vzorov", ["--exact"], "0,0."),
        ("Иван,Johann", ["--kind", "given_name", "--exact"], "0,0."),
        ("Взоров,Vsorow", ["--language", "de"], "1,1.0000"),
        ("Взоров,Vsorow", ["--language", "fr"], "0,"),
    ],
)
def test_pairs_are_compared_as_the_options_say(
    pair: str,
    options: list[str],
    agreement: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "pairs.csv").write_text(f"left,right\n{pair}\n", encoding="utf-8")
    assert run("names", "pairs", str(tmp_path / "pairs.csv"), *options) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith(f"{pair},{agreement}")


def test_keys_are_made_as_the_options_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "names.txt").write_text("Петрова\nПетров\n", encoding="utf-8")
    keys = []
    for options in ([], ["--kind", "surname"], ["--exact"]):
        assert run("names", "keys", str(tmp_path / "names.txt"), *options) == 0
        keys.append([line.split("\t")[1] for line in capsys.readouterr().out.splitlines()])
    assert keys == [["petrova", "petrov"], ["petrov", "petrov"], ["петрова", "петров"]]


def test_an_unknown_language_is_refused_with_those_that_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "names.txt").write_text("Петрова\n", encoding="utf-8")
    assert run("names", "keys", str(tmp_path / "names.txt"), "--language", "xx") == 9
    assert "Known are: en, " in capsys.readouterr().err


def test_dates_and_terms_are_answered_with_a_heading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dates.txt").write_text("12 ноября 1899\n31.02.1938\n", encoding="utf-8")
    assert run("dates", "parse", str(tmp_path / "dates.txt")) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "text,edtf,earliest,latest,problem",
        "12 ноября 1899,1899-11-12,1899-11-12,1899-11-12,",
    ]
    (tmp_path / "terms.txt").write_text("тройкой УНКВД\n", encoding="utf-8")
    assert run("terms", "code", "sentencing_body", str(tmp_path / "terms.txt")) == 0
    assert "nkvd-troika" in capsys.readouterr().out
    assert run("terms", "code", "colour", str(tmp_path / "terms.txt")) == 9


def test_a_coded_body_comes_with_its_date_and_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phrases = (
        "тройкой УНКВД по Омской обл. 31 октября 1937 г.\nОСО при НКВД СССР\nъъъ по Омской обл.\n"
    )
    (tmp_path / "terms.txt").write_text(phrases, encoding="utf-8")
    assert run("terms", "code", "sentencing_body", str(tmp_path / "terms.txt")) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    told = [(row["term_id"], row["detail"], row["place_id"]) for row in rows]
    assert told == [
        ("nkvd-troika", "1937-10-31", "omsk-oblast"), ("special-council", "", ""),
        ("", "", "omsk-oblast"),
    ]  # fmt: skip


def test_an_article_of_a_republic_comes_with_its_point_of_article_58(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "terms.txt").write_text("54-10 УК УССР\n", encoding="utf-8")
    assert run("terms", "code", "charge", str(tmp_path / "terms.txt")) == 0
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert (row["term_id"], row["equivalent"], row["place_id"]) == ("ua-54-10", "58-10", "")
