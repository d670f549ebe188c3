"""Which database a table lies in: the key store's in one of their own, all others in the main one."""

from typing import Any, Final

KEYS: Final = "keys"  # alias of the key store's database
_APP: Final = "keystore"


class KeyStoreRouter:
    """Keeps the two apart: neither database ever holds a table of the other."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return KEYS if model._meta.app_label == _APP else None

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return KEYS if model._meta.app_label == _APP else None

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool | None:
        return (obj1._meta.app_label == _APP) == (obj2._meta.app_label == _APP)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return (db == KEYS) == (app_label == _APP)
