"""Files mangled as a careless program or a hostile sender would, drawn so that they shrink.

A mangling is a list of changes, each a kind of change, a place (a share of the whole) and a token.
In archives one member is mangled and packed again, its checksums and manifest made good, so that
what reads the archive gets to see it.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import strategies as st

_TOKENS = (
    b"", b"\0", b"\xff\xfe", b"-1", b"1e308", b"NaN", b"Infinity", b"99999999999999999999", b"null",
    b"true", b"[]", b"{}", b'"', b"'", b"<", b"]]>", b"&amp;", b"&x;", b"%00", b"../../x", b"=1+1",
    b"\r\n", b"\n\n", b",", b";", b"\t", b"EMPTY", b"POLYGON((0 0,1 1,0 0))", b"[[", b"}}", b"\xc3",
    "\u202e\ufeff".encode(), b"2021-02-30", b"31/02/2021", b"9" * 400, b"EPSG:0", b"EPSG:27700",
)  # fmt: skip
_KINDS = ("flip", "cut", "insert", "replace a word", "repeat", "end here", "swap", "drop a line")
_WORD = re.compile(rb"[A-Za-z0-9_.:+-]+")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a file.

    Attributes:
        where: a share of the whole, from 0 up to 1.
        length: in bytes.
    """

    kind: str
    where: float
    token: bytes
    length: int


CHANGES = st.lists(
    st.builds(
        Change,
        st.sampled_from(_KINDS),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(_TOKENS) | st.binary(max_size=8),
        st.integers(1, 64),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def mangled(content: bytes, changes: Iterable[Change], member: int, *, inside: bool) -> bytes:
    """A file after some changes.

    Args:
        member: which file of an archive is changed, counted around.
        inside: an archive is opened, and one file in it changed; else it is bytes like others.
    """
    if not (inside and content.startswith(_ARCHIVES)):
        return _changed(content, changes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
        packed = {each.filename: each.compress_type for each in archive.infolist()}
    name = list(members)[member % len(members)]
    members[name] = _changed(members[name], changes)
    _make_good(members)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each, told in members.items():
            archive.writestr(each, told, packed[each])
    return made.getvalue()


def _make_good(members: dict[str, bytes]) -> None:
    """Let the manifests of backups and bundles say what is in them now."""
    if "manifest.txt" in members:
        head, *lines = members["manifest.txt"].decode(errors="replace").split("\n")
        names = [line.partition("  ")[2] for line in lines]
        lines = [
            f"{hashlib.sha256(members[name]).hexdigest()}  {name}" if name in members else line
            for name, line in zip(names, lines, strict=True)
        ]
        members["manifest.txt"] = "\n".join([head, *lines]).encode()
    if "manifest.json" in members:
        try:
            told = json.loads(members["manifest.json"])
            for name in told["files"]:
                told["files"][name] = hashlib.sha256(members[name]).hexdigest()
            members["manifest.json"] = json.dumps(told).encode()
        except (ValueError, KeyError, TypeError):
            return


def _changed(content: bytes, changes: Iterable[Change]) -> bytes:
    for change in changes:
        content = _with(content, change)
    return content


def _with(content: bytes, change: Change) -> bytes:
    at = int(change.where * len(content))
    end = min(len(content), at + change.length)
    before, some, rest = content[:at], content[at:end], content[end:]
    match change.kind:
        case "flip":
            some = bytes(byte ^ 1 << change.length % 8 for byte in some[:1]) + some[1:]
        case "cut":
            some = b""
        case "insert":
            some = change.token + some
        case "replace a word":
            return before + _WORD.sub(lambda _: change.token, some + rest, count=1)
        case "repeat":
            some *= change.length + 1
        case "end here":
            some = rest = b""
        case "swap":
            other, rest = rest[: change.length], rest[change.length :]
            some = other + some
        case "drop a line":
            line_end = content.find(b"\n", at) + 1
            return content[: content.rfind(b"\n", 0, at) + 1] + content[line_end or len(content) :]
    return before + some + rest
