"""Bids and options as pictures: bars on one scale, group by group, for officers alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from disposals.disclosure.appraisals import Appraised, OptionsAppraisal
from disposals.disclosure.evaluation import Evaluation, Offer
from disposals.errors import BadFact
from disposals.exports.plans import kind_of
from disposals.words import listed, money
from sites.plan.choices import Kind
from sites.typesetting import typeset
from sites.writing import whole_file


@dataclass(frozen=True, slots=True)
class Bar:
    """One sum, in pence; `tint` says what it is, from light (0) to dark (3)."""

    what: str
    pence: int
    tint: int


@dataclass(frozen=True, slots=True)
class Group:
    """The sums of one bid or one option."""

    name: str
    note: str
    bars: tuple[Bar, ...]


def draw_evaluation(path: Path, told: Evaluation) -> None:
    """Draw the bids: price, all that counts, the same today, and by how likely it is.

    Raises:
        BadFact: nothing to draw, or the file's name ends in none of .pdf, .svg and .png.
        CannotWrite: the file can't be written; what was there before stays.
    """
    _draw(
        path, title=f"{told.reference}: bids of campaign {told.campaign}", of="Bid", on=told.on,
        rate=f"{told.rate.normalize():f}", groups=[_offer(offer) for offer in told.offers],
        notes=told.notes,
    )  # fmt: skip


def draw_appraisal(path: Path, told: OptionsAppraisal) -> None:
    """Draw the options: costs, receipts, and what is left of both today.

    Raises:
        BadFact, CannotWrite: as for `draw_evaluation`.
    """
    _draw(
        path, title=f"{told.reference}: options", of="Option", on=told.on,
        rate=f"{told.rate.normalize():f}", groups=[_option(option) for option in told.options],
        notes=told.notes,
    )  # fmt: skip


def appraisal_picture(told: OptionsAppraisal, kind: Kind) -> bytes | None:
    """The same bars without title and notes, for a paper; None where no sum is known."""
    groups = [group for group in map(_option, told.options) if group.bars]
    if not groups:
        return None
    return _set(groups, {"of": "Option", "is_inset": True}, kind=kind, on=told.on)


def _offer(offer: Offer) -> Group:
    sums = (
        ("Price", offer.price), ("Consideration", offer.consideration),
        ("Today", offer.present_value), ("Risk-adjusted", offer.risk_adjusted),
    )  # fmt: skip
    said = [offer.standing, "late" if offer.is_late else None,
            None if offer.is_compliant else "not compliant",
            None if offer.quality is None else f"quality {offer.quality:.1f} of 100"]  # fmt: skip
    return Group(offer.bidder, ", ".join(filter(None, said)), _bars(sums))


def _option(option: Appraised) -> Group:
    sums = (
        ("Costs", -option.costs if option.costs else None),
        ("Receipts", option.receipts or None),
        ("Present value", option.present_value),
    )
    said = [option.title.rstrip("."), "recommended" if option.is_recommended else None,
            None if option.quality is None else f"quality {option.quality:.1f} of 100"]  # fmt: skip
    return Group(option.no, "; ".join(filter(None, said)), _bars(sums))


def _bars(sums: Iterable[tuple[str, int | None]]) -> tuple[Bar, ...]:
    return tuple(
        Bar(what, pence, tint) for tint, (what, pence) in enumerate(sums) if pence is not None
    )


def _whole_pounds(pence: int) -> str:
    """Amounts on a picture are read beside each other, not added up."""
    return money(round(pence, -2))


def _draw(
    path: Path, *, title: str, of: str, on: date, rate: str, groups: Sequence[Group],
    notes: Sequence[str],
) -> None:  # fmt: skip
    kind = kind_of(path)
    drawn = [group for group in groups if group.bars]
    if not drawn:
        raise BadFact(f"{title}: no sum is known yet, so there is nothing to draw.")
    silent = [group.name for group in groups if not group.bars]
    also = [f"Not drawn, for no sum is known: {listed(silent)}."] if silent else []
    words = {
        "title": title, "of": of, "is_inset": False,
        "marking": "For officers: not for publication",
        "subtitle": f"At {rate} % a year. All bars are on one scale.",
        "notes": [*notes, *also],
    }  # fmt: skip
    made = _set(drawn, words, kind=kind, on=on)
    with whole_file(path) as file:
        file.write(made)


def _set(groups: Sequence[Group], words: Mapping[str, Any], *, kind: Kind, on: date) -> bytes:
    """The bars on one scale, with the words around them."""
    known = [bar.pence for group in groups for bar in group.bars]
    lowest, highest = min(0, *known), max(0, *known)
    span = highest - lowest or 1
    told = {
        **words, "paged": kind is Kind.PDF, "on": on.isoformat(), "zero": -lowest / span,
        "groups": [
            {
                "name": group.name, "note": group.note,
                "bars": [
                    asdict(bar) | {"length": bar.pence / span, "said": _whole_pounds(bar.pence)}
                    for bar in group.bars
                ],
            }
            for group in groups
        ],
    }  # fmt: skip
    return typeset(files("disposals.exports") / "chart.typ", told, kind=kind, on=on)
