"""Languages: which codes exist, and how they are called in their own tongue."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from discriminator.streaming.errors import EncodeError

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


def own_name(code: str) -> str:
    """Return the language's name in the language itself, such as `français`."""
    if code == UNKNOWN:
        return "Original"
    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[0].upper() + name[1:]
