"""Approvals that a workflow names: gates to ask, their owner's to give, never the proposer's."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from disposals.casefile import CaseFile
from disposals.casework import (
    approvals,
    bids,
    evidence,
    moves,
    offers,
    opening,
    returns,
    sites,
    terms,
    waivers,
    workflows,
)
from disposals.disclosure.cases import history, outlook
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import BadFact, NotAllowed
from disposals.finding import own_in_force
from disposals.gates import KNOWN, judge, kinds_read, of_approvals
from disposals.records.decisions import Approval
from disposals.register import Register
from sites.record import Record
from tests.builders import a_case, a_waiver
from tests.builders import evidence as a_record
from tests.conftest import Said, stamp
from tests.places import past_the_guards
from workflows import definition
from workflows.definition import Definition, checked
from workflows.gates import Finding, Verdict, by

Line = Callable[..., Said]
APPROVALS = """
[[approvals]]
name = "section-151"
title = "Section 151 officer"
asks = "Does the Section 151 Officer agree that the land is surplus?"
owner = "Section 151 Officer"
source = "Financial Regulations, paragraph 5.4"

[[approvals]]
name = "ward-forum"
title = "Ward forum"
asks = "Has the ward forum been heard?"
owner = "Chair of the Ward Forum"
source = "Custom of this council"
waivable = true
"""
SHIPPED = Path(definition.__file__).parent / "definitions" / "open-market-sale-1.toml"
FIRST_ASKS = """blocks = ["surplus.declared", "surplus.circulated"]
warns = ["surplus.local-member-informed"]"""
OURS = SHIPPED.read_text("utf-8").replace(
    'name = "open-market-sale"', 'name = "ours"', 1
).replace(
    FIRST_ASKS, 'blocks = ["approvals.section-151"]\nwarns = ["approvals.ward-forum"]'
) + APPROVALS  # fmt: skip
REF = "parish-field"
OWNER = "Section 151 Officer"


@pytest.fixture
def ours(register: Register) -> Register:
    """A case of an officer on a workflow that asks for two approvals at its first move."""
    workflows.add(register, OURS, "ours.toml", stamp())
    sites.add_site(register, REF, {"name": "Parish field"}, stamp())
    opening.open_case(
        register, REF, stamp(), name="Parish field", holds=[opening.Share(REF)],
        workflow="ours", officer="Estates Officer",
    )  # fmt: skip
    return register


def seen(register: Register) -> int:
    return versions(register, REF)[REF]


def give(register: Register, by: str = "Democratic Services", **options: Any) -> None:
    on = options.pop("on", date(2021, 9, 30))
    told: dict[str, Any] = {"name": "section-151", "approver": OWNER, **options}
    approvals.give(register, REF, stamp(on, by), seen=seen(register), **told)


def finding(register: Register, on: date = date(2021, 9, 30)) -> Finding:
    [standing] = outlook(register, REF, on=on)
    assert standing.report is not None
    return next(f for f in standing.report.findings if f.gate == "approvals.section-151")


def given(register: Register) -> list[Approval]:
    with register.read() as session:
        return own_in_force(session, Approval, REF)


# --- the gate -----------------------------------------------------------------------------------


def asked(*records: Approval) -> Finding:
    """The gate of the Section 151 Officer, on a case in memory."""
    return judged(a_case(*records), *records)


def judged(case: CaseFile, *records: Approval) -> Finding:
    workflow: Definition = checked(OURS, "ours.toml", known_gates=KNOWN)
    own = of_approvals(workflow)
    move = workflow.move_to("surplus_declaration", "options_appraisal")
    reads, _ = kinds_read(move.gates, own)
    assert Approval in reads
    held: dict[type[Record], Sequence[Record]] = {**case.evidence, Approval: records}
    file = CaseFile(case.disposal, case.on, case.policy, held)
    return next(f for f in judge(move, file, own).findings if f.gate == "approvals.section-151")


def approval(**facts: Any) -> Approval:
    usual = {"name": "section-151", "approver": OWNER, "approved_on": date(2021, 9, 1)}
    return a_record(Approval, **{**usual, **facts})


def test_the_gate_asks_what_the_file_asks_on_the_files_authority() -> None:
    found = asked()
    assert found.verdict is Verdict.UNMET
    assert found.asks == "Does the Section 151 Officer agree that the land is surplus?"
    assert found.source == "Financial Regulations, paragraph 5.4"
    assert found.owner == OWNER
    assert found.remedy == by("approval give", name="section-151", approver=OWNER)
    assert found.stops


def test_an_approval_meets_it_and_says_who_gave_it_and_when() -> None:
    found = asked(approval())
    assert found.verdict is Verdict.MET
    assert found.reason == "Section 151 Officer approved on 1 September 2021."


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"name": "ward-forum"}, "No approval by the Section 151 Officer is recorded."),
        ({"approved_on": date(2021, 10, 1)}, "It is dated 1 October 2021."),
        ({"lapsed_on": date(2021, 9, 20)},
         "The approval of 1 September 2021 lapsed when the case went back."),
    ],
)  # fmt: skip
def test_another_approval_a_later_one_and_one_that_lapsed_do_not(
    facts: dict[str, Any], reason: str
) -> None:
    found = asked(approval(**facts))
    assert found.verdict is Verdict.UNMET
    assert found.reason == reason


def test_a_waiver_of_an_approval_that_nobody_may_pass_over_waives_nothing() -> None:
    assert judged(a_case(a_waiver("approvals.section-151"))).stops


# --- giving it ----------------------------------------------------------------------------------


def test_a_case_moves_once_the_approval_is_given(ours: Register) -> None:
    assert finding(ours).stops
    give(ours, because="The budget stands without it")
    assert finding(ours).verdict is Verdict.MET
    assert finding(ours, on=date(2021, 9, 29)).verdict is Verdict.UNMET
    moves.advance(ours, REF, stamp(), seen=versions(ours, REF))
    acts = [entry["act"] for entry in history(ours, REF, audience=Audience.OFFICER)]
    assert acts == ["open", "approval given", "advance"]


def test_the_role_is_read_whatever_its_capitals_and_kept_as_the_workflow_writes_it(
    ours: Register,
) -> None:
    give(ours, approver=" section 151  OFFICER ")
    assert [each.approver for each in given(ours)] == [OWNER]


def test_an_approval_given_anew_stands_in_place_of_the_first(ours: Register) -> None:
    give(ours, on=date(2021, 9, 30))
    give(ours, on=date(2021, 10, 4))
    assert [each.approved_on for each in given(ours)] == [date(2021, 10, 4)]


def test_an_approval_is_its_owners_to_give(ours: Register) -> None:
    with pytest.raises(NotAllowed, match=r"the Section 151 Officer's to give .*not the Director's"):
        give(ours, approver="Director")
    with pytest.raises(NotAllowed, match="not the approver left blank's"):
        give(ours, approver=" ")
    assert given(ours) == []


def test_only_what_the_workflow_names_is_approved(ours: Register, mill_lane: str) -> None:
    with pytest.raises(BadFact, match=r"“chief” is not .* It names section-151 and ward-forum"):
        give(ours, name="chief")
    with pytest.raises(BadFact, match=r"“section-151” is not .* It names none"):
        approvals.give(
            ours, mill_lane, stamp(), seen=versions(ours, mill_lane)[mill_lane],
            name="section-151", approver=OWNER,
        )  # fmt: skip


def propose(register: Register, what: str, who: str) -> None:
    """Have a person put forward what an approval is about."""
    by_them = stamp(by=who)
    if what == "recommended option":
        facts = {"no": "2", "title": "Sell", "is_recommended": True, "reasons_for": "No use"}
        evidence.add(register, REF, "option", facts, by_them, seen=seen(register))
    elif what == "preferred bid":
        offers.receive(
            register, REF, {"bidder": "Ash Homes", "price_pence": 1}, by_them, seen=seen(register)
        )
        bids.shortlist(
            register, REF, ["Ash Homes"], stamp(), seen=seen(register), because="The one"
        )
        bids.prefer(register, REF, "Ash Homes", stamp(), seen=seen(register), because="The one")
    else:
        facts = {"buyer": "Ash Homes", "price_pence": 1}
        terms.draft(register, REF, facts, by_them, seen=seen(register))


@pytest.mark.parametrize("what", ["recommended option", "preferred bid", "heads of terms"])
def test_nobody_approves_their_own_proposal(ours: Register, what: str) -> None:
    propose(ours, what, OWNER)
    with pytest.raises(NotAllowed, match=f"Section 151 Officer recorded .*{what}.* own"):
        give(ours)
    assert given(ours) == []


@pytest.mark.parametrize("what", ["recommended option", "preferred bid", "heads of terms"])
def test_nobody_puts_the_approval_of_their_own_proposal_on_record(
    ours: Register, what: str
) -> None:
    propose(ours, what, "A. Surveyor")
    with pytest.raises(NotAllowed, match=r"^A\. Surveyor recorded"):
        give(ours, by="a. surveyor")
    give(ours, by="Democratic Services")
    assert len(given(ours)) == 1


def test_the_officer_in_charge_neither_approves_nor_records_it(ours: Register) -> None:
    with pytest.raises(NotAllowed, match="Estates Officer is the officer in charge of parish-fie"):
        give(ours, by="estates officer")
    assert given(ours) == []


def test_an_option_that_is_not_recommended_is_no_proposal(ours: Register) -> None:
    facts = {"no": "1", "title": "Keep"}
    evidence.add(ours, REF, "option", facts, stamp(by=OWNER), seen=seen(ours))
    give(ours)
    assert len(given(ours)) == 1


def test_so_it_is_where_an_older_release_kept_their_name_with_an_accent_apart(
    ours: Register,
) -> None:
    with past_the_guards(ours.place) as register:
        register.execute("UPDATE disposal SET officer = ?", ("Zoe\u0308",))
    with pytest.raises(NotAllowed, match="is the officer in charge of parish-field"):
        give(ours, by="Zo\u00eb")


def test_a_colleagues_correction_does_not_hide_who_proposed(ours: Register) -> None:
    propose(ours, "recommended option", OWNER)
    facts = {"no": "2", "title": "Sell all", "is_recommended": True, "reasons_for": "No use"}
    evidence.add(ours, REF, "option", facts, stamp(by="A colleague"), seen=seen(ours))
    with pytest.raises(NotAllowed, match="Section 151 Officer recorded the recommended option 2"):
        give(ours)


# --- lapse and waiver ---------------------------------------------------------------------------


def test_a_case_that_goes_back_is_approved_anew(ours: Register) -> None:
    give(ours)
    moves.advance(ours, REF, stamp(), seen=versions(ours, REF))
    returns.back(
        ours, REF, stamp(), seen=seen(ours), to="surplus_declaration", because="Wrong land"
    )
    assert finding(ours).reason.endswith("lapsed when the case went back.")
    give(ours)
    assert finding(ours).verdict is Verdict.MET


def test_an_approval_is_waived_only_where_the_workflow_lets_it(ours: Register) -> None:
    def waive(gate: str) -> None:
        waivers.waive(
            ours, REF, gate, stamp(), seen=seen(ours), authority="Leader", because="No forum sat"
        )

    with pytest.raises(NotAllowed, match=r"section-151 can't be waived: .*Financial Regulations"):
        waive("approvals.section-151")
    waive("approvals.ward-forum")
    [standing] = outlook(ours, REF, on=date(2021, 9, 30))
    assert standing.report is not None
    verdicts = {f.gate: f.verdict for f in standing.report.findings}
    assert verdicts["approvals.ward-forum"] is Verdict.WAIVED


# --- by the command line ------------------------------------------------------------------------


@pytest.mark.usefixtures("ours")
def test_what_next_names_as_the_remedy_gives_the_approval(disposals: Line) -> None:
    found = disposals("next", REF, "--on", "2021-09-30", "--json").json["next"][0]["gates"]
    [gate] = [each for each in found if each["gate"] == "approvals.section-151"]
    assert gate["remedy"] == (
        "disposals approval give parish-field --name section-151 --approver "
        "'Section 151 Officer' --on DATE"
    )
    assert not gate["may_be_waived"]
    given = disposals(
        "approval", "give", REF, "--name", "section-151", "--approver", "Section 151 Officer",
        "--on", "2021-09-30",
    )  # fmt: skip
    assert "approval section-151 recorded, 30 September 2021" in given.out
    refused = disposals(
        "approval", "give", REF, "--name", "ward-forum", "--approver", "Leader", "--on",
        "2021-09-30",
    )  # fmt: skip
    assert refused.status == 1
    assert "is the Chair of the Ward Forum's to give" in refused.err
    assert disposals("workflow", "show", "ours").out.count("approvals.section-151") == 2
