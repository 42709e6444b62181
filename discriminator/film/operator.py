"""What the people who run a copy of the film may add to it, all of it off by default."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import msgspec

from discriminator.film.story import Address, read
from discriminator.film.words import Part

if TYPE_CHECKING:
    from pathlib import Path

FILE = "operator.yaml"

PaymentPointer = Annotated[
    str,
    msgspec.Meta(pattern="^(\\$|https://)[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\\s<>\"']*)?$"),
]


class Operator(Part, frozen=True):
    """`media/operator.yaml`; where there is none, nothing is counted, reported or asked for."""

    payment_pointer: PaymentPointer | None = None
    """Web Monetization wallet, as an address or in the short form `$wallet.example/film`."""
    donate: Address | None = None
    newsletter: Address | None = None
    analytics: Address | None = None
    """A GoatCounter address that counts page views, such as `https://film.goatcounter.com/count`."""
    errors: Address | None = None
    """A DSN of the Sentry protocol (Sentry, GlitchTip, Bugsink) that takes script errors."""

    def __post_init__(self) -> None:
        """Refuse an address that no report could be sent to."""
        if self.errors and not _is_dsn(self.errors):
            message = f"errors needs a key and a project, as https://KEY@host/1, not {self.errors}"
            raise ValueError(message)

    @property
    def wallet(self) -> str | None:
        """The payment pointer as the address that `<link rel="monetization">` wants."""
        pointer = self.payment_pointer
        if not (pointer and pointer.startswith("$")):
            return pointer
        place = urlsplit(f"https://{pointer[1:]}")
        # A pointer to a host alone means this path of it.
        return (
            place.geturl() if place.path.strip("/") else f"https://{place.netloc}/.well-known/pay"
        )

    @property
    def origins(self) -> list[str]:
        """Foreign origins that the page may then send to, for the Content-Security-Policy."""
        return [_origin(address) for address in (self.analytics, self.errors) if address]

    @property
    def wallet_origin(self) -> str | None:
        """The foreign origin that a browser may then ask how to pay, for the same policy."""
        return self.wallet and _origin(self.wallet)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _is_dsn(address: str) -> bool:
    """Whether the page's script finds in it whom to tell, and of what (`report.ts`)."""
    parts = urlsplit(address)
    return bool(parts.username and re.search("/[^/]+/?$", parts.path))


def load(media: Path) -> Operator:
    """Read the operator's file, if there is one.

    Raises:
        StoryError: in one sentence, as for the story.
    """
    path = media / FILE
    return read(path, Operator) if path.exists() else Operator()
