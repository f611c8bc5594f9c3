"""A clock, how one is counted from a dated rule, and how it is told in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from disposals.clocks import Days, PassedOver, after, beginning_with, clear_days
from disposals.errors import NoRule
from disposals.policy import Policy, Rule
from disposals.words import counted, day, listed

DAY = timedelta(days=1)
_CALENDARS = {"clear days, calendar": Days.ALL, "clear days, working": Days.WORKING}
_SATURDAY = 5


class Step(StrEnum):
    """What a clock may hold back, in the order in which it is done."""

    CONSIDER = "consider in committee"
    TAKE = "take the decision"
    EXCHANGE = "exchange contracts"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Clock:
    """One period that law, policy or contract sets running.

    Attributes:
        name: what runs, such as “call-in of 21/00100”.
        about: the decision, site or paper that it is about.
        starts_on: the day of notice, publication or receipt.
        ends_on: the last day of the period; None while nobody can say.
        step: what it holds back, or what must be done before it ends; None where it only informs.
        holds: the step waits for its end. Otherwise the step must come before its end.
        earliest_on: for a clock that holds, the earliest lawful day of the step as far as this
            clock goes; None while nobody can say.
        rule: the dated rule with its source.
        says: the explanation in a sentence or two.
        passed_over: days between that did not count, and why.
        doubt: what makes the dates uncertain, such as bank holidays not yet published; else "".
        is_assumed: it has not begun; counted as if it began on the earliest day it could.
        owner: who has to act, where the record names them; else "".
    """

    name: str
    about: str
    starts_on: date
    ends_on: date | None
    step: Step | None
    holds: bool
    earliest_on: date | None
    rule: Rule
    says: str
    passed_over: tuple[PassedOver, ...] = ()
    doubt: str = ""
    is_assumed: bool = False
    owner: str = ""

    @property
    def last_day(self) -> date:
        """The last day of a period of which it is known.

        Raises:
            ValueError: nobody can say it yet.
        """
        if self.ends_on is None:
            message = f"nobody can say yet when {self.name} ends"
            raise ValueError(message)
        return self.ends_on


def rule_on(policy: Policy, rule_id: str, on: date) -> Rule:
    """A rule as in force on the day that a clock began; where none was yet, as on the file's day.

    Raises:
        NoRule: there is none on either day.
    """
    try:
        return Policy(policy.authority, on).rule(rule_id)
    except NoRule:
        return policy.rule(rule_id)


def calendar_of(rule: Rule) -> Days:
    """The calendar in which a rule counts its clear days, as its unit says.

    Raises:
        ValueError: the unit names no calendar.
    """
    try:
        return _CALENDARS[rule.unit or ""]
    except KeyError:
        message = f"the rule {rule.id} counts in “{rule.unit}”: {listed(_CALENDARS, last='or')}"
        raise ValueError(message) from None


def held_by_clear_days(
    policy: Policy,
    rule_id: str,
    start: date,
    step: Step,
    *,
    name: str,
    about: str,
    began: str,
    event: str,
    is_assumed: bool = False,
) -> Clock:
    """A step that waits for clear days after a notice or a publication.

    Args:
        began: what happened on the day it starts, as a noun: “notice”, “publication”.
        event: what may happen when they are over, as a noun: “the decision”, “the meeting”.
    """
    rule = rule_on(policy, rule_id, start)
    days = calendar_of(rule)
    count = clear_days(start, rule.number, days)
    working = " working" if days is Days.WORKING else ""
    says = (
        f"{rule.number} clear{working} days: the day of {began} ({day(start)}) and the day "
        f"of {event} ({day(count.event)}) do not count; {_what_counts(days, count.passed_over)}."
    )
    return Clock(
        name, about, start, count.event - DAY, step, holds=True, earliest_on=count.event,
        rule=rule, says=says, passed_over=count.passed_over,
        doubt=doubt_about(policy, count.event) if days is Days.WORKING else "",
        is_assumed=is_assumed,
    )  # fmt: skip


def period(
    policy: Policy,
    rule_id: str,
    start: date,
    step: Step | None,
    *,
    name: str,
    about: str,
    counts_first: bool,
    holds: bool = False,
    began: str = "it began",
) -> Clock:
    """A period of the weeks or months that a rule sets.

    Args:
        counts_first: it is “beginning with” the day, which is its first; else it runs after it.
        began: what happened on the day it starts, as a clause: “the notice was received”.

    Raises:
        ValueError: the rule counts in neither weeks nor months.
    """
    rule = rule_on(policy, rule_id, start)
    if rule.unit not in {"weeks", "months"}:
        message = f"the rule {rule.id} counts in “{rule.unit}”, neither weeks nor months"
        raise ValueError(message)
    reckon = beginning_with if counts_first else after
    in_weeks = rule.unit == "weeks"
    end = reckon(start, weeks=rule.number) if in_weeks else reckon(start, months=rule.number)
    first = "which is its first day" if counts_first else "which does not count"
    length = counted(rule.number, rule.unit[:-1])
    says = f"{length} from {day(start)}, when {began}, {first}; the last day is {day(end)}."
    earliest = end + DAY if holds else None
    return Clock(name, about, start, end, step, holds, earliest, rule, says)


def dated(
    policy: Policy, rule_id: str, start: date, end: date, step: Step | None, *, name: str,
    about: str, says: str, owner: str = "",
) -> Clock:  # fmt: skip
    """A last day that a contract or a paper names itself."""
    rule = rule_on(policy, rule_id, start)
    return Clock(
        name, about, start, end, step, holds=False, earliest_on=None, rule=rule, says=says,
        owner=owner,
    )  # fmt: skip


def doubt_about(policy: Policy, on: date) -> str:
    """What is doubtful about a count of working days that goes on until a day; "" if nothing."""
    last = policy.number("calendar.bank-holidays")
    if on.year <= last:
        return ""
    return (
        f"Bank holidays are known until {last} only, so working days after that can't be relied "
        "on: check the day before acting on it."
    )


def _what_counts(days: Days, passed_over: Iterable[PassedOver]) -> str:
    if days is Days.ALL:
        return "every calendar day between them does, weekends and bank holidays too"
    holidays = [each for each in passed_over if each.on.weekday() < _SATURDAY]
    told = "nor do weekends"
    if holidays:
        named = listed(f"{day(each.on)} ({each.why})" for each in holidays)
        verb = "is a bank holiday" if len(holidays) == 1 else "are bank holidays"
        told += f"; {named} {verb} here"
    return told
