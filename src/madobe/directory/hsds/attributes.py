"""The attributes of one object, by the terms of our profile."""

from typing import Any

from madobe.directory.hsds import profile
from madobe.directory.hsds.read_values import text


class Attributes:
    """Read once; foreign terms are passed over."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.by_key: dict[str, list[str]] = {}
        self.entries: list[tuple[str, str, str]] = []  # key, value, id
        for one in document.get("attributes", ()):
            term = one.get("taxonomy_term_id") or one.get("taxonomy_term", {}).get("id") or ""
            key = profile.key_of(term)
            if key:
                self.by_key.setdefault(key, []).append(one.get("value", ""))
                self.entries.append((key, one.get("value", ""), one["id"]))

    def text(self, name: str) -> str:
        """This will give the first value of a field ("when_to_use"), "" without one."""
        return text(next(iter(self.by_key.get(f"field:{name}", ())), ""))

    def texts(self, name: str) -> list[str]:
        return [said for one in self.by_key.get(f"field:{name}", ()) if (said := text(one))]

    def codes(self, taxonomy: str, known: Any) -> list[str]:
        """This will give the codes of one taxonomy, in their order."""
        found = (
            key.split(":", 1)[1] for key, _, _ in self.entries if key.startswith(f"{taxonomy}:")
        )
        return list(dict.fromkeys(code for code in found if code in known.values))

    def promise(self, name: str) -> bool | None:
        for answer, value in ((profile.YES, True), (profile.NO, False)):
            if f"promise:{name}:{answer}" in self.by_key:
                return value
        return None
