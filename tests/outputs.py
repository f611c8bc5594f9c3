"""Every output for the public and for members, and all that is in the files that they write."""

import base64
import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdf

from disposals.casework import documents, requests
from disposals.disclosure.seen import versions
from disposals.register import open_register
from disposals.storage.address import Place
from disposals.vocabulary import RequestedBy
from tests.conftest import stamp
from tests.papers import PAPER_KINDS

PUBLIC = [
    ("list", "--audience", "public", "--json"),
    ("list", "--audience", "public"),
    ("show", "steele-avenue", "--audience", "public", "--json"),
    ("show", "steele-avenue/part-1", "--audience", "public", "--json"),
    ("show", "steele-avenue/part-1", "--audience", "public"),
    ("show", "bensted-house", "--audience", "public"),
    ("history", "steele-avenue/part-1", "--audience", "public", "--json"),
    ("history", "steele-avenue/part-1", "--audience", "public"),
    ("consultation", "log", "steele-avenue/part-1", "--audience", "public", "--json"),
    ("consultation", "log", "steele-avenue/part-1", "--audience", "public"),
    ("milestones", "--audience", "public", "--json"),
    ("milestones", "--audience", "public"),
    ("gantt", "--audience", "public", "--json"),
    ("gantt", "--audience", "public"),
    ("gantt", "steele-avenue", "--audience", "public", "--json"),
    ("gantt", "steele-avenue", "--audience", "public"),
    ("programme", "--json"),
    ("programme",),
    ("programme", "--forthcoming", "--json"),
    ("programme", "--forthcoming"),
    ("receipts", "--audience", "public", "--json"),
    ("receipts", "--audience", "public"),
    ("receipts", "--audience", "public", "--fy", "2022/23"),
    ("receipts", "--audience", "public", "--format", "csv"),
    ("site", "list", "--audience", "public", "--json"),
    ("site", "list", "--audience", "public"),
    ("site", "show", "steele-avenue", "--audience", "public", "--json"),
    ("site", "show", "steele-avenue", "--audience", "public"),
    ("site", "history", "steele-avenue", "--audience", "public", "--json"),
    ("site", "history", "steele-avenue", "--audience", "public"),
    ("site", "diff", "steele-avenue", "--from", "1", "--to", "2", "--audience", "public", "--json"),
    ("site", "diff", "steele-avenue", "--from", "1", "--to", "2", "--audience", "public"),
    ("disclose", "steele-avenue", "--audience", "public", "--json"),
    ("disclose", "steele-avenue/part-1", "--audience", "public", "--json"),
    ("disclose", "steele-avenue/part-1", "--audience", "public"),
    ("disclose", "bensted-house", "--audience", "public"),
]
_SUFFIXES = {"shapefile": "shp.zip", "flatgeobuf": "fgb"}
LAYERS = ("geojson", "gpkg", "shapefile", "flatgeobuf", "kml", "csv")
# A command that writes a file, the suffix of it, and whether officers see more in it.
FILES: list[tuple[tuple[str, ...], str, bool]] = [
    *((("export", form), _SUFFIXES.get(form, form), True) for form in LAYERS),
    (("export", "calendar"), "ics", True),
    (("gantt", "--audience", "public"), "pdf", False),
    (("gantt", "--audience", "public"), "svg", False),
    (("gantt", "steele-avenue", "--audience", "public"), "pdf", False),
    (("gantt", "steele-avenue", "--audience", "public"), "svg", False),
    *(
        (("programme", *more), form, False)
        for form in ("pdf", "docx", "html")
        for more in ((), ("--forthcoming",))
    ),
    (("programme",), "ics", False),
    (("export", "transparency-code"), "csv", False),
    (("export", "brownfield", "steele-avenue"), "csv", False),
    (("receipts", "--audience", "public"), "csv", False),
    (("receipts", "--audience", "public"), "json", False),
    (("receipts", "--audience", "public"), "xlsx", False),
    (("receipts", "--audience", "public"), "pdf", False),
    (("receipts", "--audience", "public", "--fy", "2022/23"), "svg", False),
    (("plan", "steele-avenue"), "pdf", True),
    (("plan", "steele-avenue/part-1", "--show", "both"), "pdf", True),
    (("plan", "steele-avenue"), "svg", False),
    *((("paper", "report", "steele-avenue"), form, False) for form in PAPER_KINDS),
    *((("paper", "record", "21/00100"), form, False) for form in PAPER_KINDS),
    *((("paper", "notice", "21/00100"), form, False) for form in PAPER_KINDS),
    *((("paper", "summary", "steele-avenue"), form, False) for form in PAPER_KINDS),
    *(
        (("paper", "options", "steele-avenue", "--audience", "public"), form, True)
        for form in PAPER_KINDS
    ),
    (
        ("site", "diff", "steele-avenue", "--from", "1", "--to", "2", "--audience", "public"),
        "pdf",
        False,
    ),
    (("foi", "bundle", "FOI-1"), "zip", False),
]


