"""The tables of a bid evaluation."""

from collections.abc import Sequence
from datetime import date

from disposals.disclosure.evaluation import Evaluation
from disposals.disclosure.papers.evaluation import Composed, EvaluationFacts
from disposals.exports.paper import Cell, Table
from disposals.exports.papers.exempt import pounds_said, sum_said
from disposals.words import counted, day, money

_MERITS = {
    "units": "Homes or units",
    "affordable_percent": "Affordable homes, %",
    "s106_pence": "Section 106 sums",
    "cil_pence": "Community infrastructure levy",
    "proof_of_funds": "Proof of funds",
    "exclusivity_weeks": "Exclusivity wanted, weeks",
    "longstop_on": "Last day for conditions",
    "deposit_pence": "Deposit",
    "overage": "Overage, where not guaranteed",
    "conditions": "Other conditions",
}


def composition(composed: Sequence[Composed]) -> Table:
    """What each bid's consideration is made of, as it stands."""
    return Table(
        ("Bidder", "Price", "Paid", "Money's worth", "Guaranteed overage", "Abnormal costs",
         "Consideration"),
        tuple(
            (
                Cell(each.bidder), Cell(sum_said(each.price)), Cell(each.payments or "at once"),
                Cell(_or_dash(each.other)), Cell(_overage(each)),
                Cell(_or_dash(-each.abnormal_costs)),
                Cell(sum_said(
                    each.price + each.other + each.guaranteed - each.abnormal_costs
                )),
            )
            for each in composed
        ),
        (5, 6, 6, 6, 6, 6, 7), figures=(1, 3, 4, 5, 6),
    )  # fmt: skip


def _overage(each: Composed) -> str:
    if not each.guaranteed:
        return "–"
    months = each.guaranteed_after_months
    when = f" after {counted(months, 'month')}" if months else ""
    return f"{money(each.guaranteed)}{when}"


def _or_dash(pence: int) -> str:
    return money(pence) if pence else "–"


def qualities(told: Evaluation) -> Table:
    """Quality, and the price for each point of it where that was asked for."""
    asks = any(offer.price_per_point is not None for offer in told.offers)
    rows = []
    for offer in told.offers:
        points = "–" if offer.quality is None else f"{offer.quality:.1f}"
        row = (Cell(offer.bidder), Cell(points))
        rows.append((*row, Cell(sum_said(offer.price_per_point))) if asks else row)
    if not asks:
        return Table(("Bidder", "Quality, of 100"), tuple(rows), (3, 2), figures=(1,))
    columns = ("Bidder", "Quality, of 100", "Present value for each point")
    return Table(columns, tuple(rows), (3, 2, 3), figures=(1, 2))


def how_likely(facts: EvaluationFacts) -> Table:
    """What each bid depends on, how likely that is and why, and its value by that."""
    unknown = "–" if "likelihoods" in facts.left_out else "not judged"
    because = {(each.bidder, each.condition): each.because for each in facts.likelihoods}
    rows = []
    for offer in facts.bids.offers:
        if offer.is_sealed:
            continue
        told = [
            f"{name}: {unknown if percent is None else f'{percent} %'}"
            for name, percent in offer.hurdles.items()
        ]
        why = [
            because[offer.bidder, name] for name in offer.hurdles if (offer.bidder, name) in because
        ]
        rows.append(
            (
                Cell(offer.bidder), Cell("\n".join(told) or "nothing recorded"),
                Cell("\n".join(why) or "–"), Cell(pounds_said(offer.risk_adjusted)),
            )
        )  # fmt: skip
    return Table(
        ("Bidder", "Depends on", "Why so likely", "Risk-adjusted"), tuple(rows), (3, 3, 6, 3),
        figures=(3,),
    )  # fmt: skip


def sensitivities(told: Evaluation) -> Table:
    """The risk-adjusted value if every likelihood were lower or higher."""
    judged = [offer for offer in told.offers if offer.sensitivity]
    steps = list(judged[0].sensitivity)
    return Table(
        ("Bidder", *(f"{step:+d} points" if step else "as judged" for step in steps)),
        tuple(
            (Cell(offer.bidder), *(Cell(pounds_said(offer.sensitivity[step])) for step in steps))
            for offer in judged
        ),
        (3, *(3,) * len(steps)), figures=tuple(range(1, len(steps) + 1)),
    )  # fmt: skip


def merits(told: Evaluation) -> Table:
    """What each bid brings beside money, a row each."""
    return Table(
        ("Bidder", "What", "Offered"),
        tuple(
            (Cell(offer.bidder), Cell(_MERITS.get(name, name)), Cell(_offered(name, value)))
            for offer in told.offers
            for name, value in offer.merits.items()
        ),
        (3, 5, 7),
    )  # fmt: skip


def _offered(name: str, value: object) -> str:
    if isinstance(value, date):
        return day(value)
    return money(value) if name.endswith("_pence") and isinstance(value, int) else str(value)
