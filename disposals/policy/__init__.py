"""Numbers and sources of law and policy, each dated: the ones in force on a day.

England's file holds the law; a council's file beside it holds its constitution and policy and
stands before England's where both set the same rule.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from disposals.errors import NoRule

_Entries = Mapping[str, list[dict[str, Any]]]


class Kind(StrEnum):
    """Where a rule comes from. Law is never waived."""

    LAW = "law"
    CONSTITUTION = "constitution"
    POLICY = "policy"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it stands on a day.

    Attributes:
        value: the number, where the rule has one; its unit is in `unit`.
        verified: whether the source has been read for this entry.
    """

    id: str
    kind: Kind
    source: str
    verified: bool
    value: int | None = None
    unit: str | None = None

    @property
    def cited(self) -> str:
        """The source as a refusal cites it, with a mark where nobody has checked it."""
        return self.source if self.verified else f"{self.source}; not yet verified"

    @property
    def number(self) -> int:
        """The value of a rule that is a number.

        Raises:
            TypeError: the policy file gives this rule no value.
        """
        if self.value is None:
            message = f"the rule {self.id} has no value in the policy files"
            raise TypeError(message)
        return self.value


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of one authority in force on one day."""

    authority: str
    on: date

    def rule(self, rule_id: str) -> Rule:
        """Look a rule up.

        Raises:
            NoRule: neither the authority nor England sets it for that day.
        """
        england = self._entry("england", rule_id)
        entry = self._entry(self.authority, rule_id) or england
        if entry is None:
            raise NoRule(rule_id, self.authority, self.on)
        # A council may set a number that the law leaves to it, never turn law into its own policy.
        is_law = england is not None and england["kind"] == Kind.LAW
        return Rule(
            id=rule_id,
            kind=Kind.LAW if is_law else Kind(entry["kind"]),
            source=entry["source"],
            verified=entry["verified"],
            value=entry.get("value"),
            unit=entry.get("unit"),
        )

    def _entry(self, authority: str, rule_id: str) -> dict[str, Any] | None:
        for entry in _entries(authority).get(rule_id, ()):
            if entry["from"] <= self.on <= entry.get("to", date.max):
                return entry
        return None

    def table(self, prefix: str) -> dict[str, Rule]:
        """The rules in force whose ids begin with a prefix and a dot, by the rest of their ids."""
        ids = {**_entries("england"), **_entries(self.authority)}
        return {
            each.removeprefix(f"{prefix}."): self.rule(each)
            for each in ids
            if each.startswith(f"{prefix}.")
            and (self._entry(self.authority, each) or self._entry("england", each))
        }

    def number(self, rule_id: str) -> int:
        """The number that a rule sets, in the unit its entry names."""
        return self.rule(rule_id).number


@cache
def authorities() -> tuple[str, ...]:
    """The authorities that have a policy file of their own."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(
        sorted(
            n.removesuffix(".toml") for n in names if n.endswith(".toml") and n != "england.toml"
        )
    )


def council(authority: str) -> str:
    """The name in which an authority sells: Kent County Council.

    One without a policy file of its own is called by its reference.
    """
    name: str = _file(authority).get("name", authority.replace("-", " ").title())
    return name


def wording(authority: str, paper: str) -> Mapping[str, str]:
    """What a council always says in a kind of paper, by section: its own words, else England's.

    They are in the policy files under `[wording.PAPER]`; `{council}` there stands for its name.
    """
    told = {
        section: text
        for name in ("england", authority)
        for section, text in _file(name).get("wording", {}).get(paper, {}).items()
    }
    return {
        section: text.replace("{council}", council(authority)) for section, text in told.items()
    }


@cache
def _entries(authority: str) -> _Entries:
    return {rule: told for rule, told in _file(authority).items() if isinstance(told, list)}


@cache
def _file(authority: str) -> Mapping[str, Any]:
    path = files(__name__) / f"{authority}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
