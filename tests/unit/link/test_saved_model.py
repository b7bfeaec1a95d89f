"""The model as a table and back."""

import numpy as np

from martyrolog.link.linkage import Judgements, link_records
from martyrolog.link.model import prior_model
from martyrolog.link.saved_model import model_of_table, model_table
from martyrolog.progress import SILENT
from martyrolog.tables import check_table
from tests.unit.link.build import records_of

ROWS = [{"surname": "Якир", "given_name": "Иона"}, {"surname": "Yakir", "given_name": "Iona"}] * 4


def test_a_model_survives_its_table_to_the_last_bit() -> None:
    made = link_records(records_of(ROWS), threshold=0.9, judgements=Judgements(), progress=SILENT)
    for model in (made.model, prior_model(1_000)):
        again = model_of_table(check_table("link_model", model_table(model)))
        assert (again.matches, again.relatives, again.rounds) == (
            model.matches, model.relatives, model.rounds,
        )  # fmt: skip
        for part in ("m", "kin", "u"):
            pairs = zip(getattr(model, part), getattr(again, part), strict=True)
            assert all(np.array_equal(one, other) for one, other in pairs)


def test_the_order_of_rows_makes_no_difference() -> None:
    table = model_table(prior_model(50))
    turned = table.take(np.arange(table.num_rows)[::-1].copy())
    assert model_table(model_of_table(turned)).equals(table)
