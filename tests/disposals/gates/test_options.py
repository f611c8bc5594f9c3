"""Options are compared before the land is marketed, split, or sold to one buyer."""

from datetime import date

import pytest

from disposals.records.direct_sale import DirectSaleReason
from disposals.records.options import Option
from tests.builders import (
    a_case,
    an_option,
    answer,
    evidence,
    some_terms,
    the_recommended_option,
)
from workflows.gates import Verdict, by


@pytest.mark.parametrize(
    ("options", "fragment"),
    [
        ([], "No option is recorded; at least 2 are asked for."),
        ([the_recommended_option("1")], "1 option is recorded; at least 2 are asked for."),
        ([an_option("1"), an_option("2")], "of 2, none is."),
        (
            [the_recommended_option("1", id=1), the_recommended_option("2", id=2)],
            "of 2, 1 and 2 are. Correct all but one.",
        ),
        (
            [an_option("1"), the_recommended_option("2", reasons_for=None)],
            "Option 2 is recommended without reasons.",
        ),
    ],
)
def test_an_appraisal_compares_two_options_and_recommends_one_with_reasons(
    options: list[Option], fragment: str
) -> None:
    told = answer("options.appraised", a_case(*options))
    assert told.verdict is Verdict.UNMET
    assert fragment in told.reason


def test_of_two_that_are_recommended_one_is_corrected_and_none_is_added() -> None:
    both = the_recommended_option("1", id=1), the_recommended_option("2", id=2)
    told = answer("options.appraised", a_case(*both))
    assert told.remedy == by("option edit", entry="option-1", name="recommended", words="no")


def test_one_of_two_options_recommended_with_reasons_is_an_appraisal() -> None:
    told = answer("options.appraised", a_case(an_option("1"), the_recommended_option("2")))
    assert told.verdict is Verdict.MET
    assert told.reason == "Option 2 is recommended of 2 appraised."


def test_selling_is_measured_against_keeping_the_land() -> None:
    sell, keep = an_option("1"), an_option("2", is_do_nothing=True)
    without = answer("options.do-nothing-appraised", a_case(sell))
    among = answer("options.do-nothing-appraised", a_case(sell, keep))
    assert without.verdict is Verdict.UNMET
    assert "keep the land as it is" in without.reason
    assert among.verdict is Verdict.MET
    assert among.reason == "Option 2 keeps the land."


def test_a_site_is_split_because_the_recommended_option_says_so() -> None:
    split = the_recommended_option("4.1.3", splits_site=True)
    told = answer("options.split-accepted", a_case(an_option("4.1.1"), split))
    assert told.verdict is Verdict.MET
    assert told.reason == "The recommended option 4.1.3 splits the site."


def test_a_split_among_the_options_that_is_not_recommended_splits_nothing() -> None:
    whole, split = the_recommended_option("1"), an_option("2", splits_site=True)
    undivided = answer("options.split-accepted", a_case(whole, split))
    nothing = answer("options.split-accepted", a_case(split))
    assert undivided.verdict is Verdict.UNMET
    assert "option 1 sells the site undivided" in undivided.reason
    assert nothing.verdict is Verdict.UNMET
    assert nothing.reason == "No option is recommended."


def test_a_sale_without_marketing_needs_a_reason_to_sell_to_this_buyer() -> None:
    reason = evidence(DirectSaleReason, buyer="Rose Cottage", because="only it can reach the land")
    without = answer("options.direct-sale-justified", a_case())
    given = answer("options.direct-sale-justified", a_case(reason))
    assert without.verdict is Verdict.UNMET
    assert "No reason for a sale without marketing" in without.reason
    assert given.verdict is Verdict.MET
    assert given.reason == "To Rose Cottage: only it can reach the land"


def test_an_alternative_is_rejected_for_a_reason() -> None:
    sell, keep = the_recommended_option("1"), an_option("2", is_do_nothing=True, id=5)
    silent = answer("options.rejected-with-reasons", a_case(sell, keep))
    assert silent.verdict is Verdict.UNMET
    assert silent.reason == "Rejected without reasons: option 2."
    assert silent.remedy == by("option edit", entry="option-5", name="reasons-against")
    told = an_option("2", reasons_against="the buildings decay")
    given = answer("options.rejected-with-reasons", a_case(sell, told))
    assert given.verdict is Verdict.MET
    assert given.reason == "1 option rejected, each with reasons."


def test_what_speaks_for_a_rejected_option_is_no_reason_to_reject_it() -> None:
    liked = an_option("2", reasons_for="cheaper")
    told = answer("options.rejected-with-reasons", a_case(the_recommended_option("1"), liked))
    assert told.verdict is Verdict.UNMET


@pytest.mark.parametrize("options", [[], [the_recommended_option("1")]], ids=len)
def test_where_nothing_was_rejected_no_alternative_was_considered(options: list[Option]) -> None:
    told = answer("options.rejected-with-reasons", a_case(*options))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No alternative is recorded."
    assert told.remedy == by("option add --not-recommended")


def test_every_option_that_is_rejected_without_reasons_is_named() -> None:
    rejected = an_option("2", id=5), an_option("3", reasons_against="dear"), an_option("4", id=7)
    told = answer("options.rejected-with-reasons", a_case(the_recommended_option("1"), *rejected))
    assert told.reason == "Rejected without reasons: option 2 and 4."


def test_the_option_that_splits_a_site_names_its_parts() -> None:
    silent = the_recommended_option("4.1.3", splits_site=True, id=5)
    told = answer("options.parts-named", a_case(silent))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "Option 4.1.3 splits the site and does not name its parts."
    assert told.remedy == by("option edit", entry="option-5", name="parts")
    named = the_recommended_option("4.1.3", splits_site=True, parts="medical centre; homes")
    given = answer("options.parts-named", a_case(named))
    assert given.verdict is Verdict.MET
    assert given.reason == "Option 4.1.3: medical centre; homes"


def test_only_the_option_that_is_recommended_has_parts_to_name() -> None:
    split = an_option("2", splits_site=True)
    for options in ([], [split], [the_recommended_option("1"), split]):
        told = answer("options.parts-named", a_case(*options))
        assert told.verdict is Verdict.NOT_APPLICABLE


def test_a_reason_to_sell_to_one_buyer_is_no_reason_to_sell_to_another() -> None:
    reason = evidence(DirectSaleReason, buyer="Rose Cottage", because="only it can reach the land")
    terms, lapsed = some_terms(90_000), some_terms(90_000, lapsed_on=date(2021, 9, 1))
    told = answer("options.direct-sale-justified", a_case(reason, terms))
    assert told.verdict is Verdict.UNMET
    assert told.reason == (
        "The reason is for a sale to Rose Cottage, but terms are with Ash Homes."
    )
    assert answer("options.direct-sale-justified", a_case(reason, lapsed)).verdict is Verdict.MET
