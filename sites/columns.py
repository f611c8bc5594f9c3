"""Which column of a file holds what: as told, as a published layout has it, else as guessed."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from shlex import quote

from sites.errors import BadColumn

_HOUSE_NUMBER = re.compile(r"^(\d+[A-Za-z]?(?:-\d+[A-Za-z]?)?), ")
FIELDS = (
    "ref", "name", "address", "postcode", "uprn", "district", "division", "tenure", "stated_area",
    "holding_power", "acquired_on_as_written", "acquired_for", "title_nos",
)  # fmt: skip
PRESETS = ("transparency-code", "brownfield-2017", "brownfield")
_PLAIN = {
    "ref": ("ref", "reference", "site ref", "site reference", "site_ref"),
    "name": ("name", "site name", "property name", "title", "site", "label"),
    "address": ("address", "site address", "full address"),
    "postcode": ("postcode", "post code"),
    "uprn": ("uprn",),
    "district": ("district", "local authority", "borough"),
    "division": ("division", "electoral division", "ward"),
    "tenure": ("tenure", "tenure type"),
    "stated_area": ("area", "hectares", "area ha", "site area", "site area ha"),
    "title_nos": ("title number", "title no", "title numbers"),
}
_KEYS = ("asset code", "asset id", "id", "unique id", "inspireid")
_SYSTEMS = (
    "coordinatereferencesystem", "coordinatereferencingsystem", "coordinatesystem", "crs", "srid",
)  # fmt: skip
_PAIRS = (
    (("geox",), ("geoy",), None),
    (("easting", "eastings", "bngeasting", "oseasting", "osgb36easting", "gridreferenceeasting"),
     ("northing", "northings", "bngnorthing", "osnorthing", "osgb36northing",
      "gridreferencenorthing"), "OSGB36"),
    (("longitude", "long", "lon", "lng"), ("latitude", "lat"), "WGS84"),
    (("x", "xcoord", "xcoordinate", "coordx"), ("y", "ycoord", "ycoordinate", "coordy"), None),
)  # fmt: skip
_WKT = ("wkt", "geometry", "geom", "thegeom", "shape", "point")


@dataclass(frozen=True, slots=True)
class Preset:
    """A published layout of a register.

    Attributes:
        columns: as published, in order.
        key: names of the column that identifies a row, the likeliest first.
        organisation: names of the column that says whose register it is.
        fields: field → the columns it is joined from, or the names its column may have.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    organisation: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where the position of a row is: a pair of columns, or one with WKT.

    Attributes:
        system: the column that names the system, if there is one.
        stated: the system that the names of the columns imply.
    """

    x: str = ""
    y: str = ""
    wkt: str | None = None
    system: str | None = None
    stated: str | None = None

    def __str__(self) -> str:
        told = f"positions are taken from {self.wkt or f'{self.x} and {self.y}'}"
        if self.system:
            return f"{told}, their system from {self.system}"
        return f"{told}, which are {self.stated} by name" if self.stated else told


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column holds what.

    Attributes:
        fields: field of a site → columns, joined with commas where there are several.
        guessed: a sentence for every column that was chosen without being told.
        unused: columns that no field takes.
    """

    preset: str | None
    fields: Mapping[str, tuple[str, ...]]
    key: str | None
    organisation: str | None
    guessed: tuple[str, ...]
    unused: tuple[str, ...]

    def facts(self, row: Mapping[str, str | None]) -> dict[str, str]:
        """The fields of a site that a row fills."""
        told = {}
        for name, columns in self.fields.items():
            values = [" ".join((row.get(column) or "").split()).strip(" ,") for column in columns]
            joined = ", ".join(value for value in values if value)
            if joined:
                told[name] = _HOUSE_NUMBER.sub(r"\1 ", joined)
        return told

    def hint_for_name(self) -> str:
        """How to say which column holds the name, where none is taken for what sites go by.

        Returns:
            A clause to add to a refusal; "" where a column is taken, or none is left.
        """
        if not self.unused or self.key or {"ref", "name", "address"} & {*self.fields}:
            return ""
        likely = [column for column in self.unused if "name" in _plain(column)]
        return (
            f"; say which column holds its name: `--map name={quote((likely or self.unused)[0])}`"
        )

    def key_of(self, row: Mapping[str, str | None]) -> str:
        """What identifies a row in its file, or ""."""
        return ((row.get(self.key) or "") if self.key else "").strip()

    def organisation_of(self, row: Mapping[str, str | None]) -> str:
        """Whose register the row is in, as a word: dartford; or ""."""
        told = (row.get(self.organisation) or "") if self.organisation else ""
        return _slug(told.rstrip("/").rpartition("/")[2])


def reference_from(key: str, name: str, organisation: str = "") -> str:
    """The reference of a site, from what identifies its row: TMBC0001/T3 → tmbc0001-t3.

    A key that is a bare number says too little on its own, so the organisation stands before it.

    Returns:
        Small letters, digits and hyphens; "" where nothing can be made.
    """
    plain = _slug(key)
    if plain and plain.replace("-", "").isdigit() and organisation:
        return f"{organisation}-{plain}"
    return plain or _slug(name)


