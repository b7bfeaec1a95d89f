"""The table of pictures: each drawn once in each language, nothing where there is nothing."""

import pytest

from martyrolog.history.charts import charts_installed
from martyrolog.history.pictures import make_chart
from martyrolog.messages import LANGUAGES
from martyrolog.tables import TABLES, make_table
from tests.unit.history.test_charts import CAMPAIGN, COHORT, COMPOSITION, FLOW, WAVE
from tests.unit.history.test_charts_places import PLACES

EMPTY = {name: make_table(name, []) for name, table in TABLES.items()}
GROUP = make_table("campaign_group", [
    {"measure": "execution", "dimension": "all", "value": "all", "events": 1243, "undated": 0,
     "uncertain": 0},
])  # fmt: skip
KNOWN = {**EMPTY, "campaign": CAMPAIGN, "campaign_group": GROUP, "wave": WAVE,
         "composition": COMPOSITION, "cohort_year": COHORT, "place_count": PLACES}  # fmt: skip


def test_an_archive_that_knows_nothing_has_no_picture() -> None:
    assert make_chart(EMPTY).num_rows == 0


@pytest.mark.skipif(not charts_installed(), reason="the extra 'charts' is not installed")
def test_each_picture_is_drawn_once_in_each_language() -> None:
    drawn = make_chart(KNOWN)
    keys = list(zip(*(drawn[name].to_pylist() for name in ("kind", "subject", "language")),
                    strict=True))  # fmt: skip
    assert len(set(keys)) == len(keys)
    for kind, subject in (("course", "execution"), ("campaign", "execution"),
                          ("calendar", "execution"), ("composition", "nationality"),
                          ("cohort", "cc"), ("places", "birth"),
                          ("places", "imprisonment")):  # fmt: skip
        assert {(kind, subject, language) for language in LANGUAGES} <= set(keys)


def test_without_the_extra_only_what_needs_no_library_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("martyrolog.history.pictures.charts_installed", lambda: False)
    drawn = make_chart({**KNOWN, "flow": FLOW})
    assert set(drawn["kind"].to_pylist()) == {"flow", "places"}
