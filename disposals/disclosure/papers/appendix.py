"""The facts of the exempt appendix, for members and officers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from disposals.disclosure.appraisals import OptionsAppraisal, options_appraisal
from disposals.disclosure.evaluation import Evaluation, evaluation
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Reader, Written, named
from disposals.disclosure.rows import are_there
from disposals.finding import find_case, parts_of
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
    appraisal = options_appraisal(register, ref, audience=audience, on=on)
    bids = [
        (name, evaluation(register, each, audience=audience, on=on))
        for each, name in _selling(register, ref)
    ]
    with register.asked(on).read() as session:
        reader = Reader(session, ref, audience)
        offered, values = reader.counting(Bid), reader.shown(Valuation)
        exempt = reader.exemption(Bid, Valuation, paper=PaperKind.EXEMPT_APPENDIX)
        lacking = {
            "options": appraisal.is_part_withheld,
            "bids": any(each.is_part_withheld for _, each in bids),
            "valuations": values.lacks(),
        }
        return AppendixFacts(
            reference=ref,
            name=reader.case.name,
            council=council(reader.case.authority),
            on=on,
            stamp=stamped(session, reader.case),
            paragraphs=exempt.paragraphs,
            because=exempt.because,
            appraisal=appraisal,
            bids=bids,
            valuations=valued(values.rows),
            is_illustrative=any(row.is_illustrative for row in (*offered, *values.rows)),
            written=reader.written(PaperKind.EXEMPT_APPENDIX),
            audience=audience,
            left_out=frozenset(name for name, is_cut in lacking.items() if is_cut),
        )


def _selling(register: Register, ref: str) -> list[tuple[str, str]]:
    """The case and its parts that have bids, each with how it is called."""
    with register.read() as session:
        case, parts = find_case(session, ref), parts_of(session, ref)
        called = zip([case, *parts], ["", *named(parts)], strict=True)
        return [(each.ref, name) for each, name in called if are_there(session, Bid, each.ref)]
