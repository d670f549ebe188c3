from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "madobe.directory"
    label = "directory"

    def ready(self) -> None:
        from madobe.directory.municipalities.reading import kana_of_names
        from madobe.ui.furigana import teach

        teach(kana_of_names)
        _register_entries()


def _register_entries() -> None:
    from django.utils.translation import gettext_lazy as _

    from madobe.directory.rules.scope import EDITING, MAY_MERGE
    from madobe.ui.staff import Entry, register_entry

    roles = frozenset(EDITING)
    register_entry(Entry(_("窓口の一覧"), "directory_staff:services", roles, 10))
    register_entry(Entry(_("見なおす窓口"), "directory_staff:due", roles, 11))
    register_entry(Entry(_("公開ページからのお知らせ"), "directory_staff:suggestions", roles, 12))
    register_entry(Entry(_("取りこみで分かれた値"), "directory_staff:reviews", roles, 13))
    merging = frozenset(MAY_MERGE)
    register_entry(Entry(_("運営者の確認"), "vetting:queue", roles, 40))
    register_entry(Entry(_("名前でさがす"), "vetting:find", roles, 41))
    register_entry(Entry(_("同じものの候補"), "vetting:duplicates", merging, 42))
    register_entry(Entry(_("まとめた記録"), "vetting:merges", merging, 43))
