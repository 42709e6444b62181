"""Figures in a researcher's notebook: drawn by the film's own Plotly, and answered by Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from viewer import Viewer

BRAZIL = (
    "element => { const index = element.data[0].customdata.findIndex(([code]) => code === 'BR');"
    " const bubbles = element.querySelector('.scattergeo').querySelectorAll('.point');"
    " return bubbles[index].getBoundingClientRect().toJSON() }"
)


def open_notebook(researcher: Viewer, name: str) -> Page:
    page = researcher.page
    page.goto(f"{researcher.address}lab/tree/{name}.ipynb?reset")
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.locator(".jp-CodeCell:visible").first.click()
    return page


def test_a_click_on_a_figure_reaches_python_and_the_page_says_that_it_waits(
    researcher: Viewer,
) -> None:
    page = open_notebook(researcher, "picked")
    page.keyboard.press("Control+Enter")
    plot = page.locator(".plot")
    expect(plot.locator(".scattergeo .point").first).to_be_attached()
    plot.scroll_into_view_if_needed()
    box = plot.evaluate(BRAZIL)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    expect(plot.locator(".hoverlayer")).to_contain_text("Brazil (inferred)")
    page.mouse.down()
    page.mouse.up()
    waiting = page.locator(".plot-waiting")
    expect(waiting).to_have_text("Waiting for Python …")
    expect(page.get_by_text("picked [['BR', 11]]")).to_be_visible()
    expect(waiting).to_have_text("")
    assert researcher.foreign == []


def test_the_notebook_of_chapter_3_shows_its_figures(researcher: Viewer) -> None:
    page = open_notebook(researcher, "chapter-3")
    page.keyboard.press("Shift+Enter")
    # A kernel starts and reads the whole story first.
    expect(researcher.film).to_have_attribute("data-page", "chapter-3")
    expect(researcher.film.locator(".scene[data-on]")).to_be_attached()
    # Lab keeps only what is near in the page, so each figure is looked for when it is drawn.
    for cells, drawn in [
        (5, ".plot .scattergeo .point"),
        (2, ".plot .fills"),
        (1, ".plot .textpoint"),
        (2, ".js-plotly-plot:not(.plot) .legend"),
    ]:
        for _ in range(cells):
            page.keyboard.press("Shift+Enter")
        expect(page.locator(drawn).first).to_be_attached()
    expect(page.locator("[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    assert researcher.foreign == []
