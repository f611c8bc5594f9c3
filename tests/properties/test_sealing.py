"""Whatever is in a bid comes out as it went in, and an envelope that was touched never opens."""

from base64 import b64decode, b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from disposals.errors import BadFact
from disposals.sealing import new_keys, private_key, seal, unseal

Keys = tuple[str, PrivateKey]

told = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.text(),
)
facts = st.dictionaries(st.text(), told, max_size=30)
amounts = st.integers(0, 10**14)


@pytest.fixture(scope="module")
def keys() -> Keys:
    """A sealed campaign's public key, and its private one: opened once, for it takes a while."""
    public, locked = new_keys("owl and moon", "larch, rook and thorn")
    return public, private_key(locked, "owl and moon", "larch, rook and thorn")


@given(facts=facts)
def test_unsealing_gives_back_what_was_sealed(keys: Keys, facts: dict[str, Any]) -> None:
    public, private = keys
    assert unseal(seal(facts, public), private) == facts


@given(one=amounts, other=amounts)
def test_the_length_of_an_envelope_tells_nothing_of_the_amount(
    keys: Keys, one: int, other: int
) -> None:
    public, _ = keys
    lengths = {len(seal({"price_pence": pence}, public)) for pence in (one, other)}
    assert len(lengths) == 1


# Shorter digits than these are among any thousand bytes now and then.
@given(pence=st.integers(10**7, 10**14))
def test_no_amount_is_plain_in_an_envelope(keys: Keys, pence: int) -> None:
    public, _ = keys
    envelope = seal({"price_pence": pence}, public)
    assert str(pence) not in envelope
    assert str(pence).encode() not in b64decode(envelope)


@given(facts=facts, where=st.integers(0), flip=st.integers(1, 255))
def test_an_envelope_with_any_byte_altered_is_refused(
    keys: Keys, facts: dict[str, Any], where: int, flip: int
) -> None:
    public, private = keys
    raw = bytearray(b64decode(seal(facts, public)))
    raw[where % len(raw)] ^= flip
    with pytest.raises(BadFact, match="altered"):
        unseal(b64encode(raw).decode(), private)


@given(written=st.text(max_size=200))
def test_what_was_never_an_envelope_is_refused(keys: Keys, written: str) -> None:
    _, private = keys
    with pytest.raises(BadFact, match="altered"):
        unseal(written, private)


@given(facts=facts)
def test_no_other_key_opens_an_envelope(keys: Keys, facts: dict[str, Any]) -> None:
    public, _ = keys
    with pytest.raises(BadFact, match="sealed for another campaign"):
        unseal(seal(facts, public), PrivateKey.generate())
