"""XChaCha20-Poly1305 written a second time, on another library: what the code under test is compared with.

HChaCha20 by draft-irtf-cfrg-xchacha §2.2 in plain Python, ChaCha20-Poly1305 by OpenSSL through `cryptography`.
"""

import struct

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_ROUNDS = (
    (0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
    (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14),
)  # fmt: skip


def seal(key: bytes, nonce: bytes, plain: bytes, bound_to: bytes) -> bytes:
    inner = ChaCha20Poly1305(hchacha20(key, nonce[:16]))
    return inner.encrypt(bytes(4) + nonce[16:], plain, bound_to)


def open_(key: bytes, nonce: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    inner = ChaCha20Poly1305(hchacha20(key, nonce[:16]))
    return inner.decrypt(bytes(4) + nonce[16:], sealed, bound_to)


def hchacha20(key: bytes, nonce: bytes) -> bytes:
    state = [*struct.unpack("<4I", b"expand 32-byte k"), *struct.unpack("<8I", key), *struct.unpack("<4I", nonce)]  # fmt: skip
    for _ in range(10):
        for a, b, c, d in _ROUNDS:
            for at, other, into, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                state[at] = (state[at] + state[other]) & 0xFFFFFFFF
                mixed = state[into] ^ state[at]
                state[into] = (mixed << turn | mixed >> (32 - turn)) & 0xFFFFFFFF
    return struct.pack("<8I", *state[:4], *state[12:])
