"""By gate, the situations that leave it open and those that settle it.

Tests go over the whole of it, and `docs/refusals.md` is written from it: a gate without its
situations here fails both.
"""

from tests.disposals.gates.examples.bids import BIDS, MARKETING, OFFERS
from tests.disposals.gates.examples.completion import COMPLETION
from tests.disposals.gates.examples.decisions import DECISIONS, TERMS
from tests.disposals.gates.examples.land import LAND, SITES
from tests.disposals.gates.examples.options import OPTIONS
from tests.disposals.gates.examples.surplus import SURPLUS
from tests.disposals.gates.situation import Examples

CATALOGUE: dict[str, Examples] = {
    **SURPLUS, **OPTIONS, **LAND, **SITES, **MARKETING, **OFFERS, **BIDS, **DECISIONS, **TERMS,
    **COMPLETION,
}  # fmt: skip
