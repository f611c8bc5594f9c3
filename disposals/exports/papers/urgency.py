"""How a paper says that a decision goes round its notice, or is taken at once, and why."""

from collections.abc import Iterator, Mapping
from typing import Any

from disposals.exports.paper import Block, Said
from disposals.exports.papers.draft import Draft
from disposals.vocabulary import Urgency
from disposals.words import day

_RULES = {
    Urgency.GENERAL_EXCEPTION: "GENERAL EXCEPTION (SI 2012/2089 regulation 10)",
    Urgency.SPECIAL_URGENCY: "SPECIAL URGENCY (SI 2012/2089 regulation 11)",
}


def urgency(decision: Mapping[str, Any], draft: Draft) -> Iterator[Block]:
    """The exception relied on, since when and agreed by whom, and why it is urgent."""
    exception = decision["exception"]
    if exception is not None:
        on, agreed = decision["exception_on"], decision["exception_agreed_by"]
        told = [_RULES[exception], f"made available on {day(on)}" if on else None]
        told.append(f"agreed by {agreed}" if agreed else None)
        yield Said(", ".join(filter(None, told)) + ".", is_strong=True)
    lacking = "why the notice is impracticable or the decision urgent"
    command = (
        f"disposals decision urgent {decision['number']} --exception '{exception}' "
        "--because REASON --on DATE"
    )
    yield Said(draft.need(decision["urgency"], lacking, command))
