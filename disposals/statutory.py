"""Days that nobody can drag: the clocks of law, constitution, policy and contract in a case.

Each is worked out from what is recorded and is stored nowhere, so it moves only with its evidence.
To add one: a function from a case file to clocks, and a line in `_CLOCKS`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from disposals.casefile import CaseFile
from disposals.clocks import Days, after_clear_days, beginning_with
from disposals.policy import Rule
from disposals.records.bids import Valuation
from disposals.records.completion import Condition, Contract
from disposals.records.decisions import Decision
from disposals.records.marketing import Campaign
from disposals.records.notices import MoratoriumNotice
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import Known
from disposals.words import day
from sites.record import Record

_DAY = timedelta(days=1)
_OFFICER, _LEGAL = "estates officer", "legal services"


@dataclass(frozen=True, slots=True)
class Clock:
    """A day that follows from the record.

    Attributes:
        key: names it within its case: “call-in”, “protected-period of kiln-court”.
        name: what happens on that day; “… on 5 October 2021” can follow it.
        rule: what fixes the day, with its source.
        who: who sees to it.
        frees_on: the first day on which contracts may be exchanged, where it bars them till then.
        once_past: what to do when the day has passed; empty where passing it costs nothing.
    """

    key: str
    name: str
    on: date
    rule: str
    who: str
    frees_on: date | None = None
    once_past: str = ""


def clocks_of(file: CaseFile) -> list[Clock]:
    """Every clock of a case, by its day; those that have run out too.

    Once contracts are exchanged, what had to be so on exchange runs no longer.
    """
    exchanged = bool(_contracts(file))
    found = [
        clock
        for _, read, until_exchange in _CLOCKS
        if not (until_exchange and exchanged)
        for clock in read(file)
    ]
    return sorted(found, key=lambda clock: (clock.on, clock.key))


def called(clocks: Iterable[Clock], said: str) -> Clock | None:
    """The clock that is called so, in full or by the beginning of its name; None if none is."""
    plain = said.strip().lower().replace(" ", "-")
    return next((c for c in clocks if c.key.lower().replace(" ", "-").startswith(plain)), None)


def kinds_read() -> tuple[type[Record], ...]:
    """The kinds of record that a case file must hold for its clocks."""
    return tuple(dict.fromkeys(kind for kinds, *_ in _CLOCKS for kind in kinds))


def _campaigns(file: CaseFile) -> Iterator[Clock]:
    for campaign in file.of(Campaign):
        if campaign.ended_on is None and campaign.closes_on is not None:
            yield Clock(
                f"campaign-{campaign.no}", f"Campaign {campaign.no} closes to offers",
                campaign.closes_on, "The particulars of the campaign", _OFFICER,
            )  # fmt: skip


def _valuation(file: CaseFile) -> Iterator[Clock]:
    valuation = file.latest(Valuation)
    if valuation is None:
        return
    rule = file.policy.rule("valuation.lasts")
    yield Clock(
        "valuation",
        f"The valuation of {day(valuation.valued_on)} runs out",
        beginning_with(valuation.valued_on, months=rule.number),
        f"{rule.number} months from the day of valuation; {rule.cited}",
        "valuer",
        once_past="Have the land valued anew before the council binds itself.",
    )


def _moratorium(file: CaseFile) -> Iterator[Clock]:
    """All periods begin with the day on which the listing authority received the notice."""
    for notice in file.of(MoratoriumNotice):
        yield _period(file, notice, "interim", "interim moratorium", is_bar=True)
        if notice.bid_requested is Known.YES:
            yield _period(file, notice, "full", "full moratorium", is_bar=True)
        yield _period(
            file, notice, "protected", "protected period", is_bar=False,
            once_past="Notify the listing authority again before contracts are exchanged.",
        )  # fmt: skip


def _period(
    file: CaseFile,
    notice: MoratoriumNotice,
    name: str,
    said: str,
    *,
    is_bar: bool,
    once_past: str = "",
) -> Clock:
    rule, start = file.policy.rule(f"land.community-value.{name}"), notice.received_on
    ends = beginning_with(start, **{"weeks" if rule.unit == "weeks" else "months": rule.number})
    return Clock(
        f"{said.replace(' ', '-')} of {notice.site_ref}",
        f"The {said} of {notice.site_ref} ends",
        ends,
        f"{rule.number} {rule.unit} beginning with receipt on {day(start)}; {rule.cited}",
        _LEGAL,
        frees_on=ends + _DAY if is_bar else None,
        once_past=once_past,
    )


def _decision(file: CaseFile) -> Iterator[Clock]:
    decision = file.latest(Decision)
    if decision is None:
        return
    if decision.taken_on is None:
        if decision.is_key and decision.notice_on and not decision.urgency:
            rule = file.policy.rule("decisions.notice")
            yield Clock(
                "key-decision-notice",
                f"{decision.number} may be taken at the earliest",
                after_clear_days(decision.notice_on, rule.number, Days.ALL),
                _clear("notice", rule, decision.notice_on),
                "democratic services",
            )
    elif decision.published_on and not decision.call_in_waived:
        rule = file.policy.rule("decisions.call-in")
        effective = after_clear_days(decision.published_on, rule.number, Days.WORKING)
        yield Clock(
            "call-in",
            f"{decision.number} may be acted on at the earliest",
            effective,
            _clear("publication", rule, decision.published_on),
            "democratic services",
            frees_on=effective,
        )


def _clear(what: str, rule: Rule, since: date) -> str:
    return f"{rule.number} {rule.unit}, after {what} on {day(since)}; {rule.cited}"


def _terms(file: CaseFile) -> Iterator[Clock]:
    live = [terms for terms in file.of(HeadsOfTerms) if terms.lapsed_on is None]
    for terms in live[-1:]:
        said = f"Heads of terms, version {terms.terms_version}"
        if terms.exclusivity_until is not None:
            yield Clock(
                "exclusivity", f"Exclusivity of {terms.buyer} ends", terms.exclusivity_until,
                said, _OFFICER,
            )  # fmt: skip
        if terms.longstop_on is not None:
            yield Clock(
                "longstop", "The longstop date of the heads of terms passes", terms.longstop_on,
                said, _LEGAL, once_past="Agree another with the buyer.",
            )  # fmt: skip


def _contract(file: CaseFile) -> Iterator[Clock]:
    for contract in _contracts(file)[-1:]:
        if contract.longstop_on is not None:
            yield Clock(
                "longstop", "The longstop date of the contract passes", contract.longstop_on,
                f"Contract of {day(contract.exchanged_on)}", _LEGAL,
                once_past="Either side may now end the contract: take advice.",
            )  # fmt: skip
    for condition in file.of(Condition):
        is_open = condition.satisfied_on is None and condition.waived_on is None
        if is_open and condition.lapsed_on is None and condition.longstop_on is not None:
            yield Clock(
                f"longstop of {condition.title}",
                f"The longstop date of “{condition.title}” passes",
                condition.longstop_on,
                "Condition of the contract",
                condition.owner,
                once_past="Either side may now end the contract: take advice.",
            )


def _contracts(file: CaseFile) -> list[Contract]:
    return [contract for contract in file.of(Contract) if contract.lapsed_on is None]


# The kinds that a function reads, the function, and whether its clocks stop on exchange.
_CLOCKS: tuple[
    tuple[tuple[type[Record], ...], Callable[[CaseFile], Iterator[Clock]], bool], ...
] = (
    ((Campaign,), _campaigns, True),
    ((Valuation,), _valuation, True),
    ((MoratoriumNotice,), _moratorium, True),
    ((Decision,), _decision, True),
    ((HeadsOfTerms,), _terms, True),
    ((Contract, Condition), _contract, False),
)
