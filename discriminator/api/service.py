"""The service's addresses, all of them, and the one form of its refusals."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from discriminator.api import clips, detectors, page, refusals, verdicts
from discriminator.api.gate import Gate

if TYPE_CHECKING:
    from discriminator.jobs.office import Office

_ABOUT = """\
Hand a job in with POST: the answer has its `id` and its `secret`, which no other answer shows.
Send the secret along (`Authorization: Bearer SECRET`) to see how the job stands, to fetch what came
of it, and to have it forgotten with DELETE. Nothing of a job is left after 30 minutes.
"""


def make(office: Office) -> Gate:
    """Return the service, as an ASGI application, in front of an office.

    Args:
        office: does `speaking` and `judging`.
    """
    service = FastAPI(
        title="Discriminator",
        description=_ABOUT,
        docs_url=None,  # FastAPI's own pages load their scripts from a foreign host
        redoc_url=None,
        redirect_slashes=False,
        responses=refusals.DESCRIBED,
    )
    service.state.office = office
    refusals.register(service)
    for part in (clips, verdicts, detectors, page):
        service.include_router(part.routes)

    @service.get("/healthz", summary="Whether somebody is at work", tags=["service"])
    def health() -> JSONResponse:
        """How many workers each trade has; 503 where one has none."""
        workers = office.at_work()
        status = HTTPStatus.OK if all(workers.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"workers": workers}, status)

    return Gate(service)
