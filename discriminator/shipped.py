"""What comes with the package besides code: the film's media and its notebooks."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Where `media` or `notebooks` are: inside an installed package, beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def language() -> str:
    """Return the language of the film, as `film.yaml` names it."""
    import yaml  # noqa: PLC0415 - a viewer's kernel needs none

    film = (folder("media") / "story" / "film.yaml").read_text(encoding="utf-8")
    # To this loader everything is text: `no` is Norwegian, not a refusal.
    named: str = yaml.load(film, Loader=yaml.BaseLoader)["language"]  # noqa: S506 - it makes strings
    return named


def words() -> Path:
    """Return the file that holds every word of the film's page."""
    return folder("media") / "story" / f"{language()}.yaml"


def speech() -> Path:
    """Return the sound of what a viewer's own face says in the film; its words lie beside it."""
    return folder("media") / "voice" / f"speech.{language()}.opus"
