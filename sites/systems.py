"""The systems of coordinates that are read, the names they go by, and where Great Britain lies."""

import re
from collections.abc import Callable
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely import Polygon

from sites.errors import DoubtfulPosition
from sites.projection import from_wgs84

Floats = NDArray[np.float64]


class System(StrEnum):
    """A system of coordinates that is read, or known well enough to be refused by name."""

    BRITISH = "the National Grid (EPSG:27700)"
    DEGREES = "longitude and latitude (WGS 84)"
    WEB_MERCATOR = "Web Mercator (EPSG:3857)"
    EUROPE = "ETRS89-LAEA Europe (EPSG:3035)"
    UTM_30 = "UTM zone 30N (EPSG:32630)"
    UTM_31 = "UTM zone 31N (EPSG:32631)"
    IRISH = "the Irish Grid"


_CODES = {
    System.BRITISH: (27700, 7405),
    System.DEGREES: (4326, 4258, 4979, 4937),
    System.WEB_MERCATOR: (3857, 900913, 3785, 102100, 102113),
    System.EUROPE: (3035,),
    System.UTM_30: (32630, 25830),
    System.UTM_31: (32631, 25831),
    System.IRISH: (29900, 29901, 29902, 29903, 2157),
}
_NAMES = {
    System.BRITISH: "osgb36 osgb osgb1936 britishnationalgrid bng nationalgrid osgrid "
    "osnationalgrid eastingnorthing eastingsnorthings osgb36britishnationalgrid "
    "osgb1936britishnationalgrid",
    System.DEGREES: "wgs84 wgs1984 gcswgs1984 etrs89 crs84 wgs84crs84 latlong latlon lonlat "
    "longlat latitudelongitude longitudelatitude wgs84latlon wgs84latlong wgs84lonlat gps degrees",
    System.WEB_MERCATOR: "webmercator pseudomercator wgs84pseudomercator "
    "wgs1984webmercatorauxiliarysphere",
    System.EUROPE: "etrs89laeaeurope etrs89extendedlaeaeurope laeaeurope",
    System.UTM_30: "wgs84utmzone30n etrs89utmzone30n utm30n",
    System.UTM_31: "wgs84utmzone31n etrs89utmzone31n utm31n",
    System.IRISH: "irishgrid itm irenet95irishtransversemercator tm65irishgrid tm75irishgrid",
}
_BY_LABEL = {str(code): system for system, codes in _CODES.items() for code in codes} | {
    name: system for system, names in _NAMES.items() for name in names.split()
}
_CODE = re.compile(r"(?:.*(?:epsg|esri|srid)\D*(?:[\d.]+[:/])?)?(\d{4,6})")
_CRS84 = re.compile(r"(?:urn|https?|ogc)\b.*\bcrs84")
_FORMAL = re.compile(r"[a-z]+:\d+(\+\d+)?|.*[\[{].*", re.DOTALL)  # a code, or WKT, or PROJ's JSON

# Great Britain with its islands and Man, some 10 km out to sea, longitude and latitude: drawn
# between the coasts so that Ireland and France lie outside it.
_AROUND = (
    (-6.6, 49.82), (-5.0, 49.82), (-3.6, 50.05), (-1.3, 50.4), (0.3, 50.6), (1.1, 50.82),
    (1.55, 51.05), (1.75, 51.3), (1.75, 51.9), (2.0, 52.45), (2.0, 52.8), (1.2, 53.15),
    (0.6, 53.4), (0.5, 53.7), (0.2, 54.2), (-0.9, 54.8), (-1.1, 55.3), (-1.3, 55.75),
    (-1.6, 56.3), (-1.5, 57.3), (-1.5, 57.8), (-1.3, 59.4), (-0.4, 60.2), (-0.4, 61.0),
    (-1.8, 61.0), (-2.5, 60.1), (-3.7, 59.4), (-4.7, 59.3), (-6.5, 59.3), (-7.4, 58.6),
    (-8.2, 58.3), (-8.7, 58.0), (-8.7, 57.6), (-7.9, 56.6), (-7.3, 56.2), (-6.7, 55.55),
    (-6.1, 55.45), (-5.95, 55.35), (-5.85, 55.2), (-5.7, 55.15), (-5.35, 54.9), (-5.3, 54.6),
    (-5.0, 54.3), (-5.05, 53.4), (-5.1, 52.6), (-5.8, 51.9), (-5.8, 51.55), (-5.0, 51.05),
    (-5.3, 50.6), (-5.9, 50.3), (-6.6, 50.08),
)  # fmt: skip
_GREAT_BRITAIN = from_wgs84(Polygon(_AROUND))
shapely.prepare(_GREAT_BRITAIN)
_LON, _LAT = (-8.8, 2.1), (49.8, 61.1)
_IRELAND_LON, _IRELAND_LAT = (-10.7, -5.4), (51.3, 55.5)
_ZONES = {System.UTM_30: (-6.0, 0.0), System.UTM_31: (0.0, 2.1)}  # of longitude
_DEGREES_FROM = {
    System.WEB_MERCATOR: Transformer.from_crs(3857, 4326, always_xy=True),
    System.EUROPE: Transformer.from_crs(3035, 4258, always_xy=True),
    System.UTM_30: Transformer.from_crs(32630, 4326, always_xy=True),
    System.UTM_31: Transformer.from_crs(32631, 4326, always_xy=True),
    System.IRISH: Transformer.from_crs(2157, 4258, always_xy=True),
}


