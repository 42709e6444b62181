"""The film's look for Plotly: the template of the house, and a colour for each kind of owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discriminator.look import INK, PAPER, RED, TEMPLATE, YELLOW

if TYPE_CHECKING:
    from discriminator.film.downloads.tables import Kind

__all__ = ["INK", "KIND_COLOURS", "KIND_NAMES", "PAPER", "RED", "TEMPLATE", "YELLOW"]

KIND_COLOURS: dict[Kind, str] = {
    "academic": "#56b4e9",
    "company": "#f0e442",
    "government": "#e8722c",
    "none": "#8d8a83",
    "withheld": "#5f5d59",
}
"""After Okabe and Ito: they differ in lightness too, for those who see fewer colours."""
KIND_NAMES: dict[Kind, str] = {
    "academic": "University or institute",
    "company": "Company or other",
    "government": "Government or defence",
    "none": "Named no organisation",
    "withheld": "Withheld here",
}
