"""Gates on value: a sale below value, a subsidy.

Their ids begin with `bids`, for they judge what a bid offers.
"""

from disposals.appraisal import Rates, rates, whole_pence
from disposals.casefile import CaseFile
from disposals.consideration import worth
from disposals.gates import gate
from disposals.gates.bids import preferred_among, unrestricted
from disposals.gates.consideration import reasons
from disposals.records.bids import Bid, Valuation
from disposals.records.cases import Holding
from disposals.records.land import LandAnswer
from disposals.records.reasons import ConsiderationReason
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import Concern, Known, Question
from disposals.words import listed, money
from workflows.gates import Answer, by, met, not_applicable, unknown, unmet

_NO_COMPARISON = (
    "Price and valuation are both needed to tell whether this is a sale below the unrestricted "
    "value."
)
_OUT_OF_REACH = {
    Question.HOUSING: "held for housing",
    Question.PLANNING: "held for planning purposes",
}


def offers_by_case(file: CaseFile) -> dict[str, Bid | HeadsOfTerms]:
    """For the whole and each part, what it stands at: the latest terms, else the preferred bid.

    Reads Bid and HeadsOfTerms across.
    """
    found: dict[str, Bid | HeadsOfTerms] = {
        bid.disposal_ref: bid
        for bid in preferred_among(file.across(Bid))
        if bid.price_pence is not None
    }
    for terms in file.across(HeadsOfTerms):
        if terms.lapsed_on is None:
            found[terms.disposal_ref] = terms
    return found


def consideration_by_case(file: CaseFile, at: Rates) -> dict[str, int]:
    """For the whole and each part, the consideration today in pence."""
    values = {ref: worth(offer, at) for ref, offer in offers_by_case(file).items()}
    return {ref: whole_pence(value.present) for ref, value in values.items() if value is not None}


def _below_value(file: CaseFile) -> dict[str, int] | None:
    """By case, unrestricted value less consideration in pence, never less than nothing.

    None where the case itself has no price or no valuation of its own: a valuation of the whole
    says nothing of one part. A gain on one part makes up for no loss on another.
    """
    prices = consideration_by_case(file, rates(file.policy))
    values = {
        valuation.disposal_ref: valuation.value_pence
        for valuation in unrestricted(file.across(Valuation))
    }
    both = prices.keys() & values.keys()
    if file.disposal.ref not in both:
        return None
    return {ref: max(0, values[ref] - prices[ref]) for ref in both}


@gate(
    "bids.undervalue",
    asks="Is the price at or above value, or the undervalue lawful?",
    rule="undervalue.limit",
    owner="estates officer, with a valuer's advice",
    remedy="bid justify",
    reads=(ConsiderationReason, Holding, LandAnswer),
    across=(Bid, HeadsOfTerms, Valuation),
)
def undervalue(file: CaseFile) -> Answer:
    """Unrestricted value less consideration, over the whole and its parts, within the consent.

    The general consent does not reach land held for housing or for planning.
    """
    by_case = _below_value(file)
    if by_case is None:
        return unknown(_NO_COMPARISON, remedy=by("valuation add"))
    below = sum(by_case.values())
    if below == 0:
        return met("The price is not below the unrestricted value.")
    given = reasons(file, Concern.UNDERVALUE)
    if not given:
        return unmet(
            f"The price is {money(below)} below value and no well-being reason is recorded.",
            remedy=by("bid justify", concern=Concern.UNDERVALUE),
        )
    if given[-1].secretary_of_state_consent is None:
        doubt = _out_of_reach(file, below, given[-1])
        if doubt is not None:
            return doubt
    return met(f"{money(below)} below value: {given[-1].because}")


def _out_of_reach(file: CaseFile, below: int, given: ConsiderationReason) -> Answer | None:
    """Why the general consent does not reach a sale, or may not; None where it does."""
    entry = f"consideration-reason-{given.id}"
    consent = by("bid edit", entry=entry, name="secretary-of-state-consent")
    answers = {(row.site_ref, row.question): row.answer for row in file.of(LandAnswer)}
    asked = [(held.site_ref, question) for held in file.of(Holding) for question in _OUT_OF_REACH]
    beyond = [
        f"{site} is {_OUT_OF_REACH[question]}"
        for site, question in asked
        if answers.get((site, question)) is Known.YES
    ]
    if beyond:
        return unmet(
            f"The price is {money(below)} below value and {listed(beyond)}, "
            "which the general consent does not reach; the Secretary of State's is not recorded.",
            remedy=consent,
        )
    limit = file.policy.number("undervalue.limit") * 100
    if below > limit:
        return unmet(
            f"The price is {money(below)} below value, over the {money(limit)} of the general "
            "consent, and the Secretary of State's consent is not recorded.",
            remedy=consent,
        )
    for site, question in asked:
        if answers.get((site, question)) is not Known.NO:
            return unknown(
                f"Nobody has answered for {site}: is it {_OUT_OF_REACH[question]}? The general "
                "consent does not reach such land.",
                remedy=by("land answer", question=question, site=site),
            )
    return None


@gate(
    "bids.subsidy",
    asks="Does the sale subsidise the buyer, and if so lawfully?",
    rule="subsidy",
    owner="legal services",
    remedy="bid justify",
    reads=(ConsiderationReason,),
    across=(Bid, HeadsOfTerms, Valuation),
)
def subsidy(file: CaseFile) -> Answer:
    """A sale below market value to an enterprise may be a subsidy."""
    by_case = _below_value(file)
    if by_case is None:
        return unknown(_NO_COMPARISON, remedy=by("valuation add"))
    below = by_case[file.disposal.ref]
    if below == 0:
        return not_applicable("The price is not below the unrestricted value.")
    given = reasons(file, Concern.SUBSIDY)
    if not given:
        return unmet(
            f"The price is {money(below)} below value and no assessment is recorded.",
            remedy=by("bid justify", concern=Concern.SUBSIDY),
        )
    return met(f"{given[-1].because} ({given[-1].advised_by})")
