"""The markup: made of the story's words and of nothing that a word could smuggle in."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from discriminator import film, server
from discriminator.film import story
from discriminator.film.operator import Operator
from discriminator.film.page import Page
from discriminator.film.words import Words

PACKAGE = Path(film.__file__).parents[1]
SCRIPTS = sorted((PACKAGE / "web" / "src").glob("*.ts"))
TEMPLATES = sorted((PACKAGE / "film").rglob("*.j2"))
PYTHON = [*(PACKAGE / "film").glob("*.py"), *Path(server.__file__).parent.glob("*.py")]
APART = ("unknown", "forbidden", "waiting", "broken")
EVERYTHING = Operator(
    payment_pointer="$wallet.example/film",
    donate="https://donate.example",
    newsletter="https://letters.example",
    analytics="https://film.goatcounter.com/count",
    errors="https://key@bugs.example/7",
)
HOSTILE = "</script></textarea><img src=x onerror=alert(1)>\"'`[x](javascript:alert(1)){0.x}{"


class Tags(HTMLParser):
    """Every tag of a document, with its attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))

    def values(self, name: str) -> set[str | None]:
        return {attributes[name] for _, attributes in self.all if name in attributes}


@cache
def own_page(operator: Operator = Operator()) -> Page:  # noqa: B008 - an Operator is frozen
    return Page(story.load(), operator, "/user/x/")


def documents(page: Page) -> list[str]:
    return [page.head, page.body, *(page.apart(name) for name in APART), page.transcript()]


