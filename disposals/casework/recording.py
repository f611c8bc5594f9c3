"""Recording by form: one piece of evidence, many from a file, and corrections."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from disposals.casework import (
    bids,
    completion,
    decisions,
    documents,
    evidence,
    judging,
    marketing,
    offers,
    papers,
    terms,
)
from disposals.casework.acts import Act, Stamp, acting, required
from disposals.casework.cases import refuse_if_ended
from disposals.casework.forms import form
from disposals.errors import BadFact, DisposalsError, NotAllowed, NotRecorded
from disposals.finding import find_case, own_in_force
from disposals.records import evidence_kinds
from disposals.records.base import Evidence
from disposals.records.bids import Bid
from disposals.records.completion import Receipt
from disposals.records.decisions import Decision
from disposals.records.papers import PaperSection
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.words import counted, plainly

_Enter = Callable[[Act, Mapping[str, Any]], None]
_OWN: Mapping[str, tuple[str, _Enter]] = {
    "bid": ("bid received", offers.enter),
    "consideration_reason": ("consideration reason recorded", bids.enter_reason),
    "campaign": ("campaign begun", marketing.enter),
    "heads_of_terms": ("heads of terms drafted", terms.enter),
    "clause": ("clause written", terms.enter_clause),
    "contract": ("contract recorded", completion.enter_contract),
    "receipt": ("receipt recorded", completion.enter_receipt),
    "likelihood": ("likelihood recorded", judging.enter_likelihood),
    "score": ("score recorded", judging.enter_score),
    "option_figure": ("option figure recorded", judging.enter_figure),
    "document": ("document attached", documents.enter),
    "enquiry": ("interest counted", judging.enter_enquiry),
    "decision": ("decision recorded", decisions.enter),
    "paper_section": ("section of a paper written", papers.enter),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one row of a file tells.

    Attributes:
        where: the row as a person finds it, such as "row 7".
    """

    ref: str
    facts: Mapping[str, Any]
    where: str


def record(
    register: Register,
    ref: str,
    kind: str,
    facts: Mapping[str, Any],
    stamp: Stamp,
    *,
    seen: int,
) -> None:
    """Record a piece of evidence of any kind, by the rules of its own room.

    Raises:
        BadFact, NotAllowed, NotRecorded: as its room refuses it.
    """
    name, enter = _how(kind)
    with register.write() as session, acting(session, ref, name, stamp, seen=seen) as act:
        enter(act, facts)


def record_all(
    register: Register, kind: str, rows: Iterable[Told], stamp: Stamp, *, seen: Mapping[str, int]
) -> int:
    """Record many pieces of evidence of one kind, all or none; says how many.

    Args:
        seen: by case, the version that the user was shown.

    Raises:
        BadFact: names every row that is refused, and why; nothing was recorded.
    """
    name, enter = _how(kind)
    refused, number = [], 0
    with register.write() as session:
        begun: set[str] = set()
        for number, row in enumerate(rows, start=1):  # noqa: B007 (it is told at the end)
            try:
                with session.begin_nested():
                    case = find_case(session, row.ref)
                    version = case.version if row.ref in begun else seen.get(row.ref, 0)
                    with acting(session, row.ref, name, stamp, seen=version) as act:
                        enter(act, row.facts)
                begun.add(row.ref)
            except DisposalsError as error:
                refused.append(f"{row.where}: {error}")
        if refused:
            raise BadFact(
                f"Nothing was recorded, for {counted(len(refused), 'row is', 'rows are')} "
                "refused.\n" + "\n".join(refused)
            )
    return number


