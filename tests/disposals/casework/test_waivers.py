"""A waiver is an act of its own, on a named authority; law is never waived."""

from datetime import date

import pytest

from disposals.casework import waivers
from disposals.disclosure.cases import outlook
from disposals.disclosure.seen import versions
from disposals.errors import BadFact, NotAllowed
from disposals.register import Register
from tests.conftest import stamp
from workflows.gates import Verdict


def waive(register: Register, gate: str, **options: object) -> None:
    told: dict[str, object] = {"authority": "Director of Infrastructure", "because": "No service"}
    waivers.waive(
        register, "mill-lane", gate, stamp(),
        seen=versions(register, "mill-lane")["mill-lane"], **(told | options),  # type: ignore[arg-type]
    )  # fmt: skip


def verdict(register: Register, gate: str, on: date = date(2021, 9, 30)) -> Verdict:
    [standing] = outlook(register, "mill-lane", on=on)
    assert standing.report is not None
    return next(f.verdict for f in standing.report.findings if f.gate == gate)


@pytest.mark.usefixtures("mill_lane")
def test_a_policy_gate_is_passed_over_until_the_waiver_ends(register: Register) -> None:
    waive(register, "surplus.circulated", until=date(2021, 12, 31))
    assert verdict(register, "surplus.circulated") is Verdict.WAIVED
    assert verdict(register, "surplus.circulated", date(2022, 1, 1)) is Verdict.UNMET


@pytest.mark.usefixtures("mill_lane")
def test_law_is_not_waived(register: Register) -> None:
    with pytest.raises(NotAllowed, match=r"law \(LGA 1972 s\.123\(2A\)\)"):
        waive(register, "land.open-space")


@pytest.mark.usefixtures("mill_lane")
def test_a_waiver_needs_a_gate_a_reason_an_authority_and_an_end_that_is_to_come(
    register: Register,
) -> None:
    with pytest.raises(BadFact, match="is not a gate of open-market-sale"):
        waive(register, "surplus.forgotten")
    with pytest.raises(BadFact, match="a reason is asked for"):
        waive(register, "surplus.circulated", because="")
    with pytest.raises(BadFact, match="authority"):
        waive(register, "surplus.circulated", authority="")
    with pytest.raises(BadFact, match="would be over"):
        waive(register, "surplus.circulated", until=date(2021, 9, 1))
    assert verdict(register, "surplus.circulated") is Verdict.UNMET