def read(paths: list[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def spoilt(value: Any) -> Any:  # noqa: ANN401 - whatever a story's file holds
    """The same with hostile text in place of every text."""
    if isinstance(value, dict):
        return {key: spoilt(inner) for key, inner in value.items()}
    return HOSTILE if isinstance(value, str) else value


@pytest.fixture(scope="module")
def hostile_page() -> Page:
    told = story.load()
    words = msgspec.convert(spoilt(msgspec.to_builtins(told.words)), Words, strict=False)
    return Page(msgspec.structs.replace(told, words=words), EVERYTHING, "/")


def test_hostile_words_are_shown_and_never_obeyed(hostile_page: Page) -> None:
    for document in documents(hostile_page):
        tags = Tags(document)
        names = {name for _, attributes in tags.all for name in attributes}
        assert "img" not in {tag for tag, _ in tags.all}
        assert not [name for name in names if name.startswith("on")]
        assert not [link for link in tags.values("href") if link and "javascript" in link]


def test_hostile_words_reach_the_script_as_they_are(hostile_page: Page) -> None:
    block = re.search(r'data-part="story">(.*?)</script>', hostile_page.body, re.DOTALL)
    assert block
    assert json.loads(block[1])["words"]["play"] == HOSTILE


@pytest.mark.parametrize("operator", [Operator(), EVERYTHING], ids=["quiet", "everything"])
def test_nothing_is_fetched_from_elsewhere(operator: Operator) -> None:
    for document in documents(own_page(operator)):
        for tag, attributes in Tags(document).all:
            fetched = attributes.get("src") or (tag == "link" and attributes.get("href")) or ""
            if attributes.get("rel") != "monetization":
                assert not re.match(r"\w+:|//", str(fetched)), (tag, attributes)


@pytest.mark.parametrize("operator", [Operator(), EVERYTHING], ids=["quiet", "everything"])
def test_no_script_stands_in_the_markup(operator: Operator) -> None:
    for document in documents(own_page(operator)):
        for tag, attributes in Tags(document).all:
            assert not [name for name in attributes if name.startswith("on")]
            if tag == "script":
                assert attributes.get("type") == "application/json"


def test_every_address_begins_at_the_root() -> None:
    for document in documents(own_page()):
        tags = Tags(document)
        for link in tags.values("href") | tags.values("src"):
            assert link
            assert link.startswith(("/user/x/", "#", "?", "https://", "http://")), link


def test_a_link_out_of_the_film_opens_beside_it() -> None:
    """Else it would end the viewer's clip; and a page that is opened must not move this one."""
    body = own_page(EVERYTHING).body
    links = [attributes for tag, attributes in Tags(body).all if tag == "a"]
    leaving = [link for link in links if re.match("http|/user/x/transcript", str(link["href"]))]
    assert len(leaving) > 20
    for link in leaving:
        assert (link["target"], link["rel"]) == ("_blank", "noopener noreferrer"), link
    assert body.count("(opens in a new tab)") == len(leaving)


def test_ids_are_given_once_and_names_lead_to_them() -> None:
    tags = Tags(own_page().body)
    ids = [attributes["id"] for _, attributes in tags.all if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = tags.values("aria-labelledby") | tags.values("aria-controls")
    assert named <= set(ids)


def test_every_icon_that_is_shown_is_there() -> None:
    body = own_page().body
    there = set(re.findall(r'<symbol id="([^"]+)"', body))
    assert set(re.findall(r'<use href="#([^"]+)"', body)) <= there
    by_script = re.findall(r'icon\([^()]*(?:\([^()]*\))?[^()]*, "([\w-]+)"\)', read(SCRIPTS))
    assert {f"icon-{name}" for name in by_script} <= there


# --- privacy says what is on ----------------------------------------------------------------------


def test_privacy_says_that_nothing_is_counted_where_nothing_is() -> None:
    body = own_page().body
    assert "counts no visits and sends no error reports" in body
    assert "GoatCounter" not in body


def test_privacy_names_who_counts_and_who_is_told_of_errors() -> None:
    body = own_page(EVERYTHING).body
    assert "GoatCounter at film.goatcounter.com" in body
    assert "bugs.example" in body
    assert "counts no visits" not in body
    sheets = body[body.index('data-sheet-of="privacy"') :]
    assert "key@" not in sheets


def test_privacy_names_whom_a_browser_asks_that_pays() -> None:
    paid = own_page(Operator(payment_pointer="$wallet.example/film")).body
    assert "wallet at wallet.example" in paid
    assert "counts no visits" not in paid
    assert "a wallet" not in own_page().body


def test_a_wallet_is_in_the_head_only_where_there_is_one() -> None:
    assert 'rel="monetization" href="https://wallet.example/film"' in own_page(EVERYTHING).head
    assert "monetization" not in own_page().head


def test_support_links_to_the_operators_own_causes_only_where_there_are_any() -> None:
    assert "https://donate.example" in own_page(EVERYTHING).body
    assert "https://letters.example" in own_page(EVERYTHING).body
    assert "donate.example" not in own_page().body


# --- markup, script and words agree ---------------------------------------------------------------


def test_every_part_that_the_script_asks_for_is_in_the_markup() -> None:
    asked = re.findall(r'\bpart(?:<[^>]+>)?\([^"()]+, "([\w-]+)"\)', read(SCRIPTS))
    assert asked
    assert set(asked) <= Tags(own_page().body).values("data-part")


def test_every_word_that_the_script_says_is_in_the_story() -> None:
    words = own_page().data["words"]
    script = read(SCRIPTS)
    said = set(re.findall(r'(?:\bsay\(|\bwords\[)"(\w+)"', script))
    # What is looked up by a name that is kept elsewhere is told by its family, as `booth_dark`.
    families = "|".join({word.partition("_")[0] for word in words if "_" in word})
    kin = set(re.findall(rf'"((?:{families})_[a-z_]+)"', script))
    assert said
    assert kin
    assert said | kin <= set(words)


def test_every_word_that_the_drawn_screens_say_is_in_the_story() -> None:
    scripts = sorted((PACKAGE / "web" / "src" / "downloaders").glob("*.ts"))
    said = re.findall(r'(?:\bsay\(|\bwords\[)"(\w+)"', read(scripts))
    own = own_page().data
    assert said
    assert set(said) <= {*own["words"], *own["screens"]["downloaders"]}


def test_no_word_of_the_story_is_unused() -> None:
    """A word is used where a template, a script or the server names it."""
    told = msgspec.to_builtins(story.load().words)
    del told["allies"], told["chapters"]
    keys = {key for value in told.values() if isinstance(value, dict) for key in value}
    python = [path for path in PYTHON if path.name != "words.py"]  # which names them all
    used = set(re.findall(r"\w+", read([*SCRIPTS, *TEMPLATES, *python])))
    used |= {f"{name}_body" for name in APART}
    assert sorted((keys | set(told)) - used) == []
