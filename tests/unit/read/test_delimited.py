"""CSV and TSV, whole and broken."""

import time

import pytest

from martyrolog.read.delimited import delimited_cells, find_delimiter


def cells(text: str, delimiter: str = ",") -> list[list[str]]:
    return [list(row) for _, row in delimited_cells(text, delimiter) if any(row)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_sign_that_all_lines_share(delimiter: str) -> None:
    lines = [["Name", "Born", "Post"], ["Yakir, I. E.; commander", "1896", "army"], ["B", "1", ""]]
    text = "\n".join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line)
        for line in lines
    )
    assert find_delimiter(text) == delimiter


def test_prose_with_commas_in_one_column_does_not_hide_the_semicolon() -> None:
    text = "id;about\n" + "\n".join(f"{n};born 18{n}, in Riga, worker" for n in range(10, 40))
    assert find_delimiter(text) == ";"


def test_a_single_column_has_a_comma() -> None:
    assert find_delimiter("Name\nYakir\nPrimakov\n") == ","


def test_quoted_cells_keep_delimiters_quotes_and_line_ends() -> None:
    assert cells('a,b\n"x, y","say ""no""\nand go"\n') == [
        ["a", "b"],
        ["x, y", 'say "no"\nand go'],
    ]


def test_an_unclosed_quote_takes_only_its_own_line() -> None:
    text = 'name,year\n"Primakov,1897\nPutna,1893\nFeldman,1890\n'
    assert cells(text) == [
        ["name", "year"],
        ['"Primakov', "1897"],
        ["Putna", "1893"],
        ["Feldman", "1890"],
    ]


def test_two_unclosed_quotes_do_not_make_one_row_of_what_lies_between() -> None:
    text = 'name,year\n"Primakov,1897\nPutna,1893\n"Feldman,1890\nEideman,1895\n'
    assert [row[1] for row in cells(text)] == ["year", "1897", "1893", "1890", "1895"]


def test_quotes_within_a_cell_are_letters() -> None:
    assert cells('завод "САМ",1894\n') == [['завод "САМ"', "1894"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_separates_rows(end: str) -> None:
    assert cells(f"a,b{end}c,d{end}") == [["a", "b"], ["c", "d"]]


def test_unusual_separators_of_unicode_are_no_line_ends() -> None:
    assert cells("a\u2028b,c\x0cd\n") == [["a\u2028b", "c\x0cd"]]


def test_rows_are_numbered_by_the_line_on_which_they_begin() -> None:
    assert [number for number, _ in delimited_cells('a\n"x\ny"\nb', ",")] == [1, 2, 4]


def test_a_hundred_thousand_unclosed_quotes_are_read_in_time() -> None:
    text = "name,year\n" + '"a,b\nc,d\n' * 50_000
    begun = time.perf_counter()
    assert len(cells(text)) == 100_001
    assert time.perf_counter() - begun < 20
