"""Cover 1 and what becomes of it: a photo, a question, a clip on chapter 2's monitors, its end."""

from __future__ import annotations

import io
import re
import shutil
import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import psutil
import pytest
import yaml
from cinema import CHAPTERS, add_speech, eventually, serving, traces, workshop_of
from messages import unpacked
from performer import frame
from PIL import Image
from playwright.sync_api import Error, expect
from viewer import AXE

from discriminator import shipped
from discriminator.film import story
from discriminator.video import provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cinema import Server
    from playwright.sync_api import Browser, Locator, WebSocket
    from viewer import Viewer

FAR = ((0.42, 0.4), (0.6, 0.42), (0.59, 0.7), (0.41, 0.68))
NEAR = ((0.25, 0.1), (0.75, 0.16), (0.74, 0.9), (0.24, 0.82))
PANEL = ((0.3, -0.1), (0.7, 0.1), (0.68, 0.8), (0.26, 0.75))
MONITORS = [
    {
        "name": "monitor",
        "clip": 3.0,
        "from": 3.0,
        "to": 4.0,
        "path": [{"at": 3.2, "corners": FAR}, {"at": 3.8, "corners": NEAR}],
    },
    {
        "name": "panel",
        "clip": 3.0,
        "from": 4.0,
        "to": 5.0,
        "path": [{"at": 4.0, "corners": PANEL}],
    },
]
CORNERS = """
video => {
  const { left, top } = video.parentElement.getBoundingClientRect();
  const hung = new DOMMatrix(getComputedStyle(video).transform);
  const [w, h] = [video.offsetWidth, video.offsetHeight];
  return [[0, 0], [w, 0], [w, h], [0, h]].map(([x, y]) => {
    const at = hung.transformPoint(new DOMPoint(x, y));
    return [left + at.x / at.w, top + at.y / at.w];
  });
}
"""


class Cinema:
    """A film, its server, and what its story says of chapter 2."""

    def __init__(self, server: Server, media: Path) -> None:
        self.server = server
        chapters = story.load(media).film.chapters
        self.monitors = next(one.monitors for one in chapters if one.monitors)


@pytest.fixture(scope="module")
def small(film_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cinema]:
    """The small film with a booth, two monitors, and a second and a half to be said."""
    folder = tmp_path_factory.mktemp("booth") / "film"
    shutil.copytree(film_folder, folder)
    shutil.copytree(shipped.folder("media") / "dist" / "nobody", folder / "dist" / "nobody")
    add_speech(folder)
    script = folder / "story" / "film.yaml"
    film = yaml.safe_load(script.read_text(encoding="utf-8"))
    first, second, third = CHAPTERS
    film["chapters"] = [first | {"cover": True}, second | {"monitors": MONITORS}, third]
    script.write_text(yaml.safe_dump(film), encoding="utf-8")
    with serving(folder / "log", "--media", str(folder)) as running:
        yield Cinema(running, folder)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cinema]:
    """The film itself."""
    with serving(tmp_path_factory.mktemp("real") / "log") as running:
        yield Cinema(running, shipped.folder("media"))


