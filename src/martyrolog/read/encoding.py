r"""Which encoding a file is written in, and its text with nothing lost.

:func:`decode` takes the bytes of a file and gives text, the encoding found, and whether some bytes
could not be decoded: these stand in the text as ``\xNN``. Without a declared encoding the choice
is made among utf-8, utf-16, cp1251, koi8-r, cp866 (Cyrillic) and cp1252 (Western) by byte order
marks, validity and the frequency of Russian letters (docs/decisions/0005-reading.md measures it).
"""

import codecs
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from martyrolog.errors import ListError
from martyrolog.yaml_text import parse_yaml

CYRILLIC = ("cp1251", "koi8-r", "cp866")
_SAMPLE = 65_536
_BROKEN_LINES = 5  # a declared encoding is wrong where more than every fifth line is damaged
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""Text, its encoding as reported, and whether bytes had to be shown as ``\xNN``."""

    text: str
    encoding: str
    broken: bool


def decode(content: bytes, declared: str | None, *, file: str, list_id: str) -> Decoded:
    """The text of a file.

    Args:
        content: All bytes of the file.
        declared: Encoding that the reading profile names; None to find it.
        file: Name for messages.
        list_id: List for messages.

    Raises:
        ListError: the declared encoding is unknown or cannot be the file's.
    """
    encoding = detect_encoding(content) if declared is None else _known(declared, list_id)
    text, broken = _decode_keeping(content, encoding)
    if declared is not None and _is_wrong(content, encoding, text, broken):
        raise ListError(
            "read.wrong_encoding",
            list_id=list_id,
            file=file,
            declared=declared,
            found=detect_encoding(content),
        )
    return Decoded(text.removeprefix("\ufeff"), encoding, broken)


def _known(declared: str, list_id: str) -> str:
    try:
        name = codecs.lookup(declared).name
        "a".encode(name)
        b"\xff".decode(name, KEEP_BYTES)  # what cannot keep a broken byte encodes no files
    except (LookupError, ValueError) as problem:
        raise ListError("read.unknown_encoding", list_id=list_id, encoding=declared) from problem
    return name


def _is_wrong(content: bytes, encoding: str, text: str, broken: bool) -> bool:
    if broken:
        return _is_mostly_broken(text)
    if encoding.startswith(("utf", "ascii")):
        return False
    # every sequence of bytes is valid cp1251; valid UTF-8 with letters beyond ASCII is no accident
    marked = any(content.startswith(mark) for mark, _ in _MARKS)
    return marked or (not content.isascii() and _is_valid(content, "utf-8"))


def detect_encoding(content: bytes) -> str:
    """The encoding of some bytes; plain ASCII and nothing at all are utf-8.

    Returns:
        One of utf-8, utf-8-sig, utf-16-le, utf-16-be, cp1251, koi8-r, cp866, cp1252.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    sample = content[:_SAMPLE]
    if content.isascii() and b"\x00" not in sample:
        return "utf-8"
    return (
        _utf16_without_mark(sample)
        or ("utf-8" if _is_nearly_utf8(content) else None)
        or _by_letters(content)
    )


_HIGH_OF_UTF16 = re.compile(rb"[\x00\x04]")


def _utf16_without_mark(sample: bytes) -> str | None:
    # in UTF-16 of Latin or Cyrillic every second byte is 00 or 04; nothing else looks like that
    even, odd = sample[0::2], sample[1::2]
    if len(odd) < 4:
        return None
    share_even, share_odd = (len(_HIGH_OF_UTF16.findall(half)) / len(half) for half in (even, odd))
    if share_odd > 0.9 and share_even < 0.5:
        return "utf-16-le"
    return "utf-16-be" if share_even > 0.9 and share_odd < 0.5 else None


def _is_valid(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_MULTI_BYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")


def _is_nearly_utf8(content: bytes) -> bool:
    """Valid UTF-8, or UTF-8 in which at most one high byte in twenty is damaged."""
    if _is_valid(content, "utf-8"):
        return True
    high = _HIGH.findall(content)
    return sum(map(len, _MULTI_BYTE.findall(content))) > 0.95 * len(high)


@cache
def _letters() -> Mapping[str, float]:
    source = resources.files("martyrolog.read") / "letters.yaml"
    frequency = parse_yaml(source.read_text(encoding="utf-8"))["russian"]
    return {letter: math.log(percent / 100) for letter, percent in frequency.items()}


def _by_letters(content: bytes) -> str:
    sample = _rich_sample(content)
    if _is_western(sample):
        return "cp1252"
    return max(CYRILLIC, key=lambda name: _plausibility(sample.decode(name, "replace")))


def _rich_sample(content: bytes) -> bytes:
    """A part of the content that has letters beyond ASCII: they may begin late in a long file."""
    first = _HIGH.search(content)
    begin = max(0, first.start() - 100) if first else 0
    return content[begin : begin + _SAMPLE]


_UNLIKELY = math.log(1e-5)
_CAPITAL = math.log(0.7)
_SIGN = math.log(0.01)
_USUAL_SIGNS = "«»№–—… "
_CAPITAL_AFTER_SMALL = re.compile("[а-яё](?=[А-ЯЁ])")


def _plausibility(text: str) -> float:
    """Mean log probability of the signs beyond ASCII, were the text Russian.

    Letters have their frequency, capitals 0.7 of it, usual signs one in 100; a capital
    after a small letter, a box-drawing sign or any other symbol counts as one in 100,000.
    """
    letters = _letters()
    total = len(_CAPITAL_AFTER_SMALL.findall(text)) * _UNLIKELY
    count = 0
    for sign, times in Counter(text).items():
        if sign.isascii():
            continue
        weight = letters.get(sign.lower(), _SIGN if sign in _USUAL_SIGNS else _UNLIKELY)
        if sign.lower() != sign:
            weight += _CAPITAL
        total += weight * times
        count += times
    return total / count if count else _UNLIKELY


_WITHIN_LATIN = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[a-z])")


def _is_western(sample: bytes) -> bool:
    """Whether the letters beyond ASCII stand beside Latin ones, as in Müller and not in Мюллер."""
    high = re.findall(rb"[\xc0-\xff]", sample)
    return len(_WITHIN_LATIN.findall(sample)) > 0.6 * max(len(high), 1)


def _keep_bytes(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    bad = problem.object[problem.start : problem.end]
    return "".join(f"\\x{byte:02x}" for byte in bad), problem.end


KEEP_BYTES = "martyrolog.keep_bytes"
r"""Name of the way of decoding that shows undecodable bytes as ``\xNN``."""

codecs.register_error(KEEP_BYTES, _keep_bytes)


def _decode_keeping(content: bytes, encoding: str) -> tuple[str, bool]:
    try:
        return content.decode(encoding), False
    except UnicodeDecodeError:
        return content.decode(encoding, KEEP_BYTES), True


ESCAPED_BYTE = re.compile(r"\\x[0-9a-f]{2}")


def _is_mostly_broken(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    damaged = sum(1 for line in lines if ESCAPED_BYTE.search(line))
    return damaged * _BROKEN_LINES > len(lines)
