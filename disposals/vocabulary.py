"""The words of the trade that a record may hold, one class for each choice."""

from enum import StrEnum

from sites.record import Known
from sites.vocabulary import ConstraintKind, Origin

__all__ = [
    "SHEET_TITLE",
    "CallInOutcome",
    "Capacity",
    "Concern",
    "ConstraintKind",
    "DateKind",
    "DeedForm",
    "Disclosure",
    "Fallback",
    "Flow",
    "Hurdle",
    "Interest",
    "Interested",
    "Known",
    "LagUnit",
    "LateRule",
    "LineKind",
    "Mark",
    "Method",
    "Origin",
    "Outcome",
    "PaperKind",
    "Question",
    "Recommendation",
    "ReleaseAt",
    "RequestOutcome",
    "RequestedBy",
    "Scored",
    "Screening",
    "SheetColumn",
    "Side",
    "Standing",
    "Urgency",
]


class Disclosure(StrEnum):
    """Open: may be published. Exempt: may not (Schedule 12A, Local Government Act 1972)."""

    OPEN = "open"
    EXEMPT = "exempt"


class ReleaseAt(StrEnum):
    """What has to happen before something exempt opens by itself."""

    DECISION = "decision"
    EXCHANGE = "exchange"
    COMPLETION = "completion"


class RequestedBy(StrEnum):
    """Who asks under the Freedom of Information Act, as a category: no person is named."""

    PUBLIC = "member of the public"
    PRESS = "press"
    BUSINESS = "business"
    GROUP = "campaign or community group"
    COUNCILLOR = "councillor"
    PUBLIC_BODY = "public body"


class RequestOutcome(StrEnum):
    """How a request for information was answered."""

    DISCLOSED = "disclosed"
    IN_PART = "disclosed in part"
    REFUSED = "refused"
    NOT_HELD = "not held"
    WITHDRAWN = "withdrawn"


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
    PLANNING = "planning"
    RESTRICTION = "restriction"


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


class LagUnit(StrEnum):
    """In what the time between two milestones is counted."""

    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"


class Mark(StrEnum):
    """What a milestone stands for, where the programme has to know."""

    PLANNING_APPLICATION = "planning application"
    PLANNING_CONSENT = "planning consent"
    EXCHANGE = "exchange"
    COMPLETION = "completion"
    START_ON_SITE = "start on site"


class Outcome(StrEnum):
    """What became of a condition that milestones hang on."""

    MET = "met"
    FAILED = "failed"


SHEET_TITLE = "Programme"


class SheetColumn(StrEnum):
    """The columns of the programme as a spreadsheet; only the last three are written in."""

    DISPOSAL = "disposal"
    VERSION = "version"
    NO = "no"
    MILESTONE = "milestone"
    OWNER = "owner"
    BASELINE = "baseline"
    FORECAST = "forecast"
    ACTUAL = "actual"
    BECAUSE = "because"


class Capacity(StrEnum):
    """In what capacity someone was consulted."""

    LOCAL_MEMBER = "local member"
    PARISH = "parish council"
    DISTRICT = "district council"
    PUBLIC_BODY = "public body"
    SERVICE = "service"
    PUBLIC = "public"


class LateRule(StrEnum):
    """What a campaign's particulars say of an offer that comes after its closing."""

    REFUSE = "refuse"
    BEFORE_OPENING = "accept before opening"
    FINAL_ROUND = "final round"


class Interested(StrEnum):
    """How interest in a campaign shows."""

    VIEWING = "viewing"
    ENQUIRY = "enquiry"


class Hurdle(StrEnum):
    """What a conditional bid usually depends on."""

    PLANNING = "planning"
    FUNDING = "funding"
    BOARD = "board"


class Scored(StrEnum):
    """What is given points."""

    OPTION = "option"
    BID = "bid"


class Flow(StrEnum):
    """Which way money goes, as the council sees it."""

    COST = "cost"
    RECEIPT = "receipt"


class Side(StrEnum):
    """Who agrees."""

    SELLER = "seller"
    BUYER = "buyer"
    BOTH = "both"


class ReceiptKind(StrEnum):
    """What money is received as, where it makes a difference; officers may call it otherwise."""

    DEPOSIT = "deposit"
    RESERVATION_FEE = "reservation fee"
    LOCK_OUT_FEE = "lock-out fee"
    OPTION_FEE = "option fee"
    BALANCE = "balance"
    OVERAGE = "overage"


class LineKind(StrEnum):
    """A line of the completion statement beside the price."""

    APPORTIONMENT = "apportionment"
    HOLDING_COST = "holding cost"
    FEE = "fee"


class Fallback(StrEnum):
    """What a decision authorises if the buyer is lost or offers less."""

    NONE = "none"
    NEXT_BID = "next bid"
    NEXT_BID_IF_BELOW = "next bid if below"
    REMARKET = "re-market"


class Recommendation(StrEnum):
    """What a committee makes of a proposed decision."""

    ENDORSED = "endorsed"
    AMENDED = "endorsed as amended"
    NOT_ENDORSED = "not endorsed"
    DEFERRED = "deferred"


class Urgency(StrEnum):
    """The lawful ways round the notice of a key decision (SI 2012/2089 regs 10 and 11)."""

    GENERAL_EXCEPTION = "general exception"
    SPECIAL_URGENCY = "special urgency"


class CallInOutcome(StrEnum):
    """How a call-in ends; the decision itself is what is upheld."""

    UPHELD = "upheld"
    REFERRED_BACK = "referred back"
    TO_COUNCIL = "to Council"
    WITHDRAWN = "withdrawn"


class PaperKind(StrEnum):
    """A paper that is made from the register."""

    REPORT = "report"
    EXEMPT_APPENDIX = "exempt-appendix"
    RECORD = "record"
    OPTIONS = "options"
    EVALUATION = "evaluation"
    COMPLETION = "completion"
    SUMMARY = "summary"
    NOTICE = "notice"
