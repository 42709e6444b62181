"""What the people who run a copy of the film may add to it, all of it off by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import msgspec

from discriminator.film.story import Address, Part, read

if TYPE_CHECKING:
    from pathlib import Path

FILE = "operator.yaml"

PaymentPointer = Annotated[str, msgspec.Meta(pattern="^(\\$|https://)[^\\s<>\"']+$")]


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

    @property
    def wallet(self) -> str | None:
        """The payment pointer as the address that `<link rel="monetization">` wants."""
        pointer = self.payment_pointer
        return f"https://{pointer[1:]}" if pointer and pointer.startswith("$") else pointer

    @property
    def origins(self) -> list[str]:
        """Foreign origins that the page may then send to, for the Content-Security-Policy."""
        parts = [urlsplit(address) for address in (self.analytics, self.errors) if address]
        return [f"{part.scheme}://{part.netloc.rpartition('@')[2]}" for part in parts]


def load(media: Path) -> Operator:
    """Read the operator's file, if there is one.

    Raises:
        StoryError: in one sentence, as for the story.
    """
    path = media / FILE
    return read(path, Operator) if path.exists() else Operator()
