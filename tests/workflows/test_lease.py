"""A lease over seven years is a disposal: it goes as an open market sale does, and is granted."""

from workflows.definition import load

LEASE = load("lease")
SALE = load("open-market-sale", 2)


def test_its_title_says_why_it_is_a_disposal() -> None:
    assert LEASE.title == "Lease over seven years, a disposal under LGA 1972 s.123(7)"


def test_every_move_of_a_sale_is_there_between_the_same_stages() -> None:
    assert LEASE.main_line == SALE.main_line
    assert {(m.name, m.kind, m.sources, m.to) for m in LEASE.moves} == {
        (m.name, m.kind, m.sources, m.to) for m in SALE.moves
    }


def test_no_gate_of_a_sale_is_left_out_or_only_warns() -> None:
    for move in SALE.moves:
        let = next(each for each in LEASE.moves if each.name == move.name)
        assert set(move.blocks) <= set(let.blocks)
        assert set(move.gates) <= set(let.gates)


def test_completion_is_the_grant_of_the_lease() -> None:
    assert LEASE.stage("completion").title == "Grant of the lease"
    assert LEASE.move_to("completion", "completed").title == "Grant the lease"
