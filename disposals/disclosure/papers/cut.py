"""What of an exempt appendix is left where its reader may not see all: members (s.100F(2A))."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from disposals.disclosure.appraisals import OptionsAppraisal
from disposals.disclosure.evaluation import Evaluation
from disposals.disclosure.fields import Audience, fields_of, openable
from disposals.records.base import Evidence
from disposals.records.bids import Bid
from disposals.records.judgements import OptionFigure
from disposals.records.options import Option
from disposals.records.scoring import Score
from disposals.vocabulary import Scored

E = TypeVar("E", bound=Evidence)


def whole(row: Evidence, audience: Audience) -> bool:
    """Whether an audience may see all of a row that may ever be shown to it."""
    return openable(str(row.__tablename__)) <= fields_of(row, audience).keys()


def bids_left(
    found: Evaluation, bids: Iterable[Bid], audience: Audience
) -> tuple[Evaluation, bool]:
    """An evaluation with the bids that an audience may see whole, and whether any is left out.

    What is remarked on the bids compares all of them, so it goes where one does, and for whoever
    is no officer, because it may tell of judgements that are theirs alone.
    """
    if audience is Audience.OFFICER:
        return found, False
    seen = {
        row.bidder for row in bids if row.campaign_no == found.campaign and whole(row, audience)
    }
    left = tuple(offer for offer in found.offers if offer.bidder in seen)
    return replace(found, offers=left, notes=()), len(left) < len(found.offers)


def options_left(
    found: OptionsAppraisal,
    options: Sequence[Option],
    figures: Sequence[OptionFigure],
    scores: Sequence[Score],
    audience: Audience,
) -> tuple[OptionsAppraisal, bool]:
    """An appraisal with what an audience may see, and whether anything is left out.

    A present value is shown where each of its figures may be seen, and quality where each score.
    """
    if audience is Audience.OFFICER:
        return found, False
    points = [row for row in scores if row.scored is Scored.OPTION]
    told = {row.no: fields_of(row, audience) for row in options}
    has_figures = _each(figures, lambda row: row.option_no, audience)
    has_points = _each(points, lambda row: row.subject, audience)
    left = tuple(
        replace(
            option,
            risks=told[option.no].get("risks"),
            benefits=told[option.no].get("benefits"),
            costs=option.costs if has_figures(option.no) else 0,
            receipts=option.receipts if has_figures(option.no) else 0,
            present_value=option.present_value if has_figures(option.no) else None,
            quality=option.quality if has_points(option.no) else None,
        )
        for option in found.options
        if told.get(option.no)
    )
    return replace(found, options=left, notes=()), left != found.options


def _each(
    rows: Sequence[E], about: Callable[[E], str], audience: Audience
) -> Callable[[str], bool]:
    """A question of an option: may each of its rows be seen?"""
    kept_back = {about(row) for row in rows if not whole(row, audience)}
    return lambda no: no not in kept_back
