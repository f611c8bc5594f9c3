"""The register's seal: one short code for all that is recorded, to be printed on every paper.

A seal is the number of ledger entries, the first 80 bits of the last one's hash, and two check
symbols: `412-7K3M-Q2RD-9XWT-4HBN-5C`. Whoever would put another history behind a seal that is
already on paper has to find a second one with the same 80 bits for the same number of entries:
about 2⁸⁰ tries, each a history of its own, which is beyond any council's adversary, where the 40
bits of a code half as long are a day's work. More would not be read aloud without slips.
The symbols are Crockford's (no I, L, O or U); the check is the remainder by 1021, a prime, and so
finds every single wrong symbol and every two that changed places.
"""

import re
from dataclasses import dataclass

from disposals.errors import BadFact

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_HEARD = str.maketrans("ILO", "110")
_BITS, _PRIME = 80, 1021
_FORM = re.compile(rf"(\d{{1,12}})-?([{_SYMBOLS}]{{4}})-?([{_SYMBOLS}]{{4}})-?([{_SYMBOLS}]{{4}})"
                   rf"-?([{_SYMBOLS}]{{4}})-?([{_SYMBOLS}]{{2}})")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seal:
    """A state of the register.

    Attributes:
        entries: how many ledger entries there were.
        bits: the first 80 bits of the last one's hash.
    """

    entries: int
    bits: int

    def __str__(self) -> str:
        """The code as it is printed."""
        code = _symbols(self.bits, _BITS // 5)
        groups = [code[i : i + 4] for i in range(0, len(code), 4)]
        return "-".join([str(self.entries), *groups, _symbols(self._check(), 2)])

    def _check(self) -> int:
        return (self.entries << _BITS | self.bits) % _PRIME

    @classmethod
    def of(cls, entries: int, hash_: str) -> "Seal":
        """The seal on a state, from the hash (hex) of its last ledger entry."""
        return cls(entries, int(hash_[: _BITS // 4], 16))

    @classmethod
    def read(cls, code: str) -> "Seal":
        """A seal as someone typed it, small letters and look-alikes forgiven.

        Raises:
            BadFact: it is none, or was misread.
        """
        head, dash, rest = code.strip().replace(" ", "").upper().partition("-")
        found = _FORM.fullmatch(f"{head}{dash}{rest.translate(_HEARD)}")
        if found is None:
            raise BadFact(
                f"“{code}” is not a seal. A seal is written as in 412-7K3M-Q2RD-9XWT-4HBN-5C; it "
                "stands on every report, and `disposals audit seal` prints that of today."
            )
        entries, *groups, check = found.groups()
        seal = cls(int(entries), _number("".join(groups)))
        if seal._check() != _number(check):
            raise BadFact(
                f"The seal “{code}” was misread: its last two symbols do not agree with the rest. "
                "Read it again from the paper."
            )
        return seal


def _symbols(number: int, width: int) -> str:
    return "".join(_SYMBOLS[number >> 5 * i & 31] for i in reversed(range(width)))


def _number(symbols: str) -> int:
    number = 0
    for symbol in symbols:
        number = number << 5 | _SYMBOLS.index(symbol)
    return number
