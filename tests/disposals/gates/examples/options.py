"""How an options appraisal stands, and a sale to one buyer without marketing."""

from disposals.records.direct_sale import DirectSaleReason
from tests.builders import an_option, evidence, some_terms, the_recommended_option
from tests.disposals.gates.situation import Examples, Room, when

SELL = the_recommended_option("1", id=1)
KEEP = an_option("2", id=2, is_do_nothing=True, reasons_against="the buildings decay")
SPLIT = the_recommended_option("3", id=3, splits_site=True, parts="medical centre; homes")
DIRECT = evidence(DirectSaleReason, buyer="Rose Cottage", because="only it can reach the land")

OPTIONS: Room = {
    "options.appraised": Examples(
        opens=(
            when("Nothing is appraised."),
            when("There is only one option.", SELL),
            when("No option is recommended.", an_option("1"), KEEP),
            when("Two are recommended.", SELL, SPLIT),
            when("One is recommended, nobody says why.",
                 the_recommended_option("1", id=1, reasons_for=None), KEEP),
        ),
        settles=(when("One of two is recommended, with reasons.", SELL, KEEP),),
    ),
    "options.do-nothing-appraised": Examples(
        opens=(when("Every option is to sell.", SELL),),
        settles=(when("One option is to keep the land.", SELL, KEEP),),
    ),
    "options.rejected-with-reasons": Examples(
        opens=(
            when("There is nothing but the option that was chosen.", SELL),
            when("Two others are rejected, nobody says why.", SELL, an_option("2", id=2),
                 an_option("4", id=4)),
        ),
        settles=(when("The other option is rejected for a reason.", SELL, KEEP),),
    ),
    "options.parts-named": Examples(
        opens=(
            when("The site is to be cut, nobody says into what.",
                 the_recommended_option("3", id=3, splits_site=True)),
        ),
        settles=(
            when("The chosen option names the parts.", SPLIT),
            when("The chosen option sells the site whole.", SELL),
        ),
    ),
    "options.split-accepted": Examples(
        opens=(
            when("No option is chosen.", KEEP),
            when("The chosen option sells the site whole.", SELL),
        ),
        settles=(when("The chosen option cuts the site.", SPLIT),),
    ),
    "options.direct-sale-justified": Examples(
        opens=(
            when("Nobody says why the land is not marketed."),
            when("The reason is for one buyer and the terms are with another.", DIRECT,
                 some_terms(90_000)),
        ),
        settles=(when("The reason names the buyer.", DIRECT),),
    ),
}  # fmt: skip
