"""Folded names kept: the same keys as without keeping them."""

import pytest

from martyrolog.names import fold_many, memo


def test_a_full_table_begins_anew_and_knows_every_name_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memo, "_known", {"any": {}, "surname": {}, "given_name": {}})
    monkeypatch.setattr(memo, "_LIMIT", 3)
    memo.warm(["Якир", "Корк"])
    table = memo.warm(["Якир", "Путна", "Эйдеман"])
    assert [table[name] for name in ("Якир", "Путна", "Эйдеман")] == fold_many(
        ["Якир", "Путна", "Эйдеман"]
    )
    assert "Корк" not in table


def test_a_kind_has_keys_of_its_own() -> None:
    assert memo.folded("Boris", "given_name") == ("boris",)
    assert memo.folded("Петрова", "surname") == ("petrov",)
    assert memo.folded("Петрова") == ("petrova",)
