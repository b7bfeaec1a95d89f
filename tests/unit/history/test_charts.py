import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import combinations, pairwise
from typing import Any

import pyarrow as pa
import pytest

from martyrolog.history.charts import COLOURS, LAND, Chart, charts_installed, plain_chart
from martyrolog.history.charts_flow import flow_chart
from martyrolog.history.charts_life import life_chart
from martyrolog.history.charts_network import network_chart
from martyrolog.history.charts_persons import cohort_chart, composition_chart
from martyrolog.history.charts_time import Held, calendar_chart, campaign_chart
from martyrolog.messages import LANGUAGES
from martyrolog.tables import make_table

pytestmark = pytest.mark.skipif(
    not charts_installed(), reason="the extra 'charts' is not installed"
)

COUNTS = {date(1937, 7, 1): 3.0, date(1937, 8, 1): 40.5, date(1937, 9, 1): 1200.0}


def period(day: date, expected: float, step: str) -> dict[str, Any]:
    return {"measure": "execution", "dimension": "all", "value": "all", "step": step,
            "period": day, "expected": expected, "certain": int(expected)}  # fmt: skip


CAMPAIGN = make_table("campaign", [
    *(period(day, number, "month") for day, number in COUNTS.items()),
    period(date(1937, 8, 5), 12.0, "day"), period(date(1937, 8, 6), 30.0, "day"),
])  # fmt: skip
WAVE = make_table("wave", [{
    "measure": "execution", "rank": 1, "first_day": date(1937, 8, 1),
    "last_day": date(1937, 9, 30), "peak_month": date(1937, 9, 1), "events": 1240.0,
    "share": 0.9, "level": 620.0, "around": 3.0,
}])  # fmt: skip
COMPOSITION = make_table("composition", [
    {"field": "nationality", "value": "a", "label_en": "<Pole> & co", "label_ru": "поляк",
     "persons": 30, "share": 0.75, "share_low": 0.6, "share_high": 0.86},
    {"field": "nationality", "value": "b", "label_en": "Russian", "label_ru": "русский",
     "persons": 10, "share": 0.25, "share_low": 0.14, "share_high": 0.4},
    {"field": "nationality", "value": "unstated", "label_en": "not stated",
     "label_ru": "не указано", "persons": 5},
])  # fmt: skip
COHORT = make_table("cohort_year", [
    {"cohort_id": "cc", "year": year, "fate": fate, "at_risk": 10, "incidence": share}
    for year, shares in ((1937, (0.4, 0.0, 0.1)), (1953, (0.6, 0.1, 0.1)))
    for fate, share in zip(("executed", "shot", "natural"), shares, strict=True)
])  # fmt: skip


FLOW = make_table("flow", [
    {"stage_from": left, "value_from": source, "from_en": source, "from_ru": source,
     "stage_to": right, "value_to": target, "to_en": target, "to_ru": target, "persons": persons}
    for left, right in (("arrest", "body"), ("body", "sentence"), ("sentence", "outcome"),
                        ("outcome", "rehabilitation"))
    for source, target, persons in (("<a>", "<a>", 60), ("<a>", "unstated", 10),
                                    ("unstated", "unstated", 30))
])  # fmt: skip


def charts(language: str) -> dict[str, Chart]:
    made = {
        "campaign": campaign_chart(CAMPAIGN, WAVE, "execution", language),
        "calendar": calendar_chart(CAMPAIGN, "execution", date(1937, 1, 1), date(1938, 1, 1),
                                   language),
        "composition": composition_chart(COMPOSITION, "nationality", language),
        "cohort": cohort_chart(COHORT, "cc", language),
        "flow": flow_chart(FLOW, language),
        "plain": plain_chart(pa.table({"year": ["1936"], "n": [1118]}), "bar", "year", "n", "x"),
    }  # fmt: skip
    return {name: chart for name, chart in made.items() if chart is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_needs_no_script_no_network_and_says_what_it_shows(language: str) -> None:
    assert len(charts(language)) == 6
    for name, chart in charts(language).items():
        assert chart.svg.startswith('<svg class="chart" role="img" aria-label="'), name
        addresses = set(re.findall(r"https?://[^\"]*", chart.svg))
        assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}, name
        assert "<script" not in chart.svg
        assert chart.svg.count("<title>") == 1
        assert chart.alt


