"""What clips and verdicts have in common: a job is handed in, looked at, fetched, forgotten."""

import secrets
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, Response, UploadFile
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

from discriminator.api.refusals import Refused
from discriminator.jobs.office import Office, Ticket

State = Annotated[
    Literal["queued", "running", "done", "failed"],
    Field(description="`queued`, `running`, `done` or `failed`."),
]


class Standing(BaseModel):
    """How a job stands."""

    id: str = Field(description="What the job goes by.")
    state: str
    progress: float = Field(description="How much of it is done, 0 to 1.")
    position: int = Field(description="Jobs that come before it; 0 when it is being done.")
    wait: float = Field(description="Seconds until it is probably done.")
    error: str | None = Field(description="Why it failed, and what to do.")


class HandedIn(Standing):
    """A job that was taken, and what proves later whose it is."""

    state: State
    secret: str = Field(description="Shown here alone: send it as `Authorization: Bearer SECRET`.")


class Desk:
    """One trade of the office, for those who come over HTTP.

    Args:
        office: does the jobs.
        trade: its name; a secret is worth nothing at the desk of another.
        address: of the desk.
    """

    def __init__(self, office: Office, trade: str, address: str) -> None:
        self._office = office
        self._trade = trade
        self._address = address

    def hand_in(
        self, answer: Response, wish: dict[str, Any], files: dict[str, UploadFile]
    ) -> HandedIn:
        """Hand a job in, and say in the answer's head where it is."""
        secret = secrets.token_urlsafe(32)
        content = {name: _content(name, file) for name, file in files.items()}
        job = self._office.submit(self._trade, self._session(secret), wish, content)
        answer.headers["Location"] = f"{self._address}/{job}"
        return HandedIn(**told(job, self.look(job, secret)), secret=secret)

    def look(self, job: str, secret: str) -> Ticket:
        """Say how a job stands."""
        return self._office.look(job, self._session(secret))

    def collect(self, job: str, secret: str) -> Path:
        """Return the path of what came of a job."""
        return self._office.collect(job, self._session(secret))

    def forget(self, job: str, secret: str) -> None:
        """Stop a job, if it is being done, and let nothing of it remain."""
        self.look(job, secret)
        self._office.forget(self._session(secret))

    def _session(self, secret: str) -> str:
        return f"{self._trade} {secret}"


def told(job: str, ticket: Ticket) -> dict[str, Any]:
    """Return what a `Standing` says of a job."""
    return {
        "id": job,
        "state": ticket.state,
        "progress": ticket.progress,
        "position": ticket.position,
        "wait": round(ticket.wait, 1),
        "error": ticket.message or None,
    }


def _content(name: str, file: UploadFile) -> bytes:
    """Return what was uploaded; what it was called on another machine is nobody's business."""
    if content := file.file.read():
        return content
    message = f"`{name}` is empty: send a file that holds something."
    raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, message)


_bearer = HTTPBearer(auto_error=False, description="The `secret` in the answer to POST.")


def _secret(said: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if said:
        return said.credentials
    message = "Say whose job it is, with its secret: `Authorization: Bearer SECRET`."
    raise Refused(HTTPStatus.UNAUTHORIZED, message, {"WWW-Authenticate": "Bearer"})


Secret = Annotated[str, Depends(_secret)]
