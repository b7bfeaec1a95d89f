"""Charts of linkage as SVG files, drawn without a network and holding no script.

Needs the extra ``charts`` (Altair and vl-convert, both BSD-3-Clause).
"""

from importlib.util import find_spec
from pathlib import Path

from martyrolog.errors import LinkError, StorageError
from martyrolog.provenance import replaced_file


def check_charts() -> None:
    """Refuse early where charts cannot be drawn.

    Raises:
        LinkError: the extra ``charts`` is not installed.
    """
    if find_spec("altair") is None or find_spec("vl_convert") is None:
        raise LinkError("explain.needs_charts")


def write_svg(path: Path, specification: str) -> None:
    """Draw a chart.

    Args:
        path: File to write.
        specification: Vega-Lite, as JSON.

    Raises:
        StorageError: the file cannot be written.
    """
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(specification)
    try:
        with replaced_file(path) as unfinished:
            unfinished.write_text(drawn, encoding="utf-8")
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem
