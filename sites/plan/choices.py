"""What may be chosen of a plan: which one, on what paper, as what kind of file."""

from enum import StrEnum


class Show(StrEnum):
    """Which plans."""

    SITE = "site"
    LOCATION = "location"
    BOTH = "both"


class Paper(StrEnum):
    """Paper by its ISO 216 name."""

    A4 = "A4"
    A3 = "A3"


class Kind(StrEnum):
    """What kind of file, by its suffix."""

    PDF = "pdf"
    SVG = "svg"
    PNG = "png"
