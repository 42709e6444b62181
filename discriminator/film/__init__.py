"""The documentary: its story, its pages, and one call that shows them."""

from discriminator.film.show import show

__all__ = ["show"]
