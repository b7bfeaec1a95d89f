from datetime import date

from martyrolog.publish.events import in_order_of_life


def test_what_happened_on_one_day_stands_in_the_order_of_a_life() -> None:
    day = date(1938, 3, 13)
    rows = [{"kind": kind, "date_earliest": day, "date_latest": day, "place": None}
            for kind in ("execution", "sentence", "trial")]  # fmt: skip
    rows.append({"kind": "birth", "date_earliest": None, "date_latest": None, "place": None})
    kinds = [row["kind"] for row in in_order_of_life(rows)]
    assert kinds == ["trial", "sentence", "execution", "birth"]
