"""The work programme of January 2022 as its papers tell it: planned, moved, deferred, dropped."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from disposals.casework.meetings import cancel, defer, move, plan, put_down, take_off
from disposals.disclosure.fields import Audience
from disposals.disclosure.meetings import Sitting, forthcoming, work_programme
from disposals.errors import (
    AlreadyRecorded,
    BadFact,
    DisposalsError,
    NoSuchCase,
    NotAllowed,
    NotRecorded,
)
from disposals.register import Register
from tests.conftest import Said, stamp

COMMITTEE = "Policy and Resources Cabinet Committee"
ADDED = stamp(date(2021, 10, 7), by="Infrastructure")


def told(register: Register, on: date = date(2021, 10, 7)) -> dict[date, Sitting]:
    sittings = work_programme(register, audience=Audience.PUBLIC, on=on)
    return {sitting.held_on: sitting for sitting in sittings}


def test_the_committee_meets_as_its_work_programme_lists(kent: Register) -> None:
    sittings = told(kent)
    assert [(on, sitting.is_under_review) for on, sitting in sittings.items()] == [
        (date(2021, 11, 9), False),
        (date(2022, 1, 19), False),
        (date(2022, 3, 23), True),
        (date(2022, 6, 10), True),
    ]


def test_the_agenda_is_set_six_weeks_before_and_papers_are_out_five_clear_days_before(
    kent: Register,
) -> None:
    november = told(kent)[date(2021, 11, 9)]
    assert november.agenda_set_on == date(2021, 9, 28)
    assert november.papers_by == date(2021, 11, 1), "the day on which Kent's pages are stamped"


def test_a_decision_that_is_referred_to_the_committee_is_on_its_programme(kent: Register) -> None:
    (line,) = told(kent)[date(2021, 11, 9)].items
    assert (line.reference, line.kind) == ("21/00100", "key decision")


def test_an_item_is_put_down_with_who_asked_for_it_and_when(kent: Register) -> None:
    put_down(kent, 2, "Disposal of 50 Gibson Drive, Kings Hill", ADDED, ref="gibson-drive")
    (line,) = told(kent)[date(2022, 1, 19)].items
    assert (line.title, line.kind, line.reference) == (
        "Disposal of 50 Gibson Drive, Kings Hill", "decision", "gibson-drive",
    )  # fmt: skip
    assert (line.added_by, line.added_on) == ("Infrastructure", date(2021, 10, 7))


def test_what_was_put_down_later_is_not_on_the_programme_of_an_earlier_day(kent: Register) -> None:
    put_down(kent, 2, "Disposal of Wayfarers Care Home, Sandwich", ADDED, ref="wayfarers")
    assert told(kent, on=date(2021, 10, 6))[date(2022, 1, 19)].items == ()


def test_a_deferred_item_says_from_which_meeting_and_why(kent: Register) -> None:
    number = put_down(kent, 1, "Playing field development at the Wildernesse site", ADDED)
    defer(kent, number, 2, ADDED, because="The survey is late")
    assert len(told(kent)[date(2021, 11, 9)].items) == 1, "the decision alone"
    (line,) = told(kent)[date(2022, 1, 19)].items
    assert line.deferred_from == ("9 November 2021 (The survey is late)",)


def test_a_moved_meeting_takes_its_items_along_and_keeps_its_history(kent: Register) -> None:
    put_down(kent, 3, "Disposal of Wayfarers Care Home, Sandwich", ADDED)
    move(kent, 3, date(2022, 3, 30), ADDED, because="Purdah")
    move(kent, 3, date(2022, 4, 6), ADDED, because="The chair is away")
    april = told(kent)[date(2022, 4, 6)]
    assert april.moved_from == ("23 March 2022 (Purdah)", "30 March 2022 (The chair is away)")
    assert not april.is_under_review
    assert [line.title for line in april.items] == ["Disposal of Wayfarers Care Home, Sandwich"]
    assert date(2022, 3, 23) not in told(kent)


def test_a_cancelled_meeting_says_why(kent: Register) -> None:
    cancel(kent, 4, ADDED, because="No business")
    assert told(kent)[date(2022, 6, 10)].because == "No business"


def test_an_item_that_is_dropped_is_on_no_programme(kent: Register) -> None:
    number = put_down(kent, 2, "Disposal of Wayfarers Care Home, Sandwich", ADDED)
    take_off(kent, number, ADDED, because="Not for sale after all")
    assert told(kent)[date(2022, 1, 19)].items == ()


@pytest.mark.parametrize(
    ("act", "refused", "why"),
    [
        (lambda r: plan(r, COMMITTEE.upper(), date(2022, 1, 19), ADDED), AlreadyRecorded,
         "meets on 19 January 2022 already: meeting 2"),
        (lambda r: plan(r, " ", date(2022, 1, 20), ADDED), BadFact, "committee: it is blank"),
        (lambda r: move(r, 9, date(2022, 2, 1), ADDED, because="Why not"), NotRecorded,
         "no meeting 9; there are: 1, 2, 3 and 4"),
        (lambda r: move(r, 2, date(2022, 2, 1), ADDED, because=None), BadFact, "a reason"),
        (lambda r: move(r, 2, date(2022, 1, 19), ADDED, because="Again"), BadFact, "already"),
        (lambda r: move(r, 2, date(2022, 3, 23), ADDED, because="Together"), AlreadyRecorded,
         "meeting 3"),
        (lambda r: move(r, 1, date(2022, 2, 1), stamp(date(2021, 11, 10)), because="Late"),
         NotAllowed, "was held on 9 November 2021"),
        (lambda r: put_down(r, 2, "Sale", ADDED, ref="gibson"), NoSuchCase, "gibson-drive"),
        (lambda r: defer(r, 7, 2, ADDED, because="Later"), NotRecorded, "no item 7"),
        (lambda r: take_off(r, 7, ADDED, because="Gone"), NotRecorded, "no item 7"),
    ],
)  # fmt: skip
def test_what_can_not_be_planned_is_refused_by_name(
    act: Callable[[Register], object], refused: type[DisposalsError], why: str, kent: Register
) -> None:
    before = told(kent)
    with pytest.raises(refused, match=why):
        act(kent)
    assert told(kent) == before


def test_nothing_is_put_down_twice_nor_for_a_cancelled_meeting(kent: Register) -> None:
    number = put_down(kent, 2, "Disposal of Wayfarers Care Home, Sandwich", ADDED)
    with pytest.raises(AlreadyRecorded, match="already: item 1"):
        put_down(kent, 2, "disposal of wayfarers care home, sandwich", ADDED)
    cancel(kent, 3, ADDED, because="No business")
    with pytest.raises(NotAllowed, match="is cancelled: No business"):
        defer(kent, number, 3, ADDED, because="Later")
    with pytest.raises(NotAllowed, match="is cancelled"):
        cancel(kent, 3, ADDED, because="Again")


def test_a_committee_is_known_by_a_part_of_its_name(kent: Register) -> None:
    plan(kent, "Growth Cabinet Committee", date(2022, 1, 20), ADDED)

    def of(committee: str) -> set[str]:
        sittings = work_programme(kent, audience=Audience.PUBLIC, on=ADDED.on, committee=committee)
        return {sitting.committee for sitting in sittings}

    assert of("policy and resources") == {COMMITTEE}
    assert of("growth cabinet committee") == {"Growth Cabinet Committee"}
    with pytest.raises(NotRecorded, match="More than one committee"):
        of("cabinet")
    with pytest.raises(NotRecorded, match="There are: Growth Cabinet Committee and Policy"):
        of("planning")


def test_a_noticed_decision_is_forthcoming_until_it_is_taken(
    kent: Register, disposals: Callable[..., Said]
) -> None:
    def numbers(on: date) -> list[object]:
        return [
            (line["number"], line["not_before"])
            for line in forthcoming(kent, audience=Audience.PUBLIC, on=on)
        ]

    assert disposals("decision", "notify", "21/00100", "--on", "2021-10-08").status == 0
    assert numbers(date(2021, 10, 8)) == [("21/00100", date(2021, 11, 9))]
    assert numbers(date(2021, 10, 7)) == []


@pytest.mark.usefixtures("kent")
def test_the_commands_tell_it_as_the_papers_do(disposals: Callable[..., Said]) -> None:
    said = disposals(
        "meeting", "item", "2", "Disposal of Wayfarers Care Home, Sandwich",
        "--disposal", "wayfarers", "--added-by", "Infrastructure", "--on", "2021-10-07",
    )  # fmt: skip
    assert said.status == 0, said.err
    out = disposals("programme", "--committee", "Policy and Resources", "--as-of", "7 Oct 2021").out
    assert "19 January 2022: Policy and Resources Cabinet Committee" in out
    assert "Wayfarers Care Home, Sandwich [wayfarers] (decision; added by Infrastructure" in out
    assert "23 March 2022: Policy and Resources Cabinet Committee (date under review)" in out
    wrong = disposals("programme", "--committee", "Planning")
    assert wrong.status == 1
    assert "No committee is called “Planning”" in wrong.err


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize("field", ["number", "considered_on"])
def test_no_calendar_tells_of_a_decision_whose_day_or_number_is_exempt(
    disposals: Callable[..., Said], tmp_path: Path, field: str
) -> None:
    out = tmp_path / "all.ics"
    line = ("export", "calendar", "-o", str(out))
    assert disposals(*line).status == 0
    assert "decision 21/00100" in out.read_text("utf-8")
    entry = disposals("decision", "list", "steele-avenue", "--json").json[0]["entry"]
    said = disposals(
        "classify", "steele-avenue", entry, "--field", field, "--exempt", "--paragraph", "3",
        "--because", "Bidders are told first.",
    )  # fmt: skip
    assert said.status == 0, said.err
    assert disposals(*line).status == 0
    assert "decision 21/00100" not in out.read_text("utf-8")


@pytest.mark.usefixtures("kent")
def test_a_field_that_is_exempt_stays_out_of_the_programme(disposals: Callable[..., Said]) -> None:
    disposals("decision", "notify", "21/00100", "--on", "2021-10-08")
    entry = disposals("decision", "list", "steele-avenue", "--json").json[0]["entry"]
    shown = ("--as-of", "2021-10-08")
    assert "Greenhithe" in disposals("programme", *shown).out
    assert "Greenhithe" in disposals("programme", "--forthcoming", *shown).out
    said = disposals(
        "classify", "steele-avenue", entry, "--field", "title", "--exempt", "--paragraph", "3",
        "--because", "Bidders are told first.", "--on", "2021-10-08",
    )  # fmt: skip
    assert said.status == 0, said.err
    assert "Greenhithe" not in disposals("programme", *shown).out
    assert "Greenhithe" not in disposals("programme", "--forthcoming", *shown).out
