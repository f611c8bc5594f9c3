"""The systems of coordinates that are read, and the labels by which files name them."""

import re
from enum import StrEnum
from functools import lru_cache

from pyproj import CRS
from pyproj.exceptions import CRSError

# EPSG:27700, urn:ogc:def:crs:EPSG:6.9:27700, http://www.opengis.net/def/crs/EPSG/0/27700, 27700
_CODE = re.compile(r"(\S{0,60}epsg\D{0,5}([\d.]{1,9}[:/])?)?(?P<code>\d{4,6})", re.IGNORECASE)
_NAMELESS = {"", "unknown", "unnamed"}
# PROJ is asked only of definitions: it would try each bare word at length against all its names.
_DEFINITION = re.compile(r"\s*([a-z_]{3,20}\s*\[|\{|\+|urn:)", re.IGNORECASE)


class System(StrEnum):
    """A system of coordinates that is read; none but these."""

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
    System.WEB_MERCATOR: (3857, 900913, 3785),
    System.EUROPE: (3035,),
    System.UTM_30: (32630, 25830),
    System.UTM_31: (32631, 25831),
    System.IRISH: (29900, 29901, 29902, 29903, 2157),
}
_NAMES = {
    System.BRITISH: "osgb36 osgb britishnationalgrid bng nationalgrid osgrid osnationalgrid "
    "eastingnorthing eastingsnorthings osgb1936 osgb36britishnationalgrid "
    "osgb1936britishnationalgrid",
    System.DEGREES: "wgs84 wgs1984 gcswgs1984 etrs89 crs84 ogccrs84 wgs84crs84 latlong latlon "
    "lonlat longlat degrees",
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


@lru_cache(maxsize=256)  # a register repeats its label on every row, and PROJ searches at length
def system_of(stated: str | None) -> System | str | None:
    """The system that a label names, however it is written.

    Returns:
        None where it names none; the name alone of one that is not read.
    """
    if not stated or not stated.strip():
        return None
    numbered = _CODE.fullmatch(stated.strip())
    known = _BY_LABEL.get(numbered["code"] if numbered else _plain(stated))
    if known is not None or not (numbered or _DEFINITION.match(stated)):
        return known
    try:
        asked = f"EPSG:{numbered['code']}" if numbered else stated
        named = CRS.from_user_input(asked).to_2d()
    except CRSError:
        return None
    code = named.to_epsg(min_confidence=70)
    name = None if _plain(named.name) in _NAMELESS else named.name
    return _BY_LABEL.get(str(code) if code else _plain(named.name), name)


def _plain(label: str) -> str:
    return re.sub(r"[^a-z0-9]", "", label.lower())
