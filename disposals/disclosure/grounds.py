"""On which ground a value is withheld: under which paragraphs, why, and until when."""

from dataclasses import dataclass
from datetime import date

from disposals.disclosure.entries import NEVER
from disposals.disclosure.fields import openable
from disposals.disclosure.openness import Ruling, openness_of
from disposals.records.base import Evidence
from disposals.records.cases import HistoryEntry
from disposals.vocabulary import ReleaseAt
from disposals.words import day
from sites.record import Record

# What the register keeps for its own working tells nothing of a disposal; shapes are on its maps.
_WORKINGS = frozenset(
    {
        "id", "disposal_ref", "recorded_on", "recorded_at", "recorded_by", "replaces",
        "disclosure", "paragraphs", "exempt_because", "is_illustrative", "workflow_version",
        "version", "easting", "northing", "position_source", "shape", "min_x", "min_y", "max_x",
        "max_y",
    }
)  # fmt: skip
_WORKINGS_OF = {"history_entry": frozenset({"no", "at"})}
_IDENTIFYING = frozenset(
    {
        "advised_by", "asked_of", "first_opener", "officer", "reported_by", "second_opener",
        "signed_off_by", "waived_by",
    }
)  # fmt: skip
_PRIVILEGED = frozenset({("land_answer", "basis"), ("title_report", "finding")})
_OF_INDIVIDUALS = frozenset({("notice", "objections"), ("occupation", "occupier")})
_FINANCIAL = (3,)
_OF_ACTS = (3, 5)  # what gates saw and acts recorded quotes bids and legal advice alike
_GIVES_AWAY = "A value that is withheld could be worked out from it."


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a value is withheld.

    Attributes:
        paragraphs: of Schedule 12A; none where nobody has classified it.
        because: the reason given, in words that may be published; None where none was.
        until: when it is released, in words; None where nothing is set.
    """

    paragraphs: tuple[int, ...]
    because: str | None = None
    review_on: date | None = None
    until: str | None = None


def unsaid(name: str) -> frozenset[str]:
    """The fields of a record that are the register's own working, and of which nothing is said."""
    return _WORKINGS | NEVER | _WORKINGS_OF.get(name, frozenset())


def ground_of(row: Record, field: str) -> Ground:
    """The ground on which a field of a row is withheld from whoever does not see it."""
    name = str(row.__tablename__)
    own = _paragraphs_of(name, field)
    if isinstance(row, HistoryEntry):
        return Ground((2,) if field == "by" else _OF_ACTS)
    if not isinstance(row, Evidence):
        return Ground(own or _FINANCIAL)
    openness = openness_of(row)
    ruling = openness.of_fields(row).get(field) or openness.ruling(row)
    if ruling.is_open:
        gives_away = field in openable(name, is_declared=ruling.is_declared)
        return Ground(own or ruling.paragraphs or _FINANCIAL, _GIVES_AWAY if gives_away else None)
    if own and not ruling.is_declared:
        return Ground(own)
    return Ground(ruling.paragraphs, ruling.because, ruling.review_on, _until(ruling))


def _paragraphs_of(name: str, field: str) -> tuple[int, ...]:
    """What a field is exempt under for what it is, whatever its entry."""
    if (name, field) in _PRIVILEGED:
        return (5,)
    if (name, field) in _OF_INDIVIDUALS:
        return (1,)
    return (2,) if field in _IDENTIFYING else ()


def _until(ruling: Ruling) -> str | None:
    said = [f"on {day(ruling.release_on)}"] if ruling.release_on is not None else []
    if ruling.release_at is ReleaseAt.DECISION:
        said.append("when the decision is taken")
    elif ruling.release_at is not None:
        said.append(f"on {ruling.release_at}")
    return " or ".join(said) or None
