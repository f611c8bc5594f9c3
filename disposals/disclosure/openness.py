"""How each entry stands on a day: open or exempt, why, and whether its release has come.

The newest declaration on an entry counts, also where the entry has been carried forward since. An
entry that declares itself anew, as one recorded again with `--open`, is what it says.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import object_session
from sqlmodel import Session, select

from disposals.casefile import in_force
from disposals.disclosure.inference import withheld_too
from disposals.disclosure.totals import SUMMED, sums_of
from disposals.exemption import numbers
from disposals.finding import parts_of, rows_of
from disposals.policy import Policy
from disposals.records import evidence_kinds
from disposals.records.base import Evidence
from disposals.records.cases import Disposal
from disposals.records.classification import Classification
from disposals.records.completion import Contract, Deed
from disposals.records.decisions import Decision
from disposals.register import ASKED_ON
from disposals.vocabulary import Disclosure, ReleaseAt

_OPENNESS = "disposals_openness"
# What a kind is exempt under while nobody has said; a document may be anything, so nothing is said.
_USUALLY = {"land_answer": (5,), "title_report": (5,), "document": (), "classification": ()}
_FINANCIAL = (3,)


@dataclass(frozen=True, slots=True)
class Ruling:
    """How an entry or a field stands.

    Attributes:
        paragraphs: those of Schedule 12A under which it is exempt, or what is withheld of it though
            it is open; what a kind is usually exempt under where nobody has said; empty where it
            is not classified at all.
        because: the reason given, in words that may be published.
        is_declared: somebody classified it, with a reason.
        is_released: it was exempt until its release.
    """

    is_open: bool
    paragraphs: tuple[int, ...] = ()
    because: str | None = None
    is_declared: bool = False
    is_released: bool = False
    review_on: date | None = None
    release_on: date | None = None
    release_at: ReleaseAt | None = None


def openness_of(row: Evidence) -> "Openness":
    """The openness of the register that a row was read from, in the session that read it."""
    session = object_session(row)
    if session is None or not isinstance(session, Session):
        return Openness(None)
    known = session.info.get(_OPENNESS)
    if known is None:
        known = session.info[_OPENNESS] = Openness(session)
    found: Openness = known
    return found


class Openness:
    """What was declared open or exempt, in one reading session."""

    def __init__(self, session: Session | None) -> None:
        self._session = session
        self._declared: dict[tuple[str, int], dict[str | None, Classification]] = {}
        self._kinds: frozenset[str] = frozenset()
        self._events: dict[tuple[str, ReleaseAt], date | None] = {}
        self._given_away: dict[Hashable, frozenset[Hashable]] = {}
        if session is not None:
            for each in in_force(session.exec(select(Classification)).all()):
                self._declared.setdefault((each.kind, each.entry), {})[each.field] = each
            self._kinds = frozenset(kind for kind, _ in self._declared)

    def ruling(self, row: Evidence, *, on: date | None = None) -> Ruling:
        """How an entry stands on a day; without one, on the day that the register is asked on.

        A row whose session is closed is exempt: what was declared of it can't be read any more.
        """
        if self._session is None and not inspect(row).transient:
            return Ruling(is_open=False)
        if getattr(row, "sealed", None) is not None:  # nobody knows yet what would be opened
            return Ruling(is_open=False, paragraphs=_FINANCIAL)
        for each, before in self._back_from(row):
            declared = self._declared.get((str(each.__tablename__), each.id or 0), {}).get(None)
            if declared is not None:
                return self._read(declared, on)
            if before is None or before.disclosure is not each.disclosure:
                break
        return _itself(row)

    def of_fields(self, row: Evidence, *, on: date | None = None) -> dict[str, Ruling]:
        """The fields of an entry that were classified on their own, and how each stands."""
        found: dict[str, Ruling] = {}
        if getattr(row, "sealed", None) is not None:
            return found
        for each, _ in self._back_from(row):
            own = self._declared.get((str(each.__tablename__), each.id or 0), {})
            for field, declared in own.items():
                if field is not None and field not in found:
                    found[field] = self._read(declared, on)
        return found

    def happened(self, ref: str, what: ReleaseAt) -> date | None:
        """The day on which something happened to a case; of a site in parts, to the last of them.

        None while it has not, or not to every part.
        """
        if (ref, what) not in self._events:
            self._events[ref, what] = self._when(ref, what)
        return self._events[ref, what]

    def is_exchanged(self, row: Evidence, *, on: date | None = None) -> bool:
        """Whether contracts on a row's case were exchanged by a day."""
        when, asked = self.happened(row.disposal_ref, ReleaseAt.EXCHANGE), self._day(on)
        return when is not None and asked is not None and when <= asked

    def given_away(
        self, row: Evidence, allowed: Callable[[Evidence], frozenset[str]], asked: Hashable
    ) -> frozenset[str]:
        """The fields of a row from which a withheld value of its case could be worked out.

        Args:
            allowed: the fields of a row that would be shown.
            asked: what else the answer depends on: for whom, and on which day.
        """
        name = str(row.__tablename__)
        shown = SUMMED.get(name, frozenset())
        if self._session is None or not shown & allowed(row):
            return frozenset()
        case = self._session.get(Disposal, row.disposal_ref)
        if case is None:
            return frozenset()
        whole = case.whole_ref or case.ref
        if (whole, asked) not in self._given_away:
            self._given_away[whole, asked] = self._leaks(whole, allowed)
        leaks = self._given_away[whole, asked]
        return frozenset(field for field in shown if (name, row.id, field) in leaks)

    def _leaks(
        self, whole: str, allowed: Callable[[Evidence], frozenset[str]]
    ) -> frozenset[Hashable]:
        session = self._session
        assert session is not None  # noqa: S101 (asked only where there is one)
        case = session.get(Disposal, whole)
        assert case is not None  # noqa: S101 (the register's foreign key holds it)
        refs = [whole, *(part.ref for part in parts_of(session, whole))]
        kinds = evidence_kinds()
        rows: Mapping[str, list[Any]] = {
            name: [
                row
                for row in in_force(rows_of(session, kinds[name], refs))
                if getattr(row, "lapsed_on", None) is None
            ]
            for name in SUMMED
        }
        values: dict[Hashable, int] = {}
        shown: list[Hashable] = []
        for name, fields in SUMMED.items():
            for row in rows[name]:
                for field in fields:
                    if getattr(row, field) is not None:
                        values[name, row.id, field] = getattr(row, field)
                        if field in allowed(row):
                            shown.append((name, row.id, field))
        on = self._day(None) or case.opened_on
        smallest = Policy(case.authority, on).number("exempt.smallest-group")
        return withheld_too(values, shown, sums_of(rows), smallest)

    def _back_from(self, row: Evidence) -> list[tuple[Evidence, Evidence | None]]:
        """A row and what it was carried forward from, newest first, each with the one before."""
        chain = [row]
        if str(row.__tablename__) in self._kinds:
            while self._session is not None and chain[-1].replaces is not None:
                before = self._session.get(type(row), chain[-1].replaces)
                if before is None:
                    break
                chain.append(before)
        return list(zip(chain, [*chain[1:], None], strict=True))

    def _read(self, declared: Classification, on: date | None) -> Ruling:
        ruling = Ruling(
            is_open=declared.verdict is Disclosure.OPEN,
            paragraphs=numbers(declared.paragraphs),
            because=declared.because,
            is_declared=True,
            review_on=declared.review_on,
            release_on=declared.release_on,
            release_at=declared.release_at,
        )
        asked = self._day(on)
        at = declared.release_at
        event = self.happened(declared.disposal_ref, at) if at is not None else None
        days = [when for when in (declared.release_on, event) if when is not None]
        if ruling.is_open or asked is None or not any(when <= asked for when in days):
            return ruling
        return replace(ruling, is_open=True, is_released=True)

    def _day(self, on: date | None) -> date | None:
        if on is not None or self._session is None:
            return on
        asked: date | None = self._session.info.get(ASKED_ON)
        return asked

    def _when(self, ref: str, what: ReleaseAt) -> date | None:
        if self._session is None:
            return None
        parts = parts_of(self._session, ref)
        if parts and what is not ReleaseAt.DECISION:
            each = [self.happened(part.ref, what) for part in parts]
            known = [when for when in each if when is not None]
            return max(known) if len(known) == len(each) else None
        days = self._days(ref, what)
        return max(when for when in days if when) if days and all(days) else None

    def _days(self, ref: str, what: ReleaseAt) -> list[date | None]:
        assert self._session is not None  # noqa: S101 (asked only where there is one)
        if what is ReleaseAt.DECISION:
            case = self._session.get(Disposal, ref)
            refs = [ref] if case is None or case.whole_ref is None else [ref, case.whole_ref]
            return [row.taken_on for row in in_force(rows_of(self._session, Decision, refs))]
        if what is ReleaseAt.EXCHANGE:
            contracts = in_force(rows_of(self._session, Contract, [ref]))
            return [row.exchanged_on for row in contracts if row.lapsed_on is None]
        deeds = in_force(rows_of(self._session, Deed, [ref]))
        return [row.dated_on for row in deeds if row.lapsed_on is None]


def _itself(row: Evidence) -> Ruling:
    """What an entry says of itself, or is usually exempt under."""
    said = numbers(row.paragraphs) or _USUALLY.get(str(row.__tablename__), _FINANCIAL)
    return Ruling(is_open=row.disclosure is Disclosure.OPEN, paragraphs=said)
