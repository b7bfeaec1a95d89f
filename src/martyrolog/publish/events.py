"""How the events of a life follow each other, on the page and in the data of a person alike."""

from collections.abc import Sequence

from martyrolog.publish.content import Row

EVENT_ORDER = ("birth", "arrest", "trial", "sentence", "imprisonment", "exile", "release",
               "execution", "death", "rehabilitation")  # fmt: skip
"""How events of one day follow each other."""


def in_order_of_life(rows: Sequence[Row]) -> list[Row]:
    """Events by their first possible day, those of one day by EVENT_ORDER; undated ones last."""
    return sorted(
        rows,
        key=lambda row: (
            str(row["date_earliest"] or row["date_latest"] or "9"),
            EVENT_ORDER.index(row["kind"]),
            row["place"] or "",
        ),
    )