def test_every_picture_is_a_file_that_any_reader_of_xml_opens() -> None:
    for name, chart in charts("en").items():
        assert ET.fromstring(chart.svg).tag == "{http://www.w3.org/2000/svg}svg", name


def test_every_colour_has_a_dark_counterpart() -> None:
    for name, chart in charts("en").items():
        drawn = re.sub(r"<style>.*</style>", "", chart.svg)
        used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', drawn))
        assert used <= set(COLOURS), name
        assert "prefers-color-scheme:dark" in chart.svg


def test_outside_a_browser_each_mark_keeps_the_colour_that_it_has_in_print() -> None:
    for name, chart in charts("en").items():
        assert "var(" not in chart.svg, name
        style = re.search(r"<style>(.*)</style>", chart.svg)
        assert style is not None
        assert re.fullmatch(r"@media screen and \(prefers-color-scheme:dark\)\{.*\}", style[1])


def test_a_converter_draws_in_colours_not_in_black() -> None:
    vl_convert = pytest.importorskip("vl_convert")
    svg = charts("en")["flow"].svg
    without = re.sub(r"<style>.*</style>", "", svg)
    assert vl_convert.svg_to_png(svg) == vl_convert.svg_to_png(without)


def test_text_of_a_list_cannot_become_markup() -> None:
    made = charts("en")
    assert "<Pole>" not in made["composition"].svg
    assert "&lt;Pole&gt;" in made["composition"].svg
    assert "<a>" not in made["flow"].svg
    assert "&lt;a&gt;" in made["flow"].svg


def test_the_table_beside_a_chart_holds_the_numbers_of_the_tables() -> None:
    made = charts("en")
    assert made["campaign"].rows == [
        ("July 1937", "3"), ("August 1937", "40.5"), ("September 1937", "1,200")
    ]  # fmt: skip
    assert made["calendar"].rows == [("5 August 1937", "12"), ("6 August 1937", "30")]
    assert made["composition"].rows[0] == ("<Pole> & co", "30", "75.0 %", "60.0 %–86.0 %")
    assert len(made["composition"].rows) == 2
    assert made["plain"].rows == [("1936", "1,118")]


def test_fate_classes_of_one_name_are_one_area() -> None:
    rows = charts("en")["cohort"].rows
    assert ("1953", "executed", "70.0 %") in rows
    assert len(rows) == 4


def test_the_words_beside_a_chart_name_its_peak_in_either_language() -> None:
    assert "most in September 1937: 1,200. 1 wave" in charts("en")["campaign"].alt
    assert "больше всего: сентябрь 1937" in charts("ru")["campaign"].alt
    assert "by 1953 in all 80.0 %" in charts("en")["cohort"].alt


def test_axes_write_numbers_in_the_manner_of_the_language() -> None:
    english, russian = charts("en"), charts("ru")
    assert ">1,000<" in english["campaign"].svg
    assert ">1\N{NO-BREAK SPACE}000<" in russian["campaign"].svg
    assert "1,000" not in russian["campaign"].svg
    assert ">20 %<" in english["composition"].svg
    assert ">20\N{NO-BREAK SPACE}%<" in russian["composition"].svg


def test_a_calendar_shows_every_month_and_day_and_what_its_shades_mean() -> None:
    chart = calendar_chart(CAMPAIGN, "execution", date(1937, 1, 1), date(1937, 9, 30), "ru")
    assert chart is not None
    assert all(f">{month} 1937<" in chart.svg for month in ("январь", "февраль", "сентябрь"))
    land = LAND
    assert chart.svg.partition("</style>")[2].count(f'fill="{land}"') == 273
    assert all(f">{number}<" in chart.svg for number in (1, 15, 30))


def test_a_fate_has_one_colour_in_every_cohort() -> None:
    def colour(chart: Chart | None, fate: str) -> str:
        assert chart is not None
        key = chart.svg.partition("role-legend-entry")[2]
        colours = re.findall(r'fill="(#[0-9a-f]{6})"[^>]*/>', key)
        names = [one for one in re.findall(r">([^<>]+)</text>", key) if one.strip()]
        return str(colours[names.index(fate)])

    def cohort(*fates: str) -> Chart | None:
        return cohort_chart(make_table("cohort_year", [
            {"cohort_id": "cc", "year": 1937, "fate": fate, "at_risk": 10, "incidence": 0.1}
            for fate in fates]), "cc")  # fmt: skip

    few, many = cohort("executed", "natural"), cohort("assassinated", "executed", "suicide")
    assert colour(few, "executed") == colour(many, "executed")
    assert len({colour(many, fate) for fate in ("assassinated", "executed", "suicide")}) == 3


