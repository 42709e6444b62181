"""Which detectors can be asked, and what one should know of each before believing it."""

from http import HTTPStatus

from fastapi import APIRouter
from pydantic import BaseModel, Field

from discriminator.api.refusals import Refused
from discriminator.detect.errors import UnknownDetectorError

routes = APIRouter(prefix="/v1/detectors", tags=["verdicts"])


class Detector(BaseModel):
    """A detector's card."""

    name: str
    description: str
    limits: str = Field(description="What it cannot judge, and where it is wrong.")
    licence: str
    version: str = Field(description="Rises whenever the same file would get another number.")
    threshold: float = Field(description="From which P(fake) on it calls a file fake.")
    calibrated_on: str | None = Field(
        description="The clips by which its numbers became probabilities; without, an order."
    )
    self_check: dict[str, int] | None = Field(
        description="What it said of made clips: no claim about the world."
    )
    state: str = Field(description="Of its model file, if it needs one.")


class Detectors(BaseModel):
    """All that are installed."""

    detectors: list[Detector] = Field(description="Their names, their limits, their licences.")


@routes.get("", summary="Which detectors there are")
def tell() -> Detectors:
    """The cards of all detectors that are installed, ours first."""
    from discriminator.detect import listing  # noqa: PLC0415 - numpy and its kin

    return Detectors(detectors=[Detector(**card) for card in listing.told()])


def checked(name: str) -> str:
    """Return the name of an installed detector.

    Raises:
        Refused: there is none of this name.
    """
    from discriminator.detect import registry  # noqa: PLC0415 - as above

    try:
        return registry.checked(name)
    except UnknownDetectorError as unknown:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(unknown)) from unknown
