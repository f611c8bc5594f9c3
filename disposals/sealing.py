"""Sealed bids: anyone may seal one, and only two people together can open it.

A campaign has a key pair. Bids are sealed with its public half (libsodium's sealed box); the other
half is locked twice over, once with each opener's passphrase (Argon2id, then XSalsa20-Poly1305), so
that neither opener, nor anyone with the file, can read a bid alone.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

from disposals.errors import BadFact

_LEAST = 8  # characters of a passphrase
_BLOCK = 16_384  # a sealed bid is padded to whole blocks, so that its length tells nothing


def new_keys(first: str, second: str) -> tuple[str, str]:
    """A campaign's public key, and its private one locked with both passphrases (base64).

    Raises:
        BadFact: a passphrase is too short, or they are the same.
    """
    if min(len(first), len(second)) < _LEAST:
        raise BadFact(f"A passphrase has at least {_LEAST} characters.")
    if _typed(first) == _typed(second):
        raise BadFact("The two openers have passphrases of their own; these are the same.")
    private = PrivateKey.generate()
    salts = random(argon2id.SALTBYTES), random(argon2id.SALTBYTES)
    locked = bytes(private)
    for passphrase, salt in zip((first, second), salts, strict=True):
        locked = bytes(_box(passphrase, salt).encrypt(locked))
    return _text(bytes(private.public_key)), _text(b"".join(salts) + locked)


def seal(facts: Mapping[str, Any], public_key: str) -> str:
    """Facts as an envelope that only the campaign's private key opens (base64)."""
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str).encode()
    padded = told + b" " * (-len(told) % _BLOCK)
    return _text(bytes(SealedBox(PublicKey(b64decode(public_key))).encrypt(padded)))


def private_key(locked_key: str, first: str, second: str) -> PrivateKey:
    """The campaign's private key, from both openers' passphrases.

    Raises:
        BadFact: one of them is wrong; which one is not said.
    """
    size = argon2id.SALTBYTES
    try:
        kept = b64decode(locked_key, validate=True)
        salts, opened = (kept[:size], kept[size : 2 * size]), kept[2 * size :]
        for passphrase, salt in zip((second, first), reversed(salts), strict=True):
            opened = _box(passphrase, salt).decrypt(opened)
    except (CryptoError, ValueError):
        raise BadFact(
            "The bids stay sealed: the two passphrases do not open them. Each opener types their "
            "own, in the order of the names on the line."
        ) from None
    return PrivateKey(opened)


def unseal(envelope: str, key: PrivateKey) -> dict[str, Any]:
    """The facts in an envelope.

    Raises:
        BadFact: it was altered, or sealed for another campaign.
    """
    try:
        told = json.loads(SealedBox(key).decrypt(b64decode(envelope, validate=True)))
    except (CryptoError, ValueError):
        told = None
    if not isinstance(told, dict):
        raise BadFact(
            "A sealed bid can't be opened: it was altered, or was sealed for another campaign."
        )
    return told


def _box(passphrase: str, salt: bytes) -> SecretBox:
    return SecretBox(
        argon2id.kdf(
            SecretBox.KEY_SIZE, _typed(passphrase), salt,
            opslimit=argon2id.OPSLIMIT_MODERATE, memlimit=argon2id.MEMLIMIT_MODERATE,
        )
    )  # fmt: skip


def _typed(passphrase: str) -> bytes:
    """The same bytes from every keyboard: é is one letter, or e and an accent (RFC 8265)."""
    return normalize("NFC", passphrase).encode()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
