"""Cases with milestones in every state, made through the services: a portfolio to draw."""

from datetime import date, timedelta

from disposals.casework import cases, links, opening, programme, returns, sites
from disposals.casework.acts import Stamp
from disposals.disclosure.seen import versions_of_family
from disposals.milestones import When, when
from disposals.network import lag
from disposals.register import Register
from disposals.vocabulary import Mark, Outcome
from tests.conftest import AT

STEPS = (
    ("Agents appointed", 0, None),
    ("Marketing begins", 2, None),
    ("Bids close", 4, None),
    ("Heads of terms agreed", 6, None),
    ("Planning consent granted", 11, Mark.PLANNING_CONSENT),
    ("Contracts exchanged", 12, Mark.EXCHANGE),
    ("Sale completes", 15, Mark.COMPLETION),
)
CONDITION = "Planning consent for at least 20 homes"
_PLACES = ("Mill Lane", "Former depot, Station Road", "Highfield House and land to the rear",
           "Old Library, High Street, Sittingbourne", "Land at Canal Wharf")  # fmt: skip
_STAGES = ("surplus_declaration", "options_appraisal", "marketing", "bid_shortlist")


def a_portfolio(register: Register, count: int, *, is_open: bool = True) -> None:
    """Add so many cases, begun from 2019 on: some late, some met, some slipped, some void."""
    for number in range(1, count + 1):
        a_programme(register, number, is_open=is_open)


def a_programme(register: Register, number: int, *, is_open: bool = True) -> str:
    """Add one case with seven milestones, one after the other; says its reference."""
    ref = f"land-{number:03}"
    began = date(2020, 1, 6) + timedelta(days=number * 37 % 900)
    opened = Stamp("Disposals Surveyor", date(2021, 2, 1), AT)
    sites.add_site(register, ref, {"name": _PLACES[number % len(_PLACES)]}, opened)
    opening.open_case(
        register, ref, opened, name=f"{_PLACES[number % len(_PLACES)]}, lot {number}",
        holds=[opening.Share(ref)], officer="Disposals Surveyor",
        stage=_STAGES[number % len(_STAGES)], because="taken over",
    )  # fmt: skip
    now = Stamp("Disposals Surveyor", date(2021, 9, 30), AT)
    for no, (name, months, mark) in enumerate(STEPS, start=1):
        programme.set_milestone(
            register, ref, name, _month(began, months), opened, seen=_seen(register, ref),
            mark=mark, only_if=CONDITION if no == 5 and number % 3 == 0 else None,
            is_open=is_open,
        )  # fmt: skip
        if no > 1:
            links.link(register, ref, no, no - 1, lag("1 month"), opened, seen=_seen(register, ref))
        due = _month(began, months)
        if due.latest < date(2021, 8, 1) and number % 7:
            programme.meet(
                register, ref, no, due.earliest + timedelta(days=9), now, seen=_seen(register, ref)
            )
    _turn(register, ref, number, began, now)
    return ref


def _turn(register: Register, ref: str, number: int, began: date, now: Stamp) -> None:
    """What has come in the way of a case."""
    if number % 4 == 1 and _month(began, 15).latest > date(2021, 9, 30):
        programme.forecast(
            register, ref, 7, _month(began, 19), now, seen=versions_of_family(register, ref),
            because="The buyer asks for more surveys",
        )  # fmt: skip
    if number % 9 == 0:
        links.decide_condition(
            register, ref, CONDITION, Outcome.FAILED, now.on, now, seen=_seen(register, ref),
            because="Refused on appeal",
        )  # fmt: skip
    if number % 11 == 0:
        cases.hold(register, ref, now, seen=_seen(register, ref), because="Awaiting a review")
    if number % 50 == 0:
        returns.withdraw(register, ref, now, seen=_seen(register, ref), because="Kept for a school")


def _month(began: date, months: int) -> When:
    years, month = divmod(began.month - 1 + months, 12)
    return when(date(began.year + years, month + 1, 1).strftime("%b %Y"))


def _seen(register: Register, ref: str) -> int:
    return versions_of_family(register, ref)[ref]
