"""Declaring an entry, or one field of it, open or exempt; a new verdict replaces the older."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.validating import required
from disposals.clocks import Days, after_clear_days
from disposals.errors import BadFact, NotRecorded
from disposals.exemption import paragraphs
from disposals.finding import counting, own_in_force
from disposals.policy import Policy
from disposals.records import evidence_kinds
from disposals.records.base import Evidence
from disposals.records.classification import Classification
from disposals.records.decisions import Decision
from disposals.register import Register
from disposals.vocabulary import Disclosure, ReleaseAt
from disposals.words import day, listed, plainly

# What is shown in lines that are made of several rows is open or exempt as a whole.
_WHOLE = frozenset({"milestone", "milestone_date", "milestone_link", "milestone_condition"})


def classify(
    register: Register,
    ref: str,
    kind: str,
    entry: int,
    verdict: Disclosure,
    stamp: Stamp,
    *,
    seen: int,
    because: str | None,
    field: str | None = None,
    under: str | None = None,
    review_on: date | None = None,
    release_on: date | None = None,
    release_at: ReleaseAt | None = None,
) -> None:
    """Declare an entry of a case open or exempt.

    Args:
        because: why, in words that may be published.
        field: only this field of it.
        under: the paragraphs under which it is exempt, such as "3, 5".
        review_on: the day on which the public interest is weighed again.
        release_on, release_at: the day from which, or the event with which, it is open.

    Raises:
        NotRecorded: the case has no such entry in force.
        BadFact: a paragraph that does not exist, a day that can't be, no reason, or what is
            open is given a paragraph or a release.
    """
    reason = required(because, f"declare {plainly(kind)} {entry} {verdict}")
    name = f"{plainly(kind)} {entry} declared {verdict}"
    with (
        register.write() as session,
        acting(session, ref, name, stamp, seen=seen, because=reason) as act,
    ):
        row = _row(act, kind, entry)
        if field is not None:
            _refuse_field(row, field)
        told: dict[str, Any] = {
            "kind": kind, "entry": entry, "field": field, "verdict": verdict, "because": reason,
        }  # fmt: skip
        terms = {
            "paragraphs": under,
            "review_on": review_on,
            "release_on": release_on,
            "release_at": release_at,
        }
        if verdict is Disclosure.OPEN:
            _refuse_terms(terms)
        else:
            numbers = paragraphs(under or "", act.case.authority, stamp.on)
            terms["paragraphs"] = ", ".join(map(str, numbers))
            _refuse_days(act, review_on, release_on)
        earlier = next(
            (
                each
                for each in own_in_force(session, Classification, ref)
                if (each.kind, each.entry, each.field) == (kind, entry, field)
            ),
            None,
        )
        act.record(Classification, told | terms, replaces=earlier)


def _row(act: Act, kind: str, entry: int) -> Evidence:
    model = evidence_kinds().get(kind)
    if model is None or model is Classification:
        raise NotRecorded(f"There is no kind of entry called {plainly(kind)}.")
    for row in own_in_force(act.session, model, act.case.ref):
        if row.id == entry:
            return row
    raise NotRecorded(
        f"{act.case.ref} has no {plainly(kind)} {entry} in force. `disposals disclose "
        f"{act.case.ref} --audience officer` lists what there is."
    )


def _refuse_field(row: Evidence, field: str) -> None:
    kind = str(row.__tablename__)
    own = [name for name in type(row).model_fields if name not in Evidence.model_fields]
    if kind in _WHOLE:
        raise BadFact(f"A {plainly(kind)} is open or exempt as a whole: leave out --field.")
    if field not in own:
        raise BadFact(f"A {plainly(kind)} has no field {field}. It has {listed(own)}.")


def _refuse_terms(terms: Mapping[str, Any]) -> None:
    given = [name for name, value in terms.items() if value is not None]
    if given:
        raise BadFact(
            f"What is open has no {listed(plainly(name) for name in given)}: that belongs to what "
            "is exempt."
        )


def _refuse_days(act: Act, review_on: date | None, release_on: date | None) -> None:
    on = act.stamp.on
    if review_on is not None and review_on <= on:
        raise BadFact(f"A review on {day(review_on)} does not lie after {day(on)}, the day of it.")
    if release_on is None:
        return
    for decision in counting(act.session, Decision, act.case):
        earliest = decision.taken_on or _earliest(decision, act)
        if earliest is not None and release_on < earliest:
            taken = "was taken" if decision.taken_on else "can be taken at the earliest"
            raise BadFact(
                f"It can't be released on {day(release_on)}, before the decision: "
                f"{decision.number} {taken} on {day(earliest)}. Name that day or a later one, or "
                "`--release-at decision`."
            )
    if release_on <= on:
        raise BadFact(
            f"It can't be released on {day(release_on)}, which does not lie after {day(on)}. "
            "Declare it open instead: `--open`."
        )


def _earliest(decision: Decision, act: Act) -> date | None:
    """The first day on which a decision that is still to be taken may be taken, so far as known."""
    known = [decision.considered_on] if decision.considered_on else []
    if decision.is_key and decision.notice_on:
        clear = Policy(act.case.authority, decision.notice_on).number("decisions.notice")
        known.append(after_clear_days(decision.notice_on, clear, Days.ALL))
    return max(known, default=None)
