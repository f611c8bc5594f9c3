"""Where the papers of a decision say different things: a function for each, a sentence or None.

Each is told only what it compares. What they find is for the officers who write the papers; nothing
of it stands in a paper.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from disposals.words import counted, day, listed

_WEEK = 7
_SAME_PERCENT = Decimal(1)
_OF_MONEY_OUT = re.compile(r"\b(saving|expenditure|spend)", re.IGNORECASE)
_OF_MONEY_IN = re.compile(r"\b(receipt|income|proceeds|dispos)", re.IGNORECASE)
_ACRES = re.compile(r"(\d+(?:\.\d+)?)[ -]?acre", re.IGNORECASE)


def options_are_not_the_alternatives(
    options: Sequence[tuple[str, str, bool]], alternatives: str | None
) -> str | None:
    """The record must give the alternatives considered and rejected (SI 2012/2089 reg 13).

    Args:
        options: of the report, each with its number, its title and whether it is recommended.
        alternatives: as the record tells them.
    """
    if alternatives is None:
        return None
    said = _plain(alternatives)
    silent = [
        no for no, title, chosen in options
        if not chosen and not _names(alternatives, no) and _plain(title) not in said
    ]  # fmt: skip
    if not silent:
        return None
    which = "option" if len(silent) == 1 else "options"
    return (
        f"The record's rejected alternatives do not name {which} {listed(silent)} of the report. "
        "The record gives the alternatives that were considered and rejected (SI 2012/2089 "
        "reg 13): name each option by its number, or correct one of the two."
    )


def interests_line_is_blank(interests: str | None, taken_on: date | None) -> str | None:
    """The record must give interests declared, or say that none were (SI 2012/2089 reg 13)."""
    if interests is not None and interests.strip():
        return None
    when = f"though it was taken on {day(taken_on)}" if taken_on else "as yet"
    return (
        f"The record's line for interests declared is blank {when}. Where there are none, that is "
        "said: “None declared” (SI 2012/2089 reg 13)."
    )


def area_takes_no_account_of_land_lost(
    stated: str | None, boundaries: Sequence[tuple[str, float]]
) -> str | None:
    """One area is stated for land that was larger or smaller when it was acquired.

    Args:
        stated: the area as the papers give it, such as "approximately 1.29 acres".
        boundaries: oldest first, each with since when and its area in acres.
    """
    if not stated or not boundaries:
        return None
    (since, first), (_, now) = boundaries[0], boundaries[-1]
    changed = next((when for when, acres in boundaries if not _same(acres, first)), None)
    given = [float(each) for each in _ACRES.findall(stated)]
    if changed is None or _same(first, now) or any(_same(each, first) for each in given):
        return None
    return (
        f"The papers give one area, {stated}, but the land of {since} was {first:.2f} acres and is "
        f"{now:.2f} acres: its boundary is another since {changed}. Say which area was acquired "
        "and which is sold."
    )


def wordings_differ(recommended: str, decided: str) -> str | None:
    """The committee is asked about one act and the record decides another.

    Args:
        recommended: what the report asks the committee to endorse, from the verb on.
        decided: what the record decides, from the verb on.
    """
    if _plain(recommended) == _plain(decided):
        return None
    return (
        f"The report recommends to “{recommended.strip()}”; the record is to "
        f"“{decided.strip()}”. Write the same act into both."
    )


def whole_is_authorised_though_only_a_part_has_bids(
    parts: Sequence[str], with_bids: Sequence[str]
) -> str | None:
    """The decision covers parts for which no one has bid, so no price of theirs was considered.

    Args:
        parts: the parts that the decision covers, by name; none where the site is sold whole.
        with_bids: those of them that have bids.
    """
    without = [part for part in parts if part not in with_bids]
    if not with_bids or not without:
        return None
    return (
        f"The decision covers the whole site, but bids are recorded for {listed(with_bids)} alone. "
        f"Say what is decided of {listed(without)}, for which no price was considered, or decide "
        f"on {listed(with_bids)} alone."
    )


def consent_comes_too_soon(
    applied: tuple[date, date], granted: tuple[date, date], weeks: int, source: str
) -> str | None:
    """Planning consent is expected before an application can be determined.

    Args:
        applied: the first and the last day on which the application may be made.
        granted: the same of the consent.
        weeks: in which an application is determined, and where that is laid down.
    """
    most = (granted[1] - applied[0]).days
    if most >= weeks * _WEEK:
        return None
    return (
        f"Planning consent is expected {counted(most // _WEEK, 'week')} after the application at "
        f"most; a major one takes {weeks} weeks ({source})."
    )


def criterion_speaks_of_spending(criterion: str | None) -> str | None:
    """A receipt is neither expenditure nor a saving, the words of SI 2012/2089 reg 8."""
    if criterion is None or not _OF_MONEY_OUT.search(criterion) or _OF_MONEY_IN.search(criterion):
        return None
    return (
        "The criterion of the key decision speaks of savings or expenditure, and a sale brings a "
        "receipt. Say how the receipt meets it, or whether it is key for its effect in two or more "
        "divisions (SI 2012/2089 reg 8)."
    )


def _names(text: str, number: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)", text) is not None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _same(one: float, other: float) -> bool:
    return abs(one - other) * 100 <= float(_SAME_PERCENT) * max(one, other)
