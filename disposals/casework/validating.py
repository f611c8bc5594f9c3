"""Facts checked one by one before they become a record."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from disposals.errors import BadFact
from disposals.history.digests import erased_person
from disposals.records.base import Evidence
from disposals.words import day, name_as_kept, plainly, slip_of, wrong
from sites.record import Record

R = TypeVar("R", bound=Record)
# What moves the cursor, or the direction in which is read; a tab and the ends of lines may stand.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def validated(kind: type[R], facts: Mapping[str, Any], *, carried: R | None = None) -> R:
    """Make a record from facts that were checked one by one.

    Args:
        carried: an older record, whose own facts go on as they are.

    Raises:
        BadFact: names each field that can't be right, and why.
    """
    unknown = set(facts) - set(kind.model_fields)
    if unknown:
        raise BadFact(f"{_called(kind)} has no {plainly(min(unknown))}.")
    refuse_control(
        kind, {name: told for name, told in facts.items() if told != getattr(carried, name, None)}
    )
    try:
        return kind.model_validate(facts)
    except ValidationError as error:
        faults = "; ".join(
            f"{plainly(str(each['loc'][0]).removesuffix('_pence'))}: {_why(kind, each)}"
            for each in error.errors()
        )
        raise BadFact(f"{_called(kind)} was not recorded. {faults}.") from None


def required(because: str | None, act: str) -> str:
    """A reason that an act asks for.

    Raises:
        BadFact: it is missing or blank.
    """
    if because is None or not because.strip():
        raise BadFact(f'To {act}, a reason is asked for: add `--because "…"`.')
    return because.strip()


def named(who: str, option: str) -> str:
    """The name of someone who acts or has a case in hand, as it is kept.

    Args:
        option: how the name is given.

    Raises:
        BadFact: it is blank, or what stands for a name that was erased.
    """
    name = name_as_kept(who)
    if not name:
        raise BadFact(f"The name of an officer is blank. Give it with {option}.")
    if erased_person(name) is not None:
        raise BadFact(
            f"“{name}” stands for a name that was erased, and is nobody's. Give another with "
            f"{option}."
        )
    return name


def refuse_slip(said: Any, known: Iterable[str], called: str) -> None:
    """Refuse a name that may be a slip of one that is known.

    Args:
        called: what the name is given as, such as "bidder".

    Raises:
        BadFact: names the one that may be meant, and how to insist.
    """
    meant = slip_of(said, known) if isinstance(said, str) else None
    if meant is not None:
        raise BadFact(
            f"{called}: nobody is called “{said}” here. Did you mean “{meant}”? If it is truly "
            "another, add `--another`."
        )


def refuse_control(kind: type[Record], facts: Mapping[str, Any]) -> None:
    """Refuse a text with a character that stands in none: PostgreSQL would not keep a NUL.

    Others would move the cursor of whoever reads it on a terminal.

    Raises:
        BadFact: names the field.
    """
    for name, told in facts.items():
        if not isinstance(told, str) or told.isprintable():  # as most are, and that is quicker
            continue
        if found := _CONTROL.search(told):
            raise BadFact(
                f"{_called(kind)} was not recorded. {plainly(name)}: it holds a character that "
                f"stands in no text (U+{ord(found[0]):04X}). Type it anew."
            )


def refuse_future(kind: type[Evidence], facts: Mapping[str, Any], on: date) -> None:
    """Refuse a day that lies in the future in a field that tells of the past.

    Raises:
        BadFact: names the field and the day.
    """
    for name in kind.past:
        told = facts.get(name)
        if isinstance(told, date) and told > on:
            raise BadFact(
                f"{_called(kind)} was not recorded. {plainly(name)}: {day(told)} lies after "
                f"{day(on)}, the day of recording; what has not happened can't be recorded."
            )


def _called(kind: type[Record]) -> str:
    return f"The {plainly(str(kind.__tablename__))}"


def _why(kind: type[Record], error: Any) -> str:
    examples = kind.model_fields[str(error["loc"][0])].examples or ()
    return wrong(error, examples=examples)
