"""Every refusal has one form, `{"error": "a sentence that says what to do"}`."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from discriminator.jobs.errors import (
    JobError,
    NotReadyError,
    QueueFullError,
    UnknownJobError,
)

_SOON = 60
"""Seconds after which whoever was turned away may ask again, where nobody knows better."""
_ABOUT = "/docs says what there is."


class Refusal(BaseModel):
    """What every refusal says."""

    error: str
    """One sentence that says what to do."""


DESCRIBED: dict[int | str, dict[str, Any]] = {
    "default": {"model": Refusal, "description": "A refusal: one sentence that says what to do."}
}
_OF_THE_FRAMEWORK = {
    HTTPStatus.BAD_REQUEST: "The form cannot be read: send it whole, as multipart/form-data.",
    HTTPStatus.NOT_FOUND: f"There is nothing at this address: {_ABOUT}",
    HTTPStatus.METHOD_NOT_ALLOWED: f"This address does not do that: {_ABOUT}",
}
"""What the framework says of its own accord, and what we say instead."""


class Refused(HTTPException):
    """A refusal in our own words."""


def register(service: FastAPI) -> None:
    """Have a service answer in this form, whatever goes wrong."""
    service.add_exception_handler(HTTPException, _refused)
    service.add_exception_handler(RequestValidationError, _misread)
    service.add_exception_handler(JobError, _not_done)
    service.add_exception_handler(Exception, _stumbled)


def answer(status: int, sentence: str, **headers: str) -> JSONResponse:
    """Return a refusal."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse({"error": sentence}, status, named)


def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - the framework's promise
    own = isinstance(error, Refused)
    sentence = error.detail if own else _OF_THE_FRAMEWORK.get(HTTPStatus(error.status_code))
    return JSONResponse(
        {"error": sentence or f"{error.detail}: {_ABOUT}"},
        error.status_code,
        dict(error.headers or {}),
    )


def _misread(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    first = error.errors()[0]
    field = first["loc"][-1]
    lacks = first["type"] == "missing"
    wrong = "is missing" if lacks else f"will not do ({first['msg'].lower()})"
    sentence = f"`{field}` {wrong}: send it as a part of a multipart/form-data form."
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, sentence)


def _not_done(_: Request, error: Exception) -> JSONResponse:
    match error:
        case UnknownJobError():
            return answer(HTTPStatus.NOT_FOUND, str(error))
        case NotReadyError():
            return answer(HTTPStatus.CONFLICT, str(error))
    wait = error.seconds if isinstance(error, QueueFullError) else _SOON
    return answer(HTTPStatus.SERVICE_UNAVAILABLE, str(error), Retry_After=str(wait))


def _stumbled(_: Request, __: Exception) -> JSONResponse:
    sentence = "Something went wrong inside; the service's log says what."
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, sentence)
