"""Who corrected a value by hand stands beside it, in both languages; why it was hidden nowhere."""

from pathlib import Path

import pyarrow as pa
import pytest
from lxml import html

from martyrolog.progress import SILENT
from martyrolog.publish import STAGE
from martyrolog.tables import TABLES
from tests.unit.publish.build import archive_at, record, tables_of

SAID = {"": "corrected by A. <Editor>; the list itself reads otherwise",
        "ru/": "исправлено: A. <Editor>; в самом списке написано иначе"}  # fmt: skip


def pages(path: Path, corrected: str) -> dict[str, str]:
    """The text of a person's page in each language, where one field was corrected."""
    tables = tables_of({"p1x": [record("r1", surname="Ежов", given_name="Иван",
                                       occupation="нарком", death_date="1940-02-04")]})  # fmt: skip
    rows = tables["statement"].to_pylist()
    for row in rows:
        row["author"] = "A. <Editor>" if row["field"] == corrected else None
    told = pa.Table.from_pylist(rows, schema=TABLES["statement"].schema)
    archive = archive_at(path)
    STAGE.run(archive, {**tables, "statement": told}, SILENT)
    (site,) = archive.releases.glob("2*/site")
    return {
        folder: str(html.parse(site / folder / "p/1x/p1x/index.html").xpath("string(//main)"))
        for folder in SAID
    }


@pytest.mark.parametrize("field", ["occupation", "death_date", "surname"])
def test_a_corrected_value_names_its_author_and_that_the_list_reads_otherwise(
    tmp_path: Path, field: str
) -> None:
    for folder, text in pages(tmp_path, field).items():
        assert text.count(SAID[folder]) == 1


def test_a_value_that_a_list_gives_names_no_author(tmp_path: Path) -> None:
    for text in pages(tmp_path, "none").values():
        assert "corrected by" not in text
        assert "исправлено:" not in text
