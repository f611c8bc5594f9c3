"""Who may approve what: a council's scheme of delegation, by value, tenure and area, as data.

`delegation/COUNCIL.toml` beside the policy files holds one entry for each office and limit.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from disposals.policy import Policy
from disposals.vocabulary import Interest
from disposals.words import money

_M2_IN_A_HECTARE = 10_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a taker may take a decision, and the sentence that says why."""

    may: bool
    says: str


def in_charge(
    policy: Policy,
    taker: str,
    *,
    value_pence: int,
    tenures: Collection[Interest | None],
    area_m2: float | None,
) -> Verdict | None:
    """Whether a decision lies within the limits of its taker; None where none are laid down.

    Args:
        taker: the role, such as "Deputy Leader and Cabinet Member for Finance".
        value_pence: over the whole and all its parts.
        tenures: what is sold; None among them where that is not known.
        area_m2: square metres; None where not known.
    """
    entries = [entry for entry in _entries(policy.authority) if _stands(entry, policy)]
    if not entries:
        return None
    held = [entry for entry in entries if _is_office(taker, entry["office"])]
    if not held:
        return Verdict(may=False, says=f"the scheme of delegation does not name the {taker}.")
    refused = ""
    for entry in held:
        beyond = _beyond(entry, value_pence, tenures, area_m2)
        if not beyond:
            return Verdict(may=True, says=f"within the limits of the {taker} ({entry['source']}).")
        refused = f"the {taker} may decide {beyond} ({entry['source']})."
    return Verdict(may=False, says=refused)


def _beyond(
    entry: dict[str, Any],
    value_pence: int,
    tenures: Collection[Interest | None],
    area_m2: float | None,
) -> str:
    """The limit that is passed, as a phrase; "" where none is."""
    limit = entry.get("up_to_pounds")
    if limit is not None and value_pence > limit * 100:
        return f"up to {money(limit * 100)}, and this comes to {money(value_pence)}"
    allowed = entry.get("tenures")
    strange = [] if allowed is None else [each for each in tenures if each not in (*allowed, None)]
    if strange:
        return f"on {' and '.join(allowed or ())} only, and this is a {strange[0]}"
    hectares = entry.get("up_to_hectares")
    if hectares is not None and (area_m2 is None or area_m2 > hectares * _M2_IN_A_HECTARE):
        size = "not recorded" if area_m2 is None else f"{area_m2 / _M2_IN_A_HECTARE:.3f} ha"
        return f"up to {hectares} ha, and the area is {size}"
    return ""


def _is_office(taker: str, office: str) -> bool:
    """Whether a role holds an office: “Cabinet Member for Finance” is a Cabinet Member."""
    wanted = office.casefold()
    return any(
        role.strip() == wanted or role.strip().startswith((f"{wanted} for ", f"{wanted} of "))
        for role in taker.casefold().split(" and ")
    )


def _stands(entry: dict[str, Any], policy: Policy) -> bool:
    ends = entry.get("to")
    return bool(entry["from"] <= policy.on and (ends is None or policy.on <= ends))


@cache
def _entries(authority: str) -> tuple[dict[str, Any], ...]:
    path = files("disposals.policy") / "delegation" / f"{authority}.toml"
    if not path.is_file():
        return ()
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["delegation"])
