"""Every notebook is committed clean, explains itself, and runs from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

from discriminator import shipped
from discriminator.film import story

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOKS = sorted(shipped.folder("notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    read: nbformat.NotebookNode = nbformat.read(request.param, as_version=4)
    return read


def test_there_is_one_for_the_film_and_one_for_each_chapter() -> None:
    chapters = {f"chapter-{chapter.number}" for chapter in story.load().film.chapters}
    assert {"film", *chapters} <= {path.stem for path in NOTEBOOKS}


def test_it_is_committed_without_outputs(notebook: nbformat.NotebookNode) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


def test_it_says_what_it_shows_before_it_shows_it(notebook: nbformat.NotebookNode) -> None:
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith("# ")


def test_it_runs(notebook: nbformat.NotebookNode, practised: Path) -> None:
    place = {"metadata": {"path": str(practised)}}
    NotebookClient(notebook, kernel_name="python3", timeout=120, resources=place).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert shown
    assert all(output.output_type != "error" for output in shown)
    if any("streaming.encode(" in cell.source for cell in notebook.cells):
        states = notebook.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
        played = [one["state"]["source"] for one in states.values() if "source" in one["state"]]
        assert played == ["media/dist/scene-28/"], "what it encoded is what it plays"