def test_a_box_of_the_flow_names_its_persons() -> None:
    assert ">unstated: 40<" in charts("en")["flow"].svg


def test_what_is_not_in_the_tables_has_no_chart() -> None:
    assert campaign_chart(CAMPAIGN, WAVE, "arrest") is None
    assert calendar_chart(CAMPAIGN, "execution", date(1950, 1, 1), date(1951, 1, 1)) is None
    assert composition_chart(COMPOSITION, "party") is None
    assert cohort_chart(COHORT, "nowhere") is None


def test_the_same_table_gives_the_same_picture() -> None:
    assert charts("ru") == charts("ru")


def test_decrees_are_numbered_and_office_holders_named_on_the_same_axis() -> None:
    chart = campaign_chart(
        CAMPAIGN, WAVE, "execution",
        marks=[(date(1937, 7, 30), "Order 00447"), (date(1953, 3, 5), "outside")],
        tenures=[Held("Commissar", "Yezhov, N. I.", date(1936, 9, 26), date(1938, 11, 25))],
    )  # fmt: skip
    assert chart is not None
    assert chart.notes == [("1", "30 July 1937", "Order 00447")]
    assert ">Commissar<" in chart.svg
    assert ">Yezhov, N. I.<" in chart.svg


def test_a_name_that_its_strip_has_no_room_for_is_cut_to_the_surname_or_left_out() -> None:
    days = [date(1937, 7, 1), date(1937, 7, 9), date(1937, 7, 13), date(1937, 9, 30)]
    names = ["Somebodyelsewho Whoseverylong", "Ab, Whoseverylong Nameis", "Long, Name"]
    chart = campaign_chart(CAMPAIGN, WAVE, "execution", tenures=[
        Held("Office", name, start, end)
        for name, start, end in zip(names, days, days[1:], strict=False)
    ])  # fmt: skip
    assert chart is not None
    assert re.findall(r">(Somebody[^<]*|Ab[^<]*|Long[^<]*)<", chart.svg) == ["Ab", "Long, Name"]


def test_numbers_of_decrees_of_neighbouring_days_stand_above_one_another() -> None:
    chart = campaign_chart(CAMPAIGN, WAVE, "execution", marks=[
        (date(1937, 7, day), "order") for day in (10, 11, 12, 13, 28)
    ])  # fmt: skip
    assert chart is not None
    found = re.findall(
        r'<text [^>]*transform="translate\(([0-9.]+),(-?[0-9.]+)\)"[^>]*>([1-5])<', chart.svg
    )
    assert len(found) == 5
    for left, right in combinations(found, 2):
        assert left[1] != right[1] or abs(float(left[0]) - float(right[0])) > 14


def test_no_mark_of_a_picture_speaks_english_of_its_own() -> None:
    for name, chart in charts("ru").items():
        assert chart.svg.count("aria-label") == 1, name  # the text of the picture itself
        assert "roledescription" not in chart.svg, name


def test_more_fates_than_colours_leave_the_rarest_as_one() -> None:
    many = make_table("cohort_year", [
        {"cohort_id": "cc", "year": 1953, "fate": f"fate {number}", "at_risk": 9,
         "incidence": (number + 1) / 100} for number in range(9)
    ])  # fmt: skip
    chart = cohort_chart(many, "cc")
    assert chart is not None
    assert [row[1] for row in chart.rows] == [
        *(f"fate {number}" for number in range(3, 9)),
        "others",
    ]
    assert ("1953", "others", "6.0 %") in chart.rows


def test_a_part_of_the_time_can_be_shown() -> None:
    chart = campaign_chart(CAMPAIGN, WAVE, "execution",
                           between=(date(1937, 8, 1), date(1937, 8, 31)))  # fmt: skip
    assert chart is not None
    assert [row[0] for row in chart.rows] == ["August 1937"]


def test_the_columns_of_the_flow_are_equally_high() -> None:
    svg = charts("en")["flow"].svg
    heights: dict[str, float] = {}
    for across, height in re.findall(r'<rect x="([0-9.]+)" [^>]*height="([0-9.]+)"', svg):
        heights[across] = heights.get(across, 0.0) + float(height)
    assert len(heights) == 5
    assert max(heights.values()) - min(heights.values()) < 0.5


