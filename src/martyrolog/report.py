"""What each command says when it is done: for people, or as JSON for machines."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from martyrolog.archive import Archive
from martyrolog.console import as_json as plain
from martyrolog.console import show_json, show_line, show_rows, show_rules
from martyrolog.messages import text
from martyrolog.tables import read_table

if TYPE_CHECKING:  # the pipeline loads every stage; a report of one command needs none
    from martyrolog.pipeline import StageRun

SHOWN_REJECTS = 20


def report_runs(
    archive: Archive, runs: "Sequence[StageRun]", language: str, *, as_json: bool
) -> None:
    """What the stages did: per list rows = records + rejects; pairs, clusters, persons; pages."""
    names = {run.stage for run in runs}
    result: dict[str, Any] = {"archive": str(archive.path), "stages": plain(list(runs))}
    if "read" in names:
        result["lists"] = _lists(archive)
        result["rejects"] = _rejects(archive)
    if "link" in names:
        result["link"] = _link_counts(archive)
    if "resolve" in names:
        result["resolve"] = _resolve_counts(archive)
    if "publish" in names:
        result["release"] = _release(archive)
    if as_json:
        show_json(result)
        return
    _show(result, runs, language)


def _lists(archive: Archive) -> list[dict[str, Any]]:
    columns = ["list_id", "kind", "encoding", "rows_in", "records", "rejects"]
    return list(read_table(archive.build, "source_list").select(columns).to_pylist())


def _rejects(archive: Archive) -> list[dict[str, Any]]:
    columns = ["list_id", "file", "page", "row", "reason", "detail"]
    return list(read_table(archive.build, "reject").select(columns).to_pylist())


def _link_counts(archive: Archive) -> dict[str, Any]:
    clusters = read_table(archive.build, "cluster", ["cluster_id"]).column(0)
    return {
        "pairs": read_table(archive.build, "candidate_pair", ["record_id_left"]).num_rows,
        "matches": read_table(archive.build, "match", ["record_id_left"]).num_rows,
        "clusters": len(clusters.unique()),
        "rules": read_table(archive.build, "link_rule").to_pylist(),
    }


def _resolve_counts(archive: Archive) -> dict[str, int]:
    persons = read_table(archive.build, "person", ["records"]).column(0).to_pylist()
    statements = read_table(archive.build, "statement", ["preferred"]).column(0).to_pylist()
    return {
        "persons": len(persons),
        "records": sum(persons),
        "possibly": read_table(archive.build, "possibly_same", ["person_id_left"]).num_rows,
        "conflicts": len(statements) - sum(statements),
    }


def _release(archive: Archive) -> dict[str, Any]:
    release: dict[str, Any] = read_table(archive.build, "release").to_pylist()[0]
    site = archive.releases / str(release["release_id"]) / "site" / "index.html"
    return {**release, "site": str(site)}


def _show(result: Mapping[str, Any], runs: "Sequence[StageRun]", language: str) -> None:
    if "lists" in result:
        _show_lists(result["lists"], language)
        _show_rejects(result["rejects"], language)
    if "link" in result:
        show_line("cli.link_done", language, **result["link"])
        if len(runs) == 1:
            show_rules(result["link"]["rules"], language)
    if "resolve" in result:
        show_line("cli.resolve_done", language, **result["resolve"])
    for run in runs:
        if not run.ran:
            show_line("cli.unchanged", language, stage=run.stage)
    if "release" in result:
        show_line("cli.publish_done", language, **result["release"])
        show_line("cli.open_site", language, path=result["release"]["site"])


def _show_lists(lists: Sequence[Mapping[str, Any]], language: str) -> None:
    rows = [[row["list_id"], row["rows_in"], row["records"], row["rejects"]] for row in lists]
    total = [text("cli.total", language)] + [sum(row[i] for row in rows) for i in (1, 2, 3)]
    headings = ["cli.heading_list", "cli.heading_rows", "cli.heading_records",
                "cli.heading_rejects"]  # fmt: skip
    show_rows(headings, [*rows, total], language, last=True)


def _show_rejects(rejects: Sequence[Mapping[str, Any]], language: str) -> None:
    if not rejects:
        return
    show_line("cli.rejects_shown", language, count=len(rejects))
    headings = ["cli.heading_list", "cli.heading_file", "cli.heading_row", "cli.heading_reason"]
    rows = [
        [row["list_id"], row["file"], f"{row['page'] or ''} {row['row']}".strip(),
         text(row["reason"], language, detail=row["detail"] or "")]
        for row in rejects[:SHOWN_REJECTS]
    ]  # fmt: skip
    show_rows(headings, rows, language)


def report_added(added: Any, language: str, *, as_json: bool) -> None:
    """What adding a list found: format, encoding, columns understood and not."""
    if as_json:
        show_json(plain(added))
        return
    show_line("cli.add_done", language, file=", ".join(added.files), list_id=added.list_id,
              format=added.format, encoding=added.encoding)  # fmt: skip
    show_line("cli.add_rows", language, count=added.rows)
    if added.matched:
        matched = ", ".join(f"{column} → {field}" for column, field in added.matched.items())
        show_line("cli.add_matched", language, columns=matched)
    if added.unmatched:
        show_line("cli.add_unmatched", language, columns=", ".join(added.unmatched))
    show_line("cli.add_next", language)


def report_file_read(tables: Mapping[str, Any], out: Path, language: str, *, as_json: bool) -> None:
    """What reading a bare file gave."""
    counts = {name: table.num_rows for name, table in tables.items()}
    if as_json:
        show_json({"out": str(out), **counts})
        return
    show_line("cli.read_done", language, count=counts["record"], path=str(out))
    rejects = tables["reject"].to_pylist()
    _show_rejects(rejects, language)


def report_file_linked(done: Mapping[str, Any], language: str, *, as_json: bool) -> None:
    """What linking a bare file gave."""
    if as_json:
        show_json(plain(done))
        return
    rows = done["rows"]
    show_line("cli.link_done", language, pairs=rows["candidate_pairs"], matches=rows["matches"],
              clusters=rows["clusters"])  # fmt: skip
    show_rules(done["rules"], language)


def report_found(
    found: Sequence[Mapping[str, Any]], query: str, language: str, *, as_json: bool
) -> None:
    """The persons that a search found, best first."""
    if as_json:
        show_json(list(found))
        return
    if not found:
        show_line("cli.search_none", language, query=query)
        return
    shown = {"name": "name", "birth": "birth_date", "death": "death_date", "person": "person_id"}
    if any(row["why"] for row in found):
        shown["why"] = "why"
    rows = [[row[name] or "" for name in shown.values()] for row in found]
    show_rows([f"cli.heading_{heading}" for heading in shown], rows, language)


def report_check(changed: Sequence[Mapping[str, Any]], language: str, *, as_json: bool) -> None:
    """The claims whose verdict is another than in the build before."""
    if as_json:
        show_json(list(changed))
        return
    show_line("cli.check_done", language, count=len(changed))
    for claim in changed:
        said = claim[f"sentence_{language}"] or claim["sentence_en"] or claim["sentence_ru"]
        verdicts = {name: text(f"history.verdict_{claim[name]}", language)
                    for name in ("previous_verdict", "verdict")}  # fmt: skip
        show_line("cli.check_claim", language, article=claim["article_id"], line=claim["line"],
                  claim=claim["claim_id"], sentence=said, **verdicts)  # fmt: skip
