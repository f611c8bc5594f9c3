"""How marketing, offers and the choice among them may stand."""

from datetime import date

from disposals.vocabulary import Concern, Known, LateRule, Question, Standing
from tests.builders import (
    a_bid,
    a_campaign,
    a_criterion,
    a_land_answer,
    a_reason,
    a_round,
    a_score,
    a_sealed_campaign,
    a_valuation,
    an_opening,
    the_preferred_bid,
)
from tests.disposals.gates.situation import Examples, Room, when

CLOSED = a_campaign(id=4, closes_on=date(2021, 9, 15))
FIRST = a_bid("Ash Homes", 900_000)
LATE = a_bid("Beech Living", 950_000, is_late=True)
PREFERRED = the_preferred_bid(900_000)
HIGHER = a_bid("Beech Living", 950_000, Standing.RESERVE)
DESIGN, SPEED = a_criterion("Design", 60), a_criterion("Speed", 40)
FINAL_ROUND = a_campaign(id=4, late_rule=LateRule.FINAL_ROUND)
LOWER = a_reason(Concern.LOWER_BID, "the higher one depends on a consent that was refused", id=8)

BELOW = the_preferred_bid(700_000), a_valuation(900_000)
FAR_BELOW = the_preferred_bid(900_000), a_valuation(3_000_000)
HOSPICE = a_reason(Concern.UNDERVALUE, "a hospice for the district", id=8)
ORDINARY_LAND = (
    a_land_answer(Question.HOUSING, Known.NO),
    a_land_answer(Question.PLANNING, Known.NO),
)

MARKETING: Room = {
    "marketing.agent-appointed": Examples(
        opens=(when("Nobody is appointed."),),
        settles=(when("An agent markets the land.", a_campaign()),),
    ),
    "marketing.closed": Examples(
        opens=(
            when("Nothing is marketed."),
            when("No closing date is set.", a_campaign()),
            when("Offers may be made until next week.",
                 a_campaign(closes_on=date(2021, 10, 8))),
        ),
        settles=(when("The closing date has passed.", CLOSED),),
    ),
}  # fmt: skip

OFFERS: Room = {
    "offers.late-rule": Examples(
        opens=(
            when("Nothing is marketed."),
            when("The particulars do not say what becomes of a late offer.", CLOSED),
        ),
        settles=(when("They say that it is refused.", a_campaign(late_rule=LateRule.REFUSE)),),
    ),
    "offers.opened": Examples(
        opens=(when("The bids are sealed.", a_sealed_campaign()),),
        settles=(
            when("Both openers have opened them.", a_sealed_campaign(), an_opening()),
            when("Bids were made in the open.", a_campaign()),
        ),
    ),
    "offers.late-decided": Examples(
        opens=(
            when("A late offer came, and nothing is marketed any more.", LATE),
            when("A late offer came, and nobody wrote down what becomes of it.", CLOSED, FIRST,
                 LATE),
            when("A late offer is in the running, and the rule is to refuse it.",
                 a_campaign(late_rule=LateRule.REFUSE), FIRST, LATE),
            when("A late offer calls for a final round, and nobody was asked.", FINAL_ROUND,
                 FIRST, LATE),
        ),
        settles=(
            when("No offer was late.", CLOSED, FIRST),
            when("The rule lets it in.", a_campaign(late_rule=LateRule.BEFORE_OPENING), LATE),
            when("All were asked for final bids.", FINAL_ROUND, FIRST, LATE,
                 a_round("Ash Homes", "Beech Living")),
        ),
    ),
    "offers.scored": Examples(
        opens=(
            when("The weights of the criteria do not come to 100.", CLOSED, FIRST, DESIGN,
                 a_criterion("Speed", 30)),
            when("A bid has no points for one criterion.", CLOSED, FIRST, DESIGN, SPEED,
                 a_score("Ash Homes", "Design")),
        ),
        settles=(
            when("Every bid has its points.", CLOSED, FIRST, DESIGN, SPEED,
                 a_score("Ash Homes", "Design"), a_score("Ash Homes", "Speed")),
            when("Bids are compared by price alone.", CLOSED, FIRST),
        ),
    ),
}  # fmt: skip

