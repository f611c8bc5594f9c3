"""The record of decision: what committees made of it, call-in, urgency, as they are recorded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from disposals.register import Register
from tests.conftest import Said
from tests.papers import PAPER_KINDS, under_headings, words_in

Line = Callable[..., Said]
NUMBER = "21/00100"
COMMITTEE = "Policy and Resources Cabinet Committee"
CONSULTED = "Cabinet Committee recommendations and other consultation"
pytestmark = pytest.mark.usefixtures("kent")


@pytest.fixture
def decide(kent: Register, disposals: Line) -> Callable[..., Said]:
    """`disposals decision … 21/00100 …`, which succeeds."""

    def does(act: str, *rest: str) -> Said:
        said = disposals("decision", act, NUMBER, *rest)
        assert said.status == 0, said.err
        return said

    assert kent.example == "kent"
    return does


@pytest.fixture
def record(disposals: Line, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """The words under each heading of the record, as it is made on a day."""

    def made(*options: str) -> dict[str, str]:
        out = tmp_path / "record.docx"
        said = disposals("paper", "record", NUMBER, "-o", str(out), *options)
        assert said.status == 0, said.err
        return under_headings(out)

    return made


@pytest.fixture
def published(decide: Callable[..., Said]) -> Callable[..., Said]:
    """Noticed, and its report published for the meeting of 9 November."""
    decide("notify", "--on", "2021-10-08")
    decide("publish-report", "--meeting-on", "2021-11-09", "--on", "2021-10-29")
    return decide


@pytest.mark.parametrize(
    ("made_of_it", "words"),
    [
        (("--recommendation", "endorsed"), "The proposed decision was endorsed."),
        (
            (
                "--recommendation", "endorsed as amended", "--abstentions", "2",
                "--amended", "on the most advantageous terms that it can secure",
            ),
            "endorsed as amended, with 2 abstentions: “on the most advantageous terms that it",
        ),
        (("--recommendation", "not endorsed"), "The proposed decision was not endorsed."),
        (("--recommendation", "deferred"), "Consideration of the proposed decision was deferred."),
    ],
)  # fmt: skip
def test_the_record_says_what_the_committee_made_of_it(
    published: Callable[..., Said], record: Callable[..., dict[str, str]],
    made_of_it: tuple[str, ...], words: str,
) -> None:  # fmt: skip
    waiting = record("--as-of", "2021-11-01")
    assert waiting[CONSULTED].startswith(f"To be discussed at the {COMMITTEE}, 9 November 2021.")
    published("consider", *made_of_it, "--on", "2021-11-09")
    told = record("--as-of", "2021-11-10")[CONSULTED]
    assert f"{COMMITTEE}, 9 November 2021: " in told
    assert words in told
    assert "To be discussed" not in told


def test_what_an_older_register_says_of_the_committee_still_stands(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "record.docx"
    assert disposals("paper", "record", "21/00084", "-o", str(out)).status == 0
    told = under_headings(out)[CONSULTED]
    assert f"{COMMITTEE}, 22 September 2021: Endorsed, recommendation 1 amended" in told
    assert "with two abstentions" in told


@pytest.fixture
def taken(published: Callable[..., Said]) -> Callable[..., Said]:
    """Endorsed, taken and its record published."""
    published("consider", "--recommendation", "endorsed", "--on", "2021-11-09")
    published("take", "--interests", "None declared", "--on", "2021-11-15")
    published("publish", "--on", "2021-11-16")
    return published


@pytest.mark.usefixtures("taken")
def test_a_signed_record_says_from_when_it_may_be_acted_on(
    record: Callable[..., dict[str, str]],
) -> None:
    told = record("--signed", "--as-of", "2021-11-17")
    interests = "Any interest declared when the decision was taken and any dispensation granted"
    assert told[interests] == "None declared"
    assert "Subject to call-in: yes. It may be acted on from 24 November 2021." in told["Call-in"]
    assert "Call-in" not in record("--as-of", "2021-11-17")


def test_a_call_in_is_told_with_its_reason_and_what_came_of_it(
    taken: Callable[..., Said], record: Callable[..., dict[str, str]]
) -> None:
    by = ("--called-in-by", "the Scrutiny Committee", "--because", "The price was not compared.")
    taken("call-in", *by, "--on", "2021-11-18")
    told = record("--signed", "--as-of", "2021-11-18")["Call-in"]
    assert "Called in on 18 November 2021 by the Scrutiny Committee: The price was not" in told
    assert "The day from which it may be acted on can't be said yet." in told
    taken("call-in", "--outcome", "upheld", "--on", "2021-11-25")
    told = record("--signed", "--as-of", "2021-11-26")["Call-in"]
    assert "Outcome, 25 November 2021: upheld." in told
    assert "It may be acted on from 25 November 2021." in told


@pytest.mark.usefixtures("taken")
@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_every_kind_of_file_tells_the_committee_and_the_call_in(
    disposals: Line, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"record.{suffix}"
    line = ("paper", "record", NUMBER, "-o", str(out), "--signed", "--as-of", "2021-11-17")
    assert disposals(*line).status == 0
    told = words_in(out)
    for fact in ("The proposed decision was endorsed.", "Subject to call-in: yes.", "[Missing"):
        assert (fact in told) is (fact != "[Missing")
