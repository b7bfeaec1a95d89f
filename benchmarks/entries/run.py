"""Slot accuracy, filled slots and speed of reading prose entries, with natasha in the same run.

    python -m benchmarks.entries.run [--data FOLDER] > benchmarks/entries/results.md

Seconds are of processor time on one core. natasha is used where it is installed, or where
``--natasha PYTHON`` names the interpreter of another environment that has it: it tags names and
extracts dates, which is less than the slots; it has no notion of them, so that only its speed
stands beside ours.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.entries import measure

NATASHA = """
import json, sys, time
from natasha import Doc, DatesExtractor, MorphVocab, NewsEmbedding, NewsNERTagger, Segmenter
segmenter, tagger, dates = Segmenter(), NewsNERTagger(NewsEmbedding()), DatesExtractor(MorphVocab())
texts = json.load(sys.stdin)
started = time.process_time()
for text in texts:
    doc = Doc(text)
    doc.segment(segmenter)
    doc.tag_ner(tagger)
    list(dates(text))
print(len(texts) / (time.process_time() - started))
"""
PEER_ENTRIES = 200


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=measure.ROOT.parent / "shared" / "data")
    parser.add_argument("--natasha", default=sys.executable, help="Python that has natasha")
    options = parser.parse_args()
    text = measure.memorial_text(options.data)
    entries = measure.memorial_entries(text)
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        memorial = measure.memorial_records(text, Path(folder))
        whole = len(memorial) / (time.process_time() - started)
    found = measure.agreement(memorial, measure.moscow_records(options.data))
    print(
        "# Prose entries: what was measured\n\n`python -m benchmarks.entries.run`; "
        f"{platform.machine()}, Python {platform.python_version()}, one core, processor time.\n"
    )
    _print_accuracy(found)
    _print_filled(memorial)
    print(
        f"\nRecords: {len(memorial):,} of {len(entries):,} entries. Characters that no slot took: "
        f"{measure.unread_share(entries):.2%}.\n\n"
        "| | entries a second |\n| --- | --- |\n"
        f"| taken apart into slots | {len(entries) / measure.seconds_for(entries):,.0f} |\n"
        f"| file to records, dates and ids included | {whole:,.0f} |\n"
        f"| natasha: names and dates only | {_natasha(options.natasha, entries)} |"
    )


def _print_accuracy(found: dict[str, measure.Agreement]) -> None:
    for name, title in (
        ("both", "All 300 entries"),
        ("memorial", "Memorial's 200"),
        ("moscow", "Moscow's 100"),
    ):
        each = found[name]
        print(
            f"{title}: {each.labelled.total():,} values, precision {each.precision():.4f}, "
            f"recall {each.recall():.4f}.\n"
        )
    both = found["both"]
    print("| slot | labelled | read | right | precision | recall |\n| --- " + "| --- " * 5 + "|")
    for slot in sorted(both.labelled):
        print(
            f"| {slot} | {both.labelled[slot]} | {both.read[slot]} | {both.right[slot]} "
            f"| {both.precision(slot):.3f} | {both.recall(slot):.3f} |"
        )


def _print_filled(records: measure.Records) -> None:
    print(
        f"\nFilled slots of all {len(records):,} entries of Memorial; the others do not say "
        "it, or it was not read (recall above).\n\n"
        "| slot | entries filled | share |\n| --- | --- | --- |"
    )
    for slot, count in measure.filled_slots(records.values()).most_common():
        print(f"| {slot} | {count:,} | {count / len(records):.1%} |")


def _natasha(python: str, entries: list[str]) -> str:
    sample = random.Random(1938).sample(entries, PEER_ENTRIES)
    ran = subprocess.run(
        [python, "-c", NATASHA], input=json.dumps(sample), capture_output=True, text=True
    )
    return f"{float(ran.stdout):,.1f}" if ran.returncode == 0 else "not installed"


if __name__ == "__main__":
    main()
