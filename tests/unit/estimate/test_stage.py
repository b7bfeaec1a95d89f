"""The stage on tables made by hand: counts out, report written, no name anywhere."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from martyrolog.archive import Archive, init, open_archive
from martyrolog.errors import ArchiveError
from martyrolog.estimate.histories import make_drawn_histories, make_histories
from martyrolog.estimate.rounding import rounded, unit
from martyrolog.estimate.stage import STAGE
from martyrolog.progress import SILENT
from martyrolog.tables import empty_table, make_table

SECRET = "Неназываемый"
PATTERNS = {("alpha",): 60, ("beta",): 50, ("gamma",): 40, ("alpha", "beta"): 25,
            ("alpha", "gamma"): 20, ("beta", "gamma"): 15, ("alpha", "beta", "gamma"): 10,
            ("other",): 7}  # fmt: skip


def archive_of(path: Path, fit: str, settings: str = "") -> Archive:
    archive = init(path / "archive")
    text = (archive.path / "archive.toml").read_text(encoding="utf-8") + settings
    for name in ("alpha", "beta", "gamma"):
        text += (f'\n[[list]]\nid = "{name}"\nfile = "lists/{name}.csv"\n'
                 f'title = {{ en = "{name} <b>", ru = "{name}" }}\n{fit}\n')  # fmt: skip
    (archive.path / "archive.toml").write_text(text, encoding="utf-8")
    return open_archive(archive.path)


def tables_of() -> Mapping[str, pa.Table]:
    persons: list[dict[str, object]] = []
    for pattern, count in PATTERNS.items():
        for number in range(count):
            persons.append({
                "person_id": f"p{len(persons)}", "name_latin": SECRET, "surname": SECRET,
                "name_latin_derived": False, "victim": True, "roles": ["victim"],
                "list_ids": sorted(pattern), "records": len(pattern),
                "sex": "f" if number % 2 else "m",
            })  # fmt: skip
    persons.append({**persons[0], "person_id": "guard", "victim": False})
    figure = {"figure_id": "f1", "list_id": "figures", "measure": "shot", "period": "1937",
              "scope": "all", "value": "353074", "sources": "MVD 1953", "unverified": ["value"],
              "note": "Doubtful: a sum.",
              "verbatim": "{}", "verbatim_kind": "cells", "file": "x.csv", "row": 1}  # fmt: skip
    held = [sorted(pattern) for pattern, count in PATTERNS.items() for _ in range(count)]
    records: list[dict[str, object]] = [
        {"person_id": f"p{at}", "record_id": f"p{at}-{name}"}
        for at, lists in enumerate(held) for name in lists
    ]  # fmt: skip
    return {"person": make_table("person", persons), "statement": empty_table("statement"),
            "person_record": make_table("person_record", records),
            "cluster_draw": empty_table("cluster_draw"),
            "published_figure": make_table("published_figure", [figure])}  # fmt: skip


FIT = 'estimation = { fit = true, reason = "A random sample." }'
MODELS = '\n[estimate]\nmodels = ["chao", "loglinear", "dga"]\n'


@pytest.fixture(autouse=True)
def no_pictures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures take most of the time; one test draws them."""
    if "picture" not in request.node.name:
        monkeypatch.setattr("martyrolog.estimate.pictures.charts_installed", lambda: False)


def test_histories_count_victims_of_fit_lists_only(tmp_path: Path) -> None:
    made = STAGE.run(archive_of(tmp_path, FIT, MODELS), tables_of(), SILENT)
    rows = made["capture_history"].to_pylist()
    assert {tuple(row["list_ids"]): row["persons"] for row in rows} == {
        pattern: count for pattern, count in PATTERNS.items() if pattern != ("other",)
    }
    assert [row["model"] for row in made["estimate"].to_pylist()] == ["chao", "loglinear", "dga"]


def test_strata_and_their_total_stand_in_the_table(tmp_path: Path) -> None:
    settings = '\n[estimate]\nmodels = ["chao"]\nstrata = ["sex"]\n'
    made = STAGE.run(archive_of(tmp_path, FIT, settings), tables_of(), SILENT)
    assert [row["stratum"] for row in made["estimate"].to_pylist()] == [
        '{"sex": "f"}', '{"sex": "m"}', "{}",
    ]  # fmt: skip


