"""Hostile settings, profiles and logs: each ends in one message, none in a traceback."""

import json
from pathlib import Path

import pytest

from martyrolog.archive import Archive, open_archive
from martyrolog.errors import MartyrologError
from martyrolog.pipeline import build, read
from martyrolog.provenance import CHAIN_START, append_log, hash_value
from martyrolog.read import read_file, time_limit

ABOUT = '[archive]\nid = "a"\ntitle = {en = "A"}\n'
LIST = '[[list]]\nid = "l"\nfile = "lists/l.csv"\ntitle = {en = "L"}\n'
ROWS = "surname,given_name,birth_date,note\nЯкир,Иона,1896," + "a" * 60 + "!\n"


def make_archive(folder: Path, settings: str | bytes = ABOUT + LIST) -> Path:
    for name in ("lists", "hand", "profiles"):
        (folder / name).mkdir(parents=True)
    (folder / "lists" / "l.csv").write_text(ROWS, encoding="utf-8")
    content = settings.encode() if isinstance(settings, str) else settings
    (folder / "archive.toml").write_bytes(content)
    return folder


def message(folder: Path) -> str:
    """The one message with which reading an archive ends; fails where it ends well."""
    with pytest.raises(MartyrologError) as refused:
        read(open_archive(folder))
    assert refused.value.exit_code > 2
    assert refused.value.render("ru")
    return str(refused.value)


@pytest.mark.parametrize("settings", [
    b"\xff\xfe\x00", b'[archive]\nid="\x00"', "", "archive = []", ABOUT + "list = 3",
    ABOUT + "a." * 3_000 + "b = 1", ABOUT + "x = " + "[" * 5_000 + "]" * 5_000,
    ABOUT + "[publish]\npossibly_living_years = " + "9" * 5_000,
    ABOUT + "[link]\nthreshold = nan", ABOUT + "[link]\nthreshold = inf",
    ABOUT + LIST.replace('"l"', '"../x"'), ABOUT + LIST.replace('"l"', f'"{"x" * 100}"'),
    ABOUT + LIST + 'url = "javascript:alert(1)"', ABOUT + LIST + 'profile = "../../x"',
    ABOUT + LIST + LIST,
    ABOUT + LIST + 'historical = {reason = "aaaaaaaaaaaa", author = "aa", date = "9999-99-99"}',
])  # fmt: skip
def test_hostile_settings_are_refused(settings: str | bytes, tmp_path: Path) -> None:
    assert "archive.toml" in message(make_archive(tmp_path / "a", settings))


HIDDEN = ["\\u202e", "\\u0000", "\\u200f", "\\u2066", "\\u200b", "\\u001b", "\\ufeff", "\\u2028",
          "\\u0085", "\\U000e0041"]  # fmt: skip


@pytest.mark.parametrize("sign", HIDDEN)
@pytest.mark.parametrize("where", ["archive.title.en", "list.1.title.en", "list.1.misses.ru"])
def test_a_sign_that_nobody_sees_is_named_with_its_place(
    where: str, sign: str, tmp_path: Path
) -> None:
    text = f'"Shot{sign}"'
    settings = {
        "archive.title.en": ABOUT.replace('"A"', text) + LIST,
        "list.1.title.en": ABOUT + LIST.replace('{en = "L"}', f"{{en = {text}}}"),
        "list.1.misses.ru": ABOUT + LIST + f"misses = {{ru = {text}}}",
    }[where]
    said = message(make_archive(tmp_path / "a", settings))
    assert where in said
    assert f"U+{int(sign[2:], 16):04X}" in said


def test_texts_of_several_lines_and_scripts_stay(tmp_path: Path) -> None:
    title = "Ёлки, İstanbul, می‌خواهم\\n\\t«Книга»"
    archive = open_archive(make_archive(tmp_path / "a", ABOUT.replace('"A"', f'"{title}"')))
    assert "\n\t" in archive.settings.archive.title.en


@pytest.mark.parametrize("file", [
    "lists/../archive.toml", "/etc/passwd", "", "lists", "../a/lists/l.csv", "archive.toml",
    "lists/\\u0000", "lists/[l", "lists/" + "x" * 5_000, "lists/**l", "lists/" + "*a" * 40,
])  # fmt: skip
def test_no_list_is_read_from_outside_its_folder(file: str, tmp_path: Path) -> None:
    settings = ABOUT + LIST.replace("lists/l.csv", file)
    assert "archive.toml" in message(make_archive(tmp_path / "a", settings))


