"""Unreadable files and full disks at the command line: one message, an exit code, nothing lost."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from martyrolog.archive import init
from martyrolog.cli import main
from tests.hostile.hostile_files import zip_bomb

ROWS = "surname,given_name,birth_date\nЯкир,Иона,1896\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder but the lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


AS_ANOTHER = """
import importlib.readers, os
import martyrolog.console, martyrolog.pipeline, martyrolog.report, typer.rich_utils
if os.getuid() == 0:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
from martyrolog.cli import main
main()
"""
"""The command line of a user who is not root; what only root may read is imported before."""


def run(
    *arguments: object, script: str = "", limits: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    program = ["-c", script] if script else ["-m", "martyrolog"]
    return subprocess.run(
        [sys.executable, *program, *map(str, arguments)],
        capture_output=True, text=True, timeout=120, check=False, preexec_fn=limits,
    )  # fmt: skip


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "empty.csv": lambda path: path.touch(),
    "headings.csv": lambda path: path.write_text("surname,given_name\n"),
    "blank.csv": lambda path: path.write_text("  \n\n"),
    "zeros.csv": lambda path: path.write_bytes(bytes(200)),
    "folder.csv": lambda path: path.mkdir(),
    "missing.csv": lambda path: path.exists(),
    "dangling.csv": lambda path: path.symlink_to("nowhere"),
    "loop.csv": lambda path: path.symlink_to(path.name),
    "pipe.csv": lambda path: os.mkfifo(path),
    "device.csv": lambda path: path.symlink_to("/dev/zero"),
    "program": lambda path: path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40),
    "noise.csv": lambda path: path.write_bytes(bytes((i * i * 31 + 7) % 251 for i in range(9_000))),
    "old.xls": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)),
    "paper.pdf": lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(600)),
    "cut.xlsx": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(40)),
    "text.xlsx": lambda path: path.write_text(ROWS),
    "cut.parquet": lambda path: path.write_bytes(b"PAR1" + bytes(40) + b"PAR1"),
    "text.parquet": lambda path: path.write_text(ROWS),
    "bomb.xlsx": lambda path: zip_bomb(path),
    "no-list.csv": lambda path: path.write_text("a,b\n1,2\n"),
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_is_one_message_and_the_archive_stays(
    name: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = init(tmp_path / "archive")
    before = contents(archive.path)
    UNREADABLE[name](tmp_path / name)
    with pytest.raises(SystemExit) as left:
        main(["--lang", language, "add", str(tmp_path / name), "--dir", str(archive.path)])
    shown = capsys.readouterr()
    assert left.value.code == 4
    assert shown.out == ""
    assert len(shown.err.strip().split("\n")) == 1
    assert name.partition(".")[0] in shown.err
    assert shown.err.isprintable() or shown.err.rstrip("\n").isprintable()
    assert contents(archive.path) == before


def test_a_name_full_of_signs_is_added_under_a_plain_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = init(tmp_path / "archive")
    file = tmp_path / "..\u202e$(id)'\"<b>;\n*.csv"
    file.write_text(ROWS, encoding="utf-8")
    main_ends_well("add", str(file), "--dir", str(archive.path))
    main_ends_well("read", "--dir", str(archive.path))
    assert "\u202e" not in capsys.readouterr().out
    (kept,) = archive.lists.iterdir()
    assert not kept.name.startswith(".")
    assert not set(kept.name) & set("\u202e$()'\"<>;\n*/")


def main_ends_well(*arguments: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert left.value.code == 0


def test_a_file_without_permission_is_one_message(tmp_path: Path) -> None:
    file = tmp_path / "closed.csv"
    file.write_text(ROWS, encoding="utf-8")
    file.chmod(0)
    archive = init(tmp_path / "archive")
    _open_to_all(tmp_path)
    before = contents(archive.path)
    done = run("add", file, "--dir", archive.path, script=AS_ANOTHER)
    assert (done.returncode, done.stdout) == (4, ""), done.stderr
    assert "closed.csv" in done.stderr
    assert len(done.stderr.strip().split("\n")) == 1
    assert contents(archive.path) == before


def _open_to_all(folder: Path) -> None:
    """Let another user pass to a folder and write in its archive."""
    for path in (folder, *folder.parents):
        if path.is_relative_to("/tmp") and path != Path("/tmp"):
            path.chmod(0o755)
    for path in [folder / "archive", *(folder / "archive").rglob("*")]:
        path.chmod(0o777)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 700 kB; None where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    how = ["-t", "tmpfs", "-o", "size=700k", "tmpfs", str(folder)]
    mounted = mount is not None and not subprocess.run(
        [mount, *how], capture_output=True, check=False
    ).returncode  # fmt: skip
    yield folder if mounted else None
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _bounded_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


@pytest.mark.parametrize("command", ["add", pytest.param("build", marks=pytest.mark.slow)])
def test_a_full_disk_is_one_message_and_nothing_is_lost(
    command: str, tmp_path: Path, small_disk: Path | None
) -> None:
    archive = init((small_disk or tmp_path) / "archive")
    big = tmp_path / "big.csv"
    big.write_text(ROWS + "Уборевич,Иероним,1896\n" * 30_000, encoding="utf-8")
    if command == "build":
        small = tmp_path / "small.csv"
        lines = [f"Уборевич{i},Иероним,{1850 + i % 60}" for i in range(3_000)]
        small.write_text(ROWS + "\n".join(lines), encoding="utf-8")
        assert run("add", small, "--dir", archive.path).returncode == 0
    before = contents(archive.path)
    arguments = (command, big) if command == "add" else (command,)
    limits = None if small_disk else _bounded_files
    done = run(*arguments, "--dir", archive.path, limits=limits)
    assert (done.returncode, done.stdout) == (8, ""), done.stderr
    assert "Traceback" not in done.stderr
    message = done.stderr.strip().split("\n")[-1]
    assert str(archive.path) in message or "disk" in message
    kept = contents(archive.path)
    assert {name: kept.get(name) for name in before} == before
    assert not [name for name in kept if "unfinished" in name]
