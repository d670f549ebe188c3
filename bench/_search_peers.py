"""What the search is measured against: PostgreSQL with pg_trgm, SQLite FTS5 and tantivy over pairs of characters.

All three get the same rows (the entries of the product's own search, folded), the same questions and the same meaning
of a hit: every filter holds, and some word or synonym stands in the text or is answered by the kind. All give the
exact total and their best twenty. They are given what helps them: only synonyms that occur at all, kinds as words of
the text, the opening of every minute asked for as a table, indexes on every column filtered by.
"""

import math
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

TOP = 20
EARTH_KM = 6371.0088
DEGREE_KM = 111.0
MARKS = "。、？「」"
RING_BONUS = (10, 5, 0)

Answer = tuple[int, list[int]]  # exact total, numbers of the best


class PeerRow(NamedTuple):
    """One service for the peers. `extent`, `extent2`: areas ("" for none), `pref`, `pref2`: their prefectures."""

    id: int
    extent: str
    extent2: str
    pref: str
    pref2: str
    latitude: float
    longitude: float
    x: float
    y: float
    z: float
    facts: int
    youngest: int
    oldest: int
    months: int
    timetable: int
    text: str  # folded, and a word for each kind


@dataclass(frozen=True)
class PeerTerm:
    """A word and its synonyms, folded; `weight` as rare as they are together."""

    forms: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class PeerQuestion:
    """One search for the peers. `facts`: bits that must all be set; `any_facts`: of each mask one at least."""

    rings: tuple[tuple[str, ...], ...]  # extents, nearest first; "13*": all towns of a prefecture
    circle: tuple[float, float, float] | None  # latitude, longitude, kilometres
    facts: int
    any_facts: tuple[int, ...]
    age: int
    months: int
    moment: int  # number of a moment, -1: not asked
    terms: tuple[PeerTerm, ...]


def kind_word(kind: int) -> str:
    """The word that stands in the text of every service of a kind."""
    return f"kind{kind:02d}z"


def pairs(text: str) -> list[str]:
    """Pairs of neighbouring characters; the last character alone, so that one character can be asked for, too."""
    text = text.replace("\n", "。").replace(" ", "。")
    return [text[at : at + 2] for at in range(len(text))]


# --- the same filter in SQL -----------------------------------------------------------------------

COLUMNS = ", ".join(PeerRow._fields)
TABLE = """CREATE TABLE svc(id INTEGER PRIMARY KEY, extent TEXT, extent2 TEXT, pref TEXT, pref2 TEXT,
latitude DOUBLE PRECISION, longitude DOUBLE PRECISION, x DOUBLE PRECISION, y DOUBLE PRECISION, z DOUBLE PRECISION,
facts BIGINT, youngest SMALLINT, oldest SMALLINT, months SMALLINT, timetable INTEGER, text TEXT)"""
INDEXES = (
    "CREATE INDEX svc_extent ON svc(extent)",
    "CREATE INDEX svc_extent2 ON svc(extent2) WHERE extent2 <> ''",
    "CREATE INDEX svc_pref ON svc(pref)",
    "CREATE INDEX svc_pref2 ON svc(pref2) WHERE pref2 <> ''",
    "CREATE INDEX svc_place ON svc(latitude, longitude)",
)
OPEN = "CREATE TABLE open_at(moment INTEGER, timetable INTEGER, PRIMARY KEY (moment, timetable))"


def where(question: PeerQuestion) -> str:
    """The filter as SQL both databases read; all values are numbers or codes of our own making."""
    parts = []
    if question.rings:
        parts.append("(" + " OR ".join(_of_ring(one) for one in question.rings) + ")")
    if question.circle:
        latitude, longitude, km = question.circle
        reach, wide = km / DEGREE_KM, km / (DEGREE_KM * math.cos(math.radians(latitude)) * 0.99)
        lat, lng = math.radians(latitude), math.radians(longitude)
        x, y, z = math.cos(lat) * math.cos(lng), math.cos(lat) * math.sin(lng), math.sin(lat)
        parts.append(
            f"latitude BETWEEN {latitude - reach!r} AND {latitude + reach!r}"
            f" AND longitude BETWEEN {longitude - wide!r} AND {longitude + wide!r}"
            f" AND x*{x!r} + y*{y!r} + z*{z!r} >= {math.cos(km / EARTH_KM)!r}"
        )
    if question.facts:
        parts.append(f"(facts & {question.facts}) = {question.facts}")
    parts.extend(f"(facts & {mask}) <> 0" for mask in question.any_facts)
    if question.age >= 0:
        parts.append(f"youngest <= {question.age} AND oldest >= {question.age}")
    if question.months >= 0:
        parts.append(f"months <= {question.months}")
    if question.moment >= 0:
        parts.append(
            f"timetable IN (SELECT timetable FROM open_at WHERE moment = {question.moment})"
        )
    return " AND ".join(parts) or "1=1"


