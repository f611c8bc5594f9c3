"""What the documents tell as shell sessions: every command runs, and says what the page says."""

from datetime import date
from pathlib import Path

from disposals.disclosure import audit, estate
from disposals.disclosure.cases import history, whole_case
from disposals.disclosure.documents import verified
from disposals.disclosure.fields import Audience
from disposals.register import Register, open_register
from tests.documents import blocks, run_as_it_stands
from tests.generated import DOCS

ACTS_OF_A_SALE = {
    "heads of terms drafted", "clause written", "heads of terms agreed", "document attached",
    "advance", "contract recorded", "receipt recorded", "statement line recorded", "deed recorded",
}  # fmt: skip


def acts(register: Register, ref: str) -> list[str]:
    """What was done to a case, in order."""
    return [entry["act"] for entry in history(register, ref, audience=Audience.OFFICER)]


def test_steele_avenue_part_1_is_sold_as_the_page_tells(tmp_path: Path) -> None:
    printed = run_as_it_stands(tmp_path, *blocks(DOCS / "steele-avenue.md"))
    for refusal in (
        "the earliest day is 6 November 2021",
        "21/00100 may be called in; it may be acted on from 24 November 2021.",
        "Not satisfied: Approval of the NHS Value for Money Report by the District Valuer.",
        "The receipt does not add up.",
        "steele-avenue/part-1 is completed; nothing follows.",
    ):
        assert refusal in printed

    sold, register = date(2022, 7, 15), open_register(tmp_path / "steele-avenue.sqlite")
    ref = "steele-avenue/part-1"
    case = whole_case(register, ref, audience=Audience.OFFICER, on=sold)
    assert case["stage"] == "completed"
    part_1, part_2 = estate.page(register, "steele-avenue", audience=Audience.OFFICER, on=sold)[
        "parts"
    ]
    assert part_1["left_the_council_on"] == sold
    assert "left_the_council_on" not in part_2
    told = acts(register, ref)
    assert ACTS_OF_A_SALE | {"bid corrected", "condition satisfied", "condition waived"} <= {*told}
    assert (verified(register).sound, verified(register).damaged) == (3, ())
    assert audit.verified(register).faults == ()
    register.close()


def test_sandling_road_is_sold_to_one_buyer_as_the_page_tells(tmp_path: Path) -> None:
    printed = run_as_it_stands(tmp_path, *blocks(DOCS / "maidstone.md"))
    assert "The price is £100,000 below value and no well-being reason is recorded." in printed
    assert "No report on title is recorded for cantium-house." in printed

    sold, register = date(2022, 3, 25), open_register(tmp_path / "maidstone.sqlite")
    case = whole_case(register, "sandling-road", audience=Audience.OFFICER, on=sold)
    assert case["stage"] == "completed"
    for site in ("royal-mail-sorting-office", "cantium-house"):
        page = estate.page(register, site, audience=Audience.OFFICER, on=sold)
        assert page["left_the_council_on"] == sold
    told = acts(register, "sandling-road")
    assert ACTS_OF_A_SALE | {"direct sale reason recorded", "decision published"} <= {*told}
    assert audit.verified(register).faults == ()
    assert not [act for act in told if "bid" in act or "campaign" in act]
    register.close()


def test_a_morning_with_the_programme_goes_as_the_page_tells(tmp_path: Path) -> None:
    printed = run_as_it_stands(tmp_path, *blocks(DOCS / "programme.md"))
    for said in (
        "something is overdue",
        "critical path 5 → 8:",
        "stands too early now and wants to move to Oct 2022",
        "was moved to Nov 2022",
        "The full moratorium of kiln-court ends on 3 April 2022, and nobody can move that",
        "11 milestones written to programme.xlsx, for officers.",
        "Nothing to change: 11 rows unchanged.",
        "Gates that stop most cases",
    ):
        assert said in printed


def test_a_decision_is_considered_called_in_and_confirmed_as_the_page_tells(tmp_path: Path) -> None:
    printed = run_as_it_stands(tmp_path, *blocks(DOCS / "decisions.md"))
    for line in (
        "21/00100 can't yet be acted on, on 1 December 2021. It was called in on 18 November 2021",
        "Dartford DA9 9AE: effective",
        "No community group asked to bid, so it does not hold the sale back.",
        "No dated contact with: local member, parish council,",
    ):
        assert line in printed
