"""The tutorial notebook: runs from end to end, and is stored without a name of the list."""

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "moscow-list.ipynb"


def said(notebook: Any) -> str:
    """What its cells printed and gave back, as text."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "\n".join(output.get("text") or output.get("data", {}).get("text/plain", "")
                     for output in outputs)  # fmt: skip


def test_the_notebook_is_stored_without_results() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert not any(cell.outputs or cell.execution_count for cell in code)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # of the kernel's own libraries
def test_the_notebook_finds_the_campaign(data_dir: Path) -> None:
    pytest.importorskip("altair")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": NOTEBOOK.parent}}
    )
    client.execute(env={**os.environ, "MARTYROLOG_DATA": str(data_dir)})
    text = said(notebook)
    assert "'record': 11789" in text
    assert "1937-09 to 1938-10" in text
    assert "28 February 1938: 258" in text
    assert "Butovo" in text or "Бутово" in text
