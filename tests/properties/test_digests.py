"""What is hashed of a value: the same however often it is read, and nothing that is in doubt."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disposals.history.digests import Column, field, stored

VALUES = st.one_of(
    st.none(), st.text(max_size=60), st.integers(-2, 2), st.sampled_from([0.0, 1.0, 2.0, -0.5]),
    st.floats(allow_nan=False), st.binary(max_size=9),
)  # fmt: skip
NAMES = {"Ann Officer": "a1b2", "Bea Buyer": "c3d4"}


@given(values=st.lists(VALUES, max_size=30))
def test_whatever_was_there_before(values: list[object]) -> None:
    column = Column("price_pence", {})
    for value in (*values, *values):
        assert column[value] == ("" if value is None else field("price_pence", value, {}))


@given(values=st.lists(st.sampled_from([None, *NAMES]), max_size=9))
def test_who_acted_is_told_by_what_stands_for_them(values: list[str | None]) -> None:
    column = Column("recorded_by", NAMES)
    for value in values:
        assert column[value] == ("" if value is None else f"recorded_by=p4:{NAMES[value]}")


def test_a_number_is_not_taken_for_an_equal_one_of_another_kind() -> None:
    column = Column("share", {})
    assert [column[1], column[1.0], column["1"]] == ["share=i1:1", "share=f3:1.0", "share=s1:1"]


def test_a_moment_without_a_time_zone_is_not_taken_for_one_of_this_machine() -> None:
    with pytest.raises(ValueError, match="time zone"):
        stored(datetime(2021, 9, 30, 9, 0))  # noqa: DTZ001 (that is what is refused)
