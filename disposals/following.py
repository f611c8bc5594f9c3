"""The chain of a register of this version, followed with every row that it vouches for."""

from collections.abc import Collection

from disposals.history.raw import Raw
from disposals.history.seals import Seal
from disposals.history.verifying import Verified, verify
from disposals.kept import kept
from disposals.records import evidence_kinds, vouched_for


def followed(raw: Raw, seals: Collection[Seal] = ()) -> Verified:
    """Follow it from its first entry to its last.

    Args:
        seals: earlier states, which must be found on the way.
    """
    return verify(raw, vouched_for(), kept(evidence_kinds()), seals)