def _of_ring(extents: Sequence[str]) -> str:
    whole = [one[:2] for one in extents if one.endswith("*")]
    named = ", ".join(f"'{one}'" for one in extents if not one.endswith("*"))
    parts = [f"extent IN ({named}) OR (extent2 IN ({named}) AND extent2 <> '')"] if named else []
    parts += [f"pref = '{one}' OR (pref2 = '{one}' AND pref2 <> '')" for one in whole]
    return " OR ".join(parts)


def ring_bonus(question: PeerQuestion) -> str:
    """Nearer areas first, as SQL."""
    cases = " ".join(
        f"WHEN {_of_ring(ring)} THEN {RING_BONUS[place]}"
        for place, ring in enumerate(question.rings)
    )
    return f"CASE {cases} ELSE 0 END" if cases else "0 * facts"


# --- PostgreSQL -----------------------------------------------------------------------------------


def fill_postgres(
    connection: Any, rows: Iterable[PeerRow], openings: Iterable[tuple[int, int]]
) -> None:
    """This will make the table with a trigram index on the text, and the indexes of the filter."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(TABLE)
        cursor.execute(OPEN)
        with cursor.copy(f"COPY svc ({COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        with cursor.copy("COPY open_at FROM STDIN") as copy:
            for pair in openings:
                copy.write_row(pair)
        for line in INDEXES:
            cursor.execute(line)
        cursor.execute("CREATE INDEX svc_text ON svc USING gin (text gin_trgm_ops)")
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")


def postgres_search(connection: Any) -> Callable[[PeerQuestion], Answer]:
    """This will give the search of a filled cluster: one statement a question."""
    cursor = connection.cursor()

    def search(question: PeerQuestion) -> Answer:
        groups = [
            " OR ".join(f"text LIKE '%{_escaped(form)}%'" for form in term.forms) or "FALSE"
            for term in question.terms
        ]
        score = " + ".join(
            [ring_bonus(question)]
            + [
                f"CASE WHEN {group} THEN {term.weight!r} ELSE 0 END"
                for group, term in zip(groups, question.terms, strict=True)
            ]
        )
        hit = f" AND ({' OR '.join(groups)})" if groups else ""
        cursor.execute(
            f"SELECT id, count(*) OVER () FROM svc WHERE {where(question)}{hit}"
            f" ORDER BY {score} DESC, id LIMIT {TOP}",
            prepare=False,
        )
        found = cursor.fetchall()
        return (found[0][1] if found else 0), [row[0] for row in found]

    return search


def _escaped(form: str) -> str:
    return form.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("'", "''")


# --- SQLite FTS5 ----------------------------------------------------------------------------------


def fill_fts5(path: Path, rows: Iterable[PeerRow], openings: Iterable[tuple[int, int]]) -> None:
    """This will make a file with the table and an index over pairs of characters."""
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000")
    base.execute(TABLE)
    base.execute(OPEN)
    base.execute(
        "CREATE VIRTUAL TABLE words USING fts5(pairs, content='', prefix='1',"
        f" tokenize=\"unicode61 remove_diacritics 0 tokenchars '{MARKS}'\")"
    )
    marks = ",".join("?" * len(PeerRow._fields))
    for row in rows:
        base.execute(f"INSERT INTO svc({COLUMNS}) VALUES ({marks})", row)
        base.execute(
            "INSERT INTO words(rowid, pairs) VALUES (?, ?)", (row.id, " ".join(pairs(row.text)))
        )
    base.executemany("INSERT INTO open_at VALUES (?, ?)", openings)
    for line in INDEXES:
        base.execute(line)
    base.execute("INSERT INTO words(words) VALUES ('optimize')")
    base.execute("ANALYZE")
    base.commit()
    base.close()


def fts5_search(path: Path) -> Callable[[PeerQuestion], Answer]:
    """This will give the search of a filled file; words are ranked by its own bm25."""
    base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    base.executescript(
        "PRAGMA mmap_size=2000000000; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY"
    )

    def search(question: PeerQuestion) -> Answer:
        if question.terms:
            match = " OR ".join(_phrase(form) for term in question.terms for form in term.forms)
            if not match:
                return 0, []
            # bm25 cannot stand beside a window: the matches are made a table first
            found = base.execute(
                "WITH hit AS MATERIALIZED (SELECT rowid AS id, bm25(words) AS rank FROM words WHERE words MATCH ?)"
                f" SELECT svc.id, count(*) OVER () FROM hit JOIN svc USING (id) WHERE {where(question)}"
                f" ORDER BY hit.rank - ({ring_bonus(question)}) / 10.0, svc.id LIMIT {TOP}",
                (match,),
            ).fetchall()
        else:
            found = base.execute(
                f"SELECT id, count(*) OVER () FROM svc WHERE {where(question)}"
                f" ORDER BY {ring_bonus(question)} DESC, id LIMIT {TOP}"
            ).fetchall()
        return (found[0][1] if found else 0), [row[0] for row in found]

    return search


def _phrase(form: str) -> str:
    form = form.replace('"', "")
    if len(form) == 1:
        return f'"{form}"*'
    return '"' + " ".join(form[at : at + 2] for at in range(len(form) - 1)) + '"'
