"""The commands that mend what a paper lacks: what is recorded is opened or corrected, not added."""

from collections.abc import Mapping
from typing import Any

from disposals.disclosure.papers.told import Entry


def opening(entry: Entry) -> str:
    """The command that declares an entry, or one field of it, open."""
    only = f" --field {entry.field}" if entry.field else ""
    return f"disposals classify {entry.reference} {entry.name}{only} --open --because REASON"


def opening_or(entry: Entry | None, adding: str | None) -> str | None:
    """The command that opens what is recorded and kept back; where nothing is, what adds it.

    Args:
        adding: None where it can't be recorded any more.
    """
    return adding if entry is None else opening(entry)


def recommending(
    ref: str, kept_back: Mapping[str, Entry | None], *, adding: str, has_options: bool
) -> str | None:
    """The command by which a paper has an option that is recommended.

    Args:
        kept_back: the “recommended” option and any “option” that is recorded and kept back.
        adding: the command where no option is recorded.
        has_options: some are shown.
    """
    if has_options or kept_back["option"]:
        adding = f"disposals option edit {ref} ENTRY --set recommended=yes --because REASON"
    return opening_or(kept_back["recommended"], adding)


def correcting(group: str, told: Mapping[str, Any], field: str, value: str = "WORDS") -> str:
    """The command that fills in a field of an entry, or opens it where it is filled in.

    Args:
        group: the commands of that kind of entry, such as `decision`.
        told: the entry's fields as `Reader.told` gives them.
    """
    entry: Entry = told["entry"]
    if field in told["kept_back"]:
        return opening(Entry(entry.reference, entry.name, field))
    return editing(group, entry, field, value)


def deciding(told: Mapping[str, Any], field: str, value: str = "WORDS") -> str | None:
    """As `correcting`, of a decision; None where it is settled, so that nothing is filled in."""
    if is_settled(told) and field not in told["kept_back"]:
        return None
    return correcting("decision", told, field, value)


def is_settled(decision: Mapping[str, Any]) -> bool:
    """Whether a decision was taken or withdrawn, and stands as it is."""
    return decision["taken_on"] is not None or decision["withdrawn_on"] is not None


def editing(group: str, entry: Entry, field: str, value: str = "WORDS") -> str:
    """The command that fills in a field of an entry."""
    return (
        f"disposals {group} edit {entry.reference} {entry.name} "
        f"--set {field.replace('_', '-')}={value} --because REASON"
    )
