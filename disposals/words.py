"""Money, dates, areas and lists as officers write them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from itertools import groupby
from typing import Any
from unicodedata import normalize

from disposals.errors import BadFact

_LONG_WORD, _CLOSE = 4, 0.8
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_LAST_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z](?![a-z]))")  # BidderA
_FORMS = {"ltd": "ltd", "limited": "ltd", "llp": "llp", "plc": "plc"}
_AMOUNT = re.compile(r"£?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{2})?")


def day(on: date) -> str:
    """A date in full: 9 November 2021."""
    return f"{on.day} {on:%B %Y}"


def money(pence: int) -> str:
    """Pounds from pence: £1,250,000, with pence only where there are any."""
    if pence < 0:
        return f"-{money(-pence)}"
    pounds = Decimal(pence) / 100
    return f"£{pounds:,.0f}" if pence % 100 == 0 else f"£{pounds:,.2f}"


def pence(written: str) -> int:
    """Pence from pounds as officers write them: 1250000, £1,250,000 or 1250000.50.

    Raises:
        BadFact: it is no amount of money, is negative, or has parts of a penny.
    """
    if not _AMOUNT.fullmatch(written.strip()):
        raise BadFact(f"“{written}” is not an amount of money. Write 1250000 or £1,250,000.50.")
    return int(Decimal(written.strip().removeprefix("£").replace(",", "")) * 100)


def area(hectares: Decimal, acres: Decimal) -> str:
    """Both measures, as reports give them: 0.522 ha (1.29 acres)."""
    return f"{hectares:.3f} ha ({acres:.2f} acres)"


def plainly(name: str) -> str:
    """A stored name as it is read aloud: heads_of_terms becomes “heads of terms”."""
    return name.replace("_", " ").replace("-", " ")


def listed(items: Iterable[str], *, last: str = "and") -> str:
    """A list in a sentence: a, b and c."""
    *head, tail = items
    return f"{', '.join(head)} {last} {tail}" if head else tail


def some(items: Sequence[str], most: int = 5) -> str:
    """The first few of a long list in a sentence, and how many more there are: a, b and 3 more."""
    more = len(items) - most
    return listed([*items[:most], f"{more} more"] if more > 0 else items)


def name_as_kept(who: str) -> str:
    """The name of an officer as it is kept: an é typed in two ways is one and the same."""
    return normalize("NFC", who.strip())


def is_same_name(one: str | None, other: str | None) -> bool:
    """Whether two names of officers are one, however an older release kept them; None is nobody."""
    if one is None or other is None:
        return False
    return name_as_kept(one) == name_as_kept(other)


def slip_of(said: str, known: Iterable[str]) -> str | None:
    """The known name that another may be a slip of.

    In letter case, spacing, a letter of a longer word, or a legal form that one of them lacks.
    Numbers and short words are read as they stand, for “Bidder 1” is not “Bidder 2”, nor “Bidder A”
    “Bidder B”; of a name without letters nothing is asked.
    """
    names = list(known)
    if said in names:
        return None
    return next((name for name in names if _is_slip(_pieces(said), _pieces(name))), None)


def _pieces(name: str) -> list[str]:
    """The words and numbers of a name; “BidderA1” has three."""
    return _PIECE.findall(_LAST_CAPITAL.sub(" ", normalize("NFKC", name)).casefold())


def _is_slip(said: list[str], name: list[str]) -> bool:
    if not (any(map(str.isalpha, said)) and any(map(str.isalpha, name))):
        return False
    (said, form), (name, other_form) = _without_form(said), _without_form(name)
    if form and other_form and form != other_form:  # two companies, of one group perhaps
        return False
    if _run_together(said) == _run_together(name):
        return True
    return len(said) == len(name) and all(
        one == other or _is_slip_of_word(one, other) for one, other in zip(said, name, strict=True)
    )


def _without_form(pieces: list[str]) -> tuple[list[str], str | None]:
    """A name without the legal form at its end, and the form."""
    form = _FORMS.get(pieces[-1]) if len(pieces) > 1 else None
    return (pieces[:-1], form) if form else (pieces, None)


def _run_together(pieces: list[str]) -> list[str]:
    """The words of a name without what lies between them; numbers stay apart."""
    runs = [(is_number, list(run)) for is_number, run in groupby(pieces, str.isdecimal)]
    return [each for is_number, run in runs for each in (run if is_number else ["".join(run)])]


def _is_slip_of_word(one: str, other: str) -> bool:
    return (
        not (one.isdecimal() or other.isdecimal())
        and min(len(one), len(other)) >= _LONG_WORD
        and bool(get_close_matches(one, [other], cutoff=_CLOSE))
    )


def counted(number: int, thing: str, things: str | None = None) -> str:
    """A count with its noun: 1 gate, 2 gates."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


_WANTED = {  # by the first word of what pydantic calls a fault
    "int": "a whole number",
    "float": "a number",
    "finite": "a number",
    "decimal": "a number",
    "date": "a day, such as 2021-09-30",
    "datetime": "a moment, such as 2021-09-30 12:00",
    "bool": "yes or no",
    "string": "text",
}


def wrong(error: Mapping[str, Any], *, examples: Iterable[Any] = ()) -> str:
    """One thing that pydantic found wrong, as an officer would say it.

    Args:
        error: as pydantic tells it: its type, what was given, and the limits that were set.
        examples: how such a value is written.
    """
    kind, given, limits = error["type"], error.get("input"), error.get("ctx", {})
    if {"ge", "gt", "le"} & limits.keys() and str(given).strip("+- ").lower() == "nan":
        kind = "finite_number"  # what is no number is neither more nor less than a limit
    said = {
        "missing": "it is missing",
        "string_too_short": "it is blank",
        "enum": f"“{given}” is none of {str(limits.get('expected')).replace(chr(39), '')}",
        "greater_than_equal": f"{_figure(given)} is less than {_figure(limits.get('ge'))}",
        "less_than_equal": f"{_figure(given)} is more than {_figure(limits.get('le'))}",
        "greater_than": f"{_figure(given)} is not more than {_figure(limits.get('gt'))}",
        "string_pattern_mismatch": f"“{given}” is not written as in "
        + ", ".join(map(str, examples)),
        "value_error": str(limits.get("error")),  # raised in words of its own
    }
    wanted = _WANTED.get(kind.partition("_")[0], "what is asked for")
    return said.get(kind, f"“{given}” is not {wanted}")


def _figure(given: Any) -> Any:
    """A number as it is written, without the .0 of a whole one."""
    return int(given) if isinstance(given, float) and given.is_integer() else given
