"""What a notebook can show: the Python half of every widget."""

from discriminator.widgets.plot import Plot
from discriminator.widgets.shell import Shell
from discriminator.widgets.stream_player import StreamPlayer

__all__ = ["Plot", "Shell", "StreamPlayer"]
