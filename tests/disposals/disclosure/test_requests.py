"""A request is logged on all its cases, keeps its clock, and is answered once."""

from collections.abc import Callable

import pytest

from tests.conftest import Said

Line = Callable[..., Said]
CASES = ("steele-avenue", "bensted-house")
ADD = ("foi", "add", "FOI-2021-0412", *CASES, "--requested-by", "press", "--asks", "All bids")
pytestmark = pytest.mark.usefixtures("kent")


def test_its_clock_runs_from_the_day_after_receipt(disposals: Line) -> None:
    said = disposals(*ADD, "--received-on", "2021-09-01")
    assert "due by 29 September 2021 (Freedom of Information Act 2000 s.10" in said.out
    (told,) = disposals("foi", "list", "--json").json
    assert (told["due_on"], told["is_overdue"]) == ("2021-09-29", True)
    assert told["disposals"] == sorted(CASES)
    assert "information requested" in disposals("history", "bensted-house").out


def test_an_overdue_request_is_on_the_agenda_of_the_day_after(disposals: Line) -> None:
    disposals(*ADD, "--received-on", "2021-09-01")
    items = disposals("agenda", "--json").json
    found = [each for each in items if "FOI-2021-0412" in each["what"]]
    assert [(each["matter"], each["on"]) for each in found] == [("overdue", "2021-09-29")]


def test_one_that_is_not_yet_due_is_on_the_agenda_as_due(disposals: Line) -> None:
    disposals(*ADD)
    items = disposals("agenda", "--json").json
    assert [each["matter"] for each in items if "FOI-2021-0412" in each["what"]] == ["due"]
    assert disposals("foi", "list", "--overdue", "--json").json == []


def test_an_answer_takes_it_off_the_agenda_and_is_given_once(disposals: Line) -> None:
    disposals(*ADD, "--received-on", "2021-09-01")
    assert disposals("foi", "answer", "FOI-2021-0412", "--outcome", "disclosed").status == 0
    assert "FOI-2021-0412" not in disposals("agenda").out
    assert disposals("foi", "show", "FOI-2021-0412", "--json").json["outcome"] == "disclosed"
    again = disposals("foi", "answer", "FOI-2021-0412", "--outcome", "disclosed")
    assert again.status == 1
    assert "was answered on 30 September 2021 already" in again.err


def test_a_review_of_an_exemption_is_on_the_agenda(disposals: Line) -> None:
    disposals(
        "classify", "steele-avenue", "option-1", "--exempt", "--paragraph", "3", "--because", "Why",
        "--review-on", "2021-10-15",
    )  # fmt: skip
    items = [each for each in disposals("agenda", "--json").json if each["matter"] == "review"]
    assert [(each["on"], each["reference"]) for each in items] == [("2021-10-15", "steele-avenue")]
    assert "option-1 is exempt; weigh the public interest again" in items[0]["what"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("foi", "answer", "FOI-1", "--outcome", "disclosed"), "No request FOI-1 is logged"),
        (("foi", "show", "FOI-1"), "No request FOI-1 is logged"),
        (("foi", "bundle", "FOI-1", "-o", "b.zip"), "No request FOI-1 is logged"),
        (ADD, "is logged already"),
        (("foi", "add", "FOI-2", "steele-avenu", "--requested-by", "press", "--asks", "x"),
         "Did you mean steele-avenue?"),
        (("foi", "add", "the letter of 3 May", "steele-avenue", "--requested-by", "press",
          "--asks", "x"), "is not written as in FOI-2021-0412"),
        (("foi", "add", "FOI-2", "steele-avenue", "--requested-by", "press", "--asks", "x",
          "--received-on", "2021-10-04"), "lies after 30 September 2021"),
        (("foi", "answer", "FOI-2021-0412", "--outcome", "refused"), "s.17"),
        (("foi", "answer", "FOI-2021-0412", "--outcome", "disclosed", "--on", "2021-08-02"),
         "was received on"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused(disposals: Line, line: tuple[str, ...], said: str) -> None:
    disposals(*ADD)
    refused = disposals(*line)
    assert refused.status == 1
    assert said in refused.err