def correct(
    register: Register,
    ref: str,
    kind: str,
    entry: int,
    changes: Mapping[str, Any],
    stamp: Stamp,
    *,
    seen: int,
    because: str | None,
) -> int:
    """Correct an entry: a new one that refers to the old, which is kept. Says the new number.

    Args:
        entry: the number of the entry, as lists show it.
        changes: fields by name, with what is right.

    Raises:
        NotRecorded: there is no such entry in force on the case.
        NotAllowed: what was agreed, taken or sealed is not corrected.
        BadFact: nothing is changed, a value can't be right, or no reason is given.
    """
    reason = required(because, "correct an entry")
    model = evidence_kinds()[kind]
    with (
        register.write() as session,
        acting(session, ref, f"{plainly(kind)} corrected", stamp, seen=seen, because=reason) as act,
    ):
        if act.case.stage != "in_parts" or not model.inherited:
            refuse_if_ended(act.case)  # what is recorded on the whole still counts for its parts
        in_force = own_in_force(session, model, ref)
        row = next((each for each in in_force if each.id == entry), None)
        if row is None:
            later = session.get(model, entry)
            why = (
                "was corrected or carried forward already; correct the entry that stands"
                if later is not None and later.disposal_ref == ref
                else "is not there"
            )
            raise NotRecorded(f"{ref}: {plainly(kind)} {entry} {why}. Lists show which stand.")
        _refuse_what_is_settled(row)
        new = {name: value for name, value in changes.items() if getattr(row, name) != value}
        if not new:
            raise BadFact(f"{plainly(kind)} {entry} says so already; nothing was changed.")
        _refuse_another(row, new, in_force)
        if isinstance(row, Bid):
            offers.refuse_what_does_not_add_up(new, row)
        if isinstance(row, Receipt) and "amount_pence" in new:
            completion.refuse_too_much(act, new["amount_pence"], instead_of=row)
        if isinstance(row, PaperSection):
            papers.refuse_wrong(row.model_dump() | new)
        corrected = act.amend(row, **new)
        assert corrected.id is not None  # noqa: S101 (the database numbered it)
        return corrected.id


def readable(kind: str, written: Mapping[str, str]) -> dict[str, Any]:
    """Facts from what was typed or stands in the cells of a row.

    Raises:
        BadFact: names every value that can't be right.
    """
    asked, facts, wrong = form(kind), {}, []
    for name, text in written.items():
        try:
            entry = asked.entry(name)
            facts[entry.field] = entry.read(text)
        except BadFact as error:
            wrong.append(str(error))
    if wrong:
        raise BadFact(" ".join(wrong))
    return facts


def _how(kind: str) -> tuple[str, _Enter]:
    if kind in _OWN:
        return _OWN[kind]
    return f"{plainly(kind)} recorded", lambda act, facts: evidence.enter(act, kind, facts)


def _refuse_what_is_settled(row: Evidence) -> None:
    if getattr(row, "lapsed_on", None) is not None:
        raise NotAllowed("It lapsed with a lost buyer and stays as it was.")
    if isinstance(row, HeadsOfTerms) and (row.agreed_on or row.seller_agreed_on):
        raise NotAllowed(
            f"Version {row.terms_version} is agreed, so it stands. Draft the next version: "
            f"`disposals terms add {row.disposal_ref}`."
        )
    if isinstance(row, Decision) and row.taken_on is not None:
        raise NotAllowed(f"{row.number} is taken, so it stands; another decision can change it.")
    if isinstance(row, Decision) and row.withdrawn_on is not None:
        raise NotAllowed(f"{row.number} is withdrawn, so it stands as it was.")
    if isinstance(row, Bid) and row.sealed is not None:
        raise NotAllowed(
            f"The bid of {row.bidder} is sealed. The bidder may send another in its place."
        )


def _refuse_another(row: Evidence, new: Mapping[str, Any], in_force: Iterable[Evidence]) -> None:
    """Two entries about the same thing would leave it open which of them counts."""
    if not row.keyed_by or row.accumulates or not new.keys() & set(row.keyed_by):
        return
    key = [new.get(name, getattr(row, name)) for name in row.keyed_by]
    for other in in_force:
        if other.id != row.id and [getattr(other, name) for name in row.keyed_by] == key:
            raise BadFact(f"Entry {other.id} is about that already; correct it instead.")
