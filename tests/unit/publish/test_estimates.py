"""The page of the report of estimation, and what of it stays out where somebody is withheld."""

import re
from html import unescape

import pyarrow as pa
import pytest

from martyrolog.archive import Archive
from martyrolog.publish.disclosure import Disclosed
from martyrolog.publish.estimates import with_estimates
from martyrolog.tables import make_table, read_table


@pytest.mark.parametrize(
    ("page", "said", "why"),
    [
        ("estimate/index.html", "Not estimated: these lists are no independent samples",
         "chosen by office or trial"),
        ("ru/estimate/index.html", "Не оценено: эти списки — не независимые выборки",
         "отобранных по должности или процессу"),
    ],
)  # fmt: skip
def test_the_embedded_archive_says_that_it_estimates_nothing_and_why(
    great_purge_archive: Archive, page: str, said: str, why: str
) -> None:
    release = (great_purge_archive.releases / "LATEST").read_text(encoding="utf-8").strip()
    site = great_purge_archive.releases / release / "site"
    html = (site / page).read_text(encoding="utf-8")
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    assert said in text
    assert why in text
    victims = read_table(great_purge_archive.build, "person")["victim"].to_pylist().count(True)
    assert re.search(rf"\b{victims} (victims|жертв)", text)
    figures = read_table(great_purge_archive.build, "published_figure")["value"].to_pylist()
    grouped = f"{int(figures[0]):,}"
    assert (grouped.replace(",", " ") if page.startswith("ru") else grouped) in text
    assert read_table(great_purge_archive.build, "estimate").num_rows == 0
    assert (site / page).parent.name in (site / page.replace("estimate/", "")).read_text("utf-8")


def tables() -> dict[str, pa.Table]:
    row = {"stratum": "{}", "model": "dga", "list_ids": ["a", "b"], "n_observed": 9,
           "status": "estimated", "median": 12.0, "lower": 10.0, "upper": 20.0, "level": 0.95,
           "reasons": '[{"key": "estimate.strata_refused", "values": {"strata": "sex=f"}}]',
           "settings": "{}", "details": '{"cells": [{"observed": 1}]}'}  # fmt: skip
    block = {"language": "en", "section": "s", "kind": "text", "text": "all"}
    return {
        "capture_history": make_table("capture_history", [
            {"stratum": '{"sex": "f"}', "list_ids": ["a"], "persons": 1}]),
        "estimate": make_table("estimate", [row, {**row, "stratum": '{"sex": "f"}'}]),
        "estimate_report": make_table("estimate_report", [
            {**block, "place": 1, "detailed": False},
            {**block, "place": 2, "text": "sex=f: 1", "detailed": True}]),
    }  # fmt: skip


def test_small_counts_stay_out_where_somebody_is_withheld(great_purge_archive: Archive) -> None:
    found = with_estimates(great_purge_archive, tables(), Disclosed({}, 1, {})).tables
    assert found["capture_history"].num_rows == 0
    assert found["estimate"]["stratum"].to_pylist() == ["{}"]
    assert found["estimate_report"]["text"].to_pylist() == ["all"]
    assert "sex" not in str({name: table.to_pylist() for name, table in found.items()})
    assert "observed': 1" not in str(found["estimate"].to_pylist())


def test_a_number_from_two_lists_keeps_its_warning_where_somebody_is_withheld(
    great_purge_archive: Archive,
) -> None:
    made = tables()
    reasons = '[{"key": "estimate.two_lists_in_strata", "values": {"strata": "sex=f"}}]'
    row = {**made["estimate"].to_pylist()[0], "reasons": reasons}
    made["estimate"] = make_table("estimate", [row])
    found = with_estimates(great_purge_archive, made, Disclosed({}, 1, {})).tables["estimate"]
    assert "two_lists" in found["reasons"][0].as_py()
    assert "sex" not in str(found.to_pylist())


def test_all_counts_are_published_where_nobody_is_withheld(great_purge_archive: Archive) -> None:
    found = with_estimates(great_purge_archive, tables(), Disclosed({}, 0, {})).tables
    assert {name: found[name].num_rows for name in found} == {
        "capture_history": 1, "estimate": 2, "estimate_report": 2,
    }  # fmt: skip
