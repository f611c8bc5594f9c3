"""The facts of an option appraisal, as an audience may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disposals.disclosure.appraisals import WANTED_OF_OPTION, OptionsAppraisal, options_appraisal
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Entry, Facts, Reader, Written
from disposals.policy import Policy, council
from disposals.records.base import Evidence
from disposals.records.judgements import OptionFigure
from disposals.records.options import Option
from disposals.records.scoring import Criterion, Score
from disposals.register import Register
from disposals.vocabulary import PaperKind, Scored


@dataclass(frozen=True, slots=True)
class OptionsFacts:
    """What an option appraisal says to an audience.

    Attributes:
        appraisal: its options with the figures that the audience may see.
        rows: the options as `Reader.told` gives them, by number.
        kept_back: what is recorded and not for the audience, for the commands that open it:
            “option”, “do nothing” and “recommended”.
        rate_source: where the discount rate comes from.
        paragraphs: of Schedule 12A, under which the rest of it is exempt.
        because: why that outweighs the public interest; for officers alone, else empty.
        is_illustrative: something shown is not from published papers.
    """

    reference: str
    name: str
    council: str
    on: date
    stamp: str
    audience: Audience
    appraisal: OptionsAppraisal
    rows: Mapping[str, Facts]
    kept_back: Mapping[str, Entry | None]
    rate_source: str
    paragraphs: tuple[str, ...]
    because: tuple[str, ...]
    is_illustrative: bool
    written: Written

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.audience is Audience.PUBLIC


def options_facts(register: Register, ref: str, *, audience: Audience, on: date) -> OptionsFacts:
    """The facts of the option appraisal of a case, which its parts share.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    told = options_appraisal(register, ref, audience=audience, on=on)
    with register.asked(on).read() as session:
        reader = Reader(session, ref, audience)
        case = reader.case
        rows = [
            *reader.counting(Option),
            *reader.counting(OptionFigure),
            *filter(_is_of_options, reader.counting(Criterion)),
            *filter(_is_of_options, reader.counting(Score)),
        ]
        exempt = reader.exemption(
            Option, OptionFigure, Criterion, Score, paper=PaperKind.OPTIONS, where=_is_of_options
        )
        return OptionsFacts(
            reference=ref,
            name=case.name,
            council=council(case.authority),
            on=on,
            stamp=stamped(session, case),
            audience=audience,
            appraisal=told,
            rows={each["no"]: each for each in reversed(reader.told(Option))},
            kept_back=_kept_back(reader),
            rate_source=Policy(case.authority, on).rule("appraisal.rate").source,
            paragraphs=exempt.paragraphs,
            because=exempt.because,
            is_illustrative=any(row.is_illustrative for row in rows),
            written=reader.written(PaperKind.OPTIONS),
        )


def _kept_back(reader: Reader) -> dict[str, Entry | None]:
    return {
        "option": reader.kept_back(Option, wanted=WANTED_OF_OPTION),
        "do nothing": reader.kept_back(
            Option, lambda row: row.is_do_nothing, wanted=WANTED_OF_OPTION
        ),
        "recommended": reader.kept_back(
            Option, lambda row: row.is_recommended, wanted=WANTED_OF_OPTION
        ),
    }


def _is_of_options(row: Evidence) -> bool:
    """Whether it is about options: criteria and scores may be about bids."""
    return getattr(row, "scored", Scored.OPTION) is Scored.OPTION
