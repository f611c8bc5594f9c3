"""The forecast of receipts as files: figures for spreadsheets, a chart with its table."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

from disposals.disclosure.open_receipts import OpenReceipts
from disposals.disclosure.receipt_basis import in_a_sentence
from disposals.disclosure.receipts import Receipts
from disposals.exports.workbooks import Sheet, pounds, workbook
from disposals.words import counted, day, money
from sites.plan.choices import Kind
from sites.typesetting import typeset
from sites.writing import whole_file

Told = Receipts | OpenReceipts
_MEASURES = (
    "unadjusted", "risk_adjusted", "secured", "received", "worst", "likely", "best", "target",
    "over_target", "holding", "crunch",
)  # fmt: skip
_OPEN_MEASURES = ("received", "secured", "to_come", "total", "target")
_MOST_CHANGES = 10  # on a chart; the workbook has them all
_MOST_STEPS = 6  # of a scale


def write_receipts(path: Path, told: Told, form: str) -> None:
    """Write the forecast in one form: json, csv, xlsx, svg, pdf or png.

    Raises:
        CannotWrite: the file can't be written; what was there before stays.
    """
    if form == "json":
        made = json.dumps(asdict(told), ensure_ascii=False, indent=2, default=str).encode()
    elif form == "csv":
        made = _csv(told).encode()
    elif form == "xlsx":
        made = workbook(_sheets(told), on=told.on)
    else:
        template = files("disposals.exports") / "receipts.typ"
        drawn = _on_paper(told) | {"paged": form == Kind.PDF}
        made = typeset(template, drawn, kind=Kind(form), on=told.on)
    with whole_file(path) as file:
        file.write(made)


def _rows(told: Told) -> list[Mapping[str, Any]]:
    return [dict(row) if isinstance(row, dict) else asdict(row) for row in told.rows]


def _measures(told: Told) -> tuple[str, ...]:
    return _MEASURES if isinstance(told, Receipts) else _OPEN_MEASURES


def _csv(told: Told) -> str:
    """A line for each figure: period, measure, pounds; what is not published is not there."""
    text = StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(("as_at", "period", "measure", "pounds"))
    for row in _rows(told):
        for name in _measures(told):
            if row[name] is not None:
                lines.writerow(
                    (told.on.isoformat(), row["period"], name, f"{pounds(row[name]):.2f}")
                )
    return text.getvalue()


def _sheets(told: Told) -> Iterator[Sheet]:
    names = _measures(told)
    yield Sheet(
        "Forecast",
        ("period", "cases", *names),
        [
            (row["period"], row["cases"], *(pounds(row[name]) for name in names))
            for row in _rows(told)
        ],
    )
    if isinstance(told, OpenReceipts):
        yield Sheet("Basis", ("note",), [(note,) for note in told.notes])
        return
    yield Sheet(
        "Cases",
        ("reference", "name", "stage", "basis", "sum", "when", "periods", "likely_percent",
         "made_of", "risk_adjusted", "received", "exchanged", "overdue", "on_hold", "not_counted",
         "holding_a_month", "held_to_date"),
        [
            (
                line.reference, line.name, line.stage.replace("_", " "), line.basis,
                pounds(line.amount), line.when,
                "; ".join(f"{period} {money(pence)}" for period, pence in line.pays),
                None if line.likelihood is None else float(line.likelihood),
                "; ".join(f"{what} {percent} %" for what, percent in line.made_of),
                pounds(line.risk_adjusted), pounds(line.received), line.is_secured,
                line.is_overdue, line.on_hold, line.silent, pounds(line.holding_a_month),
                pounds(line.held_to_date),
            )
            for line in told.lines
        ],
    )  # fmt: skip
    yield Sheet(
        "Changes",
        ("reference", "name", "year", "unadjusted", "risk_adjusted", "because"),
        [
            (
                each.reference, each.name, year, pounds(each.unadjusted.get(year, 0)),
                pounds(each.risk_adjusted.get(year, 0)), "; ".join(each.because),
            )
            for each in told.changes
            for year in sorted(each.unadjusted.keys() | each.risk_adjusted.keys())
        ],
    )  # fmt: skip
    yield Sheet(
        "Basis",
        ("what", "entry", "percent", "unit", "source"),
        [
            *((each.table, each.what, each.percent, each.unit, each.source)
              for each in told.weights),
            *((sentence, None, None, None, None) for sentence in (*told.notes, *told.basis)),
            ("Seed", told.seed, None, None, None), ("Draws", told.draws, None, None, None),
            ("Compared with", told.since.isoformat(), None, None, None),
        ],
    )  # fmt: skip


def _on_paper(told: Told) -> dict[str, Any]:
    is_open = isinstance(told, OpenReceipts)
    rows = [_bar(row, is_open=is_open) for row in _rows(told)]
    top = max((each["top"] for each in rows), default=0)
    step = _step(top)
    most = max(1, -(-top // step)) * step
    title = f"{told.council}: capital receipts{f' of {told.year}' if told.year else ''}"
    return {
        "title": title, "on": told.on.isoformat(), "is_open": is_open,
        "subtitle": f"Forecast as at {day(told.on)}, by "
        + ("quarter" if told.year else "financial year"),
        "marking": "" if is_open else "For officers: not for publication",
        "ticks": [
            {"at": at / most, "said": _short(at)} for at in range(0, most + 1, step)
        ],
        "bars": [_scaled(each, most) for each in rows],
        "changes": [] if isinstance(told, OpenReceipts) else list(_changes(told)),
        "since": "" if isinstance(told, OpenReceipts) else day(told.since),
        "notes": list(told.notes),
        "basis": [] if isinstance(told, OpenReceipts) else [
            *told.basis, in_a_sentence(told.weights)
        ],
    }  # fmt: skip


def _bar(row: Mapping[str, Any], *, is_open: bool) -> dict[str, Any]:
    """One period: three sums on each other, the range beside them, the target across."""
    to_come = row["to_come"] if is_open else row["unadjusted"] - row["received"] - row["secured"]
    sums = {"received": row["received"], "secured": row["secured"], "to_come": to_come}
    if is_open and row["total"] is not None and None in sums.values():
        # Of what sort the rest is, is not published; how much it is, is.
        sums["rest"] = max(0, row["total"] - sum(each or 0 for each in sums.values()))
    reach = {} if is_open else {name: row[name] for name in ("worst", "likely", "best")}
    told = {
        "rest": None,
        **sums,
        **reach,
        "target": row["target"],
        "total": row["total"] if is_open else row["unadjusted"],
    }
    if not is_open:
        told |= {"risk_adjusted": row["risk_adjusted"], "holding": row["holding"]}
    return {
        "period": row["period"],
        "cases": "few" if row["cases"] is None else f"{row['cases']:,}",
        "pence": told,
        "top": max(sum(each or 0 for each in sums.values()), row["target"] or 0,
                   reach.get("best", 0)),
        "said": {
            name: _said(pence, is_open=is_open and name != "target")
            for name, pence in told.items()
        },
    }  # fmt: skip


def _said(pence: int | None, *, is_open: bool) -> str:
    if pence is None:
        return "not published" if is_open else ""
    return money(round(pence, -2))


def _scaled(bar: dict[str, Any], most: int) -> dict[str, Any]:
    """The same with every sum as a part of the scale."""
    heights = {
        name: None if pence is None else pence / most for name, pence in bar["pence"].items()
    }
    return {name: bar[name] for name in ("period", "cases", "said")} | {"heights": heights}


def _step(top: int) -> int:
    """A round sum, at most six of which hold the highest, in pence: 1, 2 or 5 and noughts."""
    unit = 100
    while True:
        for each in (1, 2, 5):
            if each * unit * _MOST_STEPS >= top:
                return each * unit
        unit *= 10


def _short(pence: int) -> str:
    """A sum beside an axis: £1.5m, £200k."""
    whole = pence // 100
    for size, letter in ((1_000_000_000, "bn"), (1_000_000, "m"), (1_000, "k")):
        if whole >= size:
            return f"£{whole / size:.4g}{letter}"
    return f"£{whole}"


def _changes(told: Receipts) -> Iterator[str]:
    for year, (unadjusted, adjusted) in told.changed.items():
        yield f"{year}: {_more(unadjusted)} unadjusted, {_more(adjusted)} risk-adjusted."
    for each in told.changes[:_MOST_CHANGES]:
        sums = "; ".join(f"{year} {_more(pence)}" for year, pence in each.unadjusted.items())
        yield f"{each.reference}: {', '.join(each.because)}. {sums}".strip()
    if (more := len(told.changes) - _MOST_CHANGES) > 0:
        yield f"And {counted(more, 'other case')}, in the workbook."


def _more(pence: int) -> str:
    return f"+{money(pence)}" if pence > 0 else money(pence)
