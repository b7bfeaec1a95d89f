"""The model as a table and back, and linking with a fixed one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.link.lists import make_lists
from martyrolog.errors import LinkError
from martyrolog.link import link_file
from martyrolog.link.linkage import Judgements, link_records
from martyrolog.link.model import for_records, prior_model
from martyrolog.link.saved_model import model_of_table, model_table, read_model
from martyrolog.progress import SILENT
from martyrolog.tables import check_table
from tests.unit.link.build import records_of

ROWS = [{"surname": "Якир", "given_name": "Иона"}, {"surname": "Yakir", "given_name": "Iona"}] * 4


def test_a_model_survives_its_table_to_the_last_bit() -> None:
    made = link_records(records_of(ROWS), threshold=0.9, judgements=Judgements(), progress=SILENT)
    for model in (made.model, prior_model(1_000)):
        again = model_of_table(check_table("link_model", model_table(model)))
        for number in ("matches", "relatives", "rounds", "records"):
            assert getattr(again, number) == getattr(model, number)
        for part in ("m", "kin", "u"):
            pairs = zip(getattr(model, part), getattr(again, part), strict=True)
            assert all(np.array_equal(one, other) for one, other in pairs)


def test_the_order_of_rows_makes_no_difference() -> None:
    table = model_table(prior_model(50))
    turned = table.take(np.arange(table.num_rows)[::-1].copy())
    assert model_table(model_of_table(turned)).equals(table)


def test_a_file_linked_with_its_own_model_has_the_same_links(tmp_path: Path) -> None:
    pq.write_table(make_lists(300, 3)[0], tmp_path / "people.parquet")
    link_file(tmp_path / "people.parquet", tmp_path / "own")
    model = tmp_path / "own" / "link_model.parquet"
    run = link_file(tmp_path / "people.parquet", tmp_path / "fixed", model=model)
    assert run["model"]["file"] == "link_model.parquet"
    for name in ("match", "cluster", "link_rule", "link_model"):
        one, other = (pq.read_table(tmp_path / folder / f"{name}.parquet")
                      for folder in ("own", "fixed"))  # fmt: skip
        assert one.equals(other), name


def test_a_fixed_model_weighs_as_it_says_and_not_as_the_records_would(tmp_path: Path) -> None:
    pq.write_table(make_lists(300, 3)[0], tmp_path / "people.parquet")
    pq.write_table(model_table(replace(prior_model(600), matches=1e-12)), tmp_path / "m.parquet")
    run = link_file(tmp_path / "people.parquet", tmp_path / "out", model=tmp_path / "m.parquet")
    own = link_file(tmp_path / "people.parquet", tmp_path / "own")
    assert run["rows"]["clusters"] > own["rows"]["clusters"]


def test_a_model_of_few_records_expects_as_many_matches_a_record_of_many() -> None:
    few = prior_model(1_001)
    many = for_records(few, 100_001)
    assert many.matches == pytest.approx(few.matches / 100)
    assert many.records == 100_001
    assert for_records(few, 1_001) == few


def _without_a_field(model: pa.Table) -> pa.Table:
    return model.filter(np.array(model["field"]) != "surname")


def _impossible(model: pa.Table) -> pa.Table:
    values = np.where(np.array(model["part"]) == "m", -1.0, np.array(model["value"]))
    return model.set_column(3, "value", pa.array(values))


@pytest.mark.parametrize("change", [_without_a_field, _impossible, lambda model: model.slice(0, 0)])
def test_what_is_no_whole_model_is_refused(
    change: Callable[[pa.Table], pa.Table], tmp_path: Path
) -> None:
    pq.write_table(change(model_table(prior_model(50))), tmp_path / "m.parquet")
    with pytest.raises(LinkError, match="no model of linkage"):
        read_model(tmp_path / "m.parquet")


def test_settings_of_splink_and_other_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "splink.json").write_text("{}")
    (tmp_path / "text.csv").write_text("a,b")
    with pytest.raises(LinkError, match="martyrolog model import"):
        read_model(tmp_path / "splink.json")
    with pytest.raises(LinkError, match="no model of linkage"):
        read_model(tmp_path / "text.csv")
    with pytest.raises(LinkError, match="no file"):
        read_model(tmp_path / "absent.parquet")
