"""Accuracy and speed of the fold, with its peers in the same run.

    python -m benchmarks.names.run [--dev] > benchmarks/names/results.md

The peers (jellyfish, abydos, rigour) are used where they are installed: nothing depends on them.
"""

from __future__ import annotations

import importlib
import platform
import sys
import time
from collections.abc import Callable, Iterable

from benchmarks.names.measure import (
    area_under_curve,
    cross_script,
    famous_names,
    key_agreement,
    recall_at_precision,
    region_pairs,
    wilson_interval,
)
from benchmarks.names.pairs import PairSet, Part, make_pairs, read_spellings
from martyrolog.names import fold_many, similarity_many, to_latin

Keys = dict[str, tuple[str, ...]]
KeyFunction = Callable[[list[str]], list[tuple[str, ...]]]


def main(arguments: list[str]) -> None:
    part: Part = "dev" if "--dev" in arguments else "test"
    whole = make_pairs(read_spellings(part))
    sets = {
        f"{part}: all true pairs": whole,
        f"{part}: Cyrillic with Latin": cross_script(whole),
        "famous names and near misses": famous_names(),
    }
    if part == "test":
        sets["test: names of the region, read by hand"] = region_pairs(whole)
    print(f"Python {platform.python_version()}, one core; part: {part}\n")
    print_keys(sets)
    print_similarity(sets)
    print_speed(whole)


def print_keys(sets: dict[str, PairSet]) -> None:
    names = sorted(
        {name for one in sets.values() for pair in one.true + one.false for name in pair}
    )
    print("| key | pairs | true | recall | 95 % | false | false-positive rate | 95 % |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    speeds = []
    for key, function in key_functions().items():
        started = time.process_time()
        keys = dict(zip(names, function(names), strict=True))
        speeds.append(f"{key} {len(names) / (time.process_time() - started):,.0f}")
        for title, pairs in sets.items():
            found = key_agreement(pairs, keys)
            print(
                f"| {key} | {title} | {found.true} | {found.recall:.4f} | "
                f"{interval(found.recall, found.true)} | {found.false} | "
                f"{found.false_positive_rate:.4f} | "
                f"{interval(found.false_positive_rate, found.false)} |"
            )
    print(f"\nDistinct names a second, one core: {'; '.join(speeds)}.\n")


def interval(share: float, count: int) -> str:
    low, high = wilson_interval(share, count)
    return f"{low:.3f} to {high:.3f}"


def print_similarity(sets: dict[str, PairSet]) -> None:
    print("| pairs | AUC | recall at precision .95 |\n| --- | --- | --- |")
    for title, pairs in sets.items():
        true = similarity_many(*columns(pairs.true))
        false = similarity_many(*columns(pairs.false))
        area, recall = area_under_curve(true, false), recall_at_precision(true, false)
        print(f"| {title} | {area:.4f} | {recall:.4f} |")
    print()


def columns(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    left, right = zip(*pairs, strict=True)
    return list(left), list(right)


def print_speed(pairs: PairSet) -> None:
    left, right = columns(pairs.true + pairs.false)
    started = time.process_time()
    similarity_many(left, right)
    speed = len(left) / (time.process_time() - started)
    print(f"similarity_many: {speed:,.0f} distinct pairs a second, their keys known.")


def key_functions() -> dict[str, KeyFunction]:
    functions: dict[str, KeyFunction] = {
        "martyrolog": fold_many,
        "ASCII transliteration": lambda names: [(to_latin(name).lower(),) for name in names],
    }
    for name, module, make in (
        ("Metaphone (jellyfish)", "jellyfish", "metaphone"),
        ("Daitch-Mokotoff (abydos)", "abydos.phonetic", "DaitchMokotoff"),
        ("Beider-Morse (abydos)", "abydos.phonetic", "BeiderMorse"),
    ):
        try:
            functions[name] = _peer(getattr(importlib.import_module(module), make))
        except ImportError:
            print(f"not installed: {name}", file=sys.stderr)
    try:
        functions["rigour: NAME symbols, else its phonetic key"] = _rigour()
    except ImportError:
        print("not installed: rigour", file=sys.stderr)
    return functions


def _rigour() -> KeyFunction:
    """The name symbols that rigour finds, and the Metaphone of each part as it romanises it."""
    names = importlib.import_module("rigour.names")

    def keys_of(name: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for one in names.analyze_names(names.NameTypeTag.PER, [name]):
            found |= {str(symbol.id): None for symbol in one.symbols}
            found |= {part.metaphone: None for part in one.parts if part.metaphone}
        return tuple(found)

    return lambda texts: [keys_of(name) for name in texts]


def _peer(make: Callable[..., object]) -> KeyFunction:
    """A peer's keys, of the romanised name since these peers read Latin letters."""
    encode = make().encode if isinstance(make, type) else make

    def keys(names: list[str]) -> list[tuple[str, ...]]:
        return [_as_tuple(encode(to_latin(name))) for name in names]

    return keys


def _as_tuple(found: object) -> tuple[str, ...]:
    if isinstance(found, str):
        return tuple(found.split())
    return tuple(found) if isinstance(found, (set, tuple, list)) else ()


if __name__ == "__main__":
    main(sys.argv[1:])