def test_without_fit_lists_nothing_is_estimated_and_the_report_says_so(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, 'estimation = { fit = false, reason = "Chosen by fame." }')
    made = STAGE.run(archive, tables_of(), SILENT)
    assert made["estimate"].num_rows == made["capture_history"].num_rows == 0
    for language, said in (("en", "no independent samples"), ("ru", "не независимые выборки")):
        report = (archive.build / f"estimate.{language}.md").read_text(encoding="utf-8")
        assert said in report
        assert "Chosen by fame." in report
        assert {"en": "353,074 (not yet verified)", "ru": "353\xa0074 (ещё не проверено)"}[
            language
        ] in report
        assert "Doubtful: a sum." in report
        assert "227" in report  # the documented victims


def test_each_report_gives_the_reason_in_its_language(tmp_path: Path) -> None:
    both = '{ en = "Chosen by fame.", ru = "Отобраны по известности." }'
    archive = archive_of(tmp_path, f"estimation = {{ fit = false, reason = {both} }}")
    STAGE.run(archive, tables_of(), SILENT)
    for language, said in (("en", "Chosen by fame."), ("ru", "Отобраны по известности.")):
        assert said in (archive.build / f"estimate.{language}.md").read_text(encoding="utf-8")


def test_a_list_is_not_fit_without_a_reason(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="without saying why"):
        STAGE.run(archive_of(tmp_path, "estimation = { fit = true }"), tables_of(), SILENT)


def test_no_point_stands_in_the_report_without_its_interval(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, FIT, MODELS)
    STAGE.run(archive, tables_of(), SILENT)
    report = (archive.build / "estimate.en.md").read_text(encoding="utf-8")
    table = report.split("**Estimates with their intervals**")[1].split("\n\n")[1]
    rows = table.splitlines()[2:]
    assert len(rows) == 3
    for row in rows:
        assert re.search(r"\d+ \| 95\xa0%: [\d,]+ – [\d,]+ \| [^|]*\|$", row)


def test_the_span_over_all_models_stands_before_each_of_them(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, FIT, MODELS)
    made = STAGE.run(archive, tables_of(), SILENT)
    report = (archive.build / "estimate.en.md").read_text(encoding="utf-8")
    first, *others = report.split("## Estimated")[1].strip().split("\n\n")[:4]
    assert "span" in first
    assert sum(one.startswith(("Between", "At least")) for one in others) == 3
    ends = [rounded(row[end], unit(row["lower"], row["upper"]))
            for row in made["estimate"].to_pylist() if row["status"] == "estimated"
            for end in ("lower", "upper")]  # fmt: skip
    assert f"Between {max(min(ends), 220):,} and {max(ends):,} victims" in first


def test_latent_classes_are_tried_with_other_numbers_of_classes(tmp_path: Path) -> None:
    settings = '\n[estimate]\nmodels = ["chapman", "lcmcr"]\n'
    archive = archive_of(tmp_path, FIT, settings)
    made = STAGE.run(archive, tables_of(), SILENT)["estimate"].to_pylist()
    sweep = json.loads(made[1]["details"])["class_sweep"]
    assert [one["classes"] for one in sweep] == [5, 10, 20]
    assert (sweep[1]["median"], sweep[1]["upper"]) == (made[1]["median"], made[1]["upper"])
    report = (archive.build / "estimate.ru.md").read_text(encoding="utf-8")
    assert "классов не больше" in report
    assert "Не оценено без" not in report  # Chapman answers three lists as little as two of them


def test_two_lists_are_shown_under_dependence_with_intervals(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, FIT, '\n[estimate]\nmodels = ["chapman"]\n')
    tables = dict(tables_of())
    person = tables["person"]
    two = [[name for name in lists if name != "gamma"] for lists in person["list_ids"].to_pylist()]
    place = person.schema.get_field_index("list_ids")
    column = pa.array(two, person.schema.field("list_ids").type)
    tables["person"] = person.set_column(place, person.schema.field("list_ids"), column)
    STAGE.run(archive, tables, SILENT)
    report = (archive.build / "estimate.en.md").read_text(encoding="utf-8")
    rows = report.split("Dependence between the two lists")[1].split("\n\n")[1].splitlines()[2:]
    assert [row.split("|")[1].strip() for row in rows] == ["0.25", "0.5", "1", "2", "4"]
    assert all("95" in row for row in rows)