BIDS: Room = {
    "bids.received": Examples(
        opens=(when("No offer came.", a_campaign()),),
        settles=(when("One offer came.", a_campaign(), FIRST),),
    ),
    "bids.shortlisted": Examples(
        opens=(
            when("Nobody is taken further.", FIRST),
            when("One is taken further, and nobody says what becomes of the other.",
                 a_bid("Ash Homes", 900_000, Standing.SHORTLISTED),
                 a_bid("Beech Living", 800_000)),
        ),
        settles=(
            when("One is taken further and the other declined.",
                 a_bid("Ash Homes", 900_000, Standing.SHORTLISTED),
                 a_bid("Beech Living", 800_000, Standing.DECLINED)),
        ),
    ),
    "bids.preferred": Examples(
        opens=(when("Nobody is preferred.", FIRST),),
        settles=(when("One bidder is preferred.", PREFERRED),),
    ),
    "bids.reserve-named": Examples(
        opens=(when("Nobody is in reserve.", PREFERRED),),
        settles=(when("Another bidder is in reserve.", PREFERRED, HIGHER),),
    ),
    "bids.best-consideration": Examples(
        opens=(
            when("Nobody is preferred.", FIRST),
            when("One bid has no price.", PREFERRED, a_bid("Beech Living", None)),
            when("Another bid is higher.", PREFERRED, HIGHER),
            when("The preferred price is paid in five years, and a lower one at once.",
                 the_preferred_bid(1_000_000, "Cedar Homes", payments="£1,000,000 after 5 years"),
                 FIRST),
        ),
        settles=(
            when("The preferred bid is the highest.", PREFERRED),
            when("It is lower, with a reason that a valuer supports.", PREFERRED, HIGHER, LOWER),
            when("It is lower, and an overage is guaranteed beside it.", HIGHER,
                 the_preferred_bid(900_000, overage_guaranteed_pence=10_000_000,
                                   overage_after_months=12)),
        ),
    ),
    "bids.signed-off": Examples(
        opens=(
            when("The reason for a lower bid is not signed off.", LOWER),
            when("Whoever advised it signed it off.",
                 a_reason(Concern.LOWER_BID, "quicker", advised_by="Head of Property",
                          signed_off_by="Head of Property", id=8)),
        ),
        settles=(
            when("The statutory officers have signed it off.",
                 a_reason(Concern.LOWER_BID, "quicker", signed_off_by="Section 151 Officer")),
            when("No reason for less was called for."),
        ),
    ),
    "bids.valuation-current": Examples(
        opens=(
            when("Nobody has valued the land."),
            when("Only a restricted value is known.",
                 a_valuation(900_000).model_copy(update={"basis": "restricted"})),
            when("The valuation is over six months old.",
                 a_valuation(900_000, valued_on=date(2021, 3, 15))),
        ),
        settles=(when("It was valued this month.", a_valuation(900_000)),),
    ),
    "bids.undervalue": Examples(
        opens=(
            when("Nobody has valued the land.", PREFERRED),
            when("The price is below value, nobody says for what purpose.", *BELOW),
            when("Nobody says whether it is held for planning purposes.", *BELOW, HOSPICE,
                 ORDINARY_LAND[0]),
            when("It is held for planning purposes.", *BELOW, HOSPICE,
                 a_land_answer(Question.PLANNING, Known.YES)),
            when("The price is over £2,000,000 below value.", *FAR_BELOW, HOSPICE,
                 *ORDINARY_LAND),
        ),
        settles=(
            when("The price is the value.", PREFERRED, a_valuation(900_000)),
            when("It is below value for a well-being that is recorded.", *BELOW, HOSPICE,
                 *ORDINARY_LAND),
        ),
    ),
    "bids.subsidy": Examples(
        opens=(
            when("Nobody has valued the land.", PREFERRED),
            when("The price is below value, and nobody has assessed it.", *BELOW),
        ),
        settles=(
            when("It is assessed.", *BELOW, a_reason(Concern.SUBSIDY, "no enterprise")),
            when("The price is the value.", PREFERRED, a_valuation(900_000)),
        ),
    ),
}  # fmt: skip
