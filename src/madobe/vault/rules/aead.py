"""One way to seal bytes under a key and bind them to what they belong to: XChaCha20-Poly1305 (libsodium)."""

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.utils import random

from madobe.vault.rules.algorithms import KEY, NONCE, TAG, NotOpenedError


def sealed(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """This will give nonce and ciphertext. 24 random bytes of nonce: no counter, no state, no two alike."""
    nonce = random(NONCE)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, _whole(key))


def opened(key: bytes, blob: bytes, bound_to: bytes) -> bytes:
    """This will give what was sealed. Raises NotOpenedError for another key, another place or a changed byte."""
    if len(blob) < NONCE + TAG:
        raise NotOpenedError
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            blob[NONCE:], bound_to, blob[:NONCE], _whole(key)
        )
    except CryptoError:
        raise NotOpenedError from None


def _whole(key: bytes) -> bytes:
    if len(key) != KEY:
        raise ValueError(f"A key has {KEY} bytes.")
    return key
