"""Languages: which codes exist, and how they are called in their own tongue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from discriminator.streaming.errors import EncodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = "und"
"""What BCP 47 calls a language that nobody stated."""


def standard(code: str) -> str:
    """Return the code as manifests want it: `eng` and `EN` become `en`, `pt_br` becomes `pt-BR`."""
    head, *rest = code.strip().replace("_", "-").split("-")
    # Babel turns a code of three letters into a country's locale; the short code says no country.
    short = get_global("language_aliases").get(head.lower(), head.lower())
    if short == UNKNOWN:
        return UNKNOWN
    try:
        return str(Locale.parse("-".join([short, *rest]), sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError):
        message = f"{code!r} is not a language code: write one such as en, fr or pt-BR."
        raise EncodeError(message) from None


def own_names(codes: Sequence[str]) -> list[str]:
    """Return each language's name in itself; a second track in one language is `English 2`."""
    names = []
    for number, code in enumerate(codes):
        again = codes[:number].count(code)
        names.append(f"{own_name(code)} {again + 1}" if again else own_name(code))
    return names


def own_name(code: str) -> str:
    """Return the language's name in the language itself, such as `français`."""
    if code == UNKNOWN:
        return "Original"
    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[0].upper() + name[1:]