def test_lists_that_tell_of_one_stage_only_have_no_flow() -> None:
    stages = ("arrest", "body", "sentence", "outcome", "rehabilitation")
    rows = [{"stage_from": left, "value_from": "unstated", "stage_to": right,
             "value_to": "execution" if right == "outcome" else "unstated", "persons": 9}
            for left, right in pairwise(stages[:4])]  # fmt: skip
    assert flow_chart(make_table("flow", rows)) is None
    assert flow_chart(make_table("flow", [])) is None


def event(kind: str, first: date | None, last: date | None, edtf: str | None) -> dict[str, Any]:
    return {"kind": kind, "date": edtf, "date_earliest": first, "date_latest": last}


LIFE = [
    event("execution", date(1938, 3, 15), date(1938, 3, 15), "1938-03-15"),
    event("birth", date(1888, 1, 1), date(1888, 12, 31), "1888"),
    event("arrest", None, None, None),
]


def test_a_life_is_a_line_of_events_and_an_uncertain_day_a_bar() -> None:
    chart = life_chart(LIFE)
    assert chart is not None
    assert chart.rows == [("birth", "1888"), ("execution", "15 March 1938"), ("arrest", "")]
    widths = [float(wide) for wide in re.findall(r'<rect [^>]*width="([0-9.]+)"', chart.svg)]
    assert len(widths) == 2
    assert widths[0] > widths[1]
    assert "2 events of this life on a line from 1888 to 1938" in chart.alt
    russian = life_chart(LIFE, "ru")
    assert russian is not None
    assert "расстрел" in russian.svg


def test_a_life_of_one_known_day_has_no_line() -> None:
    assert life_chart(LIFE[:1]) is None
    assert life_chart([]) is None


def test_a_bar_stays_inside_the_picture() -> None:
    late = event("death", date(1938, 12, 31), date(1938, 12, 31), "1938-12-31")
    chart = life_chart([LIFE[1], late])
    assert chart is not None
    for left, wide in re.findall(r'<rect x="([0-9.]+)" [^>]*width="([0-9.]+)"', chart.svg):
        assert float(left) + float(wide) <= 680.01


def party(trial: str, person: str, role: str = "defendant") -> dict[str, Any]:
    return {"trial_id": trial, "person_id": person, "record_id": f"{trial}{person}", "role": role}


def test_trials_are_rings_of_defendants_joined_by_persons_of_several() -> None:
    parties = make_table("trial_party", [
        party("t1", "a"), party("t1", "b"), party("t2", "c"), party("t1", "j", "judge"),
        party("t2", "j", "judge"), party("t2", "hidden"), party("t9", "a"),
    ])  # fmt: skip
    named = {"a": "<A>", "b": "B", "c": "C", "j": "J"}
    chart = network_chart(parties, {"t1": "First", "t2": "Second"}, named)
    assert chart is not None
    assert chart.svg.count("<desc>") == 4
    assert chart.svg.count("<path") == 2
    assert "<A>" not in chart.svg
    assert "2 trials, 3 defendants" in chart.alt
    assert ("Second", "J", "judge") in chart.rows
    assert len(chart.rows) == 5
    assert network_chart(parties, {}, named) is None


def test_those_named_as_accused_stand_apart_from_those_tried() -> None:
    parties = make_table("trial_party", [
        party("t1", "a"), party("t1", "b"), party("t1", "x", "co_accused"),
        party("t2", "c"), party("t2", "x", "co_accused"),
        party("t2", "c", "co_accused") | {"record_id": "of another list"},
    ])  # fmt: skip
    named = {one: one.upper() for one in "abcx"}
    chart = network_chart(parties, {"t1": "First", "t2": "Second"}, named)
    assert chart is not None
    assert chart.svg.count('stroke-width="2"><desc>X</desc>') == 2
    assert chart.svg.count('stroke-dasharray="2 4"') == 2
    assert "2 trials, 3 defendants" in chart.alt
    assert "not tried there: 2." in chart.alt
    assert ("First", "X", "co-accused, not tried there") in chart.rows
    assert ("Second", "C", "defendant") in chart.rows


def test_without_any_named_so_no_outer_ring_is_drawn_or_told() -> None:
    parties = make_table("trial_party", [party("t1", "a")])
    chart = network_chart(parties, {"t1": "First"}, {"a": "A"})
    assert chart is not None
    assert "stroke-dasharray" not in chart.svg
    assert "not tried there" not in chart.alt
