"""The auditor's bundle: one case in a ZIP file that verifies itself, with nothing installed."""

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from disposals.disclosure.bundle import bundle_of
from disposals.register import Register
from sites.whole import whole_file

_READ_ME = """\
{ref}: the case as it is recorded, for an auditor.

EXEMPT: this bundle holds what may not be published (Local Government Act 1972, Schedule 12A).

To verify it, with Python and nothing else, from a copy of verify.py that you trust:
    python verify.py case.zip
and to hold it against a seal that stands on a paper of the council:
    python verify.py case.zip --seal CODE

history.json   what happened, by whom, when and why, with every gate as it stood
rows.json      every row as it is stored: evidence, documents by their SHA-256, boundaries by
               revision (WKB as hex, EPSG:27700), holdings, and who acted
ledger.json    what chains all writes of the register; of other cases the hashes alone
manifest.txt   the seal of the register when this was made, and SHA-256 of each file

Tampering is made evident, not impossible: whoever can rewrite the register, make this bundle anew
and replace every paper that carries a seal leaves no sign. So hold the seal against a paper that
was out of the council's hands.

What a bundle of one case can't show, for the ledger tells of other cases by hashes alone:
- that nothing was recorded of the case after the last entry that verify.py names. Hold that entry
  against what the council has said since, or ask the register: disposals audit verify --seal CODE
- that nothing which several cases share was left out. verify.py counts what was written together
  with what is here, and is not here itself; ask for each that is of this case's land.
"""


def case_bundle(register: Register, ref: str, path: Path) -> str:
    """Write the bundle of a case, whole or not at all, the same bytes for the same register.

    Returns:
        the seal of the register that it was made of.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotARegister: the register's file is damaged.
        CannotWrite: the file can't be written; what was there before stays.
    """
    found = bundle_of(register, ref)
    files = {
        "README.txt": _READ_ME.format(ref=ref),
        "history.json": _as_json(found.history),
        "ledger.json": _as_json(found.ledger),
        "rows.json": _as_json(found.rows),
        "verify.py": Path(__file__).with_name("verify.py").read_text("utf-8"),
    }
    hashes = (f"{sha256(text.encode()).hexdigest()}  {name}" for name, text in files.items())
    files["manifest.txt"] = "\n".join([f"seal {found.seal}", *hashes, ""])
    with whole_file(path) as file, zipfile.ZipFile(file, "w") as bundle:
        for name, text in files.items():
            about = zipfile.ZipInfo(name)  # of 1980, so that the bytes tell no time of making
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(about, text)
    return found.seal


def _as_json(value: Any) -> str:
    """In the one way of writing it that `verify.py` takes."""
    return json.dumps(value, ensure_ascii=False, indent=1)
