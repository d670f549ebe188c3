"""The third peer of the search bench: tantivy over pairs of characters."""

import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from bench._search_peers import (
    DEGREE_KM,
    RING_BONUS,
    TOP,
    Answer,
    PeerQuestion,
    PeerRow,
    pairs,
)


def fill_tantivy(
    folder: Path, rows: Iterable[PeerRow], openings: Iterable[tuple[int, int]]
) -> None:
    """This will make an index: pairs with positions, single characters, and the filters as terms and numbers."""
    folder.mkdir(parents=True)
    index = tantivy.Index(_schema(), str(folder))
    writer = index.writer(heap_size=512_000_000, num_threads=1)
    moments: dict[int, list[int]] = {}
    for moment, timetable in openings:
        moments.setdefault(timetable, []).append(moment)
    for row in rows:
        terms = [row.extent, row.extent2, f"{row.pref}*", f"{row.pref2}*"]
        terms += [f"fact{bit}" for bit in range(row.facts.bit_length()) if row.facts >> bit & 1]
        terms += [f"open{moment}" for moment in moments.get(row.timetable, ())]
        document = tantivy.Document()
        document.add_text("pairs", " ".join(pairs(row.text)))
        document.add_text("single", " ".join(sorted(set(row.text) - set(" \n"))))
        document.add_text("filter", " ".join(term for term in terms if term and term != "*"))
        for name in ("id", "youngest", "oldest", "months"):
            document.add_integer(name, getattr(row, name))
        document.add_float("latitude", row.latitude)
        document.add_float("longitude", row.longitude)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("single", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("filter", tokenizer_name="whitespace", index_option="basic")
    for name in ("id", "youngest", "oldest", "months"):
        builder.add_integer_field(name, fast=True, indexed=True)
    for name in ("latitude", "longitude"):
        builder.add_float_field(name, fast=True, indexed=True)
    return builder.build()


def tantivy_search(folder: Path) -> Callable[[PeerQuestion], Answer]:
    """This will give the search of a filled index. A circle is asked for as the square around it: it has no other way."""
    schema = _schema()
    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()

    def has(term: str) -> Any:
        return Query.term_query(schema, "filter", term, "basic")

    def between(field: str, kind: Any, low: Any, high: Any) -> Any:
        return Query.range_query(schema, field, kind, low, high)

    def filters(question: PeerQuestion) -> list[Any]:
        wanted = [has(f"fact{bit}") for bit in _bits(question.facts)]
        wanted += [
            Query.boolean_query([(Occur.Should, has(f"fact{bit}")) for bit in _bits(mask)])
            for mask in question.any_facts
        ]
        if question.age >= 0:
            wanted.append(between("youngest", FieldType.Integer, None, question.age))
            wanted.append(between("oldest", FieldType.Integer, question.age, None))
        if question.months >= 0:
            wanted.append(between("months", FieldType.Integer, None, question.months))
        if question.moment >= 0:
            wanted.append(has(f"open{question.moment}"))
        if question.circle:
            latitude, longitude, km = question.circle
            reach = km / DEGREE_KM
            wide = reach / math.cos(math.radians(latitude))
            wanted.append(between("latitude", FieldType.Float, latitude - reach, latitude + reach))
            wanted.append(between("longitude", FieldType.Float, longitude - wide, longitude + wide))
        return wanted

    def search(question: PeerQuestion) -> Answer:
        clauses = [(Occur.Must, Query.const_score_query(one, 0.0)) for one in filters(question)]
        if question.rings:
            rings = [
                (Occur.Should, Query.const_score_query(has(extent), RING_BONUS[place] / 10))
                for place, ring in enumerate(question.rings)
                for extent in ring
            ]
            clauses.append((Occur.Must, Query.boolean_query(rings)))
        if question.terms:
            words = [
                (Occur.Should, _word(schema, form))
                for term in question.terms
                for form in term.forms
            ]
            if not words:
                return 0, []
            clauses.append((Occur.Must, Query.boolean_query(words)))
        found = searcher.search(
            Query.boolean_query(clauses) if clauses else Query.all_query(), TOP, count=True
        )
        addresses = [address for _score, address in found.hits]
        ids: list[Any] = searcher.fast_field_values("id", addresses) if addresses else []
        return found.count, ids  # type: ignore[attr-defined]

    return search


def _word(schema: Any, form: str) -> Any:
    if len(form) == 1:
        return Query.term_query(schema, "single", form, "freq")
    words: list[str | tuple[int, str]] = [form[at : at + 2] for at in range(len(form) - 1)]
    if len(words) == 1:
        return Query.term_query(schema, "pairs", form, "freq")
    return Query.phrase_query(schema, "pairs", words)


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
