"""The words that records of land choose from."""

from enum import StrEnum


class Origin(StrEnum):
    """Where a boundary comes from, the surest first."""

    TITLE_PLAN = "title plan"
    SURVEY = "survey"
    UPLOADED = "uploaded"
    DERIVED = "derived"
    DRAWN = "drawn"


class ConstraintKind(StrEnum):
    """What burdens land."""

    EASEMENT = "easement"
    TUNNEL = "tunnel"
    COVENANT = "covenant"
    OPEN_SPACE = "open space"
    HIGHWAY = "highway"
    RIGHT_OF_WAY = "right of way"
    COMMUNITY_VALUE = "asset of community value"
    FLOOD_ZONE = "flood zone"
    CONTAMINATION = "contamination"
    TREES = "tree preservation"
    HERITAGE = "heritage"
    MINERAL = "mineral"
    OTHER = "other"
