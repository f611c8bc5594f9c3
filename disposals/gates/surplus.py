"""Gates on leaving surplus declaration: declared, offered to other services, member told."""

from disposals.casefile import CaseFile
from disposals.gates import gate, to_edit
from disposals.records.surplus import Circulation, Declaration
from disposals.words import day
from sites.record import Known
from workflows.gates import Answer, by, met, unknown, unmet


@gate(
    "surplus.declared",
    asks="Has the holding service declared the land surplus?",
    rule="surplus.declared",
    owner="holding service",
    remedy="surplus add",
    reads=(Declaration,),
)
def declared(file: CaseFile) -> Answer:
    """Land is disposed of only when the service that holds it no longer needs it."""
    declaration = file.latest(Declaration)
    if declaration is None:
        return unmet("No surplus declaration is recorded.")
    when = (
        f"on {day(declaration.declared_on)}"
        if declaration.declared_on
        else declaration.as_written or "on a day that is not recorded"
    )
    return met(f"Declared surplus by {declaration.declared_by} {when}.")


@gate(
    "surplus.authority",
    asks="Under what authority was the land declared surplus?",
    rule="surplus.authority",
    owner="holding service",
    remedy="surplus edit",
    reads=(Declaration,),
)
def authority(file: CaseFile) -> Answer:
    """A declaration is somebody's decision, and the record says by what right."""
    declaration = file.latest(Declaration)
    if declaration is None:
        return unmet("No surplus declaration is recorded.", remedy=by("surplus add"))
    if not declaration.authority:
        return unmet(
            f"{declaration.declared_by} declared it; under what authority is not recorded.",
            remedy=to_edit(file, "surplus edit", declaration, "authority"),
        )
    return met(f"Under {declaration.authority}.")


@gate(
    "surplus.circulated",
    asks="Has the land been offered to the council's other services?",
    rule="surplus.circulated",
    owner="estates officer",
    remedy="surplus circulate",
    reads=(Circulation,),
)
def circulated(file: CaseFile) -> Answer:
    """Another service may need what the holder does not; its time to reply must have passed."""
    circulation = file.latest(Circulation)
    if circulation is None:
        return unmet("No circulation to other services is recorded.")
    if circulation.is_claimed is Known.YES:
        told = (circulation.reply or "no reason is recorded").rstrip(". ")
        return unmet(
            f"A service claims the land: {told}. If the claim is given up, record that, and why.",
            remedy=to_edit(file, "surplus edit", circulation, "claimed", "no"),
        )
    if circulation.is_claimed is Known.NO:
        return met(f"Circulated to {circulation.circulated_to}, and not claimed.")
    if circulation.reply:
        return unknown(
            f"{circulation.circulated_to} replied; does a service claim the land?",
            remedy=to_edit(file, "surplus edit", circulation, "claimed", "YES_OR_NO"),
        )
    if circulation.reply_by is None or file.on <= circulation.reply_by:
        return _may_still_reply(file, circulation)
    return met(
        f"{circulation.circulated_to} made no claim by {day(circulation.reply_by)}.",
    )


def _may_still_reply(file: CaseFile, circulation: Circulation) -> Answer:
    if circulation.reply_by is None:
        return unmet(
            f"{circulation.circulated_to} may still reply; no last day is recorded.",
            remedy=to_edit(file, "surplus edit", circulation, "reply-by", "DATE"),
        )
    return unmet(
        f"{circulation.circulated_to} may still reply until {day(circulation.reply_by)}. Wait "
        "until then.",
        remedy=by(""),
    )
