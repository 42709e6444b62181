"""The film's own files are those of the language that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cinema import copy_story

from discriminator import shipped
from discriminator.film import story

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", ["pt-BR", "no", "zh-Hant-TW"])
def test_words_and_speech_are_those_of_the_films_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    media = copy_story(tmp_path, language=language)
    words = media / "story" / f"{language}.yaml"
    (media / "story" / "en.yaml").rename(words)
    monkeypatch.setattr(shipped, "folder", lambda name: tmp_path if name == "media" else None)
    assert shipped.words() == words
    told = story.load()
    assert told.film.language == language
    assert told.speech == shipped.speech()
    assert told.speech.name == f"speech.{language}.opus"


@pytest.mark.parametrize("language", ["../en", "en/x", "e", "", "en_US", "-en"])
def test_a_language_is_a_code_and_no_path(tmp_path: Path, language: str) -> None:
    with pytest.raises(story.StoryError, match=r"\$\.language"):
        story.load(copy_story(tmp_path, language=language))
