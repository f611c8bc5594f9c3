"""What papers for officers and members share: their marking, bids, valuations, sums, notes."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from disposals.disclosure.evaluation import Evaluation, Offer
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.appendix import Valued
from disposals.exports.paper import Block, Boxed, Cell, Heading, Said, Table
from disposals.exports.papers.draft import Draft
from disposals.words import day, listed, money

MARKING = "EXEMPT – NOT FOR PUBLICATION"
# A note to officers names the command that helps; members need none.
_ACTS = re.compile(r"[,:] `disposals [^`]*`")


def copy_of(audience: Audience) -> str:
    """What the foot of a paper says of a copy that is not for officers."""
    return " · members’ copy" if audience is Audience.MEMBER else ""


def for_members(audience: Audience) -> Iterator[Said]:
    """What a copy for members has, and what is left out of it."""
    if audience is Audience.MEMBER:
        yield Said(
            "This copy is for members of the council. It has what is exempt under paragraphs 3 "
            "and 6 of the Schedule alone (Local Government Act 1972 s.100F(2A)); the rest is left "
            "out, and said to be.",
            is_strong=True,
        )


def left_out(name: str, cut: Collection[str]) -> Iterator[Said]:
    """That something is left out of a copy, where it is."""
    if name in cut:
        yield Said("What members may not see under s.100F(2A) is left out here.")


def by_virtue(numbers: Sequence[str], draft: Draft, command: str) -> Boxed:
    """Under which paragraphs a paper is exempt, as the law wants it described (s.100B(5)).

    Args:
        command: that records a paragraph where there is none.
    """
    told = ", ".join(numbers) or draft.lack("the paragraph under which it is exempt", command)
    return Boxed(
        f"By virtue of paragraph(s) {told} of Part 1 of Schedule 12A of the Local Government "
        "Act 1972. Document is restricted."
    )


def why_exempt(reasons: Sequence[str], draft: Draft, command: str) -> Iterator[Block]:
    """Why exemption outweighs the public interest; `command` records it where nobody has."""
    yield Heading("Why it is exempt")
    lacking = "why exemption outweighs the public interest in disclosure"
    yield from map(Said, reasons or (draft.lack(lacking, command),))


def illustrative() -> Said:
    """The warning over figures that no published paper gives."""
    return Said("Illustrative: the published papers do not give these figures.", is_strong=True)


def bids_table(bids: Evaluation) -> Table:
    """The bids of a campaign on one footing, the best by present value first."""
    return Table(
        ("Bidder", "Standing", "Depends on", "Price", "Consideration", "Present value"),
        tuple(map(_bid, bids.offers)),
        (5, 5, 5, 6, 9, 6), figures=(3, 4, 5),
    )  # fmt: skip


def valuations(rows: Sequence[Valued], draft: Draft, *, add: str) -> Iterator[Block]:
    """What valuers found the land worth; `add` records a valuation where there is none."""
    if not rows:
        yield Said(f"Valuation: {draft.lack('a valuation', add)}")
        return
    yield Table(
        ("Valuer", "Basis", "Value", "On"),
        tuple(
            (Cell(each.valuer), Cell(each.basis), Cell(money(each.value_pence)),
             Cell(day(each.valued_on)))
            for each in rows
        ),
        (4, 3, 3, 3), figures=(2,),
    )  # fmt: skip


def notes(told: Iterable[str]) -> Iterator[Said]:
    """Notes to officers without their commands."""
    yield from (Said(_ACTS.sub("", note)) for note in told)


def rate_said(percent: Decimal) -> str:
    """At which rate present values are."""
    return f"Present values are at {percent.normalize():f} % a year."


def sum_said(pence: int | None) -> str:
    """A sum, or a dash where it is not known."""
    return money(pence) if pence is not None else "–"


def pounds_said(pence: int | None) -> str:
    """A sum in whole pounds, for a table that is read across and not added up."""
    return sum_said(None if pence is None else round(pence, -2))


def _bid(offer: Offer) -> tuple[Cell, ...]:
    if offer.is_sealed:
        return (Cell(offer.bidder), Cell("sealed until the opening"), *(Cell("–"),) * 4)
    late = ", late" if offer.is_late else ""
    strange = "" if offer.is_compliant else ", not compliant"
    return (
        Cell(offer.bidder),
        Cell(f"{offer.standing}{late}{strange}"),
        Cell(listed(offer.hurdles) if offer.hurdles else "–"),
        Cell(sum_said(offer.price)),
        Cell(sum_said(offer.consideration)),
        Cell(sum_said(offer.present_value)),
    )
