"""Recording by form: one piece of evidence, or many from a file."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
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
    surplus,
    terms,
)
from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.forms import form
from disposals.casework.repetition import refuse_repetition
from disposals.errors import BadFact, DisposalsError
from disposals.finding import find_case
from disposals.records import evidence_kinds
from disposals.register import Register
from disposals.words import counted, plainly

_Enter = Callable[[Act, Mapping[str, Any]], None]
_OWN: Mapping[str, tuple[str, _Enter]] = {
    "bid": ("bid received", offers.enter),
    "circulation": ("circulation recorded", surplus.enter_circulation),
    "consideration_reason": ("consideration reason recorded", bids.enter_reason),
    "campaign": ("campaign begun", marketing.enter),
    "heads_of_terms": ("heads of terms drafted", terms.enter),
    "clause": ("clause written", terms.enter_clause),
    "contract": ("contract recorded", completion.enter_contract),
    "deed": ("deed recorded", completion.enter_deed),
    "receipt": ("receipt recorded", completion.enter_receipt),
    "likelihood": ("likelihood recorded", judging.enter_likelihood),
    "score": ("score recorded", judging.enter_score),
    "option_figure": ("option figure recorded", judging.enter_figure),
    "document": ("document attached", documents.enter),
    "enquiry": ("interest counted", judging.enter_enquiry),
    "decision": ("decision recorded", decisions.enter),
    "paper_section": ("section of a paper written", papers.enter),
}


# What several people enter at once, each row about a thing of its own: none waits for another's.
_SIDE_BY_SIDE = frozenset({
    "bid", "consultation", "document", "enquiry", "land_answer", "likelihood", "option",
    "option_figure", "receipt", "score",
})  # fmt: skip


# What names someone whom the case may know already by a name that is like it.
NAMING = frozenset({"bid", "heads_of_terms"})


@dataclass(frozen=True, slots=True)
class Told:
    """What one row of a file tells.

    Attributes:
        where: the row as a person finds it, such as "row 7".
        file: which is to be kept under the `sha256` among the facts, if any.
    """

    ref: str
    facts: Mapping[str, Any]
    where: str
    file: Path | None = None


def record(
    register: Register,
    ref: str,
    kind: str,
    facts: Mapping[str, Any],
    stamp: Stamp,
    *,
    seen: int,
    is_sure: bool = False,
) -> None:
    """Record a piece of evidence of any kind, by the rules of its own room.

    Args:
        is_sure: a name that is like another's is no slip.

    Raises:
        ChangedMeanwhile: the case has changed since the user saw it; for what is entered side by
            side, only where the case was moved or the evidence would stand in another's place.
        BadFact, NotAllowed, NotRecorded: as its room refuses it.
    """
    name, enter = _how(kind)
    with (
        register.write() as session,
        acting(session, ref, name, stamp, seen=seen, may_add=kind in _SIDE_BY_SIDE) as act,
    ):
        act.is_sure = is_sure
        enter(act, facts)
        refuse_repetition(act, evidence_kinds()[kind], facts, seen)


def record_all(
    register: Register,
    kind: str,
    rows: Collection[Told],
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    is_sure: bool = False,
) -> int:
    """Record many pieces of evidence of one kind, all or none; says how many.

    Args:
        seen: by case, the version that the user was shown.
        is_sure: names that are like others' are no slips.

    Raises:
        BadFact: names every row that is refused, and why; nothing was recorded.
    """
    name, enter = _how(kind)
    refused = []
    files = {row.facts["sha256"]: row.file for row in rows if row.file}
    with documents.keeping(register, files) as keep, register.write() as session:
        begun: set[str] = set()
        for row in rows:
            try:
                with session.begin_nested():
                    case = find_case(session, row.ref)
                    version = case.version if row.ref in begun else seen.get(row.ref, 0)
                    with acting(
                        session,
                        row.ref,
                        name,
                        stamp,
                        seen=version,
                        may_add=kind in _SIDE_BY_SIDE,
                    ) as act:
                        act.is_sure = is_sure
                        enter(act, row.facts)
                        refuse_repetition(act, evidence_kinds()[kind], row.facts, version)
                begun.add(row.ref)
            except DisposalsError as error:
                refused.append(f"{row.where}: {error}")
        if refused:
            raise BadFact(
                f"Nothing was recorded, for {counted(len(refused), 'row is', 'rows are')} "
                "refused.\n" + "\n".join(refused)
            )
        documents.before_commit(session, keep)
    return len(rows)


def readable(kind: str, written: Mapping[str, str]) -> dict[str, Any]:
    """Facts from what was typed or stands in the cells of a row.

    Raises:
        BadFact: names every value that can't be right.
    """
    facts, wrong = read_each(kind, written)
    if wrong:
        raise BadFact(" ".join(map(str, wrong)))
    return facts


def read_each(kind: str, written: Mapping[str, str]) -> tuple[dict[str, Any], list[BadFact]]:
    """Facts from what was typed, None for what can't be right, and of that what is wrong."""
    asked, facts, wrong = form(kind), dict[str, Any](), list[BadFact]()
    for name, text in written.items():
        try:
            entry = asked.entry(name)
            facts[entry.field] = None
            value = entry.read(text)
            entry.refuse_beyond_limits(value)
            facts[entry.field] = value
        except BadFact as error:
            wrong.append(error)
    return facts, wrong


def _how(kind: str) -> tuple[str, _Enter]:
    if kind in _OWN:
        return _OWN[kind]
    return f"{plainly(kind)} recorded", lambda act, facts: evidence.enter(act, kind, facts)
