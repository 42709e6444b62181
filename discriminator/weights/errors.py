"""What can be wrong with a model file, said to the person who wants it."""


class WeightsError(RuntimeError):
    """A model file is not there, not whole, or not to be had; the message says what to do."""
