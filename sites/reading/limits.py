"""What a file may be before it is read: local, of a bearable size, and what it says it is."""

import mmap
import re
import stat
import zipfile
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
_SMALL = 1_000_000
_CHUNK = 1 << 20
_ELSEWHERE = re.compile(r"/vsi|[\w+.-]+:/", re.IGNORECASE)
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]|"', re.DOTALL)
_POINTERS = (b"<OGR", b"gdal_streamed_alg", b"<WFS", b"<GDAL_WMS")
_ENTITIES = (b"<!ENTITY", b"<!DOCTYPE")
_MARKED_UP = {".kml", ".gml", ".xml", ".xlsx", ".rels", ".xsd"}


def refuse_strange(path: Path) -> None:
    """Refuse what is no plain local file of a bearable size.

    Raises:
        UnreadableFile: an address or virtual path, no file, a device, too large, empty, a file
            that only points to another, or one with XML entities.
    """
    if _ELSEWHERE.match(str(path)):
        raise UnreadableFile(path, "only a file on this computer is read; download it first.")
    try:
        about = path.stat()
    except (OSError, ValueError) as error:
        raise UnreadableFile(path, f"there is no such file ({error}).") from None
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
    if path.suffix.lower() in _MARKED_UP and not zipfile.is_zipfile(path):
        _refuse_entities(path, path)
    if path.suffix.lower() in {".json", ".geojson"}:
        _refuse_nested(path)


@contextmanager
def unpacked(path: Path) -> Iterator[list[Path]]:
    """The files of an archive, unpacked into a folder of their own while they are used.

    Raises:
        UnreadableFile: too many or too large members, a member outside the folder, a link, an
            archive within the archive, or a damaged one.
    """
    try:
        with zipfile.ZipFile(path) as archive, TemporaryDirectory(prefix="disposals-") as folder:
            members = [each for each in archive.infolist() if not each.is_dir()]
            _refuse_bomb(path, members)
            made = [_member(path, archive, each, Path(folder)) for each in members]
            for each in made:
                refuse_strange(each)
            yield made
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
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


def _refuse_entities(path: Path, file: Path) -> None:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as text:
        if any(text.find(mark) >= 0 for mark in _ENTITIES):
            raise UnreadableFile(path, "it defines XML entities, which no map layer needs.")


def _refuse_nested(path: Path) -> None:
    """Refuse JSON nested deeper than any GeoJSON is, before a parser meets it."""
    depth, rest = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            chunk, rest = rest + chunk, b""
            for found in _TOKEN.finditer(chunk):
                mark = found[0]
                if mark == b'"':  # a text that goes on in the next chunk
                    rest = chunk[found.start() :]
                    break
                if len(mark) == 1:
                    depth += 1 if mark in b"[{" else -1
                if depth > MOST_NESTED:
                    raise UnreadableFile(
                        path, f"it is nested deeper than {MOST_NESTED} brackets, which no map is."
                    )
            if len(rest) > MOST_TEXT:
                raise UnreadableFile(path, "it holds a text without an end.")
