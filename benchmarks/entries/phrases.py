"""Coverage and accuracy on Memorial's raw phrases and the slots of its entries; what stays uncoded.

    python benchmarks/entries/phrases.py [--data FOLDER] > benchmarks/entries/phrases.md

Reads `whoprig`, `reab` and `arrest` of ../shared/data/memorial-entries, one phrase an occurrence.
Coded: of the occurrences that name a body, a year or a unit (oblast, krai, republic, guberniya),
the share of which the body, the date, the province is told. A phrase that names no body («в 1937
г.») asks for none. Slots are those that the reader takes from all 46,445 entries.

Accuracy: phrases labelled by reading before the program's answer to them was looked at. Sample 1:
250 drawn by occurrence (120, 80, 50 of the files; seed 20261130) before the vocabularies were
mended, and used in mending them. Sample 2: 140 others (60, 40, 40; seed 20261201) drawn after that
by their form without date, so that rare forms weigh as much as frequent ones. `phrase-labels.csv`
names a phrase by the begin of its SHA-256, so that no text of the data stands here. `|` parts
answers that are equally good, `none` says that no term fits, `*` that the place is a town, a
district or ambiguous and is not judged; an empty place or date is right where none is told.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import re
import tempfile
from collections import Counter
from pathlib import Path

from martyrolog.dates import find_dates
from martyrolog.places import parse_place
from martyrolog.read import read_file
from martyrolog.terms import TermCode, code_term

LABELS = Path(__file__).with_name("phrase-labels.csv")
HASH_CHARACTERS = 16
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


def place_told(phrase: str, code: TermCode | None) -> str:
    """The province, or else the republic or foreign state that is told; '' where none is."""
    place = parse_place(code.rest if code else phrase)
    return place.province_id or (place.country if place.country != "ussr" else "") or ""


def print_accuracy(found: dict[str, Counter[str]]) -> None:
    """The share of the labelled phrases of each file whose body, date and place are right."""
    texts = {
        (name, hashlib.sha256(phrase.encode()).hexdigest()[:HASH_CHARACTERS]): phrase
        for name, counted in found.items()
        for phrase in counted
    }
    asked, right = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    with LABELS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            phrase = texts[row["file"], row["phrase_sha256"]]
            code = code_term(FILES[row["file"]], phrase)
            answer = {
                "body": code.term_id if code else "none",
                "date": (code.date.edtf or "") if code and code.date else "",
                "place": place_told(phrase, code),
            }
            for what, said in answer.items():
                if row[what] != "*":
                    asked[row["sample"], row["file"], what] += 1
                    right[row["sample"], row["file"], what] += said in row[what].split("|")
    print("\n| sample | labelled phrases | body right | date right | place right |")
    print("| --- | --- | --- | --- | --- |")
    for sample in ("1", "2"):
        for name in FILES:
            keys = [(sample, name, what) for what in ("body", "date", "place")]
            print(
                f"| {sample} | {name} | "
                + " | ".join(share(right[k], asked[k]) for k in keys)
                + " |"
            )


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
    found_in = {name: phrases(folder / f"{name}.csv.gz") for name in FILES}
    left: dict[str, Counter[str]] = {}
    for name, vocabulary in FILES.items():
        found = found_in[name]
        asked, coded = Counter[str](), Counter[str]()
        uncoded = Counter[str]()
        for phrase, count in found.items():
            code = code_term(vocabulary, phrase)
            told = {
                "body": None if code and code.term_id in NO_BODY else code is not None,
                "date": bool(find_dates(phrase)) if _YEAR.search(phrase) else None,
                "place": bool(place_told(phrase, code)) if _UNIT.search(phrase) else None,
            }
            for what, is_told in told.items():
                asked[what] += count * (is_told is not None)
                coded[what] += count * bool(is_told)
                if is_told is False:
                    uncoded[f"{what}: {phrase}"] += count
        left[name] = uncoded
        cells = " | ".join(share(coded[what], asked[what]) for what in ("body", "date", "place"))
        print(f"| {name} | {found.total():,} | {cells} |")
    print_accuracy(found_in)
    print_slots(folder / "entries.txt.gz")
    for name, uncoded in left.items():
        print(f"\n{name}: {len(uncoded):,} phrases without what they name, {uncoded.total():,} "
              f"occurrences; the {SHOWN} most frequent:\n")  # fmt: skip
        for phrase, count in uncoded.most_common(SHOWN):
            print(f"- {count} {phrase}")


if __name__ == "__main__":
    main()
