"""What every paper says of where it comes from."""

from disposals.records.cases import Disposal


def stamped(case: Disposal) -> str:
    """The case and its version, as they stand at the foot of every page."""
    return f"{case.ref} · version {case.version}"
