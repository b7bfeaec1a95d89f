"""The commands of the tutorial, run as a reader would run them."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Every command in its order in one shell; the folder and what was shown."""
    folder = tmp_path_factory.mktemp("tutorial")
    for lists in TUTORIAL.glob("*.csv"):
        shutil.copy(lists, folder)
    text = (TUTORIAL / "first-archive.md").read_text(encoding="utf-8")
    script = "set -eu\n" + "\n".join(BLOCK.findall(text))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "my-archive", done.stdout


def test_every_row_becomes_a_record_and_the_impossible_day_is_kept(
    session: tuple[Path, str],
) -> None:
    archive, shown = session
    assert re.search(r"all lists\s+15\s+15\s+0", shown)
    verbatim = (archive / "lists" / "committee-1934.csv").read_text(encoding="utf-8")
    assert "31.02.1938" in verbatim


def test_six_persons_stand_in_both_lists(session: tuple[Path, str]) -> None:
    _, shown = session
    assert "9 persons from 15 records" in shown


def test_both_spellings_find_one_person(session: tuple[Path, str]) -> None:
    archive, _ = session
    found = [
        json.loads(subprocess.run(
            [sys.executable, "-m", "martyrolog", "search", name, "--dir", str(archive), "--json"],
            capture_output=True, text=True, check=True, timeout=60,
        ).stdout)
        for name in ("Бухарин", "Bukharin", "Bucharin", "Boukharine")
    ]  # fmt: skip
    assert len({person["person_id"] for persons in found for person in persons}) == 1
    why = [person["why"] for persons in found for person in persons]
    assert not any(why[:2]), "as the lists write it"
    assert len(why) == 4
    assert all(why[2:])
