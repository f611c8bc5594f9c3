"""What a look at a register's place found: for whoever looks after the machine it lies on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        is_well: it is as it should be.
        what: what was found, as a sentence; where it is not well, what to do.
    """

    is_well: bool
    what: str


def well(what: str) -> Finding:
    """Something that is as it should be."""
    return Finding(is_well=True, what=what)


def ill(what: str) -> Finding:
    """Something that is not, and what to do about it."""
    return Finding(is_well=False, what=what)


MOVED = ill(
    "It was moved to another place, and takes nothing more. Whoever would record something in it "
    "is told where it is now."
)
