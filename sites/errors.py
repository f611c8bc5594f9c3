"""What can go wrong with land: no boundary, parts that do not fit, a file that can't be used."""

from pathlib import Path


class SiteError(Exception):
    """The root: its text is a sentence that an officer can read and act on."""


class InvalidBoundary(SiteError):
    """A shape that can't be a boundary: what is wrong, and where."""


class NotInBritain(SiteError):
    """A position outside the area that the National Grid and OSTN15 cover."""


class NotAPartition(SiteError):
    """Parts that do not make up their site exactly.

    Attributes:
        fault: "gap", "overlap", "outside" or "edge".
        place: easting and northing of a point in the fault, EPSG:27700, or None.
        size_m2: how large it is, in square metres.
    """

    def __init__(
        self, fault: str, sentence: str, place: tuple[float, float] | None, size_m2: float
    ) -> None:
        where = f" at easting {place[0]:.2f}, northing {place[1]:.2f}" if place else ""
        super().__init__(f"{sentence}{where}. Correct the parts so that they meet exactly.")
        self.fault = fault
        self.place = place
        self.size_m2 = size_m2


class UnreadableFile(SiteError):
    """A file that holds no boundary that can be used."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


class CannotWrite(SiteError):
    """A file that could not be written; nothing is left of it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} was not written: {why}. Nothing is left of it.")
