"""The film's own streams: in a player that is not ours, on slow lines, on servers that go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cinema import eventually, free_port, serving
from playwright.sync_api import expect
from subtitles import cues

from discriminator.server import playing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cinema import Server
    from playwright.sync_api import Browser
    from viewer import Viewer

BARE = """
async ([library, manifest]) => {
  const { default: shaka } = await import(library);
  const video = document.createElement("video");
  const captions = document.createElement("div");
  captions.style.height = "10em";
  document.body.replaceChildren(captions, video);
  const player = new shaka.Player();
  // The video's own track loses what comes too early. The box stands above the video: a large size
  // would push it out of the window, where nothing is written.
  player.setVideoContainer(captions);
  await player.attach(video);
  await player.load(manifest);
  player.selectTextTrack(player.getTextTracks()[0]);
  Object.assign(window, { player, video, captions });
}
"""
"""Shaka Player without anything of ours around it."""
SAID = """
(at) => {
  // A player that has only just loaded may still go to its own beginning.
  if (Math.abs(video.currentTime - at) > 0.1) video.currentTime = at;
  if (video.seeking || video.readyState < video.HAVE_FUTURE_DATA) return "";
  return captions.textContent;
}
"""
"""What the captions say at a second."""
SIZE = """
async (height) => {
  player.configure({ abr: { enabled: false } });
  player.selectVariantTrack(player.getVariantTracks().find((it) => it.height === height), true);
}
"""
GONE = [
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_INCOMPLETE_CHUNKED_ENCODING",
    "WebSocket",
]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The film itself."""
    with serving(tmp_path_factory.mktemp("film") / "log") as running:
        yield running


@pytest.mark.parametrize("manifest", ["manifest.mpd", "master.m3u8"])
def test_both_manifests_play_in_a_player_that_is_not_ours(
    seat: Callable[..., Viewer], film: Server, manifest: str
) -> None:
    viewer = seat(server=film).turn_to(0)
    library = next(url for url in viewer.requests if "shaka-player" in url)
    page = viewer.page
    page.evaluate(BARE, [library, f"{film.address}media/dist/chapter-1/{manifest}"])
    sizes = page.evaluate("player.getVariantTracks().map(({ height }) => height)")
    assert sorted(sizes) == [432, 720, 1080]
    eventually(lambda: page.evaluate("video.readyState >= video.HAVE_FUTURE_DATA"))
    for begin, end, words in (cues("chapter-1")[n] for n in (0, 30, 10)):
        middle = (begin + end) / 2
        eventually(lambda at=middle, said=words: said in page.evaluate(SAID, at))
    for height in (432, 1080):
        page.evaluate(SIZE, height)
        eventually(lambda height=height: page.evaluate("video.videoHeight") == height)
    before = page.evaluate("video.muted = true, video.play(), video.currentTime")
    eventually(lambda: page.evaluate("video.currentTime") > before + 1)


def test_a_browser_without_media_source_plays_the_other_manifest(
    seat: Callable[..., Viewer], film: Server
) -> None:
    viewer = seat(server=film)
    viewer.page.add_init_script("delete window.MediaSource")
    viewer.turn_to(30)
    viewer.play()
    viewer.stands_at(31, 32, 33)
    assert any(url.endswith("/chapter-1/master.m3u8") for url in viewer.requests)
    assert not any("manifest.mpd" in url or "shaka" in url for url in viewer.requests)


def test_a_line_that_gets_narrow_gets_a_smaller_size_two_segments_later(
    browser: Browser, film: Server, figure: Callable[[str], None]
) -> None:
    few = playing.GOALS["segments_until_switched_down"]

    def switches() -> bool:
        segments = playing.switch_down(browser, film.address)
        figure(f"large segments fetched after the line dropped to 1 Mb/s: {segments}")
        return segments <= few

    # A line seems wider than it is to a player that a busy machine keeps waiting.
    assert any(switches() for _ in range(3))


@pytest.mark.soak  # at the film's own pace
def test_a_fair_line_plays_without_a_stop(browser: Browser, film: Server) -> None:
    assert playing.stalls(browser, film.address, 30) == 0


def test_when_the_server_is_back_the_film_goes_on_where_it_was(
    seat: Callable[..., Viewer], tmp_path: Path
) -> None:
    port = free_port()
    with serving(tmp_path / "log", port=port) as first:
        viewer = seat(server=first).turn_to(20)
        viewer.play()
    viewer.expected += GONE
    viewer.page.locator("video").evaluate("video => { video.currentTime = 120 }")
    expect(viewer.part("failure")).to_be_visible()
    with serving(tmp_path / "again", port=port):
        expect(viewer.part("failure")).to_be_hidden()
        viewer.plays()
        viewer.stands_at(*range(121, 130))
        viewer.leave()
