from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discriminator import streaming
from discriminator.streaming import captions
from discriminator.streaming.languages import own_name, standard

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("WEBVTT\n", encoding="utf-8")


def test_those_of_the_same_name_are_found(tmp_path: Path) -> None:
    write(tmp_path, "one.en.vtt", "one.pt-br.vtt", "one.cut.en.vtt", "other.fr.vtt")
    found = captions.find(tmp_path / "one.mov", (), None)
    assert [text.language for text in found] == ["en", "pt-BR"]


def test_those_of_a_film_lie_in_a_folder_of_their_own(tmp_path: Path) -> None:
    for folder in ("masters", "captions"):
        (tmp_path / folder).mkdir()
    write(tmp_path / "captions", "one.en.vtt", "one.en.descriptions.vtt", "other.en.vtt")
    for master in ("one.mov", "one.en.opus"):
        found = captions.find(tmp_path / "masters" / master, (), None)
        assert [(text.path.parent.name, text.language) for text in found] == [("captions", "en")]
    write(tmp_path / "masters", "one.fr.vtt")
    found = captions.find(tmp_path / "masters" / "one.mov", (), None)
    assert [text.language for text in found] == ["fr"]


@pytest.mark.parametrize("name", ["film.gr.vtt", "film.english.vtt"])
def test_a_language_that_is_none_is_told(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    with pytest.raises(streaming.EncodeError, match="is not a language code"):
        captions.find(tmp_path / "film.mov", (), None)
    [found] = captions.find(tmp_path / "film.mov", (), "el")
    assert found.language == "el"


@pytest.mark.parametrize("name", ["film", "film.2", "film.cut"])
def test_a_name_without_a_language_states_none(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"{name}.vtt")
    [found] = captions.find(tmp_path / f"{name}.mov", (), None)
    assert found.language == "und"


def test_named_ones_come_instead(tmp_path: Path) -> None:
    write(tmp_path, "one.en.vtt", "words.vtt")
    found = captions.find(tmp_path / "one.mov", (tmp_path / "words.vtt",), "de")
    assert [(text.path.name, text.language) for text in found] == [("words.vtt", "de")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", "en"), ("ENG", "en"), ("ger", "de"), ("pt_br", "pt-BR"), ("zh-hant", "zh-Hant")],
)
def test_codes_are_written_one_way(code: str, expected: str) -> None:
    assert standard(code) == expected


@given(st.text(max_size=12))
def test_any_text_is_a_language_or_refused(code: str) -> None:
    try:
        known = standard(code)
    except streaming.EncodeError:
        return
    assert own_name(known)


@given(st.integers(0, 360_000_000))
def test_moments_keep_their_thousandths(thousandths: int) -> None:
    hours, minutes, seconds = captions.stamp(thousandths / 1000).split(":")
    again = int(hours) * 3_600_000 + int(minutes) * 60_000 + round(float(seconds) * 1000)
    assert again == thousandths
