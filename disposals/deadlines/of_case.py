"""Every clock of one case, and the earliest lawful day of each step that is still to come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from disposals.casefile import CaseFile
from disposals.deadlines import land, sale
from disposals.deadlines.before_taking import last_day_for_papers, still_to_consider
from disposals.deadlines.clock import Clock, Step
from disposals.deadlines.decision_file import DecisionFile, decision_files
from disposals.deadlines.decisions import clocks_of_decision
from disposals.records.bids import Valuation
from disposals.records.completion import Condition, Contract, Deed
from disposals.records.decisions import CallIn, Decision, PrivateMeeting, Referral
from disposals.records.land import Consent
from disposals.records.marketing import Campaign
from disposals.records.notices import MoratoriumNotice, Notice, OfferBack
from disposals.records.terms import HeadsOfTerms
from sites.record import Record

READS: tuple[type[Record], ...] = (
    Decision, Referral, PrivateMeeting, CallIn, MoratoriumNotice, Notice, OfferBack, Valuation,
    HeadsOfTerms, Contract, Condition, Deed, Consent, Campaign,
)  # fmt: skip
_PLANNING = "planning"
_PROPOSAL = "proposal of a decision"


@dataclass(frozen=True, slots=True)
class Planned:
    """A committee's meeting that is fixed, and whether it may lawfully consider the case then.

    Attributes:
        papers_by: the last day on which agenda and report may be published for it.
        is_late: they were not published by then, or can't be any more.
        late_because: why the chair takes the report as urgent all the same (LGA 1972 s.100B(4)).
    """

    committee: str
    on: date
    papers_by: date
    is_late: bool
    late_because: str | None

    @property
    def is_lawful(self) -> bool:
        """Whether the committee may consider it on that day."""
        return not self.is_late or self.late_because is not None


@dataclass(frozen=True, slots=True)
class Lawful:
    """When a step may lawfully be done.

    Attributes:
        earliest_on: None while nobody can say; `waits_for` then says for what.
        latest_on: the last day, where something runs out.
        waits_for: names of the clocks that decide the earliest day; none where it may be done now.
        runs_out: names of the clocks that decide the latest.
        is_assumed: it counts on things done on the earliest day they can be.
        doubt: what makes the day uncertain; "" if nothing.
        planned: for the step of a committee, the meetings that are fixed, by day. Where all are
            lawful, the last of them is the earliest day.
    """

    step: Step
    earliest_on: date | None
    latest_on: date | None
    waits_for: tuple[str, ...]
    runs_out: tuple[str, ...]
    is_assumed: bool
    doubt: str
    planned: tuple[Planned, ...] = ()

    @property
    def is_too_late(self) -> bool:
        """Whether what runs out does so before the step may be done."""
        return (
            self.earliest_on is not None
            and self.latest_on is not None
            and self.latest_on < self.earliest_on
        )


def clocks_of(file: CaseFile, *, only_begun: bool = False) -> list[Clock]:
    """Every clock that runs, ran or has yet to run on a case, in the order of its day.

    Args:
        file: holds the kinds in `READS`.
        only_begun: leave out what is counted as if it began on the earliest day it could.
    """
    found = [*_of_decisions(file, only_begun=only_begun), *_of_land(file), *_of_sale(file)]
    return sorted(found, key=lambda clock: (clock.ends_on or date.max, clock.name))


def _of_decisions(file: CaseFile, *, only_begun: bool) -> Iterator[Clock]:
    for each in files_of(file):
        yield from clocks_of_decision(each, file.policy, on=file.on, only_begun=only_begun)


def _of_land(file: CaseFile) -> Iterator[Clock]:
    policy = file.policy
    for moratorium in file.of(MoratoriumNotice):
        yield from land.moratorium(moratorium, policy)
    for notice in file.of(Notice):
        yield land.open_space(notice, policy)
    for offer in file.of(OfferBack):
        yield from land.offer_back(offer, policy)
    for consent in file.of(Consent):
        if consent.kind == _PLANNING:
            yield from sale.planning_challenge(consent, policy)


def _of_sale(file: CaseFile) -> Iterator[Clock]:
    """What counts till exchange (campaign, valuation, terms), and then what the contract says."""
    policy = file.policy
    if not is_exchanged(file):
        for campaign in file.of(Campaign):
            yield from sale.of_campaign(campaign, policy)
        for valuation in file.of(Valuation)[-1:]:
            yield sale.valuation_life(valuation, policy)
        live = [terms for terms in file.of(HeadsOfTerms) if terms.lapsed_on is None]
        for terms in live[-1:]:
            yield from sale.of_terms(terms, policy)
    for contract in _contracts(file)[-1:]:
        yield from sale.of_contract(contract, policy)
    for condition in file.of(Condition):
        if condition.lapsed_on is None:
            yield from sale.of_condition(condition, policy)


def files_of(file: CaseFile) -> list[DecisionFile]:
    """Every decision of a case with what is recorded about it."""
    return decision_files(
        file.of(Decision), file.of(Referral), file.of(PrivateMeeting), file.of(CallIn)
    )


def lawful_days(file: CaseFile, clocks: Iterable[Clock]) -> list[Lawful]:
    """The earliest lawful day of each step still to come, each after the one before it."""
    told, found = list(clocks), []
    earliest: date | None = file.on
    waits_for: tuple[str, ...] = ()
    assumed, doubt = False, ""
    for step in _steps_to_come(file):
        if step is Step.TAKE and not any(_stands(each) for each in files_of(file)):
            # How long notice and call-in take is for the decision to say.
            earliest, waits_for = None, (_PROPOSAL,)
        holding = [clock for clock in told if clock.step is step and clock.holds]
        open_ended = [clock for clock in holding if clock.earliest_on is None]
        later = [c for c in holding if c.earliest_on and earliest and c.earliest_on > earliest]
        if open_ended:
            earliest, waits_for = None, tuple(clock.name for clock in open_ended)
        elif later and earliest is not None:
            earliest = max(c.earliest_on for c in later if c.earliest_on)
            decisive = [c for c in later if c.earliest_on == earliest]
            waits_for = tuple(clock.name for clock in decisive)
            assumed = assumed or any(clock.is_assumed for clock in decisive)
            doubt = next((clock.doubt for clock in decisive if clock.doubt), doubt)
        ending = [c for c in told if c.step is step and not c.holds and c.ends_on is not None]
        last = min((c.ends_on for c in ending if c.ends_on), default=None)
        runs_out = tuple(clock.name for clock in ending if clock.ends_on == last)
        lawful = Lawful(step, earliest, last, waits_for, runs_out, assumed, doubt)
        found.append(_as_planned(lawful, file) if step is Step.CONSIDER else lawful)
    return found


def _as_planned(lawful: Lawful, file: CaseFile) -> Lawful:
    """When committees consider it: on the days that are fixed, where those are lawful."""
    planned = tuple(sorted(_planned(file), key=lambda each: each.on))
    if not planned or not all(each.is_lawful and each.on >= file.on for each in planned):
        return replace(lawful, planned=planned)
    return replace(lawful, earliest_on=planned[-1].on, waits_for=(), planned=planned)


def _planned(file: CaseFile) -> Iterator[Planned]:
    """The meetings that are still to consider a decision that is not taken."""
    for each in _open_decisions(file):
        late = {row.committee: row.late_because for row in each.referrals}
        for committee, on, published_on in still_to_consider(each, file.on):
            papers_by = last_day_for_papers(on, file.policy)
            is_late = (published_on or file.on) > papers_by
            yield Planned(committee, on, papers_by, is_late, late.get(committee))


def _steps_to_come(file: CaseFile) -> list[Step]:
    """The steps of a sale that no record shows as done."""
    open_decisions = _open_decisions(file)
    done = {
        Step.CONSIDER: not any([*still_to_consider(each, file.on)] for each in open_decisions),
        Step.TAKE: not open_decisions and any(d.taken_on for d in file.of(Decision)),
        Step.EXCHANGE: is_exchanged(file),
        Step.COMPLETE: any(deed.lapsed_on is None for deed in file.of(Deed)),
    }
    return [step for step in Step if not done[step]]


def _open_decisions(file: CaseFile) -> list[DecisionFile]:
    """Those neither taken nor withdrawn."""
    return [each for each in files_of(file) if each.decision.taken_on is None and _stands(each)]


def _stands(file: DecisionFile) -> bool:
    return file.decision.withdrawn_on is None


def is_exchanged(file: CaseFile) -> bool:
    """Whether contracts are exchanged that still bind."""
    return bool(_contracts(file))


def _contracts(file: CaseFile) -> list[Contract]:
    return [contract for contract in file.of(Contract) if contract.lapsed_on is None]
