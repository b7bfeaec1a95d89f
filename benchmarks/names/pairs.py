"""Name pairs from ../shared/data/cross-script-names: true and false, split into dev and test.

The split is by the hash of the Cyrillic name, so all spellings of a name fall on one side, and it
is fixed here, in code. Nothing was tuned on the test part. True pairs are a Cyrillic name with each
of its Latin spellings, and these spellings with one another. False pairs are different Cyrillic
names at edit distance 1 or 2, one of them in its Latin spelling; two Cyrillic names that share a
Latin spelling are forms of one name and make no false pair.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

from rapidfuzz.distance import Levenshtein

Part = Literal["dev", "test"]
Pair = tuple[str, str]

REGION_ENDINGS = (
    "ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ич", "енко", "ко", "юк", "ук", "ян", "дзе",
    "швили", "ман", "берг", "ер",
)  # fmt: skip
FALSE_PER_NAME = 2


@dataclass(frozen=True)
class PairSet:
    """Pairs of one part: of the same name, and of names that merely look alike."""

    true: list[Pair]
    false: list[Pair]


def data_folder() -> Path:
    """MARTYROLOG_DATA, or shared/data beside the repository."""
    beside = Path(__file__).parents[3] / "shared" / "data"
    return Path(os.environ.get("MARTYROLOG_DATA", beside)) / "cross-script-names"


def part_of(cyrillic: str) -> Part:
    """The frozen split: by the first byte of the SHA-256 of the Cyrillic name."""
    return "dev" if hashlib.sha256(cyrillic.encode()).digest()[0] < 128 else "test"


def read_spellings(part: Part, *, region_only: bool = True) -> dict[str, list[str]]:
    """Latin spellings by Cyrillic name, both lower-case, in the order of the file."""
    spellings: dict[str, list[str]] = defaultdict(list)
    with gzip.open(
        data_folder() / "wikidata-russian-english.tsv.gz", "rt", encoding="utf-8"
    ) as rows:
        for row in rows:
            latin, spaced, _ = row.rstrip("\n").split("\t")
            cyrillic = spaced.replace(" ", "")
            if part_of(cyrillic) == part and (not region_only or cyrillic.endswith(REGION_ENDINGS)):
                spellings[cyrillic].append(latin)
    return dict(spellings)


def make_pairs(spellings: dict[str, list[str]]) -> PairSet:
    """True and false pairs of these names."""
    true = [(name, latin) for name, latins in spellings.items() for latin in latins]
    true += [pair for latins in spellings.values() for pair in combinations(latins, 2)]
    return PairSet(true=true, false=_false_pairs(spellings))


def _false_pairs(spellings: dict[str, list[str]]) -> list[Pair]:
    false: list[Pair] = []
    for name, near in sorted(_neighbours(sorted(spellings)).items()):
        different = [other for other in near if not set(spellings[name]) & set(spellings[other])]
        chosen = sorted(different, key=lambda other: _order(name, other))[:FALSE_PER_NAME]
        false += [
            (name, min(spellings[other], key=lambda latin: _order(name, latin))) for other in chosen
        ]
    return false


def _order(*texts: str) -> bytes:
    """A fixed order that owes nothing to the alphabet."""
    return hashlib.sha256("|".join(texts).encode()).digest()


def _neighbours(names: list[str]) -> dict[str, list[str]]:
    """Names at edit distance 1 or 2, found by shared texts with up to two letters deleted."""
    by_deletion: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for text in _deletions(name):
            by_deletion[text].append(name)
    near: dict[str, set[str]] = defaultdict(set)
    for group in by_deletion.values():
        for left, right in combinations(group, 2):
            if Levenshtein.distance(left, right, score_cutoff=2) <= 2:
                near[left].add(right)
                near[right].add(left)
    return {name: sorted(others) for name, others in near.items()}


def _deletions(name: str) -> set[str]:
    once = {name[:i] + name[i + 1 :] for i in range(len(name))}
    return {name} | once | {text[:i] + text[i + 1 :] for text in once for i in range(len(text))}
