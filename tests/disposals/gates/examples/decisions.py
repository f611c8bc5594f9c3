"""How an executive decision, and terms beside it, may stand."""

from datetime import date

from disposals.records.decisions import Assessment
from disposals.vocabulary import CallInOutcome, Fallback, Recommendation, Screening, Urgency
from sites.records import Site
from tests.builders import (
    OFFICER,
    a_call_in,
    a_decision,
    a_holding,
    a_private_meeting,
    a_referral,
    evidence,
    some_terms,
    the_preferred_bid,
)
from tests.conftest import AT
from tests.disposals.gates.examples.surplus import MEMBER_INFORMED, MEMBER_UNINFORMED
from tests.disposals.gates.situation import Examples, Room, when

NONE_RECORDED = when("No decision is recorded.")
NOTICE = date(2021, 9, 13)
DECIDED = {
    "id": 9,
    "taken_on": date(2021, 9, 1),
    "buyer": "Ash Homes",
    "price_pence": 90_000_000,
    "area_m2": 5_000,
}
BEYOND = date(2028, 12, 27)
PUBLISHED = {"taken_on": date(2021, 9, 1), "published_on": date(2021, 9, 2)}
AGREED = date(2021, 9, 20)
URGENT = {
    "exception": Urgency.SPECIAL_URGENCY,
    "exception_on": date(2021, 9, 28),
    "exception_agreed_by": "Chair of Scrutiny",
    "urgency": "The buyer withdraws otherwise.",
}


def in_division(ref: str, division: str) -> Site:
    """A site that lies in an electoral division."""
    return Site.model_validate(
        {"ref": ref, "name": ref, "division": division, "recorded_at": AT, "recorded_by": OFFICER}
    )


def _screening(kind: Screening) -> Examples:
    return Examples(
        opens=(when("Nobody has screened it."),),
        settles=(
            when("It is screened.", evidence(Assessment, kind=kind, outcome="Low impact.")),
        ),
    )  # fmt: skip


