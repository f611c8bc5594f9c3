"""Map layers for a GIS: sites and parts as RFC 7946 GeoJSON."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from disposals.disclosure.fields import Audience
from disposals.disclosure.sites import features
from disposals.register import Register
from sites.writing import Feature, write_geojson


def geojson(
    register: Register, path: Path, refs: Iterable[str] = (), *, audience: Audience, on: date
) -> int:
    """Write sites and parts in WGS 84, whole or not at all; says how many features.

    Args:
        refs: disposals whose sites are wanted; none means every site.
        on: the day whose boundaries are wanted.

    Raises:
        NoSuchCase: there is no case of one of the references.
        CannotWrite: the file can't be written; nothing is left of it.
    """
    shown = features(register, refs, audience=audience, on=on)
    return write_geojson(path, (Feature(f.id, f.shape, f.properties) for f in shown))
