from martyrolog.terms import code_file_table


def test_each_phrase_is_a_row_and_an_uncoded_one_is_null() -> None:
    table = code_file_table("nationality", ["латыш", "ъъъ"])
    assert table.column("term_id").to_pylist() == ["latvian", None]
    assert table.column("text").to_pylist() == ["латыш", "ъъъ"]
