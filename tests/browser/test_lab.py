"""The film in notebooks: in a cell of JupyterLab, and rendered by somebody else's Voila."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from viewer import Viewer


def test_the_film_opens_in_a_cell_of_jupyterlab(researcher: Viewer) -> None:
    page = researcher.page
    page.goto(f"{researcher.address}lab/tree/film.ipynb?reset")
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.locator(".jp-CodeCell").first.click()
    page.keyboard.press("Control+Enter")
    expect(researcher.film).to_have_attribute("data-page", "home")
    researcher.film.get_by_role("link", name="Start").click()
    expect(researcher.film).to_have_attribute("data-page", "permissions")
    researcher.film.get_by_role("button", name="Go on without").click()
    expect(researcher.film).to_have_attribute("data-page", "chapter-1")
    assert page.url.endswith("/lab/tree/film.ipynb")


def test_the_film_opens_in_any_voila(researcher: Viewer) -> None:
    researcher.page.goto(f"{researcher.address}voila/render/film.ipynb")
    expect(researcher.film).to_have_attribute("data-page", "home")
    researcher.film.get_by_role("link", name="Start").click()
    expect(researcher.film).to_have_attribute("data-page", "permissions")


def test_the_film_has_its_own_address_in_a_jupyter_server(researcher: Viewer) -> None:
    researcher.page.goto(f"{researcher.address}discriminator/")
    expect(researcher.film).to_have_attribute("data-sitter", "none")
    researcher.link("Start").click()
    expect(researcher.film).to_have_attribute("data-page", "permissions")
    assert researcher.page.url.endswith("/discriminator/permissions")
    assert researcher.foreign == []
