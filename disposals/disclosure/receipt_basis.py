"""What the forecast of receipts rests on, in words: the rules, and the council's table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from disposals.draws import BEST, LIKELY, WORST
from disposals.policy import Policy
from disposals.words import counted, money


@dataclass(frozen=True, slots=True)
class Weight:
    """An entry of the council's table, of 100."""

    table: str
    what: str
    percent: int
    unit: str
    source: str


def in_a_sentence(weights: Sequence[Weight]) -> str:
    """The council's table in words, and where it comes from: the footer of every forecast."""
    tables = dict.fromkeys(weight.table for weight in weights)
    told = ". ".join(
        f"{table}: "
        + ", ".join(f"{each.what} {each.percent} %" for each in weights if each.table == table)
        for table in tables
    )
    return f"{told}. ({'; '.join(dict.fromkeys(each.source for each in weights))})"


def basis(policy: Policy, number: int, seed: int) -> Iterable[str]:
    """The rules by which it is made."""
    small = policy.rule("receipts.de-minimis")
    yield (
        "A receipt counts in the financial year of completion (1 April to 31 March), by the last "
        "day that its forecast allows."
    )
    yield (
        "The sum is, the surest first: receipt recorded, contract, heads of terms agreed, "
        "preferred bid, best shortlisted bid, valuation. A part counts by itself, its whole not."
    )
    yield (
        "A deposit is no receipt until completion. Of an overage the guaranteed minimum counts, "
        "when it is due; a price paid in stages counts stage by stage."
    )
    yield (
        f"A sale of {money(small.number * 100)} or less in all is no capital receipt "
        f"({small.source})."
    )
    yield (
        f"Worst, likely and best: {number:,} draws of every completion (seed {seed}); in "
        f"{100 - WORST} of 100 at least the worst came in, in {LIKELY} at least the likely, in "
        f"{100 - BEST} at least the best. Dates fall anywhere in their forecast, then slip by the "
        "table. No case and no condition is correlated with another."
    )
    yield "Likelihoods are the council's own table, for no national standard is published."


def table_of(policy: Policy) -> Iterable[Weight]:
    """The council's table in force."""
    for table, called in (
        ("receipts.likely", "Likely by stage"),
        ("receipts.condition", "Likely by open condition"),
        ("receipts.slip", "Late"),
        ("receipts.slip-exchanged", "Late once exchanged"),
    ):
        for name, rule in policy.table(table).items():
            late = counted(int(name), "month") if name.isdecimal() else name.replace("-", " ")
            what = "not" if name == "0" else late
            yield Weight(called, what, rule.number, rule.unit or "", rule.cited)
