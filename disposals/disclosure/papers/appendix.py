"""The facts of the exempt appendix, for members and officers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from disposals.disclosure.appraisals import OptionsAppraisal, options_appraisal
from disposals.disclosure.evaluation import Evaluation, evaluation
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Reader, Written, named
from disposals.finding import own_in_force
from disposals.policy import council
from disposals.records.bids import Bid, Valuation
from disposals.register import Register
from disposals.vocabulary import PaperKind


@dataclass(frozen=True, slots=True)
class Valued:
    """A valuer's opinion, in pence."""

    valuer: str
    basis: str
    value_pence: int
    valued_on: date


@dataclass(frozen=True, slots=True)
class AppendixFacts:
    """What the exempt appendix says.

    Attributes:
        bids: of every sale that has any, each with how that sale is called.
        because: why exemption outweighs the public interest, as recorded.
        is_illustrative: some figures are not from published papers.
    """

    reference: str
    name: str
    council: str
    on: date
    stamp: str
    paragraphs: tuple[str, ...]
    because: tuple[str, ...]
    appraisal: OptionsAppraisal
    bids: Sequence[tuple[str, Evaluation]]
    valuations: Sequence[Valued]
    is_illustrative: bool
    written: Written


def appendix_facts(register: Register, ref: str, *, on: date) -> AppendixFacts:
    """The facts of the exempt appendix to the report on a case and its parts.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        reader = Reader(session, ref, Audience.OFFICER)
        case = reader.case
        called = zip([case, *reader.parts], ["", *named(reader.parts)], strict=True)
        selling = [
            (each.ref, name) for each, name in called if own_in_force(session, Bid, each.ref)
        ]
        bids, valuations = reader.counting(Bid), reader.counting(Valuation)
        written = reader.written(PaperKind.EXEMPT_APPENDIX)
        sections = reader.sections(PaperKind.EXEMPT_APPENDIX)
        paragraphs = reader.exempt_paragraphs()
        reasons = [row.exempt_because for row in (*sections, *bids, *valuations)]
        stamp = stamped(session, case)
    return AppendixFacts(
        reference=ref,
        name=case.name,
        council=council(case.authority),
        on=on,
        stamp=stamp,
        paragraphs=paragraphs,
        because=tuple(dict.fromkeys(filter(None, reasons))),
        appraisal=options_appraisal(register, ref, on=on),
        bids=[(name, evaluation(register, each, on=on)) for each, name in selling],
        valuations=[
            Valued(row.valuer, row.basis, row.value_pence, row.valued_on) for row in valuations
        ],
        is_illustrative=any(row.is_illustrative for row in (*bids, *valuations)),
        written=written,
    )
