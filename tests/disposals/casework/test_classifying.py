"""An entry is declared open or exempt under a paragraph that exists, from a day that can be."""

from datetime import date
from typing import Any

import pytest

from disposals.casework import recording
from disposals.casework.classifying import classify
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import BadFact, NotRecorded
from disposals.register import Register
from disposals.vocabulary import Disclosure, ReleaseAt
from tests.conftest import stamp

TODAY = date(2021, 9, 30)
OPEN, EXEMPT = Disclosure.OPEN, Disclosure.EXEMPT


def record(register: Register, kind: str, **facts: Any) -> None:
    seen = versions(register, "mill-lane")["mill-lane"]
    recording.record(register, "mill-lane", kind, facts, stamp(TODAY), seen=seen)


def declare(register: Register, verdict: Disclosure, **how: Any) -> None:
    told = {"because": "Bids are compared.", "under": None if verdict is OPEN else "3"} | how
    classify(
        register, "mill-lane", "valuation", 1, verdict, stamp(TODAY),
        seen=versions(register, "mill-lane")["mill-lane"], **told,
    )  # fmt: skip


@pytest.fixture
def valued(register: Register, mill_lane: str) -> Register:
    assert mill_lane
    record(register, "valuation", valuer="V", value_pence=80_000_000, valued_on=TODAY)
    return register


@pytest.mark.parametrize(
    ("under", "said"),
    [
        ("8", r"no exemption under paragraph 8 \(takes the exemption of paragraph 3 away"),
        ("9", r"paragraph 9 \(takes every exemption away"),
        ("3, 12", "no exemption under paragraph 12"),
        ("0", "no exemption under paragraph 0"),
        ("three", "no exemption under paragraph three"),
        ("", "Say under which paragraph"),
    ],
)
def test_a_paragraph_that_does_not_exist_is_named(valued: Register, under: str, said: str) -> None:
    with pytest.raises(BadFact, match=said):
        declare(valued, EXEMPT, under=under)


def test_so_it_is_where_any_evidence_is_recorded_as_exempt(valued: Register) -> None:
    with pytest.raises(BadFact, match="no exemption under paragraph 8"):
        record(valued, "option", no="1", title="Keep it", paragraphs="8")


def test_a_release_before_the_decision_was_taken_is_refused(valued: Register) -> None:
    record(
        valued, "decision", number="21/00100", title="Sale", taker="Cabinet Member", is_key=False,
        taken_on=date(2021, 9, 20), considered_on=None,
    )  # fmt: skip
    with pytest.raises(BadFact, match=r"before the decision: 21/00100 was taken on 20 September"):
        declare(valued, EXEMPT, release_on=date(2021, 9, 13))


def test_a_release_before_a_decision_can_be_taken_is_refused(valued: Register) -> None:
    record(
        valued, "decision", number="21/00100", title="Sale", taker="Cabinet Member", is_key=True,
        notice_on=TODAY,
    )  # fmt: skip
    with pytest.raises(BadFact, match="can be taken at the earliest on 29 October 2021"):
        declare(valued, EXEMPT, release_on=date(2021, 10, 20))
    declare(valued, EXEMPT, release_on=date(2021, 10, 29))


def test_a_release_or_a_review_that_has_passed_is_refused(valued: Register) -> None:
    with pytest.raises(BadFact, match="Declare it open instead"):
        declare(valued, EXEMPT, release_on=TODAY)
    with pytest.raises(BadFact, match="A review on 1 September 2021 does not lie after"):
        declare(valued, EXEMPT, review_on=date(2021, 9, 1))


def test_what_is_open_has_neither_paragraph_nor_release(valued: Register) -> None:
    with pytest.raises(BadFact, match="What is open has no paragraphs and release at"):
        declare(valued, OPEN, under="3", release_at=ReleaseAt.COMPLETION)


@pytest.mark.parametrize("because", [None, "  "])
def test_a_reason_is_asked_for(valued: Register, because: str | None) -> None:
    with pytest.raises(BadFact, match="a reason is asked for"):
        declare(valued, EXEMPT, because=because)


def test_an_entry_or_a_field_that_is_not_there_is_refused(valued: Register) -> None:
    with pytest.raises(NotRecorded, match="no valuation 7 in force"):
        classify(
            valued, "mill-lane", "valuation", 7, EXEMPT, stamp(TODAY),
            seen=versions(valued, "mill-lane")["mill-lane"], because="Why", under="3",
        )  # fmt: skip
    with pytest.raises(BadFact, match=r"has no field price\. It has valuer, value_pence"):
        declare(valued, OPEN, field="price")
    with pytest.raises(BadFact, match="no field recorded_by"):
        declare(valued, OPEN, field="recorded_by")


def test_every_verdict_stays_in_the_history_with_its_reason(valued: Register) -> None:
    declare(valued, EXEMPT, review_on=date(2022, 3, 1))
    declare(valued, OPEN, because="The sale is completed.")
    told = history(valued, "mill-lane", audience=Audience.OFFICER)[-2:]
    assert [(each["act"], each["because"]) for each in told] == [
        ("valuation 1 declared exempt", "Bids are compared."),
        ("valuation 1 declared open", "The sale is completed."),
    ]
