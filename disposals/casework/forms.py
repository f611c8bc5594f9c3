"""The form of each kind of evidence: what an officer is asked, read from the record itself.

A field with a description is one that is asked for; the others are set by acts. The command line,
its prompts and the columns of a spreadsheet all come from here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args

from pydantic.fields import FieldInfo

from disposals.errors import BadFact
from disposals.milestones import when
from disposals.records import evidence_kinds
from disposals.words import listed, money, pence

_YES = {"yes", "y", "true", "1"}
_NO = {"no", "n", "false", "0"}
_PERCENT = re.compile(r"([0-9]{1,3})\s*%?")
_SAID = {"file_name": "file"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_ALIKE = 0.7
# Blank only in papers of long ago; whoever records the thing today knows it.
_ASKED_ALL_THE_SAME = {"reply_by", "bid_requested"}


class NoSuchEntry(BadFact):
    """A form asks no such thing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a form asks.

    Attributes:
        field: its name in the record, such as "price_pence".
        name: what an officer calls it, such as "price".
        kind: the type of its value; money is told apart by its field's name.
        choices: the words allowed, where only some are.
        asks: a sentence that says what is meant.
        limits: what the record asks of the value, such as its least and its most.
        may_be_blank: whether a correction may take the value away again.
    """

    field: str
    name: str
    kind: type
    choices: tuple[str, ...]
    asks: str
    required: bool
    limits: tuple[Any, ...] = ()
    example: str = ""
    may_be_blank: bool = False

    @property
    def is_money(self) -> bool:
        """Whether it is written in pounds and kept in pence."""
        return self.field.endswith("_pence")

    def read(self, written: str) -> Any:
        """A value as an officer writes it.

        Raises:
            BadFact: it can't be right; names this entry and how to write it.
        """
        try:
            told = written.strip()
            return self._read(told) if told or not self.may_be_blank else None
        except BadFact as error:
            raise BadFact(f"{self.name}: {error}") from None

    def refuse_beyond_limits(self, value: Any) -> None:
        """Refuse a value that the record would not take, while it can still be asked for again.

        Raises:
            BadFact: it is too little, too much, or not written as it should be.
        """
        if value is None:
            return
        for limit in self.limits:
            least, above = getattr(limit, "ge", None), getattr(limit, "gt", None)
            most, pattern = getattr(limit, "le", None), getattr(limit, "pattern", None)
            if least is not None and value < least:
                wrong = f"{self._said(value)} is less than {self._said(least)}."
            elif above is not None and value <= above:
                wrong = f"{self._said(value)} is not more than {self._said(above)}."
            elif most is not None and value > most:
                wrong = f"{self._said(value)} is more than {self._said(most)}."
            elif pattern is not None and not re.search(pattern, value):
                wrong = f"“{value}” is not written as in {self.example}."
            else:
                continue
            raise BadFact(f"{self.name}: {wrong}")

    def _said(self, value: Any) -> str:
        return money(value) if self.is_money else f"{value:g}"

    def _read(self, written: str) -> Any:
        if self.choices:
            if written not in self.choices:
                raise BadFact(f"“{written}” is none of {', '.join(self.choices)}.")
            return written
        if self.is_money:
            if written.startswith("-") and self.field == "amount_pence":
                return -pence(written[1:])
            # A spreadsheet keeps 1250000.50 as 1250000.5.
            return pence(f"{written}0" if re.search(r"\.[0-9]$", written) else written)
        if self.field.endswith("_at"):
            return _time(written)
        if self.field.endswith("_percent"):
            told = _PERCENT.fullmatch(written)
            if told is None:
                raise BadFact(f"“{written}” is not a percentage. Write 35.")
            return int(told[1])
        return _READERS.get(self.kind, str)(written)


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked of one kind of evidence.

    Attributes:
        day: the day of the act, if the record holds it; `--on` gives it, a correction names it.
    """

    kind: str
    entries: tuple[Entry, ...]
    day: Entry | None

    @property
    def dated(self) -> str | None:
        """The field that holds the day of the act."""
        return self.day.field if self.day else None

    @property
    def to_correct(self) -> tuple[Entry, ...]:
        """All that can be corrected: what is asked, and the day."""
        return (*self.entries, self.day) if self.day else self.entries

    def entry(self, name: str) -> Entry:
        """The entry of a name, or of the field's own name.

        Raises:
            NoSuchEntry: the form asks no such thing; names the nearest, and all that there are.
        """
        plain = name.strip().lower().replace(" ", "-").replace("_", "-")
        for entry in self.to_correct:
            if plain in {entry.name, entry.field.replace("_", "-")}:
                return entry
        names = [each.name for each in self.to_correct]
        near = get_close_matches(plain, names, n=2, cutoff=_ALIKE)
        meant = f" Did you mean {listed(near, last='or')}?" if near else ""
        raise NoSuchEntry(f"There is no “{name}” here.{meant} There are {listed(names)}.")

    def missing(self, facts: Mapping[str, Any]) -> list[Entry]:
        """What is required and not given."""
        return [each for each in self.entries if each.required and each.field not in facts]


