"""Opening a case: of whole sites, or of a part; new, or taken on while under way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from disposals.casework.acts import Stamp, enter
from disposals.casework.validating import named, required, validated
from disposals.errors import AlreadyRecorded, BadFact, NotAllowed, NotRecorded
from disposals.finding import find_case, find_site, holdings_of
from disposals.readiness import definition_of, definition_on
from disposals.records.cases import Disposal, Holding
from disposals.register import Register
from disposals.words import listed, plainly
from sites import parts

_REFERENCE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Share:
    """What a disposal takes in of one site.

    Attributes:
        interest: "freehold" or "lease"; None while it is not known.
        percent: how much of the interest the council sells, 1 to 100.
    """

    site_ref: str
    interest: str | None = None
    percent: int = 100


def open_case(
    register: Register,
    ref: str,
    stamp: Stamp,
    *,
    name: str,
    holds: Iterable[Share],
    workflow: str = "open-market-sale",
    officer: str | None = None,
    stage: str | None = None,
    because: str | None = None,
) -> None:
    """Open a disposal of one or several sites.

    Args:
        ref: small letters, digits and hyphens, such as `steele-avenue`.
        holds: at least one site, each recorded before.
        stage: for a case taken over while under way, the stage at which it stands; a reason is
            then asked for.

    Raises:
        BadFact: the reference is not of that form, or a reason is missing.
        AlreadyRecorded: the reference is taken.
        NotRecorded: a site is not in the register.
        NotAllowed: a site is being sold already.
    """
    if not _REFERENCE.fullmatch(ref):
        raise BadFact(
            f"“{ref}” can't be a reference: use small letters, digits and hyphens, such as "
            "steele-avenue."
        )
    if stage is not None:
        because = required(because, f"take on a case at {plainly(stage)}")
    with register.write() as session:
        enter_case(
            session, ref, stamp, name=name, authority=register.authority, holds=tuple(holds),
            workflow=workflow, officer=officer, stage=stage, because=because,
        )  # fmt: skip


def open_part(
    register: Register,
    whole_ref: str,
    part_no: int,
    stamp: Stamp,
    *,
    stage: str,
    because: str,
) -> None:
    """Take on a part of a site that was being sold on its own before it came into the register.

    Raises:
        NotRecorded: the site has no part of that number.
    """
    with register.write() as session:
        enter_part(
            session, find_case(session, whole_ref), part_no, stamp, stage=stage, because=because
        )


def enter_case(
    session: Session,
    ref: str,
    stamp: Stamp,
    *,
    name: str,
    authority: str,
    holds: tuple[Share, ...],
    workflow: str,
    officer: str | None,
    stage: str | None,
    because: str | None,
) -> None:
    """Write a new case into a session that is open: its history entry first, then the case."""
    if not holds:
        raise BadFact("A disposal takes in at least one site: add `--site REF`.")
    if len({share.site_ref for share in holds}) < len(holds):
        raise BadFact("The same site is named twice.")
    if session.get(Disposal, ref) is not None:
        raise AlreadyRecorded(f"There is a disposal {ref} already; it was left as it is.")
    definition = definition_on(session, workflow, stamp.on)
    first = definition.stage(stage or definition.initial).name
    if first in set(definition.ends) - {"in_parts"}:
        raise BadFact(f"A case is not opened at {plainly(first)}; it gets there by its moves.")
    for share in holds:
        _refuse_held(session, share.site_ref)
        find_site(session, share.site_ref)
    _enter(
        session,
        stamp,
        because=because,
        case={
            "ref": ref, "name": name, "authority": authority,
            "officer": None if officer is None else named(officer, "`--officer NAME`"),
            "workflow": workflow, "workflow_version": definition.version, "stage": first,
        },
    )  # fmt: skip
    for share in holds:
        session.add(
            validated(
                Holding,
                {
                    "disposal_ref": ref, "site_ref": share.site_ref,
                    "interest": share.interest, "share_percent": share.percent,
                },
            )
        )  # fmt: skip


def enter_part(
    session: Session, whole: Disposal, part_no: int, stamp: Stamp, *, stage: str, because: str
) -> None:
    """Write the case of one part into a session that is open; it inherits what the whole has.

    Raises:
        NotAllowed: the whole takes in several sites.
        NotRecorded: the site has no part of that number.
    """
    holdings = holdings_of(session, whole.ref)
    if len(holdings) > 1:
        raise NotAllowed(
            f"{whole.ref} takes in {len(holdings)} sites; only a disposal of one site is sold in "
            "parts. Open a disposal for each site instead."
        )
    holding = holdings[0]
    standing = parts.in_force(session, holding.site_ref)
    part = next((each for each in standing if each.no == part_no), None)
    if part is None:
        raise NotRecorded(f"The site {holding.site_ref} has no part {part_no}.")
    ref = f"{whole.ref}/part-{part_no}"
    _enter(
        session,
        stamp,
        because=because,
        case={
            "ref": ref, "name": f"{whole.name}, {part.name}", "whole_ref": whole.ref,
            "part_no": part_no, "authority": whole.authority, "officer": whole.officer,
            "workflow": whole.workflow, "workflow_version": whole.workflow_version,
            "stage": stage,
        },
    )  # fmt: skip
    session.add(
        validated(
            Holding,
            {
                "disposal_ref": ref, "site_ref": holding.site_ref, "part_no": part_no,
                "interest": holding.interest, "share_percent": holding.share_percent,
            },
        )
    )  # fmt: skip
    session.flush()


def _refuse_held(session: Session, site_ref: str) -> None:
    """Refuse a second disposal of land that is being sold already."""
    held = session.exec(
        select(Disposal)
        .join(Holding, col(Holding.disposal_ref) == col(Disposal.ref))
        .where(Holding.site_ref == site_ref)
    ).all()
    going = [case.ref for case in held if not definition_of(session, case).is_end(case.stage)]
    if going:
        raise NotAllowed(f"{site_ref} is being sold already: {listed(going)}.")


def _enter(session: Session, stamp: Stamp, *, because: str | None, case: dict[str, object]) -> None:
    if session.get(Disposal, case["ref"]) is not None:
        raise AlreadyRecorded(f"There is a disposal {case['ref']} already; it was left as it is.")
    enter(  # the register refuses a case whose stage no entry explains
        session,
        str(case["ref"]),
        {
            "no": 1, "act": "open", "by": stamp.by, "on": stamp.on, "at": stamp.at,
            "because": because, "to_stage": case["stage"],
        },
    )  # fmt: skip
    session.add(validated(Disposal, {**case, "opened_on": stamp.on, "version": 1}))
    session.flush()


def part_numbers(session: Session, ref: str) -> list[int]:
    """The numbers of the parts of the one site that a case takes in."""
    sites = [holding.site_ref for holding in holdings_of(session, ref)]
    return [part.no for part in parts.of_sites(session, sites)]
