"""Commands with which people decide on one field: correct and redact.

Arguments only, as in ``cli``, which registers them; the language is the object of the context. Both
append one line to a log in ``hand/``; the next build follows it.
"""

from pathlib import Path
from typing import Annotated

import typer

Here = Annotated[Path, typer.Option("--dir", show_default="folder you are in")]
Author = Annotated[str, typer.Option("--author")]
Reason = Annotated[str, typer.Option("--reason")]
Json = Annotated[bool, typer.Option("--json")]


def correct(
    context: typer.Context,
    record_id: str,
    field: str,
    value: str,
    author: Author,
    reason: Reason,
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog.archive import open_archive
    from martyrolog.hand import correct as call

    call(open_archive(directory), record_id, field, value, author=author, reason=reason)
    _say(context, {"record_id": record_id, "field": field, "value": value}, json)


def redact(
    context: typer.Context,
    whom: str,
    field: str,
    author: Author,
    reason: Reason,
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog.archive import open_archive
    from martyrolog.hand import redact as call

    call(open_archive(directory), whom, field, author=author, reason=reason)
    _say(context, {"whom": whom, "field": field}, json)


def _say(context: typer.Context, decided: dict[str, str], json: bool) -> None:
    from martyrolog.console import show_json, show_line

    if json:
        show_json(decided)
    else:
        show_line(f"cli.{context.info_name}_done", context.obj, **decided)
