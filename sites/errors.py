"""What can go wrong with land: no boundary, parts that do not fit, a file that can't be used."""

from pathlib import Path


class SiteError(Exception):
    """The root: its text is a sentence that an officer can read and act on."""


class NoSuchPlace(SiteError):
    """A reference that is neither a site's nor a part's."""


class InvalidBoundary(SiteError):
    """A shape that can't be a boundary.

    Attributes:
        reason: what is wrong, as a clause after "The boundary".
        place: easting and northing of the fault in metres, EPSG:27700, or None.
    """

    def __init__(self, reason: str, place: tuple[float, float] | None = None) -> None:
        super().__init__(
            f"The boundary {reason}{_at(place)}. Draw it as an area whose edges neither cross "
            "nor overlap."
        )
        self.reason = reason
        self.place = place


class NotInBritain(SiteError):
    """A position outside the area that OSTN15 covers."""


class NotRepaired(SiteError):
    """A shape whose repair would be another shape."""


class DoubtfulPosition(SiteError):
    """Coordinates that are not certainly where the file says."""


class NotAPartition(SiteError):
    """Parts that do not make up their site exactly.

    Attributes:
        fault: "gap", "overlap", "outside", "edge" (vertices not shared) or "area".
        place: easting and northing of a point in the fault in metres, EPSG:27700, or None.
        size_m2: how large it is, in square metres; 0 for an edge.
    """

    def __init__(
        self, fault: str, sentence: str, place: tuple[float, float] | None, size_m2: float
    ) -> None:
        super().__init__(
            f"{sentence}{_at(place)}. Correct the parts so that together they make up the site, "
            "no more and no less."
        )
        self.fault = fault
        self.place = place
        self.size_m2 = size_m2


class CannotCut(SiteError):
    """A line, or an area, that land can't be cut by."""


class BreaksPart(SiteError):
    """A change of a site's boundary that one of its parts does not survive.

    Attributes:
        no: the part; None where it is none in particular.
    """

    def __init__(self, sentence: str, no: int | None) -> None:
        super().__init__(sentence)
        self.no = no


class UnreadableFile(SiteError):
    """A file that holds no boundary that can be used."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


class BadColumn(SiteError):
    """A column, a field or a layout of columns that is not there."""


class CannotWrite(SiteError):
    """A file that could not be written; what had its name before still has it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} was not written: {why}. No half of it is left.")


def _at(place: tuple[float, float] | None) -> str:
    return "" if place is None else f" at easting {place[0]:.2f}, northing {place[1]:.2f}"


class DoesNotFit(SiteError):
    """Land that a sheet of paper can't show at the scale."""


class CannotDraw(SiteError):
    """A plan that can't be set on its sheet."""
