"""How the streams in `media/dist` are made: what masters and narration lead to."""

import storyboard


def command(chapter: int) -> str:
    """Return what makes a chapter's stream of its master, as the film's own was made."""
    drawn = chapter in storyboard.drawn()
    master = f"masters/chapter-{chapter}.mov" if drawn else f"mix/chapter-{chapter}.en.opus"
    quality = " --quality 33" if drawn else ""
    stream = f"media/dist/chapter-{chapter}"
    return f"discriminator encode media/{master} -o {stream}{quality} --language en"
