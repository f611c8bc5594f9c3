"""The facts of the completion statement as a paper, for officers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from disposals import paid
from disposals.disclosure.completion import Statement, statement
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Reader, Written
from disposals.finding import own_in_force
from disposals.policy import council
from disposals.records.bids import Bid
from disposals.records.completion import Condition, Contract, Deed, Receipt, StatementLine
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.vocabulary import PaperKind


@dataclass(frozen=True, slots=True)
class Term:
    """A condition of the contract, and what became of it; `outcome` is None while it is open."""

    title: str
    owner: str
    longstop_on: date | None
    outcome: str | None
    outcome_on: date | None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came in, in pence."""

    kind: str
    amount: int
    on: date


@dataclass(frozen=True, slots=True)
class CompletionFacts:
    """What the completion statement says.

    Attributes:
        contract: the name of its entry, by which it is corrected; `deed` likewise, where there is
            one.
        deposit: in pence; None where the contract does not say, which is not nothing.
        completed_on: the day of the deed.
    """

    reference: str
    name: str
    council: str
    on: date
    stamp: str
    paragraphs: tuple[str, ...]
    because: tuple[str, ...]
    statement: Statement
    contract: str
    deposit: int | None
    is_conditional: bool
    conditions: Sequence[Term]
    received: Sequence[Received]
    deed: str | None
    deed_form: str | None
    title_nos: str | None
    completed_on: date | None
    is_illustrative: bool
    written: Written


def completion_facts(register: Register, ref: str, *, on: date) -> CompletionFacts:
    """The facts of the completion statement of a case as it stands on a day.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: no contract is recorded.
    """
    told = statement(register, ref, on=on)
    with register.asked(on).read() as session:
        reader = Reader(session, ref, Audience.OFFICER)
        contract = [c for c in own_in_force(session, Contract, ref) if c.lapsed_on is None][-1]
        conditions = [c for c in own_in_force(session, Condition, ref) if c.lapsed_on is None]
        deeds = [d for d in own_in_force(session, Deed, ref) if d.lapsed_on is None]
        lines = [x for x in own_in_force(session, StatementLine, ref) if x.lapsed_on is None]
        come = paid.under(
            contract, own_in_force(session, Receipt, ref),
            terms=own_in_force(session, HeadsOfTerms, ref), bids=own_in_force(session, Bid, ref),
        )  # fmt: skip
        receipts = [r for r in come if r.received_on <= on and r.amount_pence > 0]
        deed = deeds[-1] if deeds else None
        counted = {(type(row), row.id) for row in (contract, *lines, *receipts)}
        exempt = reader.exemption(
            Contract, StatementLine, Receipt,
            paper=PaperKind.COMPLETION, where=lambda row: (type(row), row.id) in counted,
        )  # fmt: skip
        return CompletionFacts(
            reference=ref,
            name=reader.case.name,
            council=council(reader.case.authority),
            on=on,
            stamp=stamped(session, reader.case),
            paragraphs=exempt.paragraphs,
            because=exempt.because,
            statement=told,
            contract=f"contract-{contract.id}",
            deposit=contract.deposit_pence,
            is_conditional=contract.is_conditional,
            conditions=[_term(each) for each in conditions],
            received=[Received(r.kind, r.amount_pence, r.received_on) for r in receipts],
            deed=f"deed-{deed.id}" if deed else None,
            deed_form=deed.form.value if deed else None,
            title_nos=deed.title_nos if deed else None,
            completed_on=deed.dated_on if deed else None,
            is_illustrative=any(r.is_illustrative for r in (contract, *lines, *receipts)),
            written=reader.written(PaperKind.COMPLETION),
        )


def _term(row: Condition) -> Term:
    term = (row.title, row.owner, row.longstop_on)
    if row.satisfied_on is not None:
        return Term(*term, "met", row.satisfied_on)
    if row.waived_on is not None:
        return Term(*term, f"waived by {row.waived_by}", row.waived_on, row.waived_because)
    return Term(*term, None, None)
