"""Slot precision and recall of read entries against the frozen labels, and what no slot took.

The labels (tests/real/labels, rules in its README) were read by eye before the profiles were
tuned. A slot is right where value and label agree without case, ё, white space and closing
punctuation; a date where its EDTF is the one the reader wrote. A wrong value counts once against
precision and once against recall. Each note of an entry counts by itself.
"""

import csv
import gzip
import hashlib
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from martyrolog.read import load_profile, read_file
from martyrolog.read.prose import evened, fields_in, prose_rows, unread_spans
from martyrolog.read.reading import ListFile, Reading, read_source

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "tests" / "real" / "labels"
JOINED = "; "

Labels = dict[tuple[str, str], Counter[str]]
"""Entry and slot to the hashes of its values."""

Records = Mapping[str, Mapping[str, Any]]
"""Records by entry."""


@dataclass(slots=True)
class Agreement:
    """Values of each slot that are right, that were read, and that are in the labels."""

    right: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)

    def add(self, labels: Labels, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Count the labelled entries; ``rows`` has the record of each."""
        slots = {slot for _, slot in labels}
        for entry in {entry for entry, _ in labels}:
            for slot in slots:
                seen, said = labels.get((entry, slot), Counter()), hashes_of(rows[entry], slot)
                self.labelled[slot] += seen.total()
                self.read[slot] += said.total()
                self.right[slot] += (seen & said).total()

    def precision(self, slot: str | None = None) -> float:
        """Right values of all that were read, of one slot or of all."""
        return _ratio(self.right, self.read, slot)

    def recall(self, slot: str | None = None) -> float:
        """Right values of all labelled ones, of one slot or of all."""
        return _ratio(self.right, self.labelled, slot)


def _ratio(part: Counter[str], whole: Counter[str], slot: str | None) -> float:
    if slot is None:
        return part.total() / whole.total()
    return part[slot] / whole[slot] if whole[slot] else 1.0


def label_hash(value: str) -> str:
    """The hash under which a value is frozen."""
    plain = re.sub(r"\s+", " ", value.casefold().replace("ё", "е")).strip(" .,;:")
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()


def hashes_of(row: Mapping[str, Any], slot: str) -> Counter[str]:
    """Hashes of what a record says in a slot."""
    value = row.get(slot) or ""
    values = value.split(JOINED) if slot == "note" else [value]
    return Counter(label_hash(each) for each in values if each)


def read_labels(name: str, key: str) -> Labels:
    """Labels of a file; a slot without a hash is empty in its entry."""
    labels: Labels = defaultdict(Counter)
    with (LABELS / name).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["hash"]:
                labels[row[key], row["slot"]][row["hash"]] += 1
            else:
                labels[row[key], row["slot"]] = Counter()
    return labels


def memorial_text(data: Path) -> str:
    """The 46,445 entries."""
    packed = data / "memorial-entries" / "entries.txt.gz"
    return gzip.decompress(packed.read_bytes()).decode("utf-8")


def memorial_records(text: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Records of Memorial's entries by number of the entry."""
    path = folder / "entries.txt"
    path.write_text(text, encoding="utf-8")
    table = read_file(path, "memorial-entry", list_id="memorial")["record"]
    return {str(row["row"]): row for row in table.to_pylist()}


def moscow_records(data: Path) -> dict[str, dict[str, Any]]:
    """Records of the Moscow pages by record id."""
    profile = load_profile("moscow-shot", ROOT / "examples" / "moscow" / "profiles")
    pages = sorted((data / "moscow-shot" / "pages").glob("*.htm"))
    found = read_source(
        [ListFile(each, each.name) for each in pages], Reading("moscow-shot", profile)
    )
    return {row["record_id"]: row for chunk in found.entries for row in chunk.to_pylist()}


def agreement(memorial: Mapping[str, Any], moscow: Mapping[str, Any]) -> dict[str, Agreement]:
    """Agreement with the labels: Memorial's 200 entries, Moscow's 100, and the 300 together."""
    found = {"memorial": Agreement(), "moscow": Agreement(), "both": Agreement()}
    for name, file, key, rows in (
        ("memorial", "memorial-entries.csv", "entry", memorial),
        ("moscow", "moscow-shot.csv", "record_id", moscow),
    ):
        labels = read_labels(file, key)
        found[name].add(labels, rows)
        found["both"].add(labels, rows)
    return found


def filled_slots(
    records: Iterable[Mapping[str, Any]], profile: str = "memorial-entry"
) -> Counter[str]:
    """In how many records each slot is filled that the steps of a profile name."""
    slots = {
        slot
        for step in load_profile(profile).patterns.compiled
        for expression in step.find
        for slot in expression.groupindex
    }
    return Counter(slot for row in records for slot in slots if row.get(slot))


def unread_share(texts: Iterable[str], profile: str = "memorial-entry") -> float:
    """Share of the characters of entries, white space apart, that no slot took."""
    patterns = load_profile(profile).patterns
    unread = total = 0
    for text in texts:
        whole = evened(text)
        total += _characters(whole)
        unread += sum(_characters(whole[a:b]) for a, b in unread_spans(text, patterns))
    return unread / total


def _characters(text: str) -> int:
    return len(text) - sum(map(str.isspace, text))


def seconds_for(entries: Iterable[str], profile: str = "memorial-entry") -> float:
    """Processor seconds to take entries apart."""
    patterns = load_profile(profile).patterns
    started = time.process_time()
    for each in entries:
        fields_in(each, patterns)
    return time.process_time() - started


def memorial_entries(text: str) -> list[str]:
    """The texts of the entries."""
    return [row.text for row in prose_rows(text, r"^---[ \t]*$")]
