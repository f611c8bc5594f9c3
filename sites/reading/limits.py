"""What a file may be before it is read: local, of a bearable size, and what it says it is."""

import json
import mmap
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from sites.errors import UnreadableFile

# An estate of 100,000 sites is a file of some 100 MB; what is far beyond is no boundary file.
MOST_BYTES = 500_000_000
MOST_UNPACKED = 1_000_000_000
MOST_RATIO = 200  # text packs to a tenth or a twentieth, a bomb to a thousandth
MOST_MEMBERS = 500
MOST_VERTICES = 250_000  # the coast of Kent has fewer
MOST_ROWS = 1_000_000
MOST_NESTED = 32
MOST_TEXT = 10_000_000  # characters in one field
_LONGEST_NAME = 40  # in bytes, with every letter escaped
_SMALL = 1_000_000
_CHUNK = 1 << 20
_ELSEWHERE = re.compile(r"/vsi|[\w+.-]+:/", re.IGNORECASE)
# A text; positions in brackets, as many as there are; a bracket; the start of a text that goes on;
# or a mark of JavaScript, which no JSON has outside a text.
_TOKEN = re.compile(
    rb""""(?:[^"\\]|\\.)*"|(?:\[[^\[\]{}"'/]*\][\s,]*)+|[\[\]{}]|["'/]""", re.DOTALL
)
_JSON = {".json", ".geojson"}
_JSON_BEGINS = (b"{", b"[", b"loadGeoJSON(", b"jsonp(")
_FETCHED = {"link", "url"}  # kinds of crs that GDAL would look up on the net
# What reading an archive raises where a byte of it is not as it was written.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip
_POINTERS = (b"<OGR", b"gdal_streamed_alg", b"<WFS", b"<GDAL_WMS")
_ENTITIES = tuple(
    mark.encode(code)
    for mark in ("<!ENTITY", "<!DOCTYPE")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_TABLES = {".csv", ".tsv", ".txt", ".wkt"}
_BRACKET = re.compile(r"[()]")
_DEEPEST_WKT = 8
_MARKED_UP = {".kml", ".gml", ".xml", ".xlsx", ".rels", ".xsd"}


def refuse_strange(path: Path) -> None:
    """Refuse what is no plain local file of a bearable size.

    Raises:
        UnreadableFile: an address or virtual path, no file, a device, too large, empty, a file
            that only points to another, or one with XML entities.
    """
    if _ELSEWHERE.match(str(path)):
        raise UnreadableFile(path, "only a file on this computer is read; download it first.")
    about = _about(path)
    if not stat.S_ISREG(about.st_mode):
        raise UnreadableFile(path, "it is no file.")
    if about.st_size == 0:
        raise UnreadableFile(path, "it is empty.")
    if about.st_size > MOST_BYTES:
        raise UnreadableFile(
            path,
            f"it has {about.st_size / 1e6:,.0f} MB, more than the {MOST_BYTES / 1e6:,.0f} MB that "
            "are read. Save the layer or the sheet that you mean.",
        )
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise UnreadableFile(path, f"it can't be opened ({error.strerror}).") from None
    if any(pointer in head for pointer in _POINTERS):
        raise UnreadableFile(path, "it only points to data elsewhere; save the data themselves.")
    # GDAL looks at the content, not at the suffix, and so must this.
    begins = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00\x1e \t\r\n")
    suffix = path.suffix.lower()
    if begins.startswith(b"<") or (suffix in _MARKED_UP and not zipfile.is_zipfile(path)):
        _refuse_entities(path, path)
    if suffix in _JSON or (suffix not in _TABLES and begins.startswith(_JSON_BEGINS)):
        _refuse_strange_json(path)


def _about(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableFile(path, "there is no such file.") from None
    except ValueError:  # a NUL in it
        raise UnreadableFile(path, "no file can have such a name.") from None
    except OSError as error:
        raise UnreadableFile(path, f"it can't be looked at: {error.strerror}.") from None


def is_too_deep(wkt: str) -> bool:
    """Whether WKT has brackets nested deeper than any shape has."""
    depth = 0
    for mark in _BRACKET.findall(wkt):
        depth += 1 if mark == "(" else -1
        if depth > _DEEPEST_WKT:
            return True
    return False


@contextmanager
def unpacked(path: Path) -> Iterator[list[Path]]:
    """The files of an archive, unpacked into a folder of their own while they are used.

    Raises:
        UnreadableFile: too many or too large members, a member outside the folder, a link, an
            archive within the archive, or a damaged one.
    """
    try:
        with zipfile.ZipFile(path) as archive, TemporaryDirectory(prefix="disposals-") as folder:
            if "" in archive.namelist():
                raise UnreadableFile(path, "the archive holds a file without a name.")
            members = [each for each in archive.infolist() if not each.is_dir()]
            _refuse_bomb(path, members)
            made = [_member(path, archive, each, Path(folder)) for each in members]
            for each in made:
                _refuse_member(path, each, Path(folder))
            yield made
    except DAMAGED as error:
        raise UnreadableFile(path, f"the archive can't be unpacked ({error}).") from None


def check_workbook(path: Path) -> None:
    """Refuse a workbook that is a bomb or brings XML entities, before it is opened.

    Raises:
        UnreadableFile: as for `unpacked`.
    """
    with unpacked(path):
        return


def _refuse_bomb(path: Path, members: list[zipfile.ZipInfo]) -> None:
    total = sum(each.file_size for each in members)
    packed = max(1, sum(each.compress_size for each in members))
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(path, f"the archive holds {len(members):,} files; save one layer.")
    if total > MOST_UNPACKED or (total > _SMALL and total / packed > MOST_RATIO):
        raise UnreadableFile(
            path,
            f"the archive unpacks to {total / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB, which no "
            "map layer does.",
        )
    for each in members:
        name = PurePosixPath(each.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in each.filename:
            raise UnreadableFile(path, f"the archive holds “{each.filename}”, outside its folder.")
        if stat.S_ISLNK(each.external_attr >> 16):
            raise UnreadableFile(path, f"the archive holds a link, “{each.filename}”.")
        if name.suffix.lower() in {".zip", ".kmz", ".7z", ".gz"}:
            raise UnreadableFile(path, f"the archive holds another, “{each.filename}”.")


def _member(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path) -> Path:
    """Unpack one member, counting what really comes out of it."""
    target = folder / PurePosixPath(info.filename.replace("\\", "/"))
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(info) as source, target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > info.file_size:
                raise UnreadableFile(path, f"“{info.filename}” is larger than the archive says.")
            file.write(chunk)
    return target


def _refuse_member(path: Path, file: Path, folder: Path) -> None:
    """Refuse an archive for one of its files, by a name that is still there afterwards."""
    try:
        refuse_strange(file)
    except UnreadableFile as error:
        why = str(error).removeprefix(f"{file}: ")
        raise UnreadableFile(path, f"“{file.relative_to(folder)}” in it: {why}") from None


def _refuse_entities(path: Path, file: Path) -> None:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as text:
        if any(text.find(mark) >= 0 for mark in _ENTITIES):
            raise UnreadableFile(path, "it defines XML entities, which no map layer needs.")


def _refuse_strange_json(path: Path) -> None:
    """Refuse what no GeoJSON has, before a parser meets it.

    That is nesting without end, a text without end, and a coordinate system that is looked up on
    the net, which GDAL does while it reads.
    """
    depth, before, crs_depth = 0, "", 0
    for mark in _tokens(path):
        if mark.startswith(b'"'):
            before = _told(mark)
            if crs_depth and before in _FETCHED:
                raise UnreadableFile(
                    path,
                    "it only points to a coordinate system elsewhere; save it with the system "
                    "named, as EPSG:27700.",
                )
            continue
        if mark in b"]}":
            depth -= 1
            crs_depth = crs_depth if depth >= crs_depth else 0
        else:
            depth += len(mark) == 1
            if mark == b"{" and before == "crs" and not crs_depth:
                crs_depth = depth
        before = ""
        if depth + (len(mark) > 1) > MOST_NESTED:
            raise UnreadableFile(
                path, f"it is nested deeper than {MOST_NESTED} brackets, which no map is."
            )


def _tokens(path: Path) -> Iterator[bytes]:
    """The brackets and the texts of JSON, positions many at a time."""
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            chunk, rest = rest + chunk, b""
            for found in _TOKEN.finditer(chunk):
                mark = found[0]
                if mark == b'"':  # a text that goes on in the next chunk
                    rest = chunk[found.start() :]
                    break
                if mark in b"'/":
                    raise UnreadableFile(path, "it can't be read as a map layer: it is no JSON.")
                yield mark
            if len(rest) > MOST_TEXT:
                raise UnreadableFile(path, "it holds a text without an end.")


def _told(text: bytes) -> str:
    """A short text of JSON in small letters, its escapes undone; "" where it is none."""
    if len(text) > _LONGEST_NAME:
        return ""
    try:
        return str(json.loads(text, strict=False)).lower()
    except ValueError:
        return ""