class Sitter:
    """A viewer in the booth, and what their page has sent to its kernel."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.page = viewer.page
        self.sent: list[list[bytes]] = []
        """The buffers of every message that had some."""
        self.page.on("websocket", self._overhear)

    def _overhear(self, socket: WebSocket) -> None:
        socket.on("framesent", self._note)

    def _note(self, payload: str | bytes) -> None:
        if buffers := unpacked(payload).get("buffers"):
            self.sent.append(buffers)

    @property
    def booth(self) -> Locator:
        return self.page.locator(".booth")

    @property
    def hung(self) -> Locator:
        return self.page.locator(".hung video:not(.made-of)")

    def is_at(self, step: str) -> None:
        expect(self.booth).to_have_attribute("data-step", step)

    def clip_is(self, kind: str) -> None:
        expect(self.viewer.part("clip-place")).to_have_attribute("data-clip", kind)

    def take_photo(self) -> None:
        """By keyboard alone, as soon as the machine is content; who turned away tries again."""
        take = self.page.locator(".booth[data-step=aim] .primary[aria-disabled=false]")

        def asked() -> bool:
            if take.count():
                with suppress(Error):  # the machine has just changed its mind
                    take.press("Enter", timeout=1000)
            return self.booth.get_attribute("data-step") == "ask"

        eventually(asked)

    def choose(self, name: str, content: bytes) -> None:
        chosen = {"name": name, "mimeType": "image/png", "buffer": content}
        self.page.locator(".booth input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]

    def go_to_chapter_2(self) -> None:
        self.page.keyboard.press("2")
        self.viewer.is_at("cover-2")
        self.viewer.part("next").click()
        self.viewer.is_at("chapter-2")
        self.viewer.has_media()

    def stand_at(self, second: float) -> None:
        """Let the film rest at a second."""
        self.page.locator(".screen video").evaluate(
            "(video, at) => { video.pause(); video.currentTime = at; }", second
        )
        seconds = "video => video.seeking ? -1 : video.currentTime"
        film = self.page.locator(".screen video")
        eventually(lambda: abs(film.evaluate(seconds) - second) < 0.05)

    def sees_clip_at(self, seconds: float) -> None:
        """Wait until the clip hangs there, and stands where its sound would be."""
        expect(self.hung).to_be_visible()
        apart = (
            "(video, at) => video.seeking || !video.duration ? 1"
            " : Math.abs(video.currentTime - Math.min(at, video.duration))"
        )
        eventually(lambda: self.hung.evaluate(apart, seconds) <= 0.08)

    def sees_still(self, monitor: story.Monitor, second: float) -> None:
        """The picture that the clip was made of hangs beside it, from its own second on."""
        hangs = monitor.still is not None and second >= monitor.still.at
        expect(self.page.locator(".hung .made-of")).to_be_visible(visible=hangs)

    def hangs_between(self, corners: tuple[story.Corner, ...]) -> None:
        box = self.page.locator(".hung").bounding_box()
        assert box is not None
        for seen, told in zip(self.hung.evaluate(CORNERS), corners, strict=True):
            wanted = box["x"] + told[0] * box["width"], box["y"] + told[1] * box["height"]
            assert seen == pytest.approx(wanted, abs=4)


@pytest.fixture
def sit(performing: Browser, seat: Callable[..., Viewer]) -> Callable[..., Sitter]:
    """Bring somebody into a cinema, by default with a camera, and always with a kernel."""

    def bring(cinema: Cinema, path: str, *, camera: bool = True) -> Sitter:
        allowed = {"permissions": ["camera"] if camera else []}
        viewer = seat(browser=performing, server=cinema.server, kernel=True, **allowed)
        viewer.page.add_init_script(path=AXE)
        sitter = Sitter(viewer)
        # Everything has come long before the kernel has, and with it the page's last script.
        viewer.page.goto(viewer.address + path, wait_until="commit")
        expect(viewer.film).to_have_attribute("data-sitter", re.compile("."))
        return sitter

    return bring


@contextmanager
def workers_rest(cinema: Cinema) -> Iterator[None]:
    """Let the server's workers do nothing for a while."""
    children = psutil.Process(cinema.server.process.pid).children(recursive=True)
    workers = [one for one in children if "discriminator.jobs.craft" in " ".join(one.cmdline())]
    assert workers
    for worker in workers:
        worker.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("film", ["small", "real"])
