"""Parts drawn elsewhere, made to share every vertex with their site and with each other."""

from collections.abc import Mapping
from functools import partial

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LinearRing, MultiPolygon, Polygon, STRtree

from sites.geometry import nearest_on_grid, on_grid

_Floats = NDArray[np.float64]


def joined(
    site: MultiPolygon, parts: Mapping[int, MultiPolygon], reach_m: float
) -> tuple[MultiPolygon, dict[int, MultiPolygon]]:
    """The site and its parts with common vertices where they come within reach of each other.

    The site keeps its vertices. A vertex of a part goes to the nearest vertex within reach of the
    site or of a part before it, else onto their nearest edge within reach. Then every edge takes
    up the vertices within its reach.

    Args:
        site: EPSG:27700, on the centimetre grid; so are the parts.
        parts: by number; a lower number is laid first.
        reach_m: metres.

    Raises:
        InvalidBoundary: the reach folds a shape over itself, or nothing is left of it.
    """
    nodes, edges = _vertices(site), _edges(site)
    laid: dict[int, MultiPolygon] = {}
    for number in sorted(parts):
        pull = partial(_pulled, nodes=nodes, edges=edges, reach_m=reach_m)
        laid[number] = shapely.transform(parts[number], pull)
        nodes = np.unique(np.vstack([nodes, _vertices(laid[number])]), axis=0)
        edges = np.concatenate([edges, _edges(laid[number])])
    return (
        _noded(site, nodes, reach_m),
        {number: _noded(part, nodes, reach_m) for number, part in laid.items()},
    )


def _pulled(xy: _Floats, *, nodes: _Floats, edges: _Floats, reach_m: float) -> _Floats:
    """Each vertex, or the node or place on an edge that it goes to."""
    points, lines = shapely.points(xy), shapely.linestrings(edges)
    pulled = xy.copy()
    vertex, edge = STRtree(lines).query_nearest(points, max_distance=reach_m, all_matches=False)
    along = shapely.line_locate_point(lines[edge], points[vertex])
    on_edge = shapely.line_interpolate_point(lines[edge], along)
    pulled[vertex] = nearest_on_grid(shapely.get_coordinates(on_edge))
    vertex, node = STRtree(shapely.points(nodes)).query_nearest(
        points, max_distance=reach_m, all_matches=False
    )
    pulled[vertex] = nodes[node]
    return pulled


def _noded(shape: MultiPolygon, nodes: _Floats, reach_m: float) -> MultiPolygon:
    """A shape whose edges have taken up the nodes within reach."""
    tree = STRtree(shapely.points(nodes))
    polygons = [
        Polygon(
            _noded_ring(polygon.exterior, nodes, tree, reach_m),
            [_noded_ring(hole, nodes, tree, reach_m) for hole in polygon.interiors],
        )
        for polygon in shape.geoms
    ]
    # An edge bent towards a vertex of the next one leaves a spike of no width, which goes here.
    return on_grid(MultiPolygon(polygons))


def _noded_ring(ring: LinearRing, nodes: _Floats, tree: STRtree, reach_m: float) -> _Floats:
    xy = shapely.get_coordinates(ring)
    lines = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1))
    edge, node = tree.query(lines, predicate="dwithin", distance=reach_m)
    along = shapely.line_locate_point(lines[edge], shapely.points(nodes[node]))
    between = (along > 0) & (along < shapely.length(lines[edge]))
    order = np.lexsort((along[between], edge[between]))
    edge, node = edge[between][order], node[between][order]
    return np.insert(xy, edge + 1, nodes[node], axis=0)


def _vertices(shape: MultiPolygon) -> _Floats:
    return np.unique(shapely.get_coordinates(shape), axis=0)


def _edges(shape: MultiPolygon) -> _Floats:
    rings = [ring for p in shape.geoms for ring in (p.exterior, *p.interiors)]
    ends = [shapely.get_coordinates(ring) for ring in rings]
    return np.concatenate([np.stack([xy[:-1], xy[1:]], axis=1) for xy in ends])
