"""Encodings are found, wrong ones refused, undecodable bytes shown."""

import pytest

from martyrolog.errors import ListError
from martyrolog.read.encoding import decode, detect_encoding

RUSSIAN = (
    "Тухачевский Михаил Николаевич, родился в 1893 году в имении Александровском, "
    "маршал Советского Союза, расстрелян 12 июня 1937 года"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866"])
def test_russian_text_is_found_in_every_encoding(encoding: str) -> None:
    assert detect_encoding(RUSSIAN.encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_text_in_capitals_is_not_taken_for_the_encoding_that_swaps_case(encoding: str) -> None:
    assert detect_encoding(RUSSIAN.upper().encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf16_is_found_with_and_without_a_mark(encoding: str, mark: str) -> None:
    found = decode((mark + RUSSIAN).encode(encoding), None, file="f", list_id="l")
    assert (found.encoding, found.text) == (encoding, RUSSIAN)


def test_letters_that_begin_late_in_a_long_file_are_found() -> None:
    assert detect_encoding(b"1937;0;0\n" * 50_000 + RUSSIAN.encode("koi8-r")) == "koi8-r"


def test_german_names_are_western() -> None:
    assert detect_encoding("Müller;Jürgen\nKöhler;Käthe\n".encode("cp1252")) == "cp1252"


@pytest.mark.parametrize("content", [b"", b"Yakir,Iona\n"])
def test_plain_ascii_and_nothing_are_utf8(content: bytes) -> None:
    assert detect_encoding(content) == "utf-8"


def test_damaged_utf8_stays_utf8_and_shows_the_bytes() -> None:
    content = RUSSIAN.encode() + b"\n\xd0\xff\n" + RUSSIAN.encode()
    found = decode(content, None, file="f", list_id="l")
    assert (found.encoding, found.broken) == ("utf-8", True)
    assert "\\xd0\\xff" in found.text


@pytest.mark.parametrize(
    ("written", "declared"),
    [("cp1251", "utf-8"), ("utf-8", "cp1251"), ("utf-8", "koi8-r"), ("utf-16", "cp1251")],
)
def test_a_declared_encoding_that_cannot_be_is_refused_with_the_one_found(
    written: str, declared: str
) -> None:
    with pytest.raises(ListError) as refused:
        decode(RUSSIAN.encode(written), declared, file="list.csv", list_id="moscow")
    assert refused.value.key == "read.wrong_encoding"
    assert str(refused.value.values["found"]).startswith(written)


def test_one_damaged_line_does_not_make_a_declared_encoding_wrong() -> None:
    content = b"Yakir\n" * 9 + b"Uborev\xff\n"
    found = decode(content, "utf-8", file="f", list_id="l")
    assert found.broken
    assert found.text.endswith("Uborev\\xff\n")


@pytest.mark.parametrize("declared", ["klingon", "hex", "utf-8\x00"])
def test_an_unknown_encoding_is_refused(declared: str) -> None:
    with pytest.raises(ListError, match="no encoding"):
        decode(b"x", declared, file="f", list_id="l")
