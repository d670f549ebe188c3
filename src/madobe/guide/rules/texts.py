"""One text in the three languages of the product."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("ja", "easy", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in Japanese, in やさしい日本語 and in English."""

    ja: str
    easy: str
    en: str

    def in_language(self, language: str) -> str:
        """This text in "ja", "easy" (also "ja-easy") or "en"; anything else reads as Japanese."""
        if language in ("easy", "ja-easy"):
            return self.easy
        return self.en if language == "en" else self.ja


def text_from(value: Any, *, where: str) -> Text:
    """A Text from `{ja, easy, en}`; raises ValueError naming `where` when a language is missing."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: a text needs ja, easy and en, found {value!r}.")
    for language in LANGUAGES:
        written = value.get(language)
        if not isinstance(written, str) or not written.strip():
            raise ValueError(f"{where}: the text has no {language}.")
    unknown = sorted(set(value) - set(LANGUAGES))
    if unknown:
        raise ValueError(f"{where}: the text has an unknown language {unknown[0]!r}.")
    return Text(*(value[language].strip() for language in LANGUAGES))
