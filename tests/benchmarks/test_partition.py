"""How long it takes to prove that parts make up their sites, beside a GeoPandas overlay of them.

Two thousand sites of 40 vertices, each cut in two; in turn, in one run, and the ratio round by
round is what counts, because the machine's speed drifts. GeoPandas has the fairer chance: one
overlay over all sites is far faster than one for each. Run it with `make bench`.
"""

import time
from collections.abc import Callable
from math import cos, pi, sin
from statistics import median

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, MultiPolygon, Polygon

from sites.cutting import by_lines
from sites.errors import NotAPartition
from sites.geometry import on_grid
from sites.split import fit, prove_partition

ROUNDS = 7
SITES = 2_000
VERTICES = 40
EAST, NORTH = 540_000, 150_000
APART_M = 200
AT_LEAST = 5

Split = tuple[MultiPolygon, dict[int, MultiPolygon]]


def split_sites() -> list[Split]:
    draw = np.random.default_rng(27700)
    made: list[Split] = []
    turns = np.linspace(0, 2 * pi, VERTICES, endpoint=False)
    while len(made) < SITES:
        x, y = EAST + APART_M * (len(made) % 50), NORTH + APART_M * (len(made) // 50)
        far = draw.uniform(30, 60, VERTICES)
        outline = np.column_stack([x + far * np.cos(turns), y + far * np.sin(turns)])
        site = on_grid(Polygon(outline))
        bearing = draw.uniform(0, pi)
        east, north = cos(bearing) * 80, sin(bearing) * 80
        pieces = by_lines(site, [LineString([(x - east, y - north), (x + east, y + north)])])
        if len(pieces) == 2:
            made.append(fit(site, dict(enumerate(pieces, start=1))))
    return made


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_a_proof_beside_an_overlay_of_the_same_sites_and_parts() -> None:
    split = split_sites()
    sites = gpd.GeoDataFrame({"site": range(SITES)}, geometry=[s for s, _ in split], crs=27700)
    parts = gpd.GeoDataFrame(
        {"of": np.repeat(range(SITES), 2)},
        geometry=[part for _, both in split for part in both.values()],
        crs=27700,
    )

    def overlay() -> tuple[float, float]:
        """The gaps, and the land of the sites that the parts take up."""
        gaps = gpd.overlay(sites, parts, how="difference")
        taken = gpd.overlay(sites, parts, how="intersection")
        return gaps.area.sum(), taken.area.sum()

    def prove() -> None:
        for site, both in split:
            prove_partition(site, both)

    gaps, taken = overlay()
    assert gaps < 0.01
    assert taken == pytest.approx(sites.area.sum())
    rounds = [(seconds(overlay), seconds(prove)) for _ in range(ROUNDS)]
    ratios = [overlaid / proven for overlaid, proven in rounds]
    print(f"\n{SITES:,} sites of {VERTICES} vertices, each in two parts")
    for (overlaid, proven), ratio in zip(rounds, ratios, strict=True):
        print(f"overlay {overlaid:.3f} s, proof {proven:.3f} s, {ratio:.1f} ×")
    print(f"median {median(ratios):.1f} × (sought: at least {AT_LEAST})")
    assert median(ratios) >= AT_LEAST


def test_what_the_fast_proof_refuses_is_what_the_overlay_finds() -> None:
    for site, both in split_sites()[::200]:
        short = {**both, 2: on_grid(both[2].buffer(-0.05))}
        with pytest.raises(NotAPartition) as refused:
            prove_partition(site, short)
        left = gpd.GeoSeries([site]).difference(gpd.GeoSeries(list(short.values())).union_all())
        assert refused.value.fault == "gap"
        assert refused.value.size_m2 == pytest.approx(left.area.sum(), abs=0.01)
