"""A stage that is asked for, in whichever way it is written."""

from workflows.naming import as_written


class Staged:
    """A question that may be narrowed to a stage, as it is read or as definitions write it."""

    __slots__ = ()
    stage: str | None

    def __post_init__(self) -> None:
        """Keep the stage as definitions write it."""
        if self.stage is not None:
            object.__setattr__(self, "stage", as_written(self.stage))
