"""The facts of the exempt appendix, for members and officers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from disposals.disclosure.appraisals import OptionsAppraisal, options_appraisal
from disposals.disclosure.evaluation import Evaluation, evaluation
from disposals.disclosure.fields import Audience, may_see
from disposals.disclosure.papers.cut import bids_left, options_left, whole
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Reader, Written, named
from disposals.finding import own_in_force
from disposals.policy import council
from disposals.records.bids import Bid, Valuation
from disposals.records.judgements import OptionFigure
from disposals.records.options import Option
from disposals.records.scoring import Score
from disposals.register import Register
from disposals.vocabulary import PaperKind


@dataclass(frozen=True, slots=True)
class Valued:
    """A valuer's opinion, in pence."""

    valuer: str
    basis: str
    value_pence: int
    valued_on: date


def valued(rows: Sequence[Valuation]) -> list[Valued]:
    """Valuations as papers give them."""
    return [Valued(row.valuer, row.basis, row.value_pence, row.valued_on) for row in rows]


@dataclass(frozen=True, slots=True)
class AppendixFacts:
    """What the exempt appendix says.

    Attributes:
        bids: of every sale that has any, each with how that sale is called.
        because: why exemption outweighs the public interest, as recorded.
        is_illustrative: some figures are not from published papers.
        left_out: “options”, “bids” and “valuations”, where the audience may not see all of them.
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
    audience: Audience
    left_out: frozenset[str]


def appendix_facts(register: Register, ref: str, *, audience: Audience, on: date) -> AppendixFacts:
    """The facts of the exempt appendix to the report on a case and its parts.

    Args:
        audience: officers and the committee have all of it; any other member of the council what
            s.100F(2A) of the LGA 1972 opens to them.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    appraisal = options_appraisal(register, ref, audience=Audience.OFFICER, on=on)
    evaluated = [
        (name, evaluation(register, each, on=on)) for each, name in _selling(register, ref)
    ]
    with register.read() as session:
        reader = Reader(session, ref, audience)
        case = reader.case
        bids, found = reader.counting(Bid), reader.counting(Valuation)
        valuations = [row for row in found if whole(row, audience)]
        appraisal, lacks_options = options_left(
            appraisal, reader.counting(Option), reader.counting(OptionFigure),
            reader.counting(Score), audience,
        )  # fmt: skip
        left = [(name, *bids_left(each, bids, audience)) for name, each in evaluated]
        sections = reader.sections(PaperKind.EXEMPT_APPENDIX)
        seen = [row for row in (*sections, *bids, *found) if may_see(row, audience)]
        written = reader.written(PaperKind.EXEMPT_APPENDIX)
        paragraphs = reader.exempt_paragraphs()
        because = reader.reasons_of(seen)
        stamp = stamped(session, case)
    return AppendixFacts(
        reference=ref,
        name=case.name,
        council=council(case.authority),
        on=on,
        stamp=stamp,
        paragraphs=paragraphs,
        because=because,
        appraisal=appraisal,
        bids=[(name, each) for name, each, _ in left],
        valuations=valued(valuations),
        is_illustrative=any(row.is_illustrative for row in (*bids, *valuations)),
        written=written,
        audience=audience,
        left_out=frozenset(
            name
            for name, is_cut in {
                "options": lacks_options,
                "bids": any(is_cut for *_, is_cut in left),
                "valuations": len(valuations) < len(found),
            }.items()
            if is_cut
        ),
    )


def _selling(register: Register, ref: str) -> list[tuple[str, str]]:
    """The case and its parts that have bids, each with how it is called."""
    with register.read() as session:
        reader = Reader(session, ref, Audience.OFFICER)
        called = zip([reader.case, *reader.parts], ["", *named(reader.parts)], strict=True)
        return [(each.ref, name) for each, name in called if own_in_force(session, Bid, each.ref)]
