"""What the law measures on the whole is summed over the parts that are still to be sold."""

from disposals.casework import recording, returns
from disposals.disclosure.seen import versions
from disposals.finding import case_file, find_case
from disposals.policy import Policy
from disposals.records.bids import Valuation
from disposals.register import Register
from tests.conftest import stamp

ONE, TWO = "steele-avenue/part-1", "steele-avenue/part-2"


def valued(register: Register) -> list[str]:
    """The cases whose valuations are summed when part 1 is judged."""
    with register.read() as session:
        case = find_case(session, ONE)
        policy = Policy(case.authority, stamp().on)
        file = case_file(session, case, policy=policy, reads=(), across=(Valuation,))
        return [row.disposal_ref for row in file.across(Valuation)]


def test_a_part_that_was_withdrawn_is_summed_no_more(kent: Register) -> None:
    for ref in (ONE, TWO):
        facts = {"valuer": "V", "value_pence": 90_000_000, "valued_on": stamp().on}
        recording.record(kent, ref, "valuation", facts, stamp(), seen=versions(kent, ref)[ref])
    assert valued(kent) == [ONE, TWO]
    returns.withdraw(kent, TWO, stamp(), seen=versions(kent, TWO)[TWO], because="Kept")
    assert valued(kent) == [ONE]