@pytest.mark.parametrize("linked", ["lists/l.csv", "lists", "lists/sub"])
def test_a_link_that_leaves_the_archive_is_not_followed(linked: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "l.csv").write_text(ROWS, encoding="utf-8")
    file = "lists/sub/*" if linked == "lists/sub" else "lists/l.csv"
    folder = make_archive(tmp_path / "a", ABOUT + LIST.replace("lists/l.csv", file))
    (folder / "lists" / "l.csv").unlink()
    if linked == "lists":
        (folder / "lists").rmdir()
    target = outside / "l.csv" if linked.endswith(".csv") else outside
    (folder / linked).symlink_to(target)
    assert "outside" in message(folder)


PROFILES = [
    "patterns: {column: note, steps: [{find: '(?P<occupation>(a+)+)$'}]}",
    "patterns: {column: note, steps: [{find: '(?P<occupation>(.*)*\\2z)'}]}",
    "format: text\nprose: {separator: '(a+)+$'}\npatterns: {steps: [{find: '(?P<surname>.)'}]}",
    "patterns: {steps: [{find: 'a{99999999999999}'}]}",
    "patterns: {steps: [{find: '" + "(" * 5_000 + ")" * 5_000 + "'}]}",
    "patterns: {fragments: {a: '(?&b)(?&b)', b: '(?&a)(?&a)'}, steps: [{find: '(?&a)'}]}",
    "title: " + "9" * 6_000, "title: 2001-99-99", "title: [",
    "[" * 90_000 + "]" * 90_000, "{a: " * 9_000, "- " * 90_000,
    "!!python/object/apply:os.system ['touch /tmp/zzattack']", "&a {title: *a}", "1: 2", "[a]: 2",
    "a: &a [x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)),
    "encoding: rot13", "encoding: base64", "encoding: idna", "encoding: punycode",
    "encoding: ../x", 'encoding: "a\\0b"', "encoding: undefined", "encoding: utf-32",
    "extends: ../../../../etc/passwd", "extends: /etc/passwd", "format: xlsx", "format: parquet",
    "format: html\nhtml: {entries: '((('}",
    "format: html\nhtml: {tables: '" + "div " * 3_000 + "'}",
    "format: html\nhtml: {tables: '" + ":not(" * 500 + "'}",
]  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES, ids=range(len(PROFILES)))
def test_hostile_profiles_are_refused(
    profile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_limit, "SECONDS", 0.05)
    (tmp_path / "l.csv").write_text("<p>\n" + ROWS if "html" in profile else ROWS, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(profile, encoding="utf-8")
    with pytest.raises(MartyrologError) as refused:
        read_file(tmp_path / "l.csv", str(tmp_path / "p.yaml"))
    assert refused.value.exit_code == 4
    assert refused.value.render("ru")
    assert not Path("/tmp/zzattack").exists()


WRONG = {
    "dialect: {header_row: 40}": "row 40",
    "same_row: Nomer": "'same_row'",
    "columns: {surname: surname}\ncolumns: {surname: note}": "line 2",
    "columns:\n  surname: surname\n  surname: note": "line 3",
    "patterns: {steps: [{find: a, find: b}]}": "stands twice",
    "extends: ../profiles/other": "extends",
    "extends: /etc/hosts.yaml": "extends",
}


@pytest.mark.parametrize("profile", WRONG)
def test_a_wrong_profile_is_one_message_that_says_where(profile: str, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a", ABOUT + LIST + 'profile = "p"')
    (folder / "profiles" / "p.yaml").write_text(profile, encoding="utf-8")
    assert WRONG[profile] in message(folder)


def test_a_profile_in_another_encoding_is_not_said_to_be_missing(tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a", ABOUT + LIST + 'profile = "p"')
    (folder / "profiles" / "p.yaml").write_bytes("title: Список".encode("cp1251"))
    said = message(folder)
    assert "p.yaml" in said
    assert "utf-8" in said


@pytest.mark.parametrize("linked", ["p.yaml", "profiles"])
def test_no_profile_is_read_from_outside_the_archive(linked: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "p.yaml").write_text("role: member", encoding="utf-8")
    folder = make_archive(tmp_path / "a", ABOUT + LIST + 'profile = "p"')
    if linked == "profiles":
        (folder / "profiles").rmdir()
        (folder / "profiles").symlink_to(outside)
    else:
        (folder / "profiles" / "p.yaml").symlink_to(outside / "p.yaml")
    assert "outside" in message(folder)


def test_a_profile_of_a_bare_file_builds_on_one_beside_it_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "base.yaml").write_text("role: member", encoding="utf-8")
    (tmp_path / "p.yaml").write_text("extends: base", encoding="utf-8")
    record = read_file(tmp_path / "l.csv", str(tmp_path / "p.yaml"))["record"]
    assert record["role"].to_pylist() == ["member"]
    (tmp_path / "p.yaml").write_text(f"extends: {tmp_path}/base.yaml", encoding="utf-8")
    with pytest.raises(MartyrologError, match="extends"):
        read_file(tmp_path / "l.csv", str(tmp_path / "p.yaml"))


IN_THE_WAY = ["build", "build/run.json", "build/record.parquet", "build/cache/read/l",
              "hand/identity.jsonl", "hand/judgements.jsonl", "hand/redactions.jsonl",
              "hand/corrections.jsonl"]  # fmt: skip


@pytest.mark.parametrize("place", IN_THE_WAY)
def test_what_stands_in_the_way_is_one_message(place: str, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    if place == "build":
        (folder / place).write_text("")
    else:
        (folder / place).mkdir(parents=True)
    with pytest.raises(MartyrologError, match=Path(place).name) as refused:
        build(open_archive(folder))
    assert refused.value.exit_code == 8
    assert refused.value.render("ru")


@pytest.mark.parametrize("template", [
    "javascript:{surname}", "{surname}://{note}", "//{surname}", "{surname.__class__}", "{" * 9_000,
])  # fmt: skip
def test_a_profile_makes_no_link_but_http(template: str, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(f"source_url: {json.dumps(template)}", encoding="utf-8")
    record = read_file(tmp_path / "l.csv", str(tmp_path / "p.yaml"))["record"]
    assert record["source_url"].to_pylist() == [None]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A built archive whose last stages run again for each hostile log."""
    archive = open_archive(make_archive(tmp_path_factory.mktemp("logs") / "a"))
    build(archive)
    return archive


def _chained(entry: dict[str, object]) -> bytes:
    line = {**entry, "previous": CHAIN_START}
    return json.dumps({**line, "hash": "0" * 64}).encode()


LOGS = {
    "bytes": b"\xff\xfe\x00", "nul": b"\0" * 100, "deep": b"[" * 100_000, "empty": b"",
    "blank": b"\n\n", "array": b"[]\n", "object": b"{}\n", "number": b"9" * 5_000,
    "hash of a number": b'{"hash": 1, "previous": 1}', "nan": b'{"hash": NaN}',
    "wrong hash": _chained({"field": "*"}), "surrogate": _chained({"x": "\ud800"}),
    "byte in a text": b'{"hash": "\xff"}',
}  # fmt: skip
NAMES = ("identity", "judgements", "redactions", "corrections")
ENTRIES: list[dict[str, object]] = [
    {}, {"field": "surname"}, {"field": "nope", "record_id": "x"}, {"field": ["a"]},
    {"field": ["a"], "record_id": {"a": 1}}, {"field": "surname", "record_id": 2},
    {"record_id_left": 1, "record_id_right": [], "judgement": "same"}, {"judgement": "zzz"},
    {"person_id": None, "record_ids": None}, {"x": "\u2028"},
]  # fmt: skip


def _refused_with(archive: Archive, name: str) -> str:
    with pytest.raises(MartyrologError) as refused:
        build(archive)
    (archive.hand / f"{name}.jsonl").unlink()
    assert refused.value.exit_code in (3, 6)
    assert refused.value.render("ru")
    return str(refused.value)


@pytest.fixture
def without_logs(built: Archive) -> Archive:
    for name in NAMES:
        (built.hand / f"{name}.jsonl").unlink(missing_ok=True)
    return built


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_log_is_named_with_its_line(name: str, log: str, without_logs: Archive) -> None:
    (without_logs.hand / f"{name}.jsonl").write_bytes(LOGS[log])
    said = _refused_with(without_logs, name)
    assert f"{name}.jsonl" in said
    assert "line 1" in said


@pytest.mark.parametrize("entry", ENTRIES, ids=range(len(ENTRIES)))
@pytest.mark.parametrize("name", NAMES)
def test_an_entry_that_says_nothing_is_named_with_its_line(
    name: str, entry: dict[str, object], without_logs: Archive
) -> None:
    append_log(without_logs.hand / f"{name}.jsonl", [entry], author="test", reason="test")
    assert "line 1" in _refused_with(without_logs, name)


def test_a_log_with_a_right_hash_of_half_a_letter_is_refused(without_logs: Archive) -> None:
    line: dict[str, object] = {"x": "я\\ud800", "previous": CHAIN_START}
    text = json.dumps({**line, "hash": hash_value(line)}).replace("\\\\ud800", "\\ud800")
    (without_logs.hand / "redactions.jsonl").write_text(text, encoding="utf-8")
    assert "line 1" in _refused_with(without_logs, "redactions")
