from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from madobe.ui.staff import Entry, register_entry


class DirectoryConfig(AppConfig):
    name = "madobe.directory"
    label = "directory"

    def ready(self) -> None:
        from madobe.directory.municipalities.reading import kana_of_names
        from madobe.ui.furigana import teach

        teach(kana_of_names)
        for entry in _entries():
            register_entry(entry)


def _entries() -> list[Entry]:
    merging = frozenset({"editor", "verifier", "coordinator", "admin"})
    looking = merging | {"officer"}
    return [
        Entry(_("運営者の確認"), "vetting:queue", looking, position=40),
        Entry(_("名前でさがす"), "vetting:find", looking, position=41),
        Entry(_("同じものの候補"), "vetting:duplicates", merging, position=42),
        Entry(_("まとめた記録"), "vetting:merges", merging, position=43),
    ]
