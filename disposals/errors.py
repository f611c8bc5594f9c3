"""Every refusal of this package: what was wrong, where, the rule behind it and what to do next."""

from collections.abc import Sequence
from datetime import date, datetime


class DisposalsError(Exception):
    """The root: its text is a sentence that an officer can read and act on."""


class NoSuchCase(DisposalsError):
    """A reference that the register does not hold; names the nearest one that it does."""

    def __init__(self, ref: str, nearest: str | None) -> None:
        hint = (
            f" Did you mean {nearest}?" if nearest else " `disposals list` shows those there are."
        )
        super().__init__(f"There is no disposal “{ref}” in this register.{hint}")
        self.ref = ref
        self.nearest = nearest


class AlreadyRecorded(DisposalsError):
    """A reference or number that is taken."""


class NotRecorded(DisposalsError):
    """An act that builds on something that is not in the register."""


class NotYetOpen(NotRecorded):
    """A case that was opened after the day asked about."""

    def __init__(self, ref: str, opened_on: date) -> None:
        super().__init__(
            f"{ref} was opened on {opened_on.day} {opened_on:%B %Y}, after the day asked about. "
            "Name that day or a later one with `--as-of`."
        )


class NoSuchSite(NotRecorded):
    """A reference of land that the register does not hold; names the nearest one that it does."""

    def __init__(self, ref: str, nearest: str | None) -> None:
        hint = f"Did you mean {nearest}? Else" if nearest else "`disposals site list` shows all;"
        super().__init__(
            f"There is no site “{ref}” in this register. {hint} add it first: "
            f"`disposals site add {ref}`."
        )


class NotAllowed(DisposalsError):
    """An act that the rules or the state of the case forbid."""


class BadFact(DisposalsError):
    """A fact that can't be right: names the field and what was expected."""


class ChangedMeanwhile(DisposalsError):
    """Someone else's act came first: who, when, and where the case stands now."""

    def __init__(
        self, ref: str, *, seen: int, by: str, act: str, at: datetime, stage: str, version: int
    ) -> None:
        super().__init__(
            f"{ref} has changed since you looked at it (you saw version {seen}, it is now "
            f"{version}): {by} recorded “{act}” at {at:%H:%M on %d %B %Y} and it stands at "
            f"{stage.replace('_', ' ')}. Nothing of yours was recorded. Look at it again with "
            f"`disposals show {ref}`, then repeat your command if it still applies."
        )
        self.ref = ref
        self.version = version


class ChangedOnTheMap(DisposalsError):
    """A feature that comes back from a GIS is of another edition than the register's."""

    def __init__(self, site_ref: str, *, exported: str, now: str) -> None:
        super().__init__(
            f"{site_ref} has changed since this layer was exported (edition {exported}, now "
            f"{now}), so nothing of it was taken. Look at `disposals site history {site_ref}`, "
            "export the layer anew, and make the edit on that."
        )
        self.site_ref = site_ref


class NoRule(DisposalsError):
    """A number of law or policy that is not set for the day asked about."""

    def __init__(self, rule: str, authority: str, on: date) -> None:
        super().__init__(
            f"No value is set for “{rule}” on {on.isoformat()} in the policy of {authority} "
            "or of England. Add a dated entry with its source to the policy file."
        )


class RegisterError(DisposalsError):
    """The register can't be used as asked."""


class NoRegister(RegisterError):
    """There is no register at the place."""


class CannotReachRegister(RegisterError):
    """The database server of a register can't be reached, or does not let this user in."""


class NotARegister(RegisterError):
    """Something else is there, or it is damaged."""


class NewerRegister(RegisterError):
    """The register was written by a newer version of this software."""


class OlderRegister(RegisterError):
    """The register was written by an older version of this software and wants an upgrade."""


class WouldLose(RegisterError):
    """In the older format asked for there is no room for something that is recorded."""


class RegisterInUse(RegisterError):
    """Another process held the register for longer than the wait allows."""


class RegisterMoved(RegisterError):
    """The register has another place now; this one can be read, and takes nothing more."""


class CannotWriteRegister(RegisterError):
    """Read-only file, full disk, missing folder or right: the act was not recorded."""


class KeptOut(CannotWriteRegister):
    """Something in the database altered what an act wrote, or kept it out."""

    def __init__(self) -> None:
        super().__init__(
            "Not all that was to be recorded is there: something in the database alters it or "
            "keeps it out. Nothing was recorded. `disposals db check` names what does not belong "
            "there; tell whoever looks after the register."
        )


class NoDocuments(RegisterError):
    """The register's address does not say where its documents lie, or no such folder is there."""


class StageWithoutHistory(RegisterError):
    """A stage was written that no history entry explains; the register refused it."""


class NoneReady(DisposalsError):
    """No part of a site sold in parts, or not the case asked for, may move.

    Attributes:
        outcome: the `Outcome` of the move: every case with every gate as it stands.
    """

    def __init__(self, message: str, outcome: object) -> None:
        super().__init__(message)
        self.outcome = outcome


class SeveralReady(DisposalsError):
    """More than one part may move and the officer has not said which."""

    def __init__(self, whole: str, ready: Sequence[str]) -> None:
        listed = " and ".join(ready)
        super().__init__(
            f"{listed} are all ready to move, so none was moved. Say which with `--part N`, "
            f"or move them together: `disposals advance {whole} --all`."
        )
        self.ready = tuple(ready)
