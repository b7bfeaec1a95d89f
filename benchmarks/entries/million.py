"""A million lines through each command over bare values: seconds of processor and peak memory.

    python benchmarks/entries/million.py [--lines N] [--data FOLDER] [COMMAND ...] >> million.md

Lines are made with a fixed seed and hardly repeat: names of syllables with the endings of the
region, one of a pair in Latin letters; days in six shapes; phrases and entries of
../shared/data/memorial-entries with days and years varied. Each command runs whole, as a process of
its own, its answer thrown away but counted; wall time is not given, for other work weighs on it.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

from martyrolog.dates import format_date
from martyrolog.names import to_latin

ROOT = Path(__file__).resolve().parent.parent.parent
LINES = 1_000_000
SYLLABLES = (
    "ба", "ве", "ди", "жу", "за", "ки", "ло", "му", "на", "пе", "ри", "со", "ту", "фа", "хо", "ца",
    "че", "шу", "ры", "дя", "мен", "тар", "кол", "бор", "вас",
)  # fmt: skip
ENDINGS = (
    "ов", "ев", "ин", "ский", "ович", "енко", "ко", "юк", "ян", "дзе", "швили", "ман", "берг", "ер",
)  # fmt: skip
_YEAR = re.compile(r"\b(1[89]|20)\d\d\b")
_DAY = re.compile(r"\b\d{1,2}(?= [а-я]{3,8}я? (?:1[89]|20)\d\d)")

Lines = Iterator[str]


def names(rng: random.Random) -> Lines:
    """Surnames that hardly repeat."""
    while True:
        syllables = "".join(rng.choices(SYLLABLES, k=rng.choice((3, 4))))
        yield (syllables + rng.choice(ENDINGS)).capitalize()


def name_pairs(rng: random.Random) -> Lines:
    """Half of them two spellings of one name, half two names."""
    yield "left,right"
    surnames = names(rng)
    for one in surnames:
        other = one if rng.random() < 0.5 else next(surnames)
        yield f"{one},{to_latin(other)}"


def dates(rng: random.Random) -> Lines:
    """Days in six shapes, months and years."""
    while True:
        day = f"{rng.randint(1860, 1953)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        year, month, number = day.split("-")
        yield rng.choice((
            f"{number}.{month}.{year}", f"{format_date(day, 'ru')} г.", format_date(day, "en"),
            f"около {year} г.", f"в {format_date(day[:7], 'ru')} г.",
            f"в ночь на {format_date(day, 'ru')} г.", f"не ранее {format_date(day, 'ru')}",
        ))  # fmt: skip


def varied(path: Path, rng: random.Random) -> Lines:
    """The lines of a file again and again, the days and years of each changed."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    for line in cycle(lines):
        year, day = str(rng.randint(1919, 1953)), str(rng.randint(1, 28))
        yield _DAY.sub(day, _YEAR.sub(year, line))


def measured(arguments: list[str], out: Path) -> tuple[float, float, int]:
    """Processor seconds, peak memory in MB and lines of the answer of one command."""
    with out.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "martyrolog", *arguments], stdout=stream
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(arguments)}: status {status}")
    lines = sum(chunk.count(b"\n") for chunk in iter_chunks(out))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, lines


def iter_chunks(path: Path) -> Iterator[bytes]:
    """A file in pieces of a megabyte."""
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            yield piece


def main() -> None:
    """Write the lines, run the commands, print a row of the table for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="*")
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    given = parser.parse_args()
    entries = given.data / "memorial-entries"
    commands: dict[str, tuple[Callable[[random.Random], Lines], list[str]]] = {
        "names keys": (names, ["names", "keys", "{file}"]),
        "names pairs": (name_pairs, ["names", "pairs", "{file}"]),
        "dates parse": (dates, ["dates", "parse", "{file}"]),
        "terms code": (lambda rng: varied(entries / "whoprig.csv.gz", rng),
                       ["terms", "code", "sentencing_body", "{file}"]),
        "read": (lambda rng: varied(entries / "entries.txt.gz", rng),
                 ["read", "{file}", "--profile", "memorial-entry", "--out", "{file}.parquet"]),
    }  # fmt: skip
    print(f"Python {platform.python_version()}, {platform.machine()}, {given.lines:,} lines each\n")
    print("| command | CPU s | lines a CPU s | peak MB | lines of the answer |")
    print("| --- | --- | --- | --- | --- |")
    for name in given.commands or commands:
        make, arguments = commands[name]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "lines.csv"
            with file.open("w", encoding="utf-8") as stream:
                lines = islice(make(random.Random(1937)), given.lines + (name == "names pairs"))
                stream.writelines(f"{line}\n" for line in lines)
            seconds, memory, answered = measured(
                [argument.format(file=file) for argument in arguments], Path(folder) / "answer"
            )
        print(f"| {name} | {seconds:.1f} | {given.lines / seconds:,.0f} | {memory:,.0f} "
              f"| {answered:,} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
