"""The words of any interval are read back as that interval, and no text breaks the reader."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from disposals.errors import BadFact
from disposals.milestones import shown, when

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
WORDS = st.sampled_from(
    ["by", "end", "of", "early", "mid", "q2", "jul", "nov/dec", "2022", "2021/22", "15", "to", "-",
     "w/c", "winter", "before", "31", "february", "/", "13", "monday", "0", "99", "fy"]
)  # fmt: skip


@given(one=DAYS, other=DAYS)
def test_an_interval_in_words_is_read_back_as_that_interval(one: date, other: date) -> None:
    earliest, latest = sorted((one, other))
    read = when(shown(earliest, latest))
    assert (read.earliest, read.latest) == (earliest, latest)


@given(start=DAYS, months=st.integers(1, 40))
def test_whole_months_in_words_are_read_back_too(start: date, months: int) -> None:
    first = start.replace(day=1)
    years, month = divmod(first.month - 1 + months, 12)
    if first.year + years > 2200:
        return
    latest = date.fromordinal(date(first.year + years, month + 1, 1).toordinal() - 1)
    read = when(shown(first, latest))
    assert (read.earliest, read.latest) == (first, latest)


@given(st.text() | st.lists(WORDS, max_size=6).map(" ".join))
def test_any_text_is_a_date_or_is_refused_in_words(written: str) -> None:
    try:
        read = when(written)
    except BadFact:
        return
    assert read.earliest <= read.latest