def for_members(
    folder: Path, forms: Iterable[str] = PAPER_KINDS
) -> Iterator[tuple[tuple[str, ...], Path]]:
    """Each command that writes a copy for members of what is exempt, and the file it writes."""
    for form in forms:
        out = folder / f"evaluation.{form}"
        ref = "steele-avenue/part-1"
        yield ("paper", "evaluation", ref, "--audience", "member", "-o", str(out)), out
        out = folder / f"appendix.{form}"
        report = ("paper", "report", "steele-avenue", "-o", str(folder / "beside.html"))
        yield (*report, "--appendix-for", "member", "--exempt-appendix", str(out)), out


def all_that_is_in(file: Path) -> bytes:
    """The bytes of a file as they are and unpacked; of a PDF also the words on it and about it."""
    raw = file.read_bytes()
    return b"\n".join([raw, *inflated(raw), *drawings(raw), *unpacked(file)])


def inflated(raw: bytes) -> Iterator[bytes]:
    """The streams of a PDF as they are before they are packed."""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", raw, flags=re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(stream)


def drawings(raw: bytes) -> Iterator[bytes]:
    """The pictures that a page of HTML holds."""
    for packed in re.findall(rb"base64,([A-Za-z0-9+/=]+)", raw):
        yield base64.b64decode(packed)


def unpacked(file: Path) -> Iterator[bytes]:
    """What is in an archive and what it is called there; the words of every PDF."""
    if file.suffix == ".pdf":
        yield words_of(file.read_bytes())
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                inside = archive.read(name)
                yield from (name.encode(), inside)
                if name.endswith(".pdf"):
                    yield from (words_of(inside), *inflated(inside))


def words_of(pdf: bytes) -> bytes:
    """What stands on a PDF, what is said about it, and in place of its drawings."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    words = [page.extract_text() for page in reader.pages]
    about = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    return "\n".join([*words, about, *alternatives(reader.trailer["/Root"])]).encode()


def alternatives(node: object) -> Iterator[str]:
    """Every text that stands in for a drawing in a tagged PDF."""
    root = node["/StructTreeRoot"] if isinstance(node, dict) and "/StructTreeRoot" in node else node
    told = root.get_object() if isinstance(root, pypdf.generic.IndirectObject) else root
    if isinstance(told, list):
        for each in told:
            yield from alternatives(each)
    elif isinstance(told, dict):
        if "/Alt" in told:
            yield str(told["/Alt"])
        if "/K" in told:
            yield from alternatives(told["/K"])


def ask_and_attach(place: Place, canary: str, folder: Path) -> None:
    """Log a request for information, and attach an open and an exempt document, each with a canary.

    What is in the open one is open; so its canary is in its name alone.
    """
    register = open_register(place)
    cases = ("steele-avenue", "steele-avenue/part-1", "bensted-house")
    seen = {ref: versions(register, ref)[ref] for ref in cases}
    requests.add(
        register, "FOI-1", stamp(), seen=seen, received_on=stamp().on,
        requested_by=RequestedBy.PRESS, asks=canary,
    )  # fmt: skip
    for name, disclosure in ((f"{canary}.txt", "open"), ("exempt.txt", "exempt")):
        paper = folder / name
        paper.write_text("report" if disclosure == "open" else canary)
        documents.attach(
            register, "bensted-house", paper,
            {"title": "Paper", "kind": "report", "disclosure": disclosure}, stamp(),
            seen=versions(register, "bensted-house")["bensted-house"],
        )  # fmt: skip
    register.close()