def test_a_face_speaks_from_cover_1_to_chapter_2_and_is_deleted(
    film: str, sit: Callable[..., Sitter], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    cinema: Cinema = request.getfixturevalue(film)
    sitter = sit(cinema, "permissions")
    viewer = sitter.viewer
    viewer.part("allow").click()
    viewer.is_at("cover-1")
    sitter.take_photo()
    viewer.button("Take another").press("Enter")
    sitter.take_photo()
    expect(sitter.booth.locator("blockquote")).to_contain_text("This mouth is being moved.")
    assert sitter.sent == []  # not before the viewer has agreed
    viewer.button("Make my face speak").press("Enter")
    eventually(lambda: sitter.sent)
    [[photo, points]] = sitter.sent
    with Image.open(io.BytesIO(photo)) as picture:
        assert picture.format == "JPEG"
        assert picture.width == picture.height < 480  # the face, not the frame
    assert len(points) == 478 * 3 * 4
    viewer.part("next").click()
    viewer.is_at("chapter-1")
    sitter.clip_is("ready")
    sitter.go_to_chapter_2()
    for monitor in (*cinema.monitors, cinema.monitors[0]):  # and back again
        for standing, second in ((monitor.path[0], monitor.start), (monitor.path[-1], monitor.end)):
            at = second + 0.1 if second == monitor.start else second - 0.1
            sitter.stand_at(at)
            sitter.sees_clip_at(at - monitor.clip)
            assert sitter.hung.get_attribute("data-monitor") == monitor.name
            sitter.sees_still(monitor, at)
            sitter.hangs_between(standing.corners)
    sitter.stand_at(cinema.monitors[-1].end + 0.2)
    expect(sitter.hung).to_be_hidden()
    viewer.play_to_the_end()
    panel = viewer.part("clip-panel")
    expect(panel).to_be_visible()
    eventually(lambda: not viewer.moving)
    assert viewer.violations == []
    with viewer.page.expect_download() as downloading:
        panel.get_by_role("link", name="Keep it").click()
    kept = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(kept)
    says = provenance.read(kept)
    assert says is not None
    assert (says.synthetic, says.valid) == (True, True)
    expect(panel.get_by_role("status")).to_contain_text(kept.name)
    folder = workshop_of(cinema.server)
    everything = (photo, points, kept.read_bytes())
    assert all(traces(folder, content) for content in everything)
    panel.get_by_role("button", name="Delete it now").click()
    expect(panel).to_contain_text("nothing of you left")
    assert [traces(folder, content) for content in everything] == [[], [], []]
    sitter.stand_at(cinema.monitors[0].start + 0.1)
    expect(sitter.hung).to_be_hidden()


def test_a_clip_that_is_late_is_hung_when_it_comes(
    small: Cinema, sit: Callable[..., Sitter]
) -> None:
    sitter = sit(small, "chapter/1?type=cover", camera=False)
    sitter.choose("me.png", stored(Image.fromarray(frame())))
    sitter.is_at("ask")
    with workers_rest(small):
        sitter.viewer.button("Make my face speak").click()
        sitter.go_to_chapter_2()
        sitter.stand_at(3.3)
        expect(sitter.hung).to_be_hidden()
        sitter.clip_is("making")
    sitter.sees_clip_at(0.3)


def test_a_picture_can_be_chosen_instead_and_thrown_away(
    small: Cinema, sit: Callable[..., Sitter]
) -> None:
    sitter = sit(small, "chapter/1?type=cover", camera=False)
    booth = sitter.booth
    expect(booth).to_contain_text("called Nobody, will speak in your place")
    sitter.choose("letter.png", b"no picture")
    expect(booth).to_contain_text("no picture that this browser can read")
    sitter.choose("night.png", stored(Image.new("RGB", (320, 240))))
    expect(booth).to_contain_text("No face was found")
    sitter.choose("me.png", stored(Image.fromarray(frame())))
    sitter.is_at("ask")
    assert sitter.viewer.violations == []
    sitter.viewer.button("Throw it away").click()
    expect(booth).to_contain_text("It never left this page")
    sitter.go_to_chapter_2()
    sitter.stand_at(3.3)
    expect(sitter.hung).to_be_hidden()  # and so Nobody speaks, in the film's own picture
    assert sitter.sent == []


def test_in_somebody_elses_jupyter_server_a_worker_is_started_for_it(researcher: Viewer) -> None:
    sitter = Sitter(researcher)
    researcher.page.goto(f"{researcher.address}discriminator/chapter/1?type=cover")
    sitter.is_at("aim")
    sitter.choose("me.png", stored(Image.fromarray(frame())))
    sitter.is_at("ask")
    researcher.button("Make my face speak").click()
    sitter.clip_is("ready")
    researcher.part("clip").click()
    researcher.part("clip-panel").get_by_role("button", name="Delete it now").click()
    expect(researcher.part("clip-panel")).to_contain_text("nothing of you left")


def test_a_notebook_gets_the_photo_that_somebody_agrees_to(researcher: Viewer) -> None:
    sitter = Sitter(researcher)
    researcher.page.context.grant_permissions(["camera"])
    researcher.page.goto(f"{researcher.address}voila/render/booth.ipynb")
    sitter.is_at("aim")
    expect(researcher.button("Take a photo")).to_be_visible()
    sitter.choose("me.png", stored(Image.fromarray(frame())))
    sitter.is_at("ask")
    assert sitter.sent == []
    researcher.button("Hand it over").click()
    expect(researcher.page.get_by_text("agreed: True, points: True")).to_be_visible()
    researcher.button("Delete it now").click()
    expect(researcher.page.get_by_text("agreed: False, points: False")).to_be_visible()


def stored(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
