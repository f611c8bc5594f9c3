"""How officers write the payments of a price: what is read, and what is refused in which words."""

from decimal import Decimal

import pytest

from disposals.errors import BadFact
from disposals.payments import Payment, stages

PENCE = 100


def in_pounds(payments: tuple[Payment, ...]) -> list[tuple[str, int]]:
    """Pounds and months, for a table."""
    return [(f"{payment.pence / PENCE:f}", payment.months) for payment in payments]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("100% now", [("1100000", 0)]),
        ("100% at once", [("1100000", 0)]),
        ("10% now; 90% after 36 months", [("110000", 0), ("990000", 36)]),
        ("90% after 36 months; 10% now", [("990000", 36), ("110000", 0)]),
        ("10% now; 90% after 3 years", [("110000", 0), ("990000", 36)]),
        ("50% after 1 month; 50% after 1 year", [("550000", 1), ("550000", 12)]),
        ("£110,000 now; £990,000 after 36 months", [("110000", 0), ("990000", 36)]),
        ("110000 now; 990000.00 after 36 months", [("110000", 0), ("990000", 36)]),
        ("10% now; £990,000 after 36 months", [("110000", 0), ("990000", 36)]),
        ("£1,099,999.99 now; £0.01 after 1 month", [("1099999.99", 0), ("0.01", 1)]),
        ("12.5% now; 87.5% after 6 months", [("137500", 0), ("962500", 6)]),
        ("0.0001% now; 99.9999% after 2 months", [("1.1", 0), ("1099998.9", 2)]),
        ("0% now; 100% after 2 years", [("0", 0), ("1100000", 24)]),
        ("100% after 0 months", [("1100000", 0)]),
        ("100% after 1200 months", [("1100000", 1200)]),
        ("100% after 100 years", [("1100000", 1200)]),
        ("10% Now; 90% AFTER 36 Months", [("110000", 0), ("990000", 36)]),
        ("  10% now;90% after 36 months  ", [("110000", 0), ("990000", 36)]),
    ],
)
def test_shares_and_sums_are_read_with_their_times_in_the_order_written(
    written: str, read: list[tuple[str, int]]
) -> None:
    told = stages(written, 1_100_000 * PENCE)
    assert told == tuple(Payment(Decimal(pounds) * PENCE, months) for pounds, months in read)


# Found by this test: more than one space was read after a share, and nowhere else.
@pytest.mark.parametrize(
    "written",
    [
        "10%  now;  90%  after 36 months",
        "10% now; 90% after  36 months",
        "10% now; 90% after 36  months",
        "10%\tnow; 90%\tafter\t36\tmonths",
        "10%\N{NO-BREAK SPACE}now; 90% after 36\N{NO-BREAK SPACE}months",
        "10% now;\n90% after 36 months\n",
        "100% at  once; 0% now",
    ],
)
def test_any_space_parts_words_as_it_comes_from_a_letter_or_a_spreadsheet(written: str) -> None:
    one_space = " ".join(written.split())
    assert stages(written, 110_000) == stages(one_space, 110_000)


def test_a_price_is_paid_at_once_where_nothing_is_written() -> None:
    assert stages(None, 125_000_050) == (Payment(Decimal(125_000_050), 0),)


def test_a_price_of_nothing_has_stages_of_nothing() -> None:
    assert in_pounds(stages("10% now; 90% after 1 year", 0)) == [("0", 0), ("0", 12)]


def test_a_share_of_a_price_may_be_part_of_a_penny() -> None:
    parts = stages("33.3333% now; 66.6667% after 1 year", 10_001)
    assert [part.pence for part in parts] == [Decimal("3333.663333"), Decimal("6667.336667")]


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("", ""),
        ("   ", ""),
        (";", ""),
        ("100% now;", ""),
        ("100% now; ", ""),
        ("; 100% now", ""),
        ("10% now;; 90% after 36 months", ""),
        ("at completion", "at completion"),
        ("now", "now"),
        ("100%", "100%"),
        ("£1,100,000", "£1,100,000"),
        ("100% later", "100% later"),
        ("100% after completion", "100% after completion"),
        ("100% after months", "100% after months"),
        ("100% after 36", "100% after 36"),
        ("100% 36 months", "100% 36 months"),
        ("100% in 36 months", "100% in 36 months"),
        ("100% after 36 weeks", "100% after 36 weeks"),
        ("100% after 90 days", "100% after 90 days"),
        ("100% after -3 months", "100% after -3 months"),
        ("100% after 1.5 years", "100% after 1.5 years"),
        ("100% after three years", "100% after three years"),
        ("100% after 36 months or so", "100% after 36 months or so"),
        ("100% after 1201 months", "100% after 1201 months"),
        ("100% after 101 years", "100% after 101 years"),
        ("100% after 9999 years", "100% after 9999 years"),
        ("100% after 99999999999999999999 months", "100% after 99999999999999999999 months"),
        ("101% now", "101% now"),
        ("100.0001% now", "100.0001% now"),
        ("1000% now", "1000% now"),
        ("-10% now; 110% after 1 year", "-10% now"),
        ("-£100,000 now", "-£100,000 now"),
        ("10 % now; 90% after 1 year", "10 % now"),
        ("10.00001% now", "10.00001% now"),
        (".5% now", ".5% now"),
        ("1e2% now", "1e2% now"),
        ("% now", "% now"),
        ("ten% now", "ten% now"),
        ("10% now, 90% after 36 months", "10% now, 90% after 36 months"),
        ("10% now and 90% after 36 months", "10% now and 90% after 36 months"),
        ("£1.1m now", "£1.1m now"),
        ("€1,100,000 now", "€1,100,000 now"),
        ("£1,10,0000 now", "£1,10,0000 now"),
        ("£1100000.5 now", "£1100000.5 now"),
        ("٥٠% now; 50% after 1 year", "٥٠% now"),
        ("50% now; 50% after ٣ years", "50% after ٣ years"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_part_and_an_example(
    written: str, part: str
) -> None:
    with pytest.raises(BadFact) as refused:
        stages(written, 1_100_000 * PENCE)
    assert str(refused.value) == (
        f"payments: “{part}” can't be read. Write shares or sums with their times, such as "
        "“10% now; 90% after 36 months”."
    )


@pytest.mark.parametrize(
    ("written", "sum_told"),
    [
        ("10% now; 80% after 36 months", "£990,000"),
        ("60% now; 50% after 36 months", "£1,210,000"),
        ("100% now; 100% after 36 months", "£2,200,000"),
        ("0% now", "£0"),
        ("£110,000 now", "£110,000"),
        ("£1,100,000.01 now", "£1,100,000.01"),
        ("£1,099,999.99 now", "£1,099,999.99"),
        ("£110,000 now; £990,000 after 1 year; £1 after 2 years", "£1,100,001"),
    ],
)
def test_payments_that_are_not_the_price_are_refused_with_both_sums(
    written: str, sum_told: str
) -> None:
    with pytest.raises(BadFact) as refused:
        stages(written, 1_100_000 * PENCE)
    assert str(refused.value) == (
        f"payments: “{written}” adds up to {sum_told}, and the price is £1,100,000. "
        "Every penny of the price is paid at some time."
    )


def test_three_shares_of_a_third_are_the_price_while_less_than_a_penny_is_lost() -> None:
    thirds = "33.3333% now; 33.3333% after 1 year; 33.3333% after 2 years"
    assert len(stages(thirds, 999_999)) == 3
    with pytest.raises(BadFact, match=r"adds up to £9,999\.99, and the price is £10,000\."):
        stages(thirds, 1_000_000)
