"""Which encoding a file is written in, and its text with nothing lost.

:func:`decode` takes the bytes of a file and gives text, the encoding found, and whether some bytes
could not be decoded: these stand in the text as ``\\xNN``. Without a declared encoding the choice is
made among utf-8, utf-16, cp1251, koi8-r, cp866 (Cyrillic) and cp1252 (Western) by byte order marks,
validity and the frequency of Russian letters; docs/decisions/0005-reading.md has the measurements.
"""

import codecs
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from martyrolog.errors import ListError

SINGLE_BYTE = ("cp1251", "koi8-r", "cp866")
_SAMPLE = 65_536
_BROKEN_LINES = 5  # a declared encoding is wrong where more than every fifth line cannot be decoded


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, its encoding as reported, and whether bytes had to be shown as ``\\xNN``."""

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
    if declared is None:
        encoding = detect_encoding(content)
    else:
        encoding = _known(declared, list_id)
        _refuse_wrong(content, encoding, declared, file, list_id)
    text, broken = _decode_keeping(content, encoding)
    if declared is not None and broken and _mostly_broken(text):
        raise ListError("read.wrong_encoding", list_id=list_id, file=file, declared=declared,
                        found=detect_encoding(content))  # fmt: skip
    return Decoded(text.removeprefix("\ufeff"), encoding, broken)


def _known(declared: str, list_id: str) -> str:
    try:
        name = codecs.lookup(declared).name
        b"".decode(name)
    except (LookupError, ValueError) as problem:
        raise ListError("read.unknown_encoding", list_id=list_id, encoding=declared) from problem
    return name


def _refuse_wrong(content: bytes, encoding: str, declared: str, file: str, list_id: str) -> None:
    # every sequence of bytes is valid cp1251; valid UTF-8 with letters beyond ASCII is no accident
    if encoding.startswith(("utf", "ascii")):
        return
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_strict_utf8(content):
        raise ListError("read.wrong_encoding", list_id=list_id, file=file, declared=declared,
                        found=detect_encoding(content))  # fmt: skip


def _is_strict_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not content.isascii()


def detect_encoding(content: bytes) -> str:
    """The encoding of some bytes: one of utf-8, utf-8-sig, utf-16-le, utf-16-be, cp1251, koi8-r,
    cp866, cp1252. Plain ASCII and nothing at all are utf-8."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                       (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if content.startswith(mark):
            return name
    sample = content[:_SAMPLE]
    if content.isascii() and b"\x00" not in sample:
        return "utf-8"
    return _utf16_without_mark(sample) or ("utf-8" if _is_utf8(content) else _by_letters(sample))


def _utf16_without_mark(sample: bytes) -> str | None:
    # in UTF-16 of Latin or Cyrillic every second byte is 00 or 04; nothing else looks like that
    even, odd = sample[0::2], sample[1::2]
    high = re.compile(rb"[\x00\x04]")
    if len(odd) < 4:
        return None
    share_even, share_odd = (len(high.findall(half)) / len(half) for half in (even, odd))
    if share_odd > 0.9 and share_even < 0.5:
        return "utf-16-le"
    return "utf-16-be" if share_even > 0.9 and share_odd < 0.5 else None


_MULTI = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


def _is_utf8(content: bytes) -> bool:
    """Valid UTF-8, or UTF-8 with a few damaged places (one byte in twenty)."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        whole = sum(len(found) for found in _MULTI.findall(content))
        high = len(_HIGH.findall(content))
        return whole > 0.95 * high
    return True


@cache
def _letters() -> Mapping[str, float]:
    source = resources.files(__package__) / "letters.yaml"
    with source.open(encoding="utf-8") as stream:
        frequency = yaml.safe_load(stream)["russian"]
    return {letter: math.log(percent / 100) for letter, percent in frequency.items()}


def _by_letters(sample: bytes) -> str:
    weights = {name: _plausibility(sample.decode(name, "replace")) for name in SINGLE_BYTE}
    best = max(SINGLE_BYTE, key=lambda name: weights[name])
    return best if weights[best] > _plausibility_of_western(sample) else "cp1252"


_UNLIKELY = math.log(1e-5)
_CAPITAL = math.log(0.05)
_JUMP = re.compile("[а-яё](?=[А-ЯЁ])")
_WORD = re.compile("[А-Яа-яЁё]{2,}")


def _plausibility(text: str) -> float:
    """Mean log probability of the letters beyond ASCII, as Russian; a capital after a small letter,
    a box-drawing sign or a symbol counts as one in 100,000."""
    letters = _letters()
    total = count = 0.0
    for sign, times in Counter(text).items():
        if sign.isascii():
            continue
        small = sign.lower()
        weight = letters.get(small)
        if weight is None:
            weight = math.log(0.01) if sign in "«»№–—… " else _UNLIKELY
        elif small != sign:
            weight += _CAPITAL
        total += weight * times
        count += times
    total += len(_JUMP.findall(text)) * _UNLIKELY
    return total / count if count else _UNLIKELY


def _plausibility_of_western(sample: bytes) -> float:
    """Western text has its few letters beyond ASCII within Latin words: Cyrillic words do not."""
    text = sample.decode("cp1252", "replace")
    high = len(_HIGH.findall(sample))
    within = len(re.findall(r"(?<=[A-Za-z])[\u00c0-\u017f](?=[A-Za-z])|(?<=[a-z])[\u00df-\u017f]\b|"
                            r"\b[\u00c0-\u017f](?=[a-z])", text))  # fmt: skip
    return math.log(0.5) if within > 0.5 * high else 2 * _UNLIKELY


def _keep_bytes(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    bad = problem.object[problem.start : problem.end]
    return "".join(f"\\x{byte:02x}" for byte in bad), problem.end


codecs.register_error("martyrolog.keep_bytes", _keep_bytes)


def _decode_keeping(content: bytes, encoding: str) -> tuple[str, bool]:
    try:
        return content.decode(encoding), False
    except UnicodeDecodeError:
        return content.decode(encoding, "martyrolog.keep_bytes"), True


ESCAPED_BYTE = re.compile(r"\\x[0-9a-f]{2}")


def _mostly_broken(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    damaged = sum(1 for line in lines if ESCAPED_BYTE.search(line))
    return damaged * _BROKEN_LINES > len(lines)
