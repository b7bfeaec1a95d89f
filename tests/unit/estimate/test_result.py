import json

import arviz
import numpy as np
import pytest

from martyrolog.estimate import Estimate, fit_model, make_counts

COUNTS = make_counts([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]],
                     [40, 30, 20, 12, 6], ["a", "b", "c"])  # fmt: skip


def test_draws_are_read_by_arviz() -> None:
    found = fit_model("dga", COUNTS)
    data = arviz.from_dict(posterior=found.to_arviz()["posterior"])
    assert data.posterior["N"].shape == (1, 4000)
    assert float(data.posterior["N"].median()) == pytest.approx(found.median, rel=0.01)


def test_json_is_plain_and_speaks_both_languages() -> None:
    found = fit_model("chao", COUNTS)
    english, russian = (json.dumps(found.as_json(language)) for language in ("en", "ru"))
    assert "at least so many" in english
    assert english != russian


def test_a_refusal_has_no_draws() -> None:
    with pytest.raises(ValueError, match="too_many_lists"):
        fit_model("chapman", COUNTS).to_arviz()


def test_no_number_lies_below_the_persons_observed() -> None:
    for model in ("chao", "loglinear", "dga"):
        found: Estimate = fit_model(model, COUNTS)
        assert found.lower is not None
        assert found.lower >= COUNTS.n_observed
        assert found.draws is not None
        assert np.all(found.draws >= COUNTS.n_observed)