@cache
def preset(name: str) -> Preset:
    """A published layout.

    Raises:
        BadColumn: there is none of that name; lists those there are.
    """
    if name not in PRESETS:
        raise BadColumn(f"There is no preset “{name}”. There are: {', '.join(PRESETS)}.")
    told = tomllib.loads((files("sites") / "presets" / f"{name}.toml").read_text("utf-8"))
    base = preset(told["extends"]) if "extends" in told else None
    return Preset(
        name=name,
        title=told["title"],
        columns=tuple(told["columns"]),
        key=base.key if base else tuple(told["key"]),
        organisation=base.organisation if base else tuple(told.get("organisation", ())),
        fields=base.fields if base else {k: tuple(v) for k, v in told["fields"].items()},
    )


def coordinates_of(columns: Sequence[str]) -> Coordinates | None:
    """The columns that hold positions, by their names; None where there are none."""
    known = {_plain(column): column for column in reversed(columns)}
    system = _first(known, _SYSTEMS)
    for xs, ys, stated in _PAIRS:
        x, y = _first(known, xs), _first(known, ys)
        if x and y:
            return Coordinates(x, y, system=system, stated=stated)
    wkt = _first(known, _WKT)
    return Coordinates(wkt=wkt, system=system) if wkt else None


def mapped(
    columns: Sequence[str], *, preset: str | None = None, told: Mapping[str, str] | None = None
) -> ColumnMap:
    """Which column holds what.

    Args:
        preset: the published layout; without it, recognised by the columns and named as a guess.
        told: field → column, which comes before any guess.

    Raises:
        BadColumn: a field or column that is not there; names the nearest.
    """
    known = {_plain(column): column for column in reversed(columns)}
    guessed: list[str] = []
    chosen = _preset(preset, known, guessed)
    fields: dict[str, tuple[str, ...]] = {
        name: (_told(name, column, columns),) for name, column in (told or {}).items()
    }
    said = {column for each in fields.values() for column in each}
    free = {plain: column for plain, column in known.items() if column not in said}
    # What rows are known again by, such as a UPRN, may well be a field of its own, too.
    ref = fields.get("ref", ())
    fillable = {plain: column for plain, column in known.items() if column not in said - {*ref}}
    for name in FIELDS:
        if name not in fields and (found := _columns_of(name, chosen, fillable)):
            fields[name] = found
            if {*found} & {*ref}:
                guessed.append(f"{name.replace('_', ' ')} is taken from {found[0]}, too")
            elif chosen is None and _plain(found[0]) != _plain(name):
                guessed.append(f"{name.replace('_', ' ')} is taken from {found[0]}")
    guess = _first(free, [_plain(each) for each in (chosen.key if chosen else _KEYS)])
    key = fields["ref"][0] if "ref" in (told or {}) or (not guess and "ref" in fields) else guess
    if key is not None and key == guess:
        guessed.append(f"rows are known again by {key}")
    where = coordinates_of(columns)
    taken = {column for each in fields.values() for column in each} | {key}
    if where is not None:
        taken |= {where.x, where.y, where.wkt, where.system}
    return ColumnMap(
        preset=chosen.name if chosen else None,
        fields=fields,
        key=key,
        organisation=_first(known, [_plain(each) for each in chosen.organisation])
        if chosen
        else None,
        guessed=tuple(guessed),
        unused=tuple(column for column in columns if column not in taken),
    )


def _preset(name: str | None, known: Mapping[str, str], guessed: list[str]) -> Preset | None:
    if name is not None:
        return preset(name)
    for each in map(preset, PRESETS):
        there = sum(_plain(column) in known for column in each.columns)
        if there * 10 >= len(each.columns) * 9:
            guessed.append(f"its columns are those of “{each.title}” ({each.name})")
            return each
    return None


def _columns_of(name: str, chosen: Preset | None, known: Mapping[str, str]) -> tuple[str, ...]:
    """The columns of a field: joined ones all together, else the first that is there."""
    if chosen is None:
        found = _first(known, [_plain(each) for each in _PLAIN.get(name, ())])
        return (found,) if found else ()
    there = [known[_plain(each)] for each in chosen.fields.get(name, ()) if _plain(each) in known]
    return tuple(there) if name == "address" else tuple(there[:1])


def _told(name: str, column: str, columns: Sequence[str]) -> str:
    if name not in FIELDS:
        near = get_close_matches(name, FIELDS, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise BadColumn(f"A site has no field “{name}”.{hint} There are: {', '.join(FIELDS)}.")
    if column not in columns:
        near = get_close_matches(column, columns, n=1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise BadColumn(f"The file has no column “{column}”.{hint} It has: {', '.join(columns)}.")
    return column


def _first(known: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((known[name] for name in names if name in known), None)


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]", "", column.lower())


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
