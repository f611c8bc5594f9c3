"""Approvals that a definition names itself: what is wrong with one is named with its key."""

import pytest

from tests.workflows.lease import GOOD, KNOWN
from workflows.definition import checked
from workflows.errors import BadDefinition
from workflows.gates import Severity

APPROVAL = """
[[approvals]]
name = "section-151"
title = "Section 151 officer"
asks = "Does the Section 151 Officer approve the terms?"
owner = "Section 151 Officer"
source = "Financial Regulations, paragraph 5.4"
"""
ASKING = GOOD.replace('blocks = ["a.two"]', 'blocks = ["a.two", "approvals.section-151"]')
WITH = ASKING + APPROVAL


def refused(text: str) -> BadDefinition:
    with pytest.raises(BadDefinition) as error:
        checked(text, "ours.toml", known_gates=KNOWN)
    return error.value


def test_a_move_asks_for_an_approval_as_for_any_gate() -> None:
    lease = checked(WITH, "ours.toml", known_gates=KNOWN)
    [approval] = lease.approvals
    assert approval.owner == "Section 151 Officer"
    assert not approval.waivable
    assert lease.move_to("terms", "done").severity(approval.gate) is Severity.BLOCK


def test_an_approval_may_be_let_to_be_waived() -> None:
    [approval] = checked(WITH + "waivable = true\n", "ours.toml", known_gates=KNOWN).approvals
    assert approval.waivable


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        (APPROVAL, "", "moves[1] (let)", "approvals.section-151 is not defined"),
        ('"approvals.section-151"', '"approvals.monitoring"', "moves[1] (let)",
         "one of those there are: approvals.section-151"),
        (', "approvals.section-151"', "", "approvals[0] (section-151)", "no move asks for it"),
        ('name = "section-151"', 'name = "Section 151"', "approvals[0].name", "not a name"),
        ('owner = "Section 151 Officer"\n', "", "approvals[0].owner", "missing"),
        ('source = "Financial', 'law = "Financial', "approvals[0].law", "no such key"),
        (APPROVAL, APPROVAL * 2, "approvals", "section-151 stands there twice"),
        (APPROVAL, f'{APPROVAL}waivable = "yes"\n', "approvals[0].waivable", "true or false"),
        ("[[approvals]]", "[approvals]", "approvals", "a list"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_approval_is_named_with_its_key(
    old: str, new: str, key: str, what: str
) -> None:
    assert old in WITH
    error = refused(WITH.replace(old, new))
    assert error.file == "ours.toml"
    assert error.key == key
    assert what in str(error)


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        ('name = "lease"', 'name = "Our Lease"', "name", "small letters, digits and hyphens"),
        ("version = 1", "version = 0", "version", "count them from 1"),
        ("version = 1", "version = 123456789012345678901", "version", "9999 at most"),
        ('kind = "withdraw"', 'kind = "withdraw"\nblocks = ["a.one"]', "moves[2] (withdraw)",
         "asks for no gate"),
        ('kind = "withdraw"', 'kind = "parts"\nopens_parts_at = "terms"\nblocks = ["a.one"]',
         "moves[2] (withdraw).to", "leads to in_parts"),
    ],
)  # fmt: skip
def test_a_definition_kept_elsewhere_is_held_to_what_the_program_counts_on(
    old: str, new: str, key: str, what: str
) -> None:
    assert old in GOOD
    error = refused(GOOD.replace(old, new))
    assert error.key == key
    assert what in str(error)


def test_in_parts_is_an_end_wherever_it_is_a_stage() -> None:
    stage = '\n[[stages]]\nname = "in_parts"\ntitle = "In parts"\nmeaning = "Split."\n'
    assert refused(GOOD + stage).key == "ends"
