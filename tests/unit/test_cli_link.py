"""The commands about links."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from martyrolog.archive import Archive
from martyrolog.link.model import prior_model
from martyrolog.link.saved_model import model_table
from martyrolog.tables import write_table_file
from tests.unit.link.archive_of import linked_archive, record_id_of
from tests.unit.test_cli import run

BOOK = [{"surname": "Тухачевский", "given_name": "Михаил", "birth_date": "16.02.1893"}]
LIST = [{"surname": "Tukhachevsky", "given_name": "M.", "birth_date": "1893"}]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return linked_archive(tmp_path_factory.mktemp("a") / "a", {"book": BOOK, "list": LIST})


def explain(archive: Archive, *options: str) -> int:
    pair = [record_id_of(archive, name) for name in ("Тухачевский", "Tukhachevsky")]
    return run("explain", *pair, "--dir", str(archive.path), *options)


def test_explain_says_each_field_in_words_and_bits(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(archive) == 0
    shown = capsys.readouterr().out
    assert "Tukhachevsky" in shown
    assert "given name" in shown
    assert "Missing in one of the two" in shown
    assert explain(archive, "--lang", "ru") == 0
    assert "Вес совпадения" in capsys.readouterr().out


def test_explain_as_json_adds_up(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(archive, "--json") == 0
    found = json.loads(capsys.readouterr().out)["explanation"]
    assert sum(part["weight"] for part in found["parts"]) == pytest.approx(found["weight"])


def test_explain_draws_the_chart(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("altair")
    assert explain(archive, "--chart", str(tmp_path / "pair.svg")) == 0
    assert (tmp_path / "pair.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "pair.svg" in capsys.readouterr().out


def test_evaluate_without_a_truth_says_what_it_cannot_know(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("evaluate", "--dir", str(archive.path)) == 0
    assert "never compared" in capsys.readouterr().out
    assert run("evaluate", "--dir", str(archive.path), "--json") == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "expected"


def test_evaluate_against_a_truth_by_list(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [record_id_of(archive, name) for name in ("Тухачевский", "Tukhachevsky")]
    truth = tmp_path / "truth.csv"
    truth.write_text("record_id,person_id\n" + "".join(f"{one},p\n" for one in ids))
    asked = ["evaluate", "--dir", str(archive.path), "--truth", str(truth), "--by", "list_id"]
    assert run(*asked) == 0
    assert "1.000" in capsys.readouterr().out
    assert run(*asked, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [result["stratum"] for result in found["results"]] == ["", "book", "list"]


def test_evaluate_writes_a_sample_and_reads_it_back(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pairs.csv"
    assert run("evaluate", "--dir", str(archive.path), "--sample", "5", "--out", str(out)) == 0
    assert "pairs.csv.strata.json" in capsys.readouterr().out.replace("\n", "")
    header, row = out.read_text(encoding="utf-8").splitlines()
    out.write_text(f"{header}\n{row.replace(',,', ',same,', 1)}\n", encoding="utf-8")
    assert run("evaluate", "--dir", str(archive.path), "--truth", str(out), "--json") == 0
    assert json.loads(capsys.readouterr().out)["estimate"]["judged"] == 1


def test_a_sample_needs_a_file(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", "--dir", str(archive.path), "--sample", "5") == 2
    assert "--out" in capsys.readouterr().err


def test_the_model_goes_to_splink_and_back_and_losses_are_on_the_screen(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, table = tmp_path / "splink.json", tmp_path / "model.parquet"
    assert run("model", "export", str(settings), "--dir", str(archive.path)) == 0
    assert "relatives" in capsys.readouterr().out
    assert run("model", "import", str(settings), "--out", str(table), "--lang", "ru") == 0
    assert "Что потеряно" in capsys.readouterr().out
    assert table.is_file()
    assert run("model", "import", str(settings), "--out", str(table), "--json") == 0
    losses = json.loads(capsys.readouterr().out)["losses"]
    assert {"kind": "declared", "what": "given_name: equivalent"} in losses
    assert {loss["kind"] for loss in losses} == {"declared", "rules"}


def test_linking_and_evaluating_say_what_each_blocking_rule_brings(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("link", "--dir", str(archive.path)) == 0
    assert "surname_only" in capsys.readouterr().out
    assert run("link", "--dir", str(archive.path), "--json") == 0
    rules = json.loads(capsys.readouterr().out)["link"]["rules"]
    assert run("evaluate", "--rules", "--dir", str(archive.path), "--json") == 0
    found = json.loads(capsys.readouterr().out)["rules"]
    assert [row["rule"] for row in found] == [row["rule"] for row in rules]
    assert sum(row["pairs"] for row in found) > 0


def test_an_archive_is_linked_with_a_fixed_model_once_or_as_its_settings_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = linked_archive(tmp_path / "a", {"book": BOOK, "list": LIST})
    build, settings = archive.build, archive.path / "archive.toml"
    own = (build / "link_model.parquet").read_bytes()
    declared = model_table(replace(prior_model(2), matches=0.3))
    write_table_file(tmp_path / "fixed.parquet", "link_model", declared)
    fixed = (tmp_path / "fixed.parquet").read_bytes()
    asked = ["link", "--dir", str(archive.path)]
    assert run(*asked, "--model", str(tmp_path / "fixed.parquet")) == 0
    assert (build / "link_model.parquet").read_bytes() == fixed
    assert run(*asked) == 0
    assert (build / "link_model.parquet").read_bytes() == own
    model = str(tmp_path / "fixed.parquet")
    settings.write_text(settings.read_text() + f'\n[link]\nmodel = "{model}"\n', encoding="utf-8")
    assert run(*asked) == 0
    assert (build / "link_model.parquet").read_bytes() == fixed
    assert run(*asked, "--model", str(tmp_path / "absent.parquet")) != 0
    assert "absent.parquet" in capsys.readouterr().err


def test_evaluate_says_and_draws_how_right_the_probabilities_are(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("altair")
    records = [record_id_of(archive, name) for name in ("Тухачевский", "Tukhachevsky")]
    truth, chart = tmp_path / "truth.csv", tmp_path / "plot.svg"
    truth.write_text("record_id,person_id\n" + "".join(f"{one},p\n" for one in records))
    asked = ["evaluate", "--dir", str(archive.path), "--chart", str(chart)]
    assert run(*asked, "--truth", str(truth)) == 0
    assert "calibration error" in capsys.readouterr().out
    assert chart.read_text(encoding="utf-8").startswith("<svg")
    assert run(*asked) != 0
    assert "truth of persons" in capsys.readouterr().err
