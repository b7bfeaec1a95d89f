"""The command line: arguments only; each command is one library call of the same name.

Texts come from ``messages/*/cli.yaml``: the help of a command is ``help_NAME``, of a parameter
``option_NAME``; :func:`main` puts them in, in the language that ``--lang`` asks for. Progress goes
to stderr, data to stdout. A mistake of the user is one message and an exit code of its own (see
``errors.py``); a killed or interrupted command can be run again.
"""

import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from martyrolog import __version__, cli_estimate, cli_hand, cli_link, cli_values
from martyrolog.errors import MartyrologError
from martyrolog.messages import LANGUAGES, text

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)

app.add_typer(cli_values.names, name="names")
app.add_typer(cli_values.dates, name="dates")
app.add_typer(cli_values.terms, name="terms")

app.command()(cli_link.explain)
app.command()(cli_link.evaluate)
app.add_typer(cli_link.model, name="model")
app.command()(cli_estimate.estimate)
app.command()(cli_hand.correct)
app.command()(cli_hand.redact)

_language = "en"

Here = Annotated[Path, typer.Option("--dir", show_default="folder you are in")]
UNCHECKED = typer.Argument(readable=False)  # the reader says itself what it cannot open
Json = Annotated[bool, typer.Option("--json")]


@app.callback(invoke_without_command=True)
def martyrolog(
    lang: Annotated[str, typer.Option("--lang")] = "en",  # noqa: ARG001  taken by main()
    version: Annotated[bool, typer.Option("--version")] = False,
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def init(directory: Path, json: Json = False) -> None:
    from martyrolog.archive import init as call
    from martyrolog.console import show_json, show_line

    archive = call(directory)
    if json:
        show_json({"path": str(archive.path), "id": archive.settings.archive.id})
    else:
        show_line("cli.init_done", _language, path=str(directory))


@app.command()
def add(
    files: Annotated[list[Path], UNCHECKED],
    profile: Annotated[str | None, typer.Option("--profile")] = None,
    list_id: Annotated[str | None, typer.Option("--id")] = None,
    role: Annotated[str, typer.Option("--role")] = "victim",
    title: Annotated[str | None, typer.Option("--title")] = None,
    url: Annotated[str, typer.Option("--url")] = "",
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog.archive import open_archive
    from martyrolog.read import add as call
    from martyrolog.report import report_added

    archive = open_archive(directory)
    _, added = call(archive, files, profile=profile, list_id=list_id, role=role, title=title,
                    url=url)  # fmt: skip
    report_added(added, _language, as_json=json)


@app.command()
def read(
    file: Annotated[Path | None, UNCHECKED] = None,
    profile: Annotated[str | None, typer.Option("--profile")] = None,
    out: Annotated[Path | None, typer.Option("--out")] = None,
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog.report import report_file_read

    if file is None:
        _run_stages("read", directory, json)
        return
    if out is None:
        raise typer.BadParameter(text("cli.needs_out", _language))
    from martyrolog.pipeline import read_bare_file

    report_file_read(read_bare_file(file, profile, out), out, _language, as_json=json)


@app.command()
def link(
    records: Annotated[Path | None, UNCHECKED] = None,
    out: Annotated[Path | None, typer.Option("--out")] = None,
    columns: Annotated[Path | None, typer.Option("--columns")] = None,
    threshold: Annotated[float | None, typer.Option("--threshold", min=0.5, max=1)] = None,
    fixed_model: Annotated[Path | None, typer.Option("--model")] = None,
    engine: Annotated[Literal["laptop", "spark"], typer.Option("--engine")] = "laptop",
    master: Annotated[str, typer.Option("--master")] = "local[*]",
    memory: Annotated[str | None, typer.Option("--memory")] = None,
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog.console import ConsoleProgress
    from martyrolog.link import link_file, read_size
    from martyrolog.report import report_file_linked

    options: dict[str, Any] = {"master": master} if engine == "spark" else {}
    options |= {} if threshold is None else {"threshold": threshold}
    options |= {} if fixed_model is None else {"model": fixed_model}
    options |= {} if memory is None else {"memory": read_size(memory)}
    if records is None:
        _run_stages("link", directory, json, **options)
        return
    if out is None:
        raise typer.BadParameter(text("cli.needs_out", _language))
    done = link_file(records, out, columns=columns, progress=ConsoleProgress(_language), **options)
    report_file_linked(done, _language, as_json=json)


@app.command()
def resolve(directory: Here = Path(), json: Json = False) -> None:
    _run_stages("resolve", directory, json)


@app.command()
def history(directory: Here = Path(), json: Json = False) -> None:
    _run_stages("history", directory, json)


@app.command()
def publish(directory: Here = Path(), json: Json = False) -> None:
    _run_stages("publish", directory, json)


@app.command()
def build(directory: Here = Path(), json: Json = False) -> None:
    _run_stages("build", directory, json)


@app.command()
def check(directory: Here = Path(), json: Json = False) -> None:
    from martyrolog.archive import open_archive
    from martyrolog.history import check as call
    from martyrolog.report import report_check

    report_check(call(open_archive(directory)), _language, as_json=json)


@app.command()
def search(
    query: list[str],
    limit: Annotated[int, typer.Option("--limit", min=1)] = 20,
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog.archive import open_archive
    from martyrolog.publish import search_persons
    from martyrolog.report import report_found

    words = " ".join(query)
    found = search_persons(open_archive(directory), words, limit=limit, language=_language)
    report_found(found, words, _language, as_json=json)


@app.command()
def judge(
    record_left: str,
    record_right: str,
    judgement: Literal["same", "different", "unsure"],
    author: Annotated[str, typer.Option("--author")],
    reason: Annotated[str, typer.Option("--reason")],
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog.archive import open_archive
    from martyrolog.console import show_json, show_line
    from martyrolog.resolve import judge as call

    call(open_archive(directory), record_left, record_right, judgement,
         author=author, reason=reason)  # fmt: skip
    said = {"left": record_left, "right": record_right, "judgement": judgement}
    if json:
        show_json(said)
    else:
        show_line("cli.judge_done", _language, **said)


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8765,
    open_browser: Annotated[bool, typer.Option("--open")] = False,
    directory: Here = Path(),
) -> None:
    from martyrolog.archive import open_archive
    from martyrolog.console import ConsoleProgress
    from martyrolog.serve import serve as call

    call(open_archive(directory), port=port, open_browser=open_browser,
         progress=ConsoleProgress(_language))  # fmt: skip


@app.command()
def demo(
    directory: Annotated[Path, typer.Option("--dir")] = Path("great-purge"),
    synthetic: Annotated[int | None, typer.Option("--synthetic", min=1)] = None,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1,
    json: Json = False,
) -> None:
    from martyrolog.console import ConsoleProgress, show_line
    from martyrolog.report import report_runs

    progress = ConsoleProgress(_language)
    if synthetic is None:
        from martyrolog.demo import demo as call

        done = call(directory, progress=progress)
    else:
        from martyrolog.demo_synthetic import synthetic_demo

        done = synthetic_demo(directory, records=synthetic, seed=seed, progress=progress)
    report_runs(done.archive, done.runs, _language, as_json=json)
    if synthetic is not None and not json:
        show_line("cli.synthetic_next", _language, path=str(directory))


def _run_stages(name: str, directory: Path, json: bool, **options: Any) -> None:
    from martyrolog import pipeline
    from martyrolog.archive import open_archive
    from martyrolog.console import ConsoleProgress
    from martyrolog.report import report_runs

    archive = open_archive(directory)
    done = getattr(pipeline, name)(archive, progress=ConsoleProgress(_language), **options)
    report_runs(archive, done if isinstance(done, list) else [done], _language, as_json=json)


def localised(language: str) -> Any:
    """The command line with the texts of one language put in."""
    group = typer.main.get_command(app)
    group.help = text("cli.help", language)
    for parameter in group.params:
        parameter.help = text(f"cli.option_{parameter.name}", language)  # type: ignore[attr-defined]
    for name, command in commands_of(group):
        key = name.replace(" ", "_")
        command.help = text(f"cli.help_{key}", language)
        command.epilog = text(f"cli.epilog_{key}", language)
        for parameter in command.params:
            parameter.help = text(f"cli.option_{_text_of(parameter.name)}", language)
    return group


def commands_of(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command under its full name, such as ``names keys``; groups of commands too."""
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if hasattr(command, "commands"):
            yield from commands_of(command, f"{before}{name} ")


def _text_of(parameter: str) -> str:
    return {"directory": "dir", "open_browser": "open"}.get(parameter, parameter)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    global _language
    given = list(sys.argv[1:] if arguments is None else arguments)
    _language, given = _take_language(given)
    try:
        localised(_language)(given, prog_name="martyrolog", obj=_language)
    except MartyrologError as problem:
        _fail(problem.render(_language), problem.exit_code)
    except KeyboardInterrupt:
        _fail(text("cli.interrupted", _language), 130)
    except OSError as problem:
        if problem.errno == errno.EPIPE:  # the reader of a pipe, such as head, has seen enough
            sys.stderr.close()
            raise SystemExit(0) from None
        key = "cli.disk_full" if problem.errno == errno.ENOSPC else "cli.os_error"
        _fail(text(key, _language, path=str(problem.filename or ""), why=str(problem.strerror)), 8)


def _take_language(given: list[str]) -> tuple[str, list[str]]:
    """``--lang`` wherever it stands, and the arguments without it."""
    language, rest = "en", []
    waiting = False
    for argument in given:
        if waiting:
            language, waiting = argument, False
        elif argument == "--lang":
            waiting = True
        elif argument.startswith("--lang="):
            language = argument.removeprefix("--lang=")
        else:
            rest.append(argument)
    if waiting or language not in LANGUAGES:
        _fail(text("cli.wrong_lang", "en", language=language), 2)
    return language, rest


def _fail(message: str, code: int) -> None:
    from martyrolog.console import show_error

    show_error(message)
    raise SystemExit(code)