def test_neither_names_nor_ids_leave_and_lists_are_no_markup(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, FIT, MODELS)
    made = STAGE.run(archive, tables_of(), SILENT)
    written = [path.read_text(encoding="utf-8") for path in archive.build.glob("estimate*.*")]
    assert written
    for text in (*written, *(str(table.to_pylist()) for table in made.values())):
        assert SECRET not in text
        assert "'p1'" not in text
    page = (archive.build / "estimate.en.html").read_text(encoding="utf-8")
    assert "alpha &lt;b&gt;" in page
    assert "<b>" not in page


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, FIT, MODELS)
    tables = tables_of()
    turned = {**tables, "person": tables["person"].take(list(range(227, -1, -1)))}
    made = [STAGE.run(archive, one, SILENT) for one in (tables, turned)]
    assert made[0]["estimate"].equals(made[1]["estimate"])
    assert made[0]["capture_history"].equals(made[1]["capture_history"])


def drawn_of(tables: Mapping[str, pa.Table]) -> Mapping[str, pa.Table]:
    """Two draws: all as it stands; the first two persons of alpha and of beta joined."""
    rows = [{"draw": draw, "record_id": f"{person}-{name}", "list_id": name,
             "cluster_id": "joined" if draw == 2 and person in joined else person}
            for draw in (1, 2) for person, name in pairs_of(tables)
            if person in (joined := ("p0", "p60"))]  # fmt: skip
    return {**tables, "cluster_draw": make_table("cluster_draw", rows)}


def pairs_of(tables: Mapping[str, pa.Table]) -> list[tuple[str, str]]:
    return [(row["person_id"], name) for row in tables["person"].to_pylist()
            for name in row["list_ids"]]  # fmt: skip


def test_draws_of_the_clustering_move_the_histories() -> None:
    lists = ["alpha", "beta", "gamma"]
    first, second = make_drawn_histories(lists, ["sex"], drawn_of(tables_of()))
    plain = make_histories(lists, ["sex"], tables_of())
    assert (first.documented, second.documented) == (227, 226)
    assert first.whole is not None
    assert second.whole is not None
    assert plain.whole is not None
    assert first.whole.counts.tolist() == plain.whole.counts.tolist()
    assert (second.whole.full_table() - plain.whole.full_table()).tolist() == [
        0, -1, -1, 1, 0, 0, 0, 0,
    ]  # fmt: skip
    assert sum(counts.n_observed for _, counts in second.strata) == 219


def test_draws_are_carried_into_the_interval_and_said(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, FIT, '\n[estimate]\nmodels = ["chao", "dga"]\n'
                         'draw_models = ["chao"]\n')  # fmt: skip
    made = STAGE.run(archive, drawn_of(tables_of()), SILENT)
    chao, dga = made["estimate"].to_pylist()
    assert "linkage_included" in chao["reasons"]
    assert json.loads(chao["details"])["linkage"]["n_observed"] == [220, 219]
    assert "linkage_not_included" in dga["reasons"]
    moved = {(row["links"], row["share"]): row["median"]
             for row in json.loads(chao["details"])["linkage_errors"]}  # fmt: skip
    assert moved["false", 0.1] < moved["as found", 0.0] < moved["missed", 0.1]


def test_the_report_is_the_same_in_the_table_and_in_markdown(tmp_path: Path) -> None:
    settings = MODELS.replace("models", 'strata = ["sex"]\nmodels')
    archive = archive_of(tmp_path, FIT, settings)
    rows = STAGE.run(archive, tables_of(), SILENT)["estimate_report"].to_pylist()
    for language in ("en", "ru"):
        report = (archive.build / f"estimate.{language}.md").read_text(encoding="utf-8")
        plain = re.sub(r"[\\`*_\[\]<>|#]", "", report)
        mine = [row for row in rows if row["language"] == language]
        assert [row["place"] for row in mine] == list(range(1, len(mine) + 1))
        for row in mine:
            assert re.sub(r"[\\`*_\[\]<>|#]", "", row["text"]) in plain
    small = {row["section"] for row in rows if row["detailed"] and row["language"] == "en"}
    assert {"By stratum", "What the lists have in common"} <= small
    said = " ".join(row["text"] for row in rows if not row["detailed"])
    assert "Between" in said
    assert "sex" not in said.replace('"sex"', "")


