"""The problems of the land as a map layer, for officers."""

from collections.abc import Iterable
from pathlib import Path

from shapely import Point

from sites.checks import Problem
from sites.writing import Feature, write_geojson


def write_problems(path: Path, problems: Iterable[Problem]) -> int:
    """Write each problem where it lies, as GeoJSON; says how many features.

    Raises:
        CannotWrite: the file can't be written; what was there before stays.
    """
    return write_geojson(
        path,
        (
            Feature(
                f"{each.kind}-{no}",
                each.shape if each.shape is not None else each.place and Point(*each.place),
                {
                    "kind": each.kind, "sites": ", ".join(each.refs), "said": each.said,
                    "size_m2": round(each.size_m2, 2),
                },
            )
            for no, each in enumerate(problems, start=1)
        ),
    )  # fmt: skip
