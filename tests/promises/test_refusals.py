"""An act that is refused says why in words, ends with status 1 or 2, and changes nothing."""

from itertools import chain
from tempfile import gettempdir

import pytest

from tests.refused_acts import REFUSED, RefusedAct
from tests.trying import tried

ACTS = list(chain.from_iterable(REFUSED.values()))


def titled(act: RefusedAct) -> str:
    return act.situation


@pytest.mark.parametrize("act", ACTS, ids=titled)
def test_a_refused_act_says_what_is_wrong_and_leaves_the_register_as_it_was(
    act: RefusedAct,
) -> None:
    told = tried(act)
    assert told.status == act.status, told.said
    assert [words for words in act.names if words not in told.said] == [], told.said
    assert told.after == told.before
    assert "Traceback" not in told.said
    assert gettempdir() not in told.said


@pytest.mark.parametrize("act", [act for act in ACTS if act.instead], ids=titled)
def test_what_is_said_to_be_taken_instead_is_taken(act: RefusedAct) -> None:
    told = tried(act, act.instead)
    assert told.status == 0, told.said
    assert "mill-lane: " in told.said
    assert told.after != told.before