def test_every_picture_has_words_and_a_table(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    archive = archive_of(tmp_path, FIT, MODELS.replace("models", 'strata = ["sex"]\nmodels'))
    STAGE.run(archive, tables_of(), SILENT)
    report = (archive.build / "estimate.en.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[([^\]]+)\]\((estimate-charts/[^)]+)\)", report)
    kinds = {file.split("/")[1].split("-")[0] for _, file in pictures}
    assert kinds == {"forest", "distribution", "strata", "priors", "links", "cells",
                     "overlaps", "odds_ratios", "frequencies"}  # fmt: skip
    for words, file in pictures:
        assert len(words) > 40
        svg = (archive.build / file).read_text(encoding="utf-8")
        assert svg.startswith("<svg")
        assert "prefers-color-scheme:dark" in svg


def two_listed(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The same persons without gamma."""
    person = tables["person"]
    two = [[name for name in lists if name != "gamma"] for lists in person["list_ids"].to_pylist()]
    place = person.schema.get_field_index("list_ids")
    column = pa.array(two, person.schema.field("list_ids").type)
    changed = person.set_column(place, person.schema.field("list_ids"), column)
    return {**tables, "person": changed}


@pytest.mark.parametrize("strata", ["", 'strata = ["sex"]\n'])
def test_a_number_from_two_lists_is_never_quoted_without_its_warning(
    tmp_path: Path, strata: str
) -> None:
    archive = archive_of(tmp_path, FIT, f'\n[estimate]\nmodels = ["chapman", "chao"]\n{strata}')
    STAGE.run(archive, two_listed(tables_of()), SILENT)
    report = (archive.build / "estimate.en.md").read_text(encoding="utf-8")
    section = report.split("## Estimated")[1].split("\n## ")[0]
    said = [part for part in section.split("\n") if "victims" in part or part.startswith("| ")][:2]
    rows = [part for part in section.split("\n") if "95" in part]
    assert len(said) == 2
    assert len(rows) == 4
    for part in (*said, *rows):
        assert "independence" in part


def stratified(tmp_path: Path) -> tuple[str, list[dict[str, object]]]:
    """The report in English and the estimates of three strata, named 9, 10 and 11."""
    tables = dict(tables_of())
    years = {f"p{at}": ("9", "10", "11")[at % 3] for at in range(227)}
    rows: list[dict[str, object]] = [
        {
            "person_id": one,
            "field": "residence",
            "value": year,
            "record_ids": [f"{one}-alpha"],
            "list_ids": ["alpha"],
            "preferred": True,
            "verified": True,
        }
        for one, year in years.items()
    ]
    tables["statement"] = make_table("statement", rows)
    settings = '\n[estimate]\nmodels = ["chao", "dga"]\nstrata = ["residence"]\n'
    archive = archive_of(tmp_path, FIT, settings)
    made = STAGE.run(archive, drawn_of(tables), SILENT)
    report = (archive.build / "estimate.en.md").read_text(encoding="utf-8")
    return report, made["estimate"].to_pylist()


def test_one_bound_is_one_number_in_the_whole_report(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, FIT, '\n[estimate]\nmodels = ["chao"]\n')
    made = STAGE.run(archive, tables_of(), SILENT)
    (row,) = made["estimate"].to_pylist()
    report = (archive.build / "estimate.en.md").read_text(encoding="utf-8")
    quoted = re.search(r"At least ([\d,]+) victims", report)
    shown = re.search(r"\| lower bound, Chao \| 220 \| at least \| ([\d,]+) \|", report)
    assert quoted
    assert shown
    assert quoted[1] == shown[1] == f"{rounded(row['lower'], unit(row['lower'], row['upper'])):,}"


def test_strata_stand_in_natural_order_and_each_model_has_its_picture(tmp_path: Path) -> None:
    report, rows = stratified(tmp_path)
    section = report.split("## By stratum")[1].split("\n## ")[0]
    named = re.findall(r"\| residence: (\d+) \|", section)
    assert named == ["9", "10", "11"] * 2
    assert re.findall(r"(lower bound, Chao|decomposable graphs): strata drawn: 3", section) == [
        "lower bound, Chao", "decomposable graphs",
    ]  # fmt: skip
    assert len(rows) == 8


def test_a_total_names_its_refused_strata_once_whatever_the_draws(tmp_path: Path) -> None:
    tables = dict(tables_of())
    person = tables["person"].to_pylist()
    for row in person:
        row["sex"] = "f" if row["person_id"] in {f"p{at}" for at in range(213, 227)} else "m"
    tables["person"] = make_table("person", person)
    settings = '\n[estimate]\nmodels = ["chao", "loglinear"]\nstrata = ["sex"]\n'
    archive = archive_of(tmp_path, FIT, settings)
    made = STAGE.run(archive, drawn_of(tables), SILENT)
    for row in made["estimate"].to_pylist():
        keys = [reason["key"] for reason in json.loads(row["reasons"])]
        assert len(keys) == len(set(keys))
