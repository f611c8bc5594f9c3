"""One case on the screen: where it stands, its land, its parts, its evidence, its milestones."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals.cli import output
from disposals.words import area, day, money, plainly
from sites.areas import acres, hectares

_WHOLE_PERCENT = 100
_BOOKKEEPING = frozenset(
    {
        "id", "disposal_ref", "recorded_on", "recorded_at", "recorded_by", "replaces",
        "disclosure", "paragraphs", "exempt_because", "is_illustrative", "inherited", "source",
    }
)  # fmt: skip


def show(case: Mapping[str, Any]) -> None:
    """Print what the audience may see of a case."""
    output.say(f"{case['ref']} · {case['name']}", bold=True)
    output.say(_stages(case["stages"], case["stage"]))
    if case.get("held_on"):
        output.say(f"On hold since {day(case['held_on'])}: {case['held_because']}", fg="yellow")
    if "version" in case:
        output.say(f"Officer: {case['officer'] or 'none named'}. Version {case['version']}.")
    output.table(
        "Land", ["Site", "Part", "Interest", "Area as stated", "Area as drawn", "Name"],
        [
            (
                site["ref"],
                str(site["part_no"] or "whole"),
                _interest(site),
                _stated(site),
                _drawn(site["area_m2"], indicative=bool(site["is_indicative"])),
                site["name"],
            )
            for site in case["sites"]
        ],
    )  # fmt: skip
    if case["parts"]:
        output.table(
            "Parts", ["Case", "Stage", "Name"],
            [(part["ref"], plainly(part["stage"]), part["name"]) for part in case["parts"]],
        )  # fmt: skip
    evidence = [
        (plainly(kind).capitalize() if first else "", _told(row), _marks(row))
        for kind, rows in case["evidence"].items()
        for first, row in ((row is rows[0], row) for row in rows)
    ]
    if evidence:
        output.table("Evidence", ["Kind", "What is recorded", "Marks"], evidence)
    if case["milestones"]:
        output.table(
            "Milestones", ["When", "No", "Milestone", "Case"],
            [(m["when"], str(m["no"]), m["name"], m["reference"]) for m in case["milestones"]],
        )  # fmt: skip


def _stages(stages: list[str], current: str) -> str:
    """The main line with the current stage in brackets, or beside it when it is off the line."""
    line = " → ".join(f"[{plainly(s)}]" if s == current else plainly(s) for s in stages)
    return line if current in stages else f"{line}; now [{plainly(current)}]"


def _drawn(area_m2: float | None, *, indicative: bool) -> str:
    if area_m2 is None:
        return "not drawn"
    measured = area(hectares(area_m2), acres(area_m2))
    return f"{measured}, indicative" if indicative else measured


def _stated(site: Mapping[str, Any]) -> str:
    """What the papers say of the area; they say it of the whole."""
    stated = site.get("stated_area") or ""
    return f"{stated} (the whole)" if stated and site["part_no"] else stated


def _interest(site: Mapping[str, Any]) -> str:
    percent = site["share_percent"]
    share = f"{percent} %" if percent < _WHOLE_PERCENT else ""
    return " ".join(filter(None, (share, site["interest"])))


def _told(row: Mapping[str, Any]) -> str:
    told = [
        f"{plainly(name.removesuffix('_pence').removesuffix('_on'))}: {_value(name, value)}"
        for name, value in row.items()
        if name not in _BOOKKEEPING and value not in (None, False, "")
    ]
    return "; ".join(told) + (f"  [{row['source']}]" if row.get("source") else "")


def _value(name: str, value: Any) -> str:
    if name.endswith("_pence"):
        return money(value)
    if isinstance(value, date):
        return day(value)
    return "yes" if value is True else str(value)


def _marks(row: Mapping[str, Any]) -> str:
    marks = (
        ("from the whole", row.get("inherited")),
        ("illustrative", row.get("is_illustrative")),
        (f"exempt {row.get('paragraphs') or ''}".strip(), row.get("disclosure") == "exempt"),
    )
    return ", ".join(mark for mark, applies in marks if applies)
