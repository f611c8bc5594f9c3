"""The words of the trade that a record may hold, one class for each choice."""

from enum import StrEnum

from sites.record import Known
from sites.vocabulary import ConstraintKind, Origin

__all__ = [
    "Capacity",
    "Concern",
    "ConstraintKind",
    "DateKind",
    "DeedForm",
    "Disclosure",
    "Interest",
    "Known",
    "Method",
    "Origin",
    "Question",
    "Screening",
    "Standing",
]


class Disclosure(StrEnum):
    """Open: may be published. Exempt: may not (Schedule 12A, Local Government Act 1972)."""

    OPEN = "open"
    EXEMPT = "exempt"


class Standing(StrEnum):
    """Where a bid stands."""

    RECEIVED = "received"
    SHORTLISTED = "shortlisted"
    PREFERRED = "preferred"
    RESERVE = "reserve"
    DECLINED = "declined"
    FELL_THROUGH = "fell through"


class Concern(StrEnum):
    """What a reason about consideration answers."""

    LOWER_BID = "lower bid"
    UNDERVALUE = "undervalue"
    SUBSIDY = "subsidy"


class Interest(StrEnum):
    """What is sold."""

    FREEHOLD = "freehold"
    LEASE = "lease"


class DeedForm(StrEnum):
    """HM Land Registry's form: TR1 transfers a whole title, TP1 a part of one."""

    TR1 = "TR1"
    TP1 = "TP1"
    LEASE = "lease"


class Screening(StrEnum):
    """What was screened."""

    EQUALITY = "equality"
    DATA_PROTECTION = "data protection"


class Question(StrEnum):
    """A question about land that must be answered before it may be sold."""

    CRICHEL_DOWN = "crichel-down"
    OPEN_SPACE = "open-space"
    COMMUNITY_VALUE = "community-value"
    SCHOOL = "school"
    HOUSING = "housing"
    ALLOTMENT = "allotment"
    HIGHWAY = "highway"
    TRUST = "trust"
    OTHER_PURPOSE = "other-purpose"


class Method(StrEnum):
    """How offers are sought."""

    OPEN_MARKET = "open market"
    TARGETED = "targeted"
    AUCTION = "auction"
    FORMAL_TENDER = "formal tender"
    INFORMAL_TENDER = "informal tender"
    PRIVATE_TREATY = "private treaty"


class DateKind(StrEnum):
    """Baseline dates are never altered; forecasts are kept, each with its reason."""

    BASELINE = "baseline"
    FORECAST = "forecast"
    ACTUAL = "actual"


class Capacity(StrEnum):
    """In what capacity someone was consulted."""

    LOCAL_MEMBER = "local member"
    PARISH = "parish council"
    DISTRICT = "district council"
    PUBLIC_BODY = "public body"
    SERVICE = "service"
    PUBLIC = "public"
