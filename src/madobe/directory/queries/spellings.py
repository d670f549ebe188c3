"""Names as they may be written: for lists of every entry, drafts too, which the search of the public leaves out."""

import json
import unicodedata

from django.db.models import Q

from madobe.directory.search.lexicon import words_of

_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_KATAKANA = {after: before for before, after in _HIRAGANA.items()}
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def spellings_of(word: str) -> list[str]:
    """This will give a word in the ways it may be written: narrow and wide, in either kana, ひきこもり in its own many."""
    plain = unicodedata.normalize("NFKC", word)
    withdrawn = [one for one in words_of("hikikomori") if one.endswith(("もり", "籠り"))]
    held = next((one for one in withdrawn if one in plain), None)
    written = [plain] if held is None else [plain.replace(held, one) for one in withdrawn]
    found = [word]
    for one in written:
        found += [one, one.translate(_HIRAGANA), one.translate(_KATAKANA), one.translate(_WIDE)]
    return list(dict.fromkeys(found))


def in_names(word: str) -> Q:
    """This will give the condition that a name or another spelling of an entry (or of an operator) holds the word."""
    found = Q()
    for one in spellings_of(word):
        kept = json.dumps(one)[1:-1]  # as SQLite keeps a list
        found |= Q(name__icontains=one) | Q(alternate_name__icontains=one)
        found |= Q(aliases__icontains=one) | Q(aliases__icontains=kept)
    return found
