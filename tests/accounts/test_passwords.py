"""How passwords are kept: every hash parsed, none weak."""

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password

from config import settings as product
from madobe.accounts.hashers import Argon2id

FLOOR_KIB, FLOOR_PASSES = 64 * 1024, 3


def weak(encoded: str) -> bool:
    """Whether a stored hash is below the floor of the house."""
    if not encoded.startswith("argon2$argon2id$"):
        return True
    parameters = dict(part.split("=") for part in encoded.split("$")[3].split(","))
    return int(parameters["m"]) < FLOOR_KIB or int(parameters["t"]) < FLOOR_PASSES


def test_a_password_is_kept_by_argon2id_over_64_mib_in_3_passes(settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    encoded = make_password("hiroi-sora no shita de")
    assert not weak(encoded)
    assert check_password("hiroi-sora no shita de", encoded)
    assert not check_password("hiroi-sora no shita dE", encoded)
    assert isinstance(identify_hasher(encoded), Argon2id)


@pytest.mark.parametrize(
    "encoded",
    [
        "argon2$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
        "argon2$argon2i$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
        "pbkdf2_sha256$870000$salt$hash",
        "md5$salt$hash",
    ],
)
def test_a_weak_hash_would_be_seen(encoded: str):
    """Negative control."""
    assert weak(encoded)


def test_nothing_weaker_is_ever_accepted_by_the_product():
    assert product.PASSWORD_HASHERS == ["madobe.accounts.hashers.Argon2id"]
