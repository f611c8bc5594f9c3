"""Map layers for a GIS, in the formats that officers, inspectors and the public open."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from disposals.disclosure.asked import Asked
from disposals.disclosure.layers import LayerName, fields_shown, layers
from disposals.errors import BadFact
from disposals.register import Register
from disposals.words import listed
from sites.writing import Batch, Field, Layer, write_geojson_batches
from sites.writing.gdal import FLATGEOBUF, KML, write_gpkg, write_shapefile, write_single
from sites.writing.points import write_points

GRID, WGS84 = 27700, 4326  # EPSG numbers


class Format(StrEnum):
    """A format of map layers."""

    GEOJSON = "geojson"
    GPKG = "gpkg"
    SHAPEFILE = "shapefile"
    FLATGEOBUF = "flatgeobuf"
    KML = "kml"
    CSV = "csv"


SEVERAL = {Format.GPKG, Format.SHAPEFILE}  # a file of them holds several layers
_IN_DEGREES = {Format.GEOJSON, Format.KML}

_LAND = (
    Field("kind", str, "kind"), Field("reference", str, "reference"), Field("name", str, "name"),
    Field("site", str, "site"), Field("part", int, "part"), Field("purpose", str, "purpose"),
    Field("disposal", str, "disposal"), Field("stage", str, "stage"),
    Field("district", str, "district"), Field("tenure", str, "tenure"),
    Field("located_by", str, "located_by"), Field("area_hectares", float, "area_ha"),
    Field("area_acres", float, "area_acres"), Field("boundary_from", str, "bdy_from"),
    Field("boundary_source", str, "bdy_source"), Field("is_indicative", bool, "indicative"),
    Field("licence", str, "licence"), Field("revision", int, "revision"),
    Field("edition", str, "edition"), Field("officer", str, "officer"),
    Field("on_hold_because", str, "on_hold"), Field("preferred_bidder", str, "pref_bidr"),
    Field("preferred_bid_pounds", float, "pref_bid"),
)  # fmt: skip
COLUMNS = {
    LayerName.SITES: _LAND,
    LayerName.PARTS: _LAND,
    LayerName.CONSTRAINTS: (
        Field("reference", str, "reference"), Field("kind", str, "kind"),
        Field("name", str, "name"), Field("site", str, "site"),
        Field("standing", str, "standing"), Field("beneficiary", str, "beneficiar"),
        Field("source", str, "source"), Field("effective_from", date, "from_date"),
        Field("effective_to", date, "to_date"),
    ),
    LayerName.MILESTONES: (
        Field("reference", str, "reference"), Field("no", int, "no"), Field("name", str, "name"),
        Field("owner", str, "owner"), Field("when", str, "when"),
        Field("earliest_on", date, "earliest"), Field("latest_on", date, "latest"),
        Field("kind", str, "kind"), Field("is_reading", bool, "is_reading"),
        Field("baseline", str, "baseline"), Field("because", str, "because"),
        Field("met", bool, "met"), Field("is_overdue", bool, "is_overdue"),
        Field("source", str, "source"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What a file came to hold.

    Attributes:
        crs: 27700 or 4326.
        features: by layer.
        notes: what the reader of the file should know: what was left out, what was cut short.
    """

    crs: int
    features: dict[str, int]
    notes: list[str] = field(default_factory=list)


def export(
    register: Register,
    path: Path,
    form: Format,
    asked: Asked,
    *,
    names: Sequence[LayerName] = (),
    crs: int | None = None,
) -> Written:
    """Write layers of the register, whole or not at all; the same register gives the same bytes.

    Args:
        names: the layers. Without them: all that the audience may see, where the format holds
            several; else sites and parts together, which `kind` tells apart.
        crs: 27700 (metres) or 4326 (degrees, by OSTN15). Without it, metres, but for GeoJSON
            and KML degrees.

    Raises:
        NoSuchCase, BadFact: a reference, a stage or a layer that can't be had.
        CannotWrite: the file can't be written; what was there before stays.
        NotInBritain: a shape has no place in WGS 84; names its site.
    """
    system = crs or (WGS84 if form in _IN_DEGREES else GRID)
    if form is Format.KML and system != WGS84:
        raise BadFact("KML is always in longitude and latitude. Leave `--crs` out, or use another.")
    chosen, notes = _chosen(form, asked, names)
    if form is Format.GEOJSON and system == GRID:
        notes.append(
            "GeoJSON is WGS 84 by its standard (RFC 7946). This file is in metres of the National "
            "Grid and says so in the older `crs` member, which not every program reads."
        )
    with layers(register, asked) as take, _no_search_for_cycles():
        if form in SEVERAL:
            write = write_gpkg if form is Format.GPKG else write_shapefile
            made = write(path, [_layer(take, asked, name) for name in chosen], crs=system)
            return Written(system, made.features, notes + _cut_short(made.shortened))
        layer = _layer(take, asked, *chosen)
        written = _single(path, form, layer, system)
        return Written(system, {layer.name: written}, notes)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A layer is millions of values in no cycle; looking for one takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _chosen(
    form: Format, asked: Asked, names: Sequence[LayerName]
) -> tuple[list[LayerName], list[str]]:
    """The layers to write, and what is to be said of those left out.

    Raises:
        BadFact: a layer that the audience may not see, or that can't be in one table.
    """
    usual = list(LayerName) if form in SEVERAL else [LayerName.SITES, LayerName.PARTS]
    wanted = list(dict.fromkeys(names)) or usual
    hidden = [name for name in wanted if not fields_shown(name, asked.audience)]
    if hidden and names:
        raise BadFact(
            f"Nothing of the layer {listed(hidden)} is open, so there is none for the "
            f"{asked.audience}. For an officer's own use: `--audience officer`."
        )
    shown = [name for name in wanted if name not in hidden]
    if form not in SEVERAL and len({COLUMNS[name] for name in shown}) > 1:
        raise BadFact(
            f"A file of this format is one table, and {listed(shown)} have different fields. "
            "Write a file for each, or a GeoPackage, which holds them all."
        )
    return shown, [f"Nothing of {name} is open, so it was left out." for name in hidden]


def _layer(take: Callable[..., Iterator[Batch]], asked: Asked, *names: LayerName) -> Layer:
    shown = set(fields_shown(names[0], asked.audience))
    fields = [each for each in COLUMNS[names[0]] if each.name in shown]
    return Layer("_and_".join(names), fields, lambda: take(*names))


def _single(path: Path, form: Format, layer: Layer, crs: int) -> int:
    if form is Format.GEOJSON:
        return write_geojson_batches(path, layer.batches(), crs=crs)
    if form is Format.CSV:
        return write_points(path, layer, crs=crs)
    made = write_single(path, layer, KML if form is Format.KML else FLATGEOBUF, crs=crs)
    return sum(made.features.values())


def _cut_short(shortened: Sequence[tuple[str, str, str]]) -> list[str]:
    return [
        f"{layer}: {name} of {id_} was cut to 254 bytes, as much as a Shapefile holds."
        for layer, id_, name in shortened
    ]
