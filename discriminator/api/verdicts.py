"""Verdicts: what detectors say of a video or a picture."""

from http import HTTPStatus
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from pydantic import Field

from discriminator.api.desk import Desk, HandedIn, Secret, Standing, State, told
from discriminator.api.detectors import checked
from discriminator.detect.verdict import Leaning, Score

ADDRESS = "/v1/verdicts"

routes = APIRouter(prefix=ADDRESS, tags=["verdicts"])


class Verdict(Standing):
    """How a verdict stands, and the verdict."""

    state: State | Literal["abstained"] = Field(
        description=(
            "`queued`, `running`, `done`, `failed`, or `abstained`: the detector cannot tell, and "
            "says why."
        )
    )
    words: str | None = Field(None, description="The verdict as a sentence.")
    leaning: Leaning | None = Field(None, description="On which side of its threshold it is.")
    score: Score | None = Field(None, description="The verdict in numbers, and its signals.")


def _desk(request: Request) -> Desk:
    return Desk(request.app.state.office, "judging", ADDRESS)


At = Annotated[Desk, Depends(_desk)]


@routes.post("", status_code=HTTPStatus.ACCEPTED, summary="Have a file judged")
def ask(
    desk: At,
    answer: Response,
    file: Annotated[
        UploadFile, File(description="A video, of which half a minute is watched, or a picture.")
    ],
    detector: Annotated[str, Form(description="One of `/v1/detectors`.")] = "together",
) -> HandedIn:
    """A score is P(fake), or a reason to abstain; numbers are no percentages unless it says so."""
    return desk.hand_in(answer, {"detector": checked(detector)}, {"file": file})


@routes.get("/{job}", summary="How a verdict stands, and what it is")
def look(desk: At, job: str, secret: Secret) -> Verdict:
    """`calibrated_on` says by which clips the numbers became probabilities."""
    ticket = desk.look(job, secret)
    standing = told(job, ticket)
    if ticket.state != "done":
        return Verdict(**standing)
    score = msgspec.json.decode(desk.collect(job, secret).read_bytes(), type=Score)
    if score.fake is None:
        standing["state"] = "abstained"
    return Verdict(**standing, words=score.words, leaning=score.leaning, score=score)


@routes.delete("/{job}", status_code=HTTPStatus.NO_CONTENT, summary="Forget a verdict, now")
def forget(desk: At, job: str, secret: Secret) -> None:
    """File and verdict are deleted; if it is being judged, that ends."""
    desk.forget(job, secret)
