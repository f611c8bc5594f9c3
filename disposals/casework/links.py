"""What milestones hang on: links to others with a lag, and conditions that open or void them."""

from datetime import date

from disposals.casework.acts import Stamp, acting
from disposals.casework.programme import conditions_of, family_of
from disposals.casework.validating import required
from disposals.errors import NotRecorded
from disposals.finding import find_case, own_in_force
from disposals.network import Lag, Link, refuse_loop
from disposals.records.programme import Milestone, MilestoneCondition, MilestoneLink
from disposals.register import Register
from disposals.timetable import timetable
from disposals.vocabulary import Outcome
from disposals.words import listed


def link(
    register: Register, ref: str, no: int, after_no: int, wait: Lag, stamp: Stamp, *, seen: int
) -> None:
    """Let a milestone of a case come after another of the case, its whole or another part.

    The same link again changes its lag. No date is moved by it.

    Raises:
        NotRecorded: one of them is not there.
        BadFact: it would come after itself.
    """
    with (
        register.write() as session,
        acting(session, ref, "milestone linked", stamp, seen=seen) as act,
    ):
        found = timetable(session, family_of(session, act.case))
        for each, held in ((no, ref), (after_no, None)):
            entry = found.of_number(each)
            if entry is None or held not in {None, entry.key[0]}:
                known = sorted(k[1] for k in found.entries if held in {None, k[0]})
                numbers = listed(map(str, known)) if known else "none"
                raise NotRecorded(f"{ref} has no milestone {each} to link; there are {numbers}.")
        after = found.of_number(after_no)
        assert after is not None  # noqa: S101 (refused above)
        refuse_loop([*found.links, Link((ref, no), after.key, wait)])
        act.supersede(
            MilestoneLink,
            {
                "milestone_no": no, "after_no": after_no, "lag": wait.number,
                "lag_unit": wait.unit, "is_undone": False,
            },
        )  # fmt: skip


def unlink(
    register: Register, ref: str, no: int, after_no: int, stamp: Stamp, *, seen: int
) -> None:
    """Undo a link; what it moved stays where it is.

    Raises:
        NotRecorded: there is no such link.
    """
    with (
        register.write() as session,
        acting(session, ref, "milestone unlinked", stamp, seen=seen) as act,
    ):
        row = next(
            (
                row
                for row in own_in_force(session, MilestoneLink, ref)
                if (row.milestone_no, row.after_no) == (no, after_no) and not row.is_undone
            ),
            None,
        )
        if row is None:
            raise NotRecorded(f"Milestone {no} of {ref} is not linked to milestone {after_no}.")
        act.amend(row, is_undone=True)


def decide_condition(
    register: Register,
    ref: str,
    title: str,
    outcome: Outcome,
    decided_on: date,
    stamp: Stamp,
    *,
    seen: int,
    because: str | None,
) -> None:
    """Record what became of a condition: met, it opens what hangs on it; failed, it voids it.

    Raises:
        NotRecorded: no milestone of the case hangs on it.
    """
    reason = required(because, "decide a condition")
    with register.read() as session:
        rows = conditions_of(session, find_case(session, ref), title)
        known = [
            row.only_if
            for each in family_of(session, find_case(session, ref))
            for row in own_in_force(session, Milestone, each)
            if row.only_if
        ]
    if not rows:
        there = f" There are: {listed(sorted(set(known)))}." if known else ""
        raise NotRecorded(f"No milestone of {ref} hangs on “{title}”.{there}")
    with (
        register.write() as session,
        acting(session, ref, "condition decided", stamp, seen=seen, because=reason) as act,
    ):
        facts = {"title": title, "outcome": outcome, "decided_on": decided_on}
        if rows[0].disposal_ref == ref:
            act.amend(rows[0], **{k: v for k, v in facts.items() if k != "title"})
        else:
            act.record(MilestoneCondition, {**facts, "disclosure": rows[0].disclosure})
