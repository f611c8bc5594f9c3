"""Days that nobody can drag: which clocks stand among the milestones of a case, and in what words.

A clock is told while it runs on what is recorded and something waits for it or must be done before
it ends. One that has not begun moves every day, and one that only informs is for `clocks` alone.
To tell another in words of its own, or one that only informs: a line in `_WORDS`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from disposals.casefile import CaseFile
from disposals.deadlines.clock import Clock, Step
from disposals.deadlines.of_case import clocks_of, is_exchanged
from disposals.records.decisions import Decision
from disposals.words import day

_LEGAL, _SERVICES = "legal services", "democratic services"


class _Words(NamedTuple):
    """How a clock is told.

    Attributes:
        said: what happens on its day; “… on 5 October 2021” can follow it.
        who: who sees to it.
        once_past: what to do when the day has passed; empty where passing it costs nothing.
        opens: its day is the first of the step that it holds back, not the last of the period.
    """

    said: str = "The {name} ends"
    who: str = _LEGAL
    once_past: str = ""
    opens: bool = False


_TAKEN = _Words("{about} may be taken at the earliest", _SERVICES, opens=True)
_WORDS: dict[str, _Words | None] = {
    "marketing.closed": _Words("{name} closes to offers", "estates officer"),
    "valuation.lasts": _Words(
        "The {name} runs out", "valuer",
        "Have the land valued anew before the council binds itself.",
    ),
    "land.community-value.protected": _Words(
        once_past="Notify the listing authority again before contracts are exchanged."
    ),
    "land.open-space": _Words("The time for {name} ends"),
    "land.offer-back.reply": _Words("The time for the {name} ends"),
    "land.offer-back.terms": _Words("The time for {name} ends"),
    "land.offer-back.price": _Words("The time for the {name} ends"),
    "decisions.papers": _Words("{about} may be considered at the earliest", _SERVICES, opens=True),
    "decisions.committee-first": None,  # the day of a meeting, and meetings are moved
    "decisions.notice": _TAKEN,
    "decisions.general-exception": _TAKEN,
    "decisions.special-urgency": _TAKEN,
    "decisions.private-meeting": _TAKEN,
    "decisions.private-meeting-again": _TAKEN,
    "decisions.call-in": _Words(
        "{about} may be acted on at the earliest", _SERVICES, opens=True
    ),
    "terms.exclusivity": _Words("The {name} ends", "estates officer"),
    "terms.longstop": _Words("The {name} passes", once_past="Agree another with the buyer."),
    "contract.longstop": _Words(
        "The {name} passes", once_past="Either side may now end the contract: take advice."
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FixedDay:
    """The day of a clock as it stands among milestones.

    Attributes:
        name: what happens on that day; “… on 5 October 2021” can follow it.
        once_past: what to do when the day has passed; empty where passing it costs nothing.
    """

    clock: Clock
    name: str
    on: date
    who: str
    once_past: str

    @property
    def frees_on(self) -> date | None:
        """The first day on which contracts may be exchanged, where it bars them till then."""
        is_bar = self.clock.holds and self.clock.step is Step.EXCHANGE
        return self.clock.earliest_on if is_bar else None

    @property
    def rule(self) -> str:
        """What fixes the day, with its source: the length where a rule sets one."""
        rule = self.clock.rule
        if rule.value is None:
            return f"{self.clock.says.rstrip('.')}; {rule.cited}"
        unit = f"{rule.unit}," if "," in (rule.unit or "") else rule.unit
        return f"{rule.number} {unit} from {day(self.clock.starts_on)}; {rule.cited}"

    @property
    def unmovable(self) -> str:
        """Why nobody can move it, in full."""
        return (
            f"{self.name} on {day(self.on)}, and nobody can move that: {self.clock.says} "
            f"{self.clock.rule.cited}."
        )


def fixed_days_of(file: CaseFile) -> list[FixedDay]:
    """The fixed days of a case in their order; those that have passed too.

    Once a decision is taken, what it waited for is told no more; once contracts are exchanged,
    what had to be so on exchange.

    Args:
        file: holds the kinds in `of_case.READS`.
    """
    done = {Step.CONSIDER, Step.TAKE, Step.EXCHANGE} if is_exchanged(file) else set[Step]()
    taken = {each.number for each in file.of(Decision) if each.taken_on is not None}
    found = [
        _told(clock, words, on)
        for clock in clocks_of(file, only_begun=True)
        if clock.step not in done
        and not (clock.step in {Step.CONSIDER, Step.TAKE} and clock.about in taken)
        and (words := _words(clock)) is not None
        and (on := clock.earliest_on if words.opens else clock.ends_on) is not None
    ]
    return sorted(found, key=lambda each: (each.on, each.clock.name))


def called(days: Iterable[FixedDay], said: str) -> FixedDay | None:
    """The day whose clock is called so, in full or by its beginning; None if none is."""
    plain = _plain(said)
    return next((each for each in days if _plain(each.clock.name).startswith(plain)), None)


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "-")


def _words(clock: Clock) -> _Words | None:
    """How a clock is told; None where it is not, as one that only informs unless it is named."""
    return _WORDS.get(clock.rule.id, _Words() if clock.step else None)


def _told(clock: Clock, words: _Words, on: date) -> FixedDay:
    said = words.said.format(name=clock.name, about=clock.about)
    return FixedDay(
        clock, said[:1].upper() + said[1:], on, clock.owner or words.who, words.once_past
    )
