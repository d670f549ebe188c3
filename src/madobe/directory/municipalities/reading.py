"""How names of places are read: the official kana, for furigana."""

from collections.abc import Mapping

from madobe.directory.municipalities.table import every_row, prefectures


def kana_of_names() -> Mapping[str, str]:
    """Name as written -> kana, for prefectures, municipalities and wards; also with what stands before them.

    A name read in two ways (森町: もりまち, もりちょう) has an empty kana by itself, and its own where the
    prefecture is written before it.
    """
    rows = every_row()
    kana = {prefecture.name: prefecture.kana for prefecture in prefectures().values()}
    for one in rows.values():
        above = prefectures()[one.prefecture]
        city = rows[one.parent] if one.parent else None
        for before, before_kana in (
            ("", ""),
            (above.name, above.kana),
            (city.name, city.kana) if city else ("", ""),
            (above.name + city.name, above.kana + city.kana) if city else ("", ""),
        ):
            name = before + one.name
            same = kana.setdefault(name, before_kana + one.kana) == before_kana + one.kana
            kana[name] = kana[name] if same else ""
    return kana