def named(stated: str | None) -> System | None:
    """The system that a label names, however it is written; None where it names none.

    Args:
        stated: "EPSG:4326", "urn:ogc:def:crs:EPSG::27700", "OSGB36", "Cartesian", WKT …

    Raises:
        DoubtfulPosition: it names a real system that is not read, Irish Grid among them.
    """
    if not stated or not stated.strip():
        return None
    text = stated.strip().lower()
    code = _CODE.fullmatch(text)
    found = _BY_LABEL.get(code[1] if code else _plain(text))
    if _CRS84.fullmatch(text):
        found = System.DEGREES
    found = found or _by_pyproj(stated.strip())
    if found is System.IRISH:
        raise DoubtfulPosition(
            f"It is in {stated}: Ireland has a grid of its own, which OSTN15 does not cover. Give "
            "land in Great Britain in EPSG:27700 or in longitude and latitude."
        )
    return found


def _by_pyproj(stated: str) -> System | None:
    try:
        crs = CRS.from_user_input(stated)
    except CRSError:
        return None
    codes = (each.to_epsg(min_confidence=70) for each in (crs, crs.to_2d()))
    for label in (*map(str, codes), _plain(crs.name)):
        if label in _BY_LABEL:
            return _BY_LABEL[label]
    # PROJ finds a system for many words that name none; one is meant only if it is called that.
    meant = _FORMAL.fullmatch(stated.lower()) or _plain(crs.name) == _plain(stated)
    if crs.is_engineering or not meant:
        return None
    raise DoubtfulPosition(
        f"It is in {crs.name}, which is not read here. Convert it to EPSG:27700 or to longitude "
        "and latitude (EPSG:4326) with OSTN15, as QGIS and GDAL do when they have its grid."
    )


def on_british_grid(xy: Floats, system: System) -> Floats | None:
    """Coordinates of a system as eastings and northings, if all lie in Great Britain; else None.

    Args:
        xy: of shape (n, 2), finite, easting or longitude first.
    """
    british = xy
    if system is not System.BRITISH:
        degrees = _degrees(xy, system)
        if not _within(degrees, _ZONES.get(system, _LON), _LAT):
            return None
        british = shapely.get_coordinates(from_wgs84(shapely.multipoints(degrees)))
    is_inside = shapely.contains_xy(_GREAT_BRITAIN, british[:, 0], british[:, 1])
    return british if is_inside.all() else None


def in_ireland(xy: Floats) -> str | None:
    """What coordinates are that lie in Ireland, in degrees or in its own metres; else None."""
    if _within(xy, _IRELAND_LON, _IRELAND_LAT):
        return "longitude and latitude"
    if _within(_degrees(xy, System.IRISH), _IRELAND_LON, _IRELAND_LAT):
        return "Irish Transverse Mercator (EPSG:2157)"
    return None


def _degrees(xy: Floats, system: System) -> Floats:
    """Longitude and latitude by an exact formula; infinite where it has no answer."""
    convert: Callable[..., tuple[Floats, Floats]] | None = None
    if system in _DEGREES_FROM:
        convert = _DEGREES_FROM[system].transform
    return xy if convert is None else np.column_stack(convert(xy[:, 0], xy[:, 1]))


def _within(xy: Floats, across: tuple[float, float], up: tuple[float, float]) -> bool:
    x, y = xy[:, 0], xy[:, 1]
    inside = (x > across[0]) & (x < across[1]) & (y > up[0]) & (y < up[1])
    return bool(inside.all())


def _plain(label: str) -> str:
    return re.sub(r"[^a-z0-9]", "", label.lower())