DECISIONS: Room = {
    "decisions.notice-given": Examples(
        opens=(
            NONE_RECORDED,
            when("No notice was given of a key decision.", a_decision(is_key=True)),
            when("Notice was given a fortnight ago.",
                 a_decision(is_key=True, notice_on=NOTICE)),
            when("Five working days end in a year whose bank holidays are not known yet.",
                 a_decision(is_key=True, urgency="The lender's offer lapses.",
                            exception=Urgency.GENERAL_EXCEPTION, exception_on=BEYOND),
                 on=date(2029, 1, 12)),
        ),
        settles=(
            when("It is not key.", a_decision()),
            when("Notice was given two months ago.",
                 a_decision(is_key=True, notice_on=date(2021, 7, 30))),
            when("It was urgent, and the chair of scrutiny agreed.",
                 a_decision(is_key=True, **URGENT)),
            when("Notice of a general exception was out for five clear working days.",
                 a_decision(is_key=True, urgency="The lender's offer lapses.",
                            exception=Urgency.GENERAL_EXCEPTION,
                            exception_on=date(2021, 9, 20))),
        ),
    ),
    "decisions.committee-first": Examples(
        opens=(
            NONE_RECORDED,
            when("A committee has its papers and has not met.", a_decision(),
                 a_referral(meeting_on=date(2021, 10, 12))),
            when("The committee deferred it.", a_decision(),
                 a_referral(considered_on=date(2021, 9, 14),
                            recommendation=Recommendation.DEFERRED)),
            when("The committee that the proposal names meets in November.",
                 a_decision(committee="Cabinet Committee", considered_on=date(2021, 11, 9))),
        ),
        settles=(
            when("It was put before no committee.", a_decision()),
            when("The committee endorsed it.", a_decision(),
                 a_referral(considered_on=date(2021, 9, 14),
                            recommendation=Recommendation.ENDORSED)),
            when("It was urgent.", a_decision(is_key=True, **URGENT),
                 a_referral(meeting_on=date(2021, 10, 12))),
        ),
    ),
    "decisions.private-meeting": Examples(
        opens=(
            NONE_RECORDED,
            when("No notice of the private meeting was given.", a_decision(), a_private_meeting()),
            when("The second notice was given on the eve.", a_decision(),
                 a_private_meeting(notice_on=date(2021, 8, 20),
                                   second_notice_on=date(2021, 9, 29))),
        ),
        settles=(
            when("It was not taken at a private meeting.", a_decision()),
            when("Both notices were given in time.", a_decision(),
                 a_private_meeting(notice_on=date(2021, 8, 20),
                                   second_notice_on=date(2021, 9, 20))),
            when("The chair of scrutiny agreed that it was urgent.", a_decision(),
                 a_private_meeting(agreed_by="Chair of Scrutiny")),
        ),
    ),
    "decisions.key-test": Examples(
        opens=(
            NONE_RECORDED,
            when("The price makes it key, and it is not treated as key.", a_decision(),
                 the_preferred_bid(1_200_000)),
            when("The council's limit is not in its file.", a_decision(), authority="somerset"),
            when("It affects two divisions.", a_decision(divisions="Dartford East; Swanley"),
                 the_preferred_bid(100_000)),
            when("Its sites lie in two divisions.", a_decision(),
                 a_holding("mill-lane"), a_holding("green-lane"),
                 in_division("mill-lane", "Dartford East"), in_division("green-lane", "Swanley")),
        ),
        settles=(
            when("It is key.", a_decision(is_key=True), the_preferred_bid(1_200_000)),
            when("The price is below the limit.", a_decision(), the_preferred_bid(900_000)),
            when("Its sites lie in two divisions, of which it affects one.",
                 a_decision(divisions="Swanley"), a_holding("mill-lane"), a_holding("green-lane"),
                 in_division("mill-lane", "Dartford East"), in_division("green-lane", "Swanley")),
        ),
    ),
    "decisions.in-force": Examples(
        opens=(
            NONE_RECORDED,
            when("It is not taken.", a_decision()),
            when("It is taken, and its record is not published.",
                 a_decision(taken_on=date(2021, 9, 1))),
            when("It may be called in.",
                 a_decision(taken_on=date(2021, 9, 27), published_on=date(2021, 9, 28))),
            when("Its call-in ends in a year whose bank holidays are not known yet.",
                 a_decision(taken_on=BEYOND, published_on=BEYOND), on=date(2029, 1, 12)),
            when("It is called in.", a_decision(**PUBLISHED), a_call_in()),
            when("It was referred back and is not confirmed.", a_decision(**PUBLISHED),
                 a_call_in(outcome=CallInOutcome.REFERRED_BACK, outcome_on=date(2021, 9, 20))),
            when("It was taken and withdrawn.",
                 a_decision(**PUBLISHED, withdrawn_on=date(2021, 9, 6), withdrawn_because="Price")),
        ),
        settles=(
            when("Call-in is past.",
                 a_decision(taken_on=date(2021, 9, 1), published_on=date(2021, 9, 2))),
            when("It was called in and upheld.", a_decision(**PUBLISHED),
                 a_call_in(outcome=CallInOutcome.UPHELD, outcome_on=date(2021, 9, 20))),
            when("It was referred back and confirmed.", a_decision(**PUBLISHED),
                 a_call_in(outcome=CallInOutcome.REFERRED_BACK, outcome_on=date(2021, 9, 20),
                           confirmed_on=date(2021, 9, 24))),
            when("It is not subject to call-in.",
                 a_decision(taken_on=date(2021, 9, 29), call_in_waived="Agreed by the Chair")),
        ),
    ),
    "decisions.within-delegation": Examples(
        opens=(
            NONE_RECORDED,
            when("A Director would decide on more than a million.",
                 a_decision(taker="Director of Infrastructure"), the_preferred_bid(1_200_000)),
            when("The scheme names nobody like the taker.",
                 a_decision(taker="Assistant Director"), the_preferred_bid(10_000)),
        ),
        settles=(
            when("A Cabinet Member decides.", a_decision(taker="Cabinet Member for Finance"),
                 the_preferred_bid(1_200_000)),
            when("The council's scheme is not in its file.", a_decision(),
                 authority="somerset"),
        ),
    ),
    "decisions.not-own-proposal": Examples(
        opens=(
            NONE_RECORDED,
            when("Nobody says who proposed it.", a_decision(id=9)),
            when("Who proposed it would take it.", a_decision(id=9, proposed_by="Deputy Leader")),
        ),
        settles=(
            when("The Director proposed it.", a_decision(proposed_by="Director of Infrastructure")),
        ),
    ),
    "decisions.local-member-consulted": Examples(opens=MEMBER_UNINFORMED, settles=MEMBER_INFORMED),
    "decisions.equality-considered": _screening(Screening.EQUALITY),
    "decisions.data-protection-considered": _screening(Screening.DATA_PROTECTION),
}  # fmt: skip

TERMS: Room = {
    "terms.agreed": Examples(
        opens=(
            when("No terms are drafted.", the_preferred_bid(900_000)),
            when("The latest version is not agreed.", some_terms(900_000)),
            when("They are agreed with someone who is not preferred.",
                 the_preferred_bid(950_000, "Beech Living"), some_terms(900_000, agreed_on=AGREED)),
        ),
        settles=(
            when("They are agreed with the preferred bidder.", the_preferred_bid(900_000),
                 some_terms(900_000, agreed_on=AGREED)),
        ),
    ),
    "terms.within-decision": Examples(
        opens=(
            when("The price has fallen by £10,000.", some_terms(890_000), a_decision(**DECIDED)),
            when("The land has grown by a tenth.", some_terms(900_000, area_m2=5_500),
                 a_decision(**DECIDED)),
            when("They are with another buyer.", some_terms(900_000, buyer="Beech Living"),
                 a_decision(**DECIDED)),
            when("The next bid was authorised, and is below its floor.",
                 some_terms(840_000, buyer="Beech Living"),
                 a_decision(**DECIDED, fallback=Fallback.NEXT_BID,
                            floor_price_pence=85_000_000)),
        ),
        settles=(
            when("They are as they were decided.", some_terms(900_000), a_decision(**DECIDED)),
            when("Nothing is decided yet.", some_terms(900_000)),
            when("The decision sets no buyer, price or area.", some_terms(900_000),
                 a_decision(taken_on=date(2021, 9, 1))),
        ),
    ),
}  # fmt: skip
