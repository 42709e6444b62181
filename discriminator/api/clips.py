"""Clips: a photo says what a voice says, if the person in it agrees."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import Field

from discriminator.api.desk import Desk, HandedIn, Secret, Standing, State, told
from discriminator.api.refusals import Refused

ADDRESS = "/v1/clips"
AGREED = "true"
_REFUSAL = (
    "Nobody has said that the person in the photo agrees: ask them, then send the field "
    f"`consent` with the word {AGREED}."
)

routes = APIRouter(prefix=ADDRESS, tags=["clips"])


class Clip(Standing):
    """How a clip stands."""

    state: State
    video: str | None = Field(description="Where the clip is, once it is done.")


def _desk(request: Request) -> Desk:
    return Desk(request.app.state.office, "speaking", ADDRESS)


At = Annotated[Desk, Depends(_desk)]


@routes.post("", status_code=HTTPStatus.ACCEPTED, summary="Have a photo speak")
def ask(  # noqa: PLR0913, PLR0917 - a form has these fields
    desk: At,
    answer: Response,
    photo: Annotated[UploadFile, File(description="A picture of a face, or a video of one.")],
    voice: Annotated[
        UploadFile | None, File(description="What it says; the film's own words without.")
    ] = None,
    consent: Annotated[str, Form(description=f"`{AGREED}`: the person in it agrees.")] = "",
    face: Annotated[int, Form(ge=0, description="Which of several speaks; 0, the largest.")] = 0,
) -> HandedIn:
    """The clip is marked, tagged and signed as synthetic; nothing switches that off."""
    if consent != AGREED:
        raise Refused(HTTPStatus.FORBIDDEN, _REFUSAL)
    files = {"photo": photo} | ({"voice": voice} if voice else {})
    return desk.hand_in(answer, {"consent": True, "face": face}, files)


@routes.get("/{job}", summary="How a clip stands")
def look(desk: At, job: str, secret: Secret) -> Clip:
    """A photo without a face, or a voice without a sound, is said here."""
    ticket = desk.look(job, secret)
    video = f"{ADDRESS}/{job}/video" if ticket.state == "done" else None
    return Clip(**told(job, ticket), video=video)


@routes.get("/{job}/video", summary="Fetch a clip", response_class=FileResponse)
def fetch(desk: At, job: str, secret: Secret) -> FileResponse:
    """An .mp4 with Content Credentials that say what it is."""
    clip = desk.collect(job, secret)
    return FileResponse(clip, media_type="video/mp4", filename=f"synthetic-{job}.mp4")


@routes.delete("/{job}", status_code=HTTPStatus.NO_CONTENT, summary="Forget a clip, now")
def forget(desk: At, job: str, secret: Secret) -> None:
    """Photo, voice and clip are deleted; if it is being made, that ends."""
    desk.forget(job, secret)
