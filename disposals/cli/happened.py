"""An entry of the history in words: the act, and what it was about, as far as the entry tells."""

from collections.abc import Iterable, Mapping
from textwrap import shorten
from typing import Any

from disposals.words import money

# Who or what, and then how much; in this order.
_WHO = (
    "bidder", "valuer", "buyer", "number", "committee", "no", "title", "name", "consultee",
    "question", "answer", "method", "agent", "section",
)  # fmt: skip
_HOW_MUCH = ("price_pence", "value_pence", "amount_pence", "as_written", "standing")
_LONGEST = 300  # characters; the facts are all in `--json`
_NOT_SAID = (None, "", "received")  # a bid that is only received is told by the act


def happened(entry: Mapping[str, Any]) -> str:
    """The act, and who or what it was about and how much; the act alone where no facts are told."""
    act = str(entry["act"])
    about = [", ".join(_said(facts, act)) for facts in entry.get("details") or ()]
    told = "; ".join(dict.fromkeys(filter(None, about)))
    return f"{act}: {shorten(told, _LONGEST, placeholder=' …')}" if told else act


def _said(facts: Mapping[str, Any], act: str) -> Iterable[str]:
    for name in (*_WHO, *_HOW_MUCH):
        value = facts.get(name)
        if name == "as_written" and not act.startswith("milestone"):
            continue  # there it is the date of a milestone that the act met or let lapse
        if value not in _NOT_SAID and str(value) not in act.split():
            yield money(value) if name.endswith("_pence") else str(value)
