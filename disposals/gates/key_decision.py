"""Gates on whether a decision is key, and whose it is to take: by value over the whole, and area.

Their ids begin with `decisions`.
"""

from disposals.appraisal import rates
from disposals.casefile import CaseFile
from disposals.consideration import worth
from disposals.delegation import in_charge
from disposals.gates import gate
from disposals.gates.proposals import in_question, no_decision
from disposals.gates.value import offers_by_case
from disposals.records.bids import Bid
from disposals.records.cases import Holding
from disposals.records.decisions import Decision
from disposals.records.terms import HeadsOfTerms
from disposals.words import listed, money
from sites.records import Site
from workflows.gates import Answer, Remedy, by, met, not_applicable, unknown, unmet


def total(file: CaseFile, decision: Decision) -> int:
    """All that the whole and its parts bring, in pence, however it is staged.

    Never less than the price that is decided, of which there may be no offer yet.
    """
    at = rates(file.policy)
    values = (worth(offer, at) for offer in offers_by_case(file).values())
    offered = sum(value.nominal for value in values if value is not None)
    return max(offered, decision.price_pence or 0)


def _divisions(file: CaseFile, decision: Decision) -> list[str]:
    """The electoral divisions that a decision concerns, each once."""
    if decision.divisions is not None:
        named = (each.strip() for each in decision.divisions.split(";"))
        return [*dict.fromkeys(filter(None, named))]
    return [*dict.fromkeys(site.division for site in file.of(Site) if site.division)]


def _propose(decision: Decision) -> Remedy:
    """To propose it anew as key: under its number while it is not taken, else under another."""
    return by("decision add --key", **({} if decision.taken_on else {"number": decision.number}))


@gate(
    "decisions.key-test",
    asks="Is the decision key, if the price makes it so?",
    rule="decisions.key",
    owner="democratic services",
    remedy="decision add",
    reads=(Decision, Holding, Site),
    across=(Bid, HeadsOfTerms),
)
def key_test(file: CaseFile) -> Answer:
    """Prices are summed over the parts, so that a split can't get under the limit.

    The other limb is who is affected: the divisions that the decision names, and where it names
    none, those in which the sites lie.
    """
    decision = in_question(file)
    if decision is None:
        return no_decision()
    if decision.is_key:
        return met(f"{decision.number} is a key decision.")
    divisions = _divisions(file, decision)
    if len(divisions) >= file.policy.number("decisions.key-divisions"):
        source = file.policy.rule("decisions.key-divisions").source
        return unmet(
            f"It concerns {listed(divisions)} ({source}), but {decision.number} is not a key "
            "decision. Name the divisions that it significantly affects, or make it key.",
            remedy=_propose(decision),
        )
    limit = file.policy.rule("decisions.key").value
    if limit is None:
        return unknown("This council's limit for a key decision is not set in its policy file.")
    price = total(file, decision)
    if price > limit * 100:
        return unmet(
            f"The prices of the whole come to {money(price)}, over {money(limit * 100)}, "
            f"but {decision.number} is not a key decision.",
            remedy=_propose(decision),
        )
    return met(f"The prices of the whole do not exceed {money(limit * 100)}.")


@gate(
    "decisions.within-delegation",
    asks="May whoever takes the decision take it?",
    rule="decisions.delegation",
    owner="democratic services",
    remedy="decision add",
    reads=(Decision, Holding, HeadsOfTerms),
    across=(Bid, HeadsOfTerms),
)
def within_delegation(file: CaseFile) -> Answer:
    """By value over the whole and its parts, by tenure and by area, as the council lays it down."""
    decision = in_question(file)
    if decision is None:
        return no_decision()
    areas = [decision.area_m2, *(t.area_m2 for t in file.of(HeadsOfTerms) if not t.lapsed_on)]
    verdict = in_charge(
        file.policy,
        decision.taker,
        value_pence=total(file, decision),
        tenures={holding.interest for holding in file.of(Holding)},
        area_m2=max((area for area in areas if area is not None), default=None),
    )
    if verdict is None:
        return not_applicable("This council's scheme of delegation is not in its policy file.")
    if not verdict.may:
        return unmet(f"{decision.number}: {verdict.says}", remedy=by("decision add"))
    return met(f"{decision.number}: {verdict.says}")