@cache
def form(kind: str) -> Form:
    """The form of a kind of evidence, by the name of its table."""
    model = evidence_kinds()[kind]
    asked = {
        name: field
        for name, field in model.model_fields.items()
        if field.description and name != model.dated
    }
    last = ("source", "paragraphs", "exempt_because")
    order = [name for name in asked if name not in last] + [name for name in last if name in asked]
    return Form(
        kind,
        tuple(_entry(name, asked[name]) for name in order),
        _entry(model.dated, model.model_fields[model.dated]) if model.dated else None,
    )


def _entry(name: str, field: FieldInfo) -> Entry:
    given = field.annotation
    kinds = [each for each in get_args(given) if each is not NoneType]
    kind = kinds[0] if kinds else given
    assert isinstance(kind, type)  # noqa: S101 (a record's field is of one type, or of none)
    return Entry(
        field=name,
        name=_SAID.get(name)
        or name.removeprefix("is_").removesuffix("_pence").removesuffix("_ref").replace("_", "-"),
        kind=kind,
        choices=tuple(kind) if issubclass(kind, StrEnum) else (),
        asks=field.description or "The day of it.",
        # The site goes without saying where a disposal takes in only one.
        required=(field.is_required() and name != "site_ref") or name in _ASKED_ALL_THE_SAME,
        limits=tuple(field.metadata),
        example=", ".join(map(str, field.examples or ())),
        may_be_blank=NoneType in get_args(given),
    )


def _number(written: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,12}", written):
        raise BadFact(f"“{written}” is not a whole number.")
    return int(written)


def _measure(written: str) -> float:
    plain = written.replace(",", "")
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", plain):
        raise BadFact(f"“{written}” is not a number. Write 2612.5.")
    return float(plain)


def _time(written: str) -> str:
    """A time of day; a spreadsheet keeps 11:40 as 11:40:00."""
    plain = written[:-3] if re.fullmatch(r"[0-9:]{7,8}", written) else written
    return plain.zfill(5) if re.fullmatch(r"[0-9]:[0-9]{2}", plain) else plain


def _yes_or_no(written: str) -> bool:
    if written.lower() in _YES:
        return True
    if written.lower() in _NO:
        return False
    raise BadFact(f"“{written}” is neither yes nor no.")


def single_day(written: str) -> date:
    """A day as officers write it.

    Raises:
        BadFact: it is none, or a longer time.
    """
    read = when(written)
    if read.earliest != read.latest:
        raise BadFact(f"“{written}” is not a single day. Write 2021-09-30.")
    if not _FIRST_YEAR <= read.earliest.year <= _LAST_YEAR:
        raise BadFact(f"“{written}” is not a day of our time. Write 2021-09-30.")
    return read.earliest


_READERS: Mapping[type, Callable[[str], Any]] = {
    int: _number,
    float: _measure,
    bool: _yes_or_no,
    date: single_day,
}
