"""How an act is worded where officers have not worded it: the same in report and record."""

from collections.abc import Mapping


def recommended(written: Mapping[str, str], name: str) -> str:
    """What the report asks the committee to endorse, from the verb on."""
    return written.get("recommendation") or _act(name)


def decided(written: Mapping[str, str], name: str) -> str:
    """What the record decides, from the verb on."""
    return written.get("decision") or _act(name)


def in_a_sentence(name: str) -> str:
    """The name of land within a sentence: “Land at …” begins small, and “Mill House” does not."""
    return f"land{name[4:]}" if name.startswith("Land ") else name


def _act(name: str) -> str:
    return f"agree to the disposal of {in_a_sentence(name)}"
