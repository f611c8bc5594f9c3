"""The published examples: real cases, told as data, entered through the same acts as any other."""

import json
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from disposals.casework import (
    bids,
    burdens,
    evidence,
    links,
    marketing,
    meetings,
    offers,
    opening,
    programme,
    recording,
    sites,
    splitting,
)
from disposals.casework.acts import Stamp
from disposals.casework.parts import NewPart
from disposals.disclosure.seen import versions
from disposals.milestones import when
from disposals.network import lag
from disposals.register import Register, create_register
from disposals.storage.address import Place
from disposals.vocabulary import Mark, Origin

_BY = "published papers"


def create(name: str, place: Place, *, at: datetime) -> None:
    """Make a register that holds an example and stands on the example's own day.

    Args:
        name: the example's folder.

    Raises:
        AlreadyRecorded: something is at the place already; it is left as it is.
        CannotWriteRegister: the folder or its disk can't be written.
    """
    folder = files(__name__) / name
    about = tomllib.loads((folder / "example.toml").read_text(encoding="utf-8"))

    def fill(register: Register) -> None:
        stamp = Stamp(by=_BY, on=about["stands_on"], at=at)
        for file in about["cases"]:
            case = tomllib.loads((folder / file).read_text(encoding="utf-8"))
            drawn = (folder / case["boundaries"]).read_text("utf-8") if "boundaries" in case else ""
            _enter(register, case, _shapes(drawn), stamp)

    create_register(
        place, authority=about["authority"], at=at, stands_on=about["stands_on"], example=name,
        fill=fill,
    )  # fmt: skip


def _enter(
    register: Register, case: Mapping[str, Any], shapes: Mapping[str, Any], stamp: Stamp
) -> None:
    for site in case.get("site", ()):
        sites.add_site(register, site["ref"], site["facts"], stamp)
        for kind in ("constraint", "occupation"):
            for burden in site.get(kind, ()):
                shape = shapes[burden.pop("shape")] if "shape" in burden else None
                burdens.add_burden(
                    register, site["ref"], kind, {**burden, "shape": shape and shape.wkb}, stamp,
                    seen={},
                )  # fmt: skip
        for boundary in site.get("boundary", ()):
            _draw(register, site["ref"], boundary, shapes, stamp)
        if "split" in site:
            _split(register, site["ref"], site["split"], shapes, stamp)
    for disposal in case["disposal"]:
        opening.open_case(
            register, disposal["ref"], stamp, name=disposal["name"],
            holds=[opening.Share(**share) for share in disposal["holds"]],
            workflow=disposal.get("workflow", "open-market-sale"),
            officer=disposal.get("officer"), stage=disposal.get("stage"),
            because=disposal.get("because"),
        )  # fmt: skip
        for part in disposal.get("part", ()):
            opening.open_part(
                register, disposal["ref"], part["no"], stamp,
                stage=part["stage"], because=part["because"],
            )  # fmt: skip
    for meeting in case.get("meeting", ()):
        meetings.plan(register, stamp=stamp, **meeting)
    for told in case.get("act", ()):
        facts = dict(told)
        ref = facts.pop("disposal")
        _ACTS[facts.pop("do")](register, ref, facts, stamp, versions(register, ref)[ref])


def _origin(told: Mapping[str, Any]) -> sites.Provenance:
    begins, ends = told["effective_as_written"], told.get("effective_to_as_written")
    return sites.Provenance(
        origin=Origin(told["origin"]), source=told["source"], because=told["because"],
        licence=told.get("licence"), is_indicative=told["is_indicative"],
        effective_from=when(begins).earliest, effective_as_written=begins,
        effective_to=when(ends).latest if ends else None, effective_to_as_written=ends,
    )  # fmt: skip


def _draw(
    register: Register,
    site_ref: str,
    told: Mapping[str, Any],
    shapes: Mapping[str, Any],
    stamp: Stamp,
) -> None:
    sites.draw(register, site_ref, shapes[told["shape"]], _origin(told), stamp, seen={})


def _split(
    register: Register,
    site_ref: str,
    told: Mapping[str, Any],
    shapes: Mapping[str, Any],
    stamp: Stamp,
) -> None:
    made = [
        NewPart(part["no"], part["name"], part["purpose"], shapes[part["shape"]])
        for part in told["part"]
    ]
    splitting.split(register, site_ref, made, _origin(told), stamp, seen={})


def _shapes(geojson: str) -> dict[str, Any]:
    """The shapes of a GeoJSON text by feature id, in EPSG:27700."""
    if not geojson:
        return {}
    from shapely.geometry import shape

    from sites.geometry import on_grid
    from sites.projection import from_wgs84

    drawn = {}
    for feature in json.loads(geojson)["features"]:
        projected = from_wgs84(shape(feature["geometry"]))
        is_area = projected.geom_type.endswith("Polygon")
        drawn[feature["id"]] = on_grid(projected) if is_area else projected
    return drawn


def _evidence(
    register: Register, ref: str, facts: dict[str, Any], stamp: Stamp, version: int
) -> None:
    evidence.add(register, ref, facts.pop("of"), facts, stamp, seen=version)


def _bid(register: Register, ref: str, facts: dict[str, Any], stamp: Stamp, version: int) -> None:
    offers.receive(register, ref, facts, stamp, seen=version)


def _shortlist(
    register: Register, ref: str, facts: dict[str, Any], stamp: Stamp, version: int
) -> None:
    bids.shortlist(
        register, ref, facts["bidders"], stamp, seen=version, because=facts["because"],
        declined_because=facts.get("declined_because"),
    )  # fmt: skip


def _prefer(
    register: Register, ref: str, facts: dict[str, Any], stamp: Stamp, version: int
) -> None:
    bids.prefer(register, ref, facts["bidder"], stamp, seen=version, because=facts["because"])


def _campaign(
    register: Register, ref: str, facts: dict[str, Any], stamp: Stamp, version: int
) -> None:
    marketing.begin(register, ref, facts, stamp, seen=version)


def _milestone(
    register: Register, ref: str, facts: dict[str, Any], stamp: Stamp, version: int
) -> None:
    programme.set_milestone(
        register, ref, facts["name"], when(facts["when"]), stamp, seen=version, no=facts["no"],
        mark=Mark(facts["mark"]) if "mark" in facts else None, only_if=facts.get("only_if"),
        source=facts["source"], is_reading=facts.get("is_reading", False), is_open=True,
    )  # fmt: skip


def _link(register: Register, ref: str, facts: dict[str, Any], stamp: Stamp, version: int) -> None:
    links.link(register, ref, facts["no"], facts["after"], lag(facts["lag"]), stamp, seen=version)


def _paper(register: Register, ref: str, facts: dict[str, Any], stamp: Stamp, version: int) -> None:
    recording.record(register, ref, "paper_section", facts, stamp, seen=version)


_Act = Callable[[Register, str, dict[str, Any], Stamp, int], None]
_ACTS: Mapping[str, _Act] = {
    "evidence": _evidence,
    "campaign": _campaign,
    "bid": _bid,
    "shortlist": _shortlist,
    "prefer": _prefer,
    "milestone": _milestone,
    "paper": _paper,
    "link": _link,
}
