"""Coverage of Memorial's raw phrases and of the slots of its entries, and what stays uncoded.

    python benchmarks/entries/phrases.py [--data FOLDER] > benchmarks/entries/phrases.md

Reads `whoprig`, `reab` and `arrest` of ../shared/data/memorial-entries, one phrase an occurrence.
Coded: of the occurrences that name a body, a year or a unit (oblast, krai, republic, guberniya),
the share of which the body, the date, the province is told. A phrase that names no body («в 1937
г.») asks for none. Slots are those that the reader takes from all 46,445 entries.
"""

from __future__ import annotations

import argparse
import gzip
import re
import tempfile
from collections import Counter
from pathlib import Path

from martyrolog.dates import find_dates
from martyrolog.places import parse_place
from martyrolog.read import read_file
from martyrolog.terms import TermCode, code_term

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = {"whoprig": "sentencing_body", "reab": "rehabilitating_body", "arrest": "arresting_body"}
SLOTS = ("sentencing_body", "charge", "sentence", "rehabilitating_body")
NO_BODY = ("not-stated", "body-not-stated")
SHOWN = 25
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_UNIT = re.compile(
    r"\b\w+ (?:обл|кра[йюе]|губ)|АССР|"
    r"\b(?!СССР)[А-Я]{1,3}ССР\b|\b(?:ДВК|ЛО|КК|АК|ЗСК|ВСК|СКК|НСО|НВК)\b"
)


def phrases(path: Path) -> Counter[str]:
    """Distinct phrases and how often each occurs; the charge behind a body left out."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        lines = (re.split(r",?\s*обв\.:?", line.strip(), maxsplit=1)[0] for line in stream)
        return Counter(line for line in lines if line)


def names_place(phrase: str, code: TermCode | None) -> bool:
    """Whether a province or a foreign state is told."""
    place = parse_place(code.rest if code else phrase)
    return bool(place and (place.province_id or place.country not in (None, "ussr")))


def print_slots(packed: Path) -> None:
    """The share of the slots of the entries for which a term is found."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "entries.txt"
        file.write_bytes(gzip.decompress(packed.read_bytes()))
        record = read_file(file, "memorial-entry", list_id="memorial")["record"]
    print("\n| slot | occurrences with a term |\n| --- | --- |")
    for name in SLOTS:
        found = Counter(value for value in record[name].to_pylist() if value)
        coded = sum(count for value, count in found.items() if code_term(name, value))
        print(f"| {name} | {share(coded, found.total())} |")


def share(coded: int, asked: int) -> str:
    """Such as ``99.90 % of 12,345``."""
    return f"{100 * coded / asked:.2f} % of {asked:,}" if asked else "none"


def main() -> None:
    """Print the table, and what stays uncoded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    folder = parser.parse_args().data / "memorial-entries"
    print("| phrases | occurrences | body | date | place |\n| --- | --- | --- | --- | --- |")
    left: dict[str, Counter[str]] = {}
    for name, vocabulary in FILES.items():
        found = phrases(folder / f"{name}.csv.gz")
        asked, coded = Counter[str](), Counter[str]()
        uncoded = Counter[str]()
        for phrase, count in found.items():
            code = code_term(vocabulary, phrase)
            told = {
                "body": None if code and code.term_id in NO_BODY else code is not None,
                "date": bool(find_dates(phrase)) if _YEAR.search(phrase) else None,
                "place": names_place(phrase, code) if _UNIT.search(phrase) else None,
            }
            for what, is_told in told.items():
                asked[what] += count * (is_told is not None)
                coded[what] += count * bool(is_told)
                if is_told is False:
                    uncoded[f"{what}: {phrase}"] += count
        left[name] = uncoded
        cells = " | ".join(share(coded[what], asked[what]) for what in ("body", "date", "place"))
        print(f"| {name} | {found.total():,} | {cells} |")
    print_slots(folder / "entries.txt.gz")
    for name, uncoded in left.items():
        print(f"\n{name}: {len(uncoded):,} phrases without what they name, {uncoded.total():,} "
              f"occurrences; the {SHOWN} most frequent:\n")  # fmt: skip
        for phrase, count in uncoded.most_common(SHOWN):
            print(f"- {count} {phrase}")


if __name__ == "__main__":
    main()
