from martyrolog.dates import parse_file_table


def test_each_text_is_a_row_with_its_problem() -> None:
    table = parse_file_table(["12.11.1899", "31.02.1938", "до 1938"])
    assert table.column("edtf").to_pylist() == ["1899-11-12", None, "../1938"]
    assert table.column("problem").to_pylist() == [None, "dates.no_such_day", None]
    assert table.column("earliest").null_count == 2
