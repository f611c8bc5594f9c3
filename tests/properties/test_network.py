"""Whatever hangs on whatever: a push is enough and no more, and room is what it says."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from disposals.network import Interval, Key, Lag, Link, Node, floats, moved, too_early
from disposals.vocabulary import LagUnit

START = date(2022, 1, 3)
UNITS = st.sampled_from([LagUnit.DAYS, LagUnit.WEEKS, LagUnit.WORKING_DAYS])


def at(no: int) -> Key:
    return ("mill-lane", no)


@st.composite
def programmes(draw: st.DrawFn) -> tuple[list[Node], list[Link]]:
    """Up to eight milestones; each may come after those of lower numbers."""
    count = draw(st.integers(2, 8))
    nodes = []
    for no in range(count):
        earliest = START + timedelta(draw(st.integers(0, 400)))
        latest = earliest + timedelta(draw(st.integers(0, 40)))
        nodes.append(Node(at(no), earliest, latest, draw(st.booleans()) and draw(st.booleans())))
    pairs = [(no, before) for no in range(count) for before in range(no)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=10))
    return nodes, [
        Link(at(no), at(before), Lag(draw(st.integers(0, 20)), draw(UNITS)))
        for no, before in chosen
    ]


def after(
    nodes: list[Node], changes: dict[Key, Interval], moves: dict[Key, Interval]
) -> list[Node]:
    now = changes | moves
    return [
        Node(node.key, *now.get(node.key, (node.earliest, node.latest)), node.is_fixed)
        for node in nodes
    ]


@given(told=programmes(), days=st.integers(-60, 200))
def test_a_push_leaves_no_new_milestone_too_early(
    told: tuple[list[Node], list[Link]], days: int
) -> None:
    nodes, links = told
    slip = timedelta(days)
    changes = {nodes[0].key: (nodes[0].earliest + slip, nodes[0].latest + slip)}
    moves = moved(nodes, links, changes)
    before = {link for link, _ in too_early(nodes, links)}
    now = after(nodes, changes, {move.key: move.after for move in moves})
    assert {link for link, _ in too_early(now, links)} <= before
    for move in moves:
        assert move.after[0] >= move.before[0]
        assert move.after[1] >= move.before[1]
    fixed = {node.key for node in nodes if node.is_fixed}
    assert not fixed & {move.key for move in moves}


@given(told=programmes())
def test_moving_nothing_moves_nothing(told: tuple[list[Node], list[Link]]) -> None:
    assert moved(*told, {}) == []


@given(told=programmes())
def test_room_is_exactly_what_a_milestone_may_slip(told: tuple[list[Node], list[Link]]) -> None:
    nodes, links = told
    links = [link for link in links if link not in {early for early, _ in too_early(nodes, links)}]
    known = {node.key: node for node in nodes}
    target = nodes[-1]
    if target.is_fixed:
        return

    def pushes(key: Key, days: int) -> bool:
        node = known[key]
        change = {key: (node.earliest, node.latest + timedelta(days))}
        return any(
            move.key == target.key and move.after[1] > target.latest
            for move in moved(nodes, links, change)
        )

    for key, days in floats(nodes, links, target.key).items():
        if key != target.key and days >= 0:
            assert not pushes(key, days)
            assert pushes(key, days + 1)
