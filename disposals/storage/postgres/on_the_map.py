"""The boundaries as geometry, for whoever opens a register in QGIS with an officer's rights."""

# ruff: noqa: S608 (what is put into the statements is of this program alone)
from collections.abc import Collection, Iterator, Mapping

ON_THE_MAP, INDEX = "boundary_on_the_map", "ix_boundary_shape"
GONE = (f"DROP VIEW IF EXISTS {ON_THE_MAP}", f"DROP INDEX IF EXISTS {INDEX}")
_TOLD_OF_A_BOUNDARY = (
    "id", "site_ref", "part_no", "revision", "area_m2", "origin", "source", "licence",
    "is_indicative", "effective_from", "effective_to",
)  # fmt: skip
# Typed, so that QGIS knows kind and grid; the index serves only what is written as in the view.
_SHAPE = "CAST({postgis}.ST_GeomFromWKB({shape}, 27700) AS {postgis}.geometry(MultiPolygon, 27700))"
# As `sites.boundaries.standing` has it: of the revisions since the last one without a first day,
# that of the latest day. Asked row by row, for a window would keep a map's box from the index.
_STANDS = """b.id = (
    SELECT o.id FROM boundary o
    WHERE o.site_ref = b.site_ref AND coalesce(o.part_no, 0) = coalesce(b.part_no, 0)
    AND o.revision >= coalesce((
        SELECT max(n.revision) FROM boundary n
        WHERE n.site_ref = b.site_ref AND coalesce(n.part_no, 0) = coalesce(b.part_no, 0)
        AND n.effective_from IS NULL
    ), 0)
    ORDER BY o.effective_from DESC NULLS LAST, o.revision DESC LIMIT 1
)"""
_HAS_ENDED = """(b.part_no IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM site_part p WHERE p.site_ref = b.site_ref AND p.no = b.part_no
    AND p.id NOT IN (SELECT e.part_id FROM part_ending e WHERE e.site_ref = b.site_ref)
))"""


def made(columns: Mapping[str, Collection[str]], postgis: str) -> Iterator[str]:
    """The statements that make the view, and the index by which a map finds its box.

    Args:
        columns: those of every table there is; a register of an older format has fewer of both.
        postgis: the schema that PostGIS lies in.
    """
    told = [f"b.{name}" for name in _TOLD_OF_A_BOUNDARY if name in columns["boundary"]]
    if "part_ending" in columns:
        told.append(f"NOT {_HAS_ENDED} AND {_STANDS} AS is_current")
        told.append(f"{_HAS_ENDED} AS is_of_ended_part")
    indexed, seen = (_SHAPE.format(postgis=postgis, shape=of) for of in ("shape", "b.shape"))
    yield f"CREATE INDEX {INDEX} ON boundary USING gist (({indexed}))"
    yield f"CREATE VIEW {ON_THE_MAP} AS SELECT {', '.join(told)}, {seen} AS shape FROM boundary b"
