"""Whatever a film maker writes, the story is told or one sentence says what is wrong and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml
from cinema import CHAPTERS, copy_story
from hypothesis import given, settings
from hypothesis import strategies as st

from discriminator import shipped
from discriminator.film import operator, story
from discriminator.film.page import Page
from discriminator.film.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCRIPTS = shipped.folder("media") / "story"
APART = ("unknown", "forbidden", "waiting", "broken")
FILES = ("film.yaml", "en.yaml", "sources.yaml")
GOOD = {name: story.read(SCRIPTS / name, dict[Any, Any]) for name in FILES}

unhurried = settings(deadline=None, max_examples=50)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Every place of a file, as the keys that lead to it."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:  # noqa: ANN401
    """A copy of a file with another value in one place."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


def renamed(value: Any, path: tuple[Any, ...], name: Any) -> Any:  # noqa: ANN401
    """A copy of a file in which one thing has another name, or is not there if that is None."""
    if len(path) > 1:
        return {**value, path[0]: renamed(value[path[0]], path[1:], name)}
    kept = {key: inner for key, inner in value.items() if key != path[0]}
    return kept if name is None else {**kept, name: value[path[0]]}


def named(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Every place of a file that a chain of names leads to."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield (*path, key)
        yield from named(inner, (*path, key))


@st.composite
def bad_files(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the story with one place spoilt."""
    name = draw(st.sampled_from(FILES))
    path = draw(st.sampled_from(list(places(GOOD[name]))))
    content = changed(GOOD[name], path, draw(anything))
    return name, yaml.safe_dump(content, allow_unicode=True)


@st.composite
def misnamed_files(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the story in which something is not there, or is there by another name."""
    name = draw(st.sampled_from(FILES))
    path = draw(st.sampled_from(list(named(GOOD[name]))))
    other = draw(st.none() | scalars | st.just(f"{path[-1]}s"))
    return name, yaml.safe_dump(renamed(GOOD[name], path, other), allow_unicode=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_story(tmp_path_factory.mktemp("film"))


def complaint(folder: Path) -> str | None:
    """What is wrong with a story, or nothing if all its pages can be made."""
    try:
        told = story.load(folder)
    except story.StoryError as error:
        return str(error)
    page = Page(told, operator.Operator(), "/")
    assert all([*page.parts.values(), page.transcript(), *map(page.apart, APART)])
    return None


def spoil(folder: Path, name: str, content: bytes) -> str | None:
    """What is wrong with the story if one of its files holds this."""
    path = folder / "story" / name
    whole = path.read_bytes()
    path.write_bytes(content)
    try:
        return complaint(folder)
    finally:
        path.write_bytes(whole)


def is_sentence(text: str | None, name: str) -> bool:
    return text is not None and "\n" not in text and text.endswith(".") and name in text


@unhurried
@given(bad_files() | misnamed_files())
def test_a_spoilt_place_is_named_in_one_sentence(folder: Path, spoilt: tuple[str, str]) -> None:
    name, content = spoilt
    said = spoil(folder, name, content.encode())
    assert said is None or is_sentence(said, ".yaml")


@unhurried
@given(st.sampled_from(FILES), st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_a_file_of_anything_is_refused_in_one_sentence(
    folder: Path, name: str, content: bytes
) -> None:
    said = spoil(folder, name, content)
    assert is_sentence(said, name) or (name == "sources.yaml" and said is None)


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("film.yaml", "chapters:", "chapter:", "chapter"),
        ("film.yaml", "number: 1", "number: one", "$.chapters[0].number"),
        ("film.yaml", "number: 1", "number: 0", "$.chapters[0].number"),
        ("film.yaml", "stream: chapter-1", "stream: ../secret", "$.chapters[0].stream"),
        ("film.yaml", "https://www.eff.org", "javascript:alert(1)", "$.allies"),
        ("film.yaml", "language: en", "language: fr", "fr.yaml is missing"),
        ("film.yaml", "from: 66.732", "from: 99", "$.chapters[1].monitors[0]"),
        ("film.yaml", "at: 67.37", "at: 88", "$.chapters[1].monitors[0]"),
        ("film.yaml", "- 0.343", "- 0.9", "must go round"),
        ("film.yaml", "- 0.343", "- 9.5", "corners"),
        ("en.yaml", "start: Start", "start: ''", "$.home.start"),
        ("en.yaml", "  play: Play\n", "", "`play` - at `$.shell`"),
        ("en.yaml", "  noscript:", "  no_script:", "`no_script` - at `$.lost`"),
        ("en.yaml", "  denied:", "  deny:", "`deny` - at `$.notices`"),
        ("en.yaml", "    continue:", "    go_on:", "`go_on` - at `$.screens.downloaders`"),
        ("en.yaml", "  downloaders:", "  downloads:", "`downloads` - at `$.screens`"),
        ("en.yaml", "screens:\n  downloaders:", "lost_screens:", "`lost_screens`"),
        ("en.yaml", "title: Discriminator", "title: [", "not valid YAML"),
        ("en.yaml", "title: Discriminator", "title: 2026-02-30", "not valid YAML"),
        ("en.yaml", "title: Discriminator", f"title: {'9' * 5000}", "not valid YAML"),
        ("en.yaml", "title: Discriminator", f"title: {'[' * 5000}", "not valid YAML"),
        ("en.yaml", "  eff:", "  nobody:", "eff have no words"),
        ("en.yaml", "  1: The photograph", "  5: The photograph", "[1] have no title"),
    ],
)
def test_a_mistake_is_found_where_it_is(
    folder: Path, name: str, old: str, new: str, place: str
) -> None:
    text = (folder / "story" / name).read_text(encoding="utf-8")
    assert old in text
    said = spoil(folder, name, text.replace(old, new, 1).encode())
    assert is_sentence(said, ".yaml")
    assert said
    assert place in said


WORDS = [path for path in named(GOOD["en.yaml"]) if path[0] not in {"chapters", "allies"}]
OPTIONAL = [("screens",), ("screens", "downloaders")]
"""What only a film with such a chapter needs."""


@pytest.mark.parametrize("path", WORDS, ids=".".join)
def test_no_word_may_be_missing_or_misspelt(path: tuple[str, ...]) -> None:
    *sections, word = path
    where = ".".join(["$", *sections])
    if path not in OPTIONAL:
        with pytest.raises(msgspec.ValidationError) as missing:
            msgspec.convert(renamed(GOOD["en.yaml"], path, None), Words, str_keys=False)
        assert (f"`{word}`" in str(missing.value), where in f"$ {missing.value}") == (True, True)
    with pytest.raises(msgspec.ValidationError) as misspelt:
        msgspec.convert(renamed(GOOD["en.yaml"], path, f"{word}s"), Words, str_keys=False)
    assert where in f"$ {misspelt.value}"


def test_a_film_without_drawn_screens_needs_no_words_for_them(tmp_path: Path) -> None:
    folder = copy_story(tmp_path, chapters=CHAPTERS)
    words = {name: value for name, value in GOOD["en.yaml"].items() if name != "screens"}
    (folder / "story" / "en.yaml").write_text(yaml.safe_dump(words), encoding="utf-8")
    assert complaint(folder) is None


@pytest.mark.parametrize("numbers", [[2, 1], [1, 1], [1, 3, 2]])
def test_chapters_are_numbered_upwards(tmp_path: Path, numbers: list[int]) -> None:
    chapters = [{"number": number, "stream": "chapter"} for number in numbers]
    said = complaint(copy_story(tmp_path, chapters=chapters))
    assert said
    assert str(numbers) in said


SOMEWHERE = {"left": 0.1, "top": 0.1, "width": 0.3, "height": 0.5}


def staged(*steps: str, **places: dict[str, float]) -> list[dict[str, Any]]:
    """A chapter that reads a face, with a step for each of these cues."""
    areas = dict.fromkeys(("face", "table", "second"), SOMEWHERE) | places
    shown = [{"at": cue, "shows": ["frame"]} for cue in steps]
    cues = {"lines": 3.0, "age": 5.0}
    return [{"number": 1, "stream": "one", "cues": cues, "stage": {**areas, "steps": shown}}]


def test_a_stage_is_told_as_it_is_written(tmp_path: Path) -> None:
    (chapter,) = story.load(copy_story(tmp_path, chapters=staged("lines", "age"))).film.chapters
    assert chapter.stage
    assert [step.at for step in chapter.stage.steps] == ["lines", "age"]
    assert chapter.stage.second == story.Area(**SOMEWHERE)


@pytest.mark.parametrize(
    ("chapters", "why"),
    [
        (staged("lines", "wrinkles"), "waits for wrinkles"),
        (staged("age", "lines"), "must follow each other"),
        (staged("lines", "lines"), "must follow each other"),
        (staged("lines", table=SOMEWHERE | {"left": 0.8}), "within the picture"),
        (staged("lines", table=SOMEWHERE | {"top": -0.1}), "stage.table.top"),
    ],
)
def test_a_stage_that_cannot_be_played_is_refused(
    tmp_path: Path, chapters: list[dict[str, Any]], why: str
) -> None:
    said = complaint(copy_story(tmp_path, chapters=chapters))
    assert is_sentence(said, "film.yaml")
    assert said
    assert why in said


def test_the_films_own_story_is_whole() -> None:
    told = story.load()
    assert {chapter.number for chapter in told.film.chapters} <= set(told.words.chapters)
    assert set(told.film.allies) == set(told.words.allies)
    assert told.sources


def test_chapters_may_be_left_out_and_added(tmp_path: Path) -> None:
    told = story.load(copy_story(tmp_path, chapters=CHAPTERS))
    assert [chapter.number for chapter in told.film.chapters] == [1, 2, 3]
    assert [chapter.cover for chapter in told.film.chapters] == [False, True, False]


MADE = ("voice/speech.en.json", "dist/chapter-1/stream.json")


@unhurried
@given(st.sampled_from(MADE), st.binary(max_size=60) | anything.map(msgspec.json.encode))
def test_what_a_program_made_is_whole_or_named_in_one_sentence(
    folder: Path, name: str, content: bytes
) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    said = complaint(folder)
    path.unlink()
    assert said is None or is_sentence(said, name)


@pytest.mark.parametrize("word", ["Off", "No", "on", "yes", "y", "N", "TRUE"])
def test_words_stay_words(tmp_path: Path, word: str) -> None:
    path = tmp_path / "word.yaml"
    path.write_text(f"word: {word}\n", encoding="utf-8")
    assert story.read(path, dict[str, str]) == {"word": word}


def test_truth_is_true_or_false(tmp_path: Path) -> None:
    path = tmp_path / "truth.yaml"
    path.write_text("[true, false]", encoding="utf-8")
    assert story.read(path, list[bool]) == [True, False]


# --- what an operator adds ----------------------------------------------------------------------


def operated(folder: Path, text: str) -> operator.Operator:
    (folder / operator.FILE).write_text(text, encoding="utf-8")
    return operator.load(folder)


def test_without_an_operators_file_nothing_is_added(tmp_path: Path) -> None:
    nothing = operator.load(tmp_path)
    assert not any(msgspec.structs.asdict(nothing).values())
    assert (nothing.wallet, nothing.origins) == (None, [])


@pytest.mark.parametrize("pointer", ["$wallet.example/film", "https://wallet.example/film"])
def test_a_wallet_has_a_short_form(tmp_path: Path, pointer: str) -> None:
    added = operated(tmp_path, f"payment_pointer: {pointer}")
    assert added.wallet == "https://wallet.example/film"
    assert added.wallet_origin == "https://wallet.example"


@pytest.mark.parametrize("pointer", ["$wallet.example", "$wallet.example/"])
def test_a_wallet_that_has_a_host_to_itself_is_asked_at_the_known_path(pointer: str) -> None:
    wallet = operator.Operator(payment_pointer=pointer).wallet
    assert wallet == "https://wallet.example/.well-known/pay"


def test_origins_hold_no_key_and_no_path(tmp_path: Path) -> None:
    added = operated(
        tmp_path,
        "analytics: https://film.goatcounter.com/count\nerrors: https://key@bugs.example:8443/path/7",
    )
    assert added.origins == ["https://film.goatcounter.com", "https://bugs.example:8443"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("analytics: goatcounter", "$.analytics"),
        ("analytics: https://[", "$.analytics"),
        ("analytics: https://a.example;script-src", "$.analytics"),
        ("donate: javascript:alert(1)", "$.donate"),
        ("newsletter: 'https://a.example/\" onclick=\"x'", "$.newsletter"),
        ("payment_pointer: wallet.example", "$.payment_pointer"),
        ("payment_pointer: $a.example;script-src", "$.payment_pointer"),
        ("errors: https://bugs.example/1", "a key and a project"),
        ("errors: https://key@bugs.example", "a key and a project"),
        ("errors: https://key@bugs.example/", "a key and a project"),
        ("errors: https://key@bugs.example/?project=1", "a key and a project"),
        ("donation: https://a.example", "donation"),
        ("- https://a.example", "Expected `object`"),
    ],
)
def test_an_operators_mistake_is_named(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(story.StoryError) as raised:
        operated(tmp_path, text)
    said = str(raised.value)
    assert is_sentence(said, operator.FILE)
    assert place in said
