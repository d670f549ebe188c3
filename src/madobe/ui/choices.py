"""What a reader can choose about how pages look, and where each choice leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from madobe.ui.display import Display


@dataclass(frozen=True)
class DisplayOption:
    """One choice: `url` shows the same page that way, `front` the front page."""

    label: str
    url: str
    front: str
    current: bool
    lang: str = ""  # where the label is in a language of its own


@dataclass(frozen=True)
class DisplayChoice:
    """A group of options of which one is current."""

    label: str
    options: Sequence[DisplayOption]


def display_choices_for(display: Display, path: str, query: str = "") -> Sequence[DisplayChoice]:
    """This will give the groups of 「あ 表示」 for the page at `path`."""
    rest = path.split("/", 2)[2] if path.count("/") >= 2 else ""
    tail = f"{rest}?{query}" if query else rest

    def option(label: str, chosen: Display) -> DisplayOption:
        return DisplayOption(label, f"/{chosen}/{tail}", f"/{chosen}/", chosen == display)

    def language(label: str, chosen: Display, lang: str) -> DisplayOption:
        is_current = chosen.language == display.language
        return DisplayOption(label, f"/{chosen}/{tail}", f"/{chosen}/", is_current, lang)

    return (
        DisplayChoice(
            _("ことば"),
            (
                language("日本語", display.but(language="ja"), "ja"),
                # やさしい日本語 comes with furigana; the switch below takes it off again.
                language("やさしい日本語", display.but(language="yasashii", furigana=True), "ja"),
                language("English", display.but(language="en", furigana=False), "en"),
            ),
        ),
        DisplayChoice(
            _("文字の大きさ"),
            (
                option(_("ふつう"), display.but(size="")),
                option(_("大きい"), display.but(size="l")),
                option(_("とても大きい"), display.but(size="x")),
            ),
        ),
        DisplayChoice(
            _("ふりがな"),
            (
                option(_("なし"), display.but(furigana=False)),
                option(_("あり"), display.but(furigana=True)),
            ),
        ),
        DisplayChoice(
            _("文字の形"),
            (
                option(_("機械の文字"), display.but(letterform=False)),
                option(_("読みやすい文字"), display.but(letterform=True)),
            ),
        ),
    )
