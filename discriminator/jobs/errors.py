"""What can be wrong with a job, said to the person who wants it done."""


class JobError(RuntimeError):
    """A job cannot be taken, found or done; the message is one sentence that says what to do."""


class UnknownJobError(JobError):
    """There is no such job for whoever asks."""


class NotReadyError(JobError):
    """The job has no result, or not yet."""


class QueueFullError(JobError):
    """As many jobs wait as may; the message says how long."""

    def __init__(self, message: str, seconds: int = 0) -> None:
        """Add the seconds that the message speaks of, for programs."""
        super().__init__(message)
        self.seconds = seconds


class NobodyWorksError(JobError):
    """No worker of this trade is there."""


class StoppedError(JobError):
    """Raised inside a trade whose job is no longer wanted."""
