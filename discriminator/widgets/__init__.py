"""What a notebook can show: the Python half of every widget."""

from discriminator.widgets.shell import Shell

__all__ = ["Shell"]
