"""The browser's interpreter gives the same keys as Python's, to the letter."""

import json
import random
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from martyrolog.names import fold_many, fold_rules_json
from martyrolog.names.fold import Keys
from martyrolog.names.given import entry_forms, given_name_entries

LETTERS = {
    "cyrillic": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўѣѳ",
    "latin": "aabcdeefghiijklmnoopqrstuvwxyzšžčćśźżłńąęóäöüßéèïâûëýřěāēņşğıəț",
    "georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցփքօֆու",
    "hebrew": "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوية",
}
PIECES = ["sch", "tsch", "zh", "kh", "rz", "sz", "ov", "ский", "ович", "ou", "ei", "-", " "]
PROGRAM = """
const fs = require("fs");
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const folder = require(process.argv[1]).create(given.rules);
const keys = given.names.map(name => [
  folder.fold(name), folder.fold(name, {surname: true}), folder.fold(name, {language: "de"})]);
process.stdout.write(JSON.stringify(keys));
"""


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("no node on this machine: apt-get install nodejs")
    return found


def generated_names(count: int) -> list[str]:
    rng = random.Random(1937)
    scripts = list(LETTERS.values())
    names = []
    for _ in range(count):
        letters = rng.choice(scripts)
        parts = rng.choices(letters, k=rng.randint(1, 9))
        parts.insert(rng.randint(0, len(parts)), rng.choice(PIECES) * rng.randint(0, 1))
        names.append("".join(parts).title() if rng.random() < 0.5 else "".join(parts))
    return names


def keys_in_javascript(node: str, names: list[str]) -> list[list[list[str]]]:
    script = str(files("martyrolog.names").joinpath("fold.js"))
    given = json.dumps({"rules": json.loads(fold_rules_json()), "names": names})
    run = subprocess.run(
        [node, "-e", PROGRAM, script], input=given, capture_output=True, text=True, check=True
    )
    found: list[list[list[str]]] = json.loads(run.stdout)
    return found


def keys_in_python(names: list[str]) -> list[list[list[str]]]:
    batches: list[list[Keys]] = [
        fold_many(names),
        fold_many(names, kind="surname"),
        fold_many(names, language="de"),
    ]
    return [[list(keys) for keys in one] for one in zip(*batches, strict=True)]


def assert_equal_keys(node: str, names: list[str]) -> None:
    pairs = zip(names, keys_in_python(names), keys_in_javascript(node, names), strict=True)
    different = [(name, python, script) for name, python, script in pairs if python != script]
    assert not different, different[:5]


def test_python_and_javascript_agree_on_generated_names_of_all_scripts(node: str) -> None:
    assert_equal_keys(node, generated_names(6000))


def test_python_and_javascript_agree_on_the_given_names(node: str) -> None:
    assert_equal_keys(node, [form for one in given_name_entries() for form in entry_forms(one)])


def test_python_and_javascript_agree_on_odd_texts(node: str) -> None:
    odd = ["Иcаев", "И́ванов", "", " \u200b ", "a.b,c", "«Ежов»", "İsmayıl", "ẞ", "O’Neil", "ﬁ", "𝒜"]
    assert_equal_keys(node, odd)


def test_python_and_javascript_agree_on_real_names(node: str, data_dir: Path) -> None:
    import gzip

    path = data_dir / "cross-script-names" / "wikidata-russian-english.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        lines = [row.split("\t") for _, row in zip(range(6000), rows, strict=False)]
    names = [line[0] for line in lines] + [line[1].replace(" ", "").title() for line in lines]
    assert_equal_keys(node, names)
