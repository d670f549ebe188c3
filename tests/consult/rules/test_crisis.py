"""Reading danger in letters to the desk. Our own sentences: no clinical validation, see the head of the corpus.

The figures, honestly and in the order they were measured. Only what a set gave the first time it was read says anything
about the letters of strangers; after that it only guards.

| set, first read | recall | false cards |
|---|---|---|
| corpus, open part, before anything was known of it | 104 of 217 (47.9 %) | 30 of 229 (13.1 %) |
| corpus, held-out part, after mending on the open part | 64 of 107 (59.8 %) | 20 of 113 (17.7 %) |
| A, written without sight of tables or corpus, plain and oblique | 49 of 60 (81.7 %) | 10 of 60 (16.7 %) |
| B, after mending on A; told more obliquely | 30 of 60 (50.0 %) | 7 of 60 (11.7 %) |
| B2, after mending on B | 28 of 60 (46.7 %) | 4 of 53 (7.5 %) |
| B3, after mending on B2; its calm ones are everyday letters | 14 of 30 (46.7 %) | 2 of 35 (5.7 %) |
| **C, after mending on B3; read once, never mended on** | **18 of 40 (45.0 %)** | **7 of 40 (17.5 %)** |
| D1, told mostly plainly, by a writer who saw nothing of the tables; read after B3 | 44 of 60 (73.3 %): plain 36 of 42, oblique 8 of 18 | 9 of 60 (15.0 %) |
| **D2, the same writer, after mending on D1; read once, never mended on** | **40 of 60 (66.7 %): plain 35 of 40, oblique 5 of 20** | **13 of 60 (21.7 %)** |

D1 taught wide nets (`nets.yaml`: one kind of word near another) and single words. What that carries over to, on sentences
of the one who mended, in five lots, each read once before it was mended on: 211 of 259 (81.5 %; 196, 75.7 %, with the
tables of before D1) and cards on 30 of 200 calm ones (15.0 %; 26, 13.0 %). In the last lot alone, when the nets were
widest: 24 of 24 (21), 6 of 34 (4). All of them guard now (`crisis_families_*.yaml`).
On the stranger's D2 they carry over to next to nothing: the tables of before D1 find 39 of 60 there and show 12 cards.

The tables as they were before set A find 17 of 40 in C and show 8 cards; those after D1 find 21 and show 8: what mending
teaches hardly carries over to new hints. Plain words are found (overdose, hunger, blows told as such); hints are not: quiet plans and farewells
(0 of 7 in C), a danger to others told without a threat (0 of 3). The lexicon will not come to that by more rows alone.
A letter without a card is still read by a person.

Danger in kana alone is found far less often: of the sentences of all sets in which it is found, 406 of 649 (62.6 %) are
found when each is written by its readings, and 78 of 673 calm ones get a card then (386 and 76 before kana.yaml grew by
forty words). A tokenizer's kana is no person's; but it says which way this errs.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from madobe.consult.rules.crisis import Danger, read_danger, reading
from madobe.consult.rules.crisis.danger import SIGNS_OF_DANGER
from madobe.consult.rules.crisis.tables import desk_lexicon, group_ids
from madobe.directory.rules.lines import SIGN_AUDIENCES
from madobe.lib.tokens import tokenizer

DATA = Path(__file__).parents[1] / "data"
CORPUS = DATA / "crisis_corpus.yaml"
RECALL, FALSE_CARDS = 0.98, 0.10


@cache
def rows() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(CORPUS.read_text(encoding="utf-8")))


@cache
def unseen(*sets: str) -> tuple[dict[str, Any], ...]:
    """The rows of the sets that were new once; C and D2 alone were never mended on."""
    files = [DATA / f"crisis_unseen_{name}.yaml" for name in sets]
    return tuple(row for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8")))


@cache
def families(kind: str) -> tuple[str, ...]:
    """Sentences by family, written while mending."""
    text = (DATA / f"crisis_families_{kind}.yaml").read_text(encoding="utf-8")
    return tuple(one for told in yaml.safe_load(text).values() for one in told)


def recall(chosen: Iterable[dict[str, Any]]) -> float:
    told = [row for row in chosen if row["crisis"]]
    return sum(read_danger(row["text"]).is_crisis for row in told) / len(told)


def false_cards(chosen: Iterable[dict[str, Any]]) -> float:
    calm = [row for row in chosen if not row["crisis"]]
    return sum(read_danger(row["text"]).is_crisis for row in calm) / len(calm)


@pytest.mark.parametrize("part", ["open", "held_out"])
def test_danger_is_seen_in_each_part_of_the_corpus(part: str) -> None:
    chosen = [row for row in rows() if row["part"] == part]
    assert recall(chosen) >= 0.97
    assert false_cards(chosen) <= FALSE_CARDS


def test_the_goals_hold_on_the_whole_corpus() -> None:
    assert recall(rows()) >= RECALL
    assert false_cards(rows()) <= FALSE_CARDS


def test_the_goals_hold_without_the_rows_a_second_reader_may_decide_otherwise() -> None:
    sure = [row for row in rows() if not row.get("unsure")]
    assert recall(sure) >= RECALL
    assert false_cards(sure) <= FALSE_CARDS


@pytest.mark.parametrize("sets", [("a",), ("b",), ("b2", "b3"), ("d1",)])
def test_what_was_learnt_from_each_set_is_kept(sets: tuple[str, ...]) -> None:
    assert recall(unseen(*sets)) >= 0.95
    assert false_cards(unseen(*sets)) <= 0.12


def test_what_was_learnt_by_families_is_kept() -> None:
    found = [read_danger(text).is_crisis for text in families("danger")]
    shown = [read_danger(text).is_crisis for text in families("calm")]
    assert sum(found) / len(found) >= 0.97
    assert sum(shown) / len(shown) <= 0.05


def test_letters_never_mended_on_are_read_no_worse_than_far_below_what_was_measured() -> None:
    """C measured once: recall 45.0 %, false cards 17.5 %; D2: 66.7 %, 21.7 %. Floors, no goals."""
    assert recall(unseen("c")) >= 0.35
    assert recall(unseen("d2")) >= 0.6
    assert false_cards(unseen("c", "d2")) <= 0.25


@pytest.mark.parametrize("group", ["pair_farewell_and_gone", "wish_to_vanish", "plan"])
def test_without_one_group_less_is_found_in_the_sets(
    group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control."""
    all_of_them = unseen("a", "b", "b2", "b3")
    before = recall(all_of_them)
    less = desk_lexicon(without=group)
    monkeypatch.setattr(reading, "desk_lexicon", lambda: less)
    assert recall(all_of_them) < before


@pytest.mark.parametrize(
    "group",
    ["body_in_danger", "no_roof", "nothing_left_to_live_on", "blows_told_plainly", "held_or_used",
     "net_food", "net_means_and_end", "net_single_words"],
)  # fmt: skip
def test_without_one_group_less_is_found_in_the_families(
    group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control."""

    def found() -> int:
        return sum(read_danger(text).is_crisis for text in families("danger"))

    before = found()
    less = desk_lexicon(without=group)
    monkeypatch.setattr(reading, "desk_lexicon", lambda: less)
    assert found() < before


@pytest.mark.parametrize("group", ["plan", "no_food_or_water", "missing_person"])
def test_without_one_group_of_words_the_goal_is_missed(
    group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the corpus notices what is gone."""
    less = desk_lexicon(without=group)
    monkeypatch.setattr(reading, "desk_lexicon", lambda: less)
    assert recall(rows()) < RECALL


def test_without_the_calm_turns_of_phrase_too_many_cards_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Negative control: idioms, bereavement and stories are told apart by the tables and the words around."""
    monkeypatch.setattr(reading._Calm, "covers", lambda *_: False)
    monkeypatch.setattr(reading, "is_told", lambda *_: False)
    monkeypatch.setattr(reading, "is_over", lambda *_: False)
    assert false_cards(rows()) > FALSE_CARDS


@pytest.mark.parametrize(
    "text",
    [
        "死にたい", "死 に た い", "死　に　た　い", "しにたい", "シニタイ", "ｼﾆﾀｲ", "しにたぃ", "死に〜たい…", "タヒにたい", "ﾀﾋﾆﾀｲ",
        "氏にたい", "4にたい", "逝きたい", "死\nに\nた\nい", "もう死に\nたい", "しに💦たい", "(´;ω;｀)死にたい(T_T)", "死にたいｗ", "shinitai", "Shi ni tai",
        "I want to die", "i don’t want to be here anymore", "I’m going to kill myself",
    ],
)  # fmt: skip
def test_a_wish_to_die_is_read_however_it_is_typed(text: str) -> None:
    assert "crisis" in read_danger(text).signs


@pytest.mark.parametrize(
    "text",
    [
        "死ぬほど疲れた", "祖父が亡くなって、さびしいです", "ゲームで死んだ", "爪を切った", "縄跳びをしました", "必死に働きました",
        "昔は死にたいと思っていましたが、今は元気です", "自殺のニュースを見ました", "暴力はありません", "死にたいとは思いません",
        "首を長くして待っています", "I am dying of laughter", "I want to diet", "電話の電池が死にそう", "",
    ],
)  # fmt: skip
def test_a_calm_letter_stays_calm(text: str) -> None:
    assert not read_danger(text).is_crisis


# Each with one that holds the same sounds and means them.
@pytest.mark.parametrize(
    ("calm", "danger"),
    [
        ("きょうは たくさん ねました", "いもうとを はたく"),
        ("きょうはたすけてもらいました", "ちちに はたかれた"),
        ("これはたからもの", "あたまを はたかれました"),
        ("きょうはたいてい ねています", "いもうとはたいてしまった"),  # を left out
        ("へやが あたたかく なりました", "ちちに たたかれました"),
        ("またたくまに よるに なりました", "きのうも またたたかれた"),
        ("よいしょ、と おきました", "いしょを かきました"),
        ("しばいぬを みました", "ちちに しばかれました"),
    ],
)
def test_a_word_of_kana_is_not_read_out_of_another_one(calm: str, danger: str) -> None:
    assert not read_danger(calm).is_crisis
    assert read_danger(danger).is_crisis


def in_kana(text: str) -> str:
    """A sentence by its readings; signs stay."""
    words = [
        (one.part_of_speech()[0], one.surface(), one.reading_form())
        for one in tokenizer().tokenize(text)
    ]
    return "".join(
        surface
        if kind == "補助記号"
        else "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ン" else c for c in reading)
        for kind, surface, reading in words
    )


def test_what_is_found_in_the_corpus_is_found_in_kana_no_less_often_than_it_was() -> None:
    found = [row for row in rows() if row["crisis"] and read_danger(row["text"]).is_crisis]
    calm = [row for row in rows() if not row["crisis"] and not read_danger(row["text"]).is_crisis]
    kept = sum(read_danger(in_kana(row["text"])).is_crisis for row in found)
    wrong = sum(read_danger(in_kana(row["text"])).is_crisis for row in calm)
    assert kept / len(found) >= 0.66  # 219 of 322
    assert wrong / len(calm) <= 0.13  # 38 of 326


def test_without_looking_where_words_begin_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.WordStarts, "is_topic_and", lambda *_: False)
    assert read_danger("きょうはたくさんねました").is_crisis


@pytest.mark.parametrize(
    ("danger", "calm"),
    [
        # kana alone, as children write; a word of other letters in kana
        ("しらないひとが きて むりやり くるまに のせられました", "さいしょは こわかったけど、にわの つなを つなぎました"),
        # 消えてぇ is a wish
        ("消えてぇ", "字が消えて、よめません"),
        # half a denial, and a whole one
        ("消えたいわけじゃないけど、何もしたくないです", "消えたいとは思いません"),
        # what never happened
        ("息子が家出をしました", "息子は家出をしたことは一度もなく、静かです"),
        # a matter of law
        ("息子の遺書が見つかりました", "祖父の遺書が見つかりました。相続の手続きを知りたいです"),
        # a call, and a wrist
        ("電話のあと、手首を切ってしまいました", "電話をしても、すぐ切ってしまいます"),
        # a game in the sentence before takes no wish away
        ("ゲームのボスも倒した。もう死にたい", "ボス戦が長い。何回も殺されて、やっと勝てた"),
        # a story told after the words, and somebody's own talk
        ("息子が死にたいという話をします", "人が刺される話ばかり読んでいます"),
        # a farewell and silence, a farewell alone
        ("「今までありがとう」と来て、アカウントが消えました", "送別会で今までありがとうと言いました"),
        # given away and needed no more, given away for a move
        ("ギターもゲームも全部くれるって。もういらないからって", "引っ越すので、ギターも漫画も全部くれるって。お別れ会もします"),
        # kept for food
        ("冷蔵庫は空で、買い物に行けません", "冷蔵庫が空なので、スーパーに行ってみます"),
        # a particle left out
        ("明日の朝、首吊る", "首、凝ってつらいです"),
        # a game taken away, and a game played
        ("ゲームを注意したら、娘が包丁を持ち出してきました", "ゲームで包丁を持ち出すキャラが出て、怖かったです"),
        # the denial is the danger
        ("母を呼んでも起きません", "朝、起こしても起きません"),
        # a deed denied at the end of a list, and a deed
        ("息子は暴れたり物を壊したりします", "息子は暴れたり物を壊したりはしません"),
        # what ceased, and what goes on
        ("息子の暴力は三年前から続いています", "息子の暴力は三年前におさまり、今は一緒に買い物に行きます"),
        # asked, and answered
        ("「死にたい」と娘が言いました", "「死にたいと思うことはある？」と娘に聞くと「ないよ」と笑われました"),
        # no roof tonight, and a fear for later
        ("家賃が払えず追い出されて、駅のベンチにいます", "いつか家を追い出されるのではと不安です"),
        # a door
        ("父が怖くて、部屋に鍵をかけて隠れています", "息子は部屋に鍵をかけています"),
    ],
)  # fmt: skip
def test_like_words_in_danger_and_in_calm_are_told_apart(danger: str, calm: str) -> None:
    assert read_danger(danger).is_crisis
    assert not read_danger(calm).is_crisis


@pytest.mark.parametrize(
    "name", ["never_happened", "is_not_so", "is_long_over", "is_gone_by", "_is_other"]
)
def test_without_one_look_around_a_calm_letter_gets_a_card(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: each look at the words around is what keeps a calm letter calm."""
    letter = {
        "never_happened": "息子は家出をしたことは一度もなく、静かです",
        "is_not_so": "虐待されてたわけじゃないし、いじめもないです",
        "is_gone_by": "昔、薬をたくさん飲んで救急車で運ばれたことがあります。もう十五年前で、今は普通に暮らしています",
        "is_long_over": "十代のころはリストカットをしていました。もう十年以上していません。いまは傷あとを隠しています",
        "_is_other": "引っ越すので、ギターも漫画も全部くれるって。お別れ会もします",
    }[name]
    assert not read_danger(letter).is_crisis
    monkeypatch.setattr(reading, name, lambda *_: False)
    assert read_danger(letter).is_crisis


def test_what_stands_beside_an_idiom_counts() -> None:
    assert read_danger("死ぬほどつらい、もう終わりにしたい").is_crisis


def test_a_wish_that_goes_on_after_a_denial_counts() -> None:
    assert read_danger("死にたいわけではない、ただ明日いなくなっていたい").is_crisis


def test_a_story_somebody_recognises_themselves_in_counts() -> None:
    assert not read_danger("ドラマで主人公が消えたいと言っていた").is_crisis
    assert read_danger("ドラマで主人公が消えたいと言っていた。私も消えたい").is_crisis


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("息子に殴られます", "violence"),
        ("父に殴られています", "violence_to_me"),
        ("弟が八十の祖母を叩きます", "violence_to_elder"),
        ("手首を切りました", "self_harm_talk"),
        ("三日何も食べていません", "crisis"),
        ("知らない男の人が来て、弟を連れて行かれた", "violence_to_me"),
    ],
)
def test_danger_has_the_sign_the_lines_are_ordered_by(text: str, sign: str) -> None:
    assert sign in read_danger(text).signs


@pytest.mark.parametrize(
    "text", ["息子を連れ出してほしい", "娘を施設に入れたい", "send him to a facility"]
)
def test_a_wish_for_a_contract_is_a_card_of_its_own_and_no_crisis(text: str) -> None:
    danger = read_danger(text)
    assert danger.contract_offer
    assert not danger.is_crisis


def test_every_sign_of_the_tables_is_one_the_lines_understand() -> None:
    lexicon = desk_lexicon()
    signs = {row.code for row in lexicon.japanese.rows} | {group.sign for group in lexicon.english}
    assert signs | {pair.sign for pair in lexicon.pairs} <= set(SIGN_AUDIENCES)
    assert set(SIGN_AUDIENCES) - {"contract_offer"} == SIGNS_OF_DANGER


def test_every_group_says_why_it_is_there_and_is_named_once() -> None:
    assert len(set(group_ids())) == len(group_ids())
    lexicon = desk_lexicon()
    assert all(row.source for row in lexicon.japanese.rows + lexicon.calm.rows)


def test_danger_at_the_end_of_a_long_letter_is_read() -> None:
    letter = "きょうは天気がよく、庭の花を見ていました。" * 950 + "もう死にたい。"
    found = read_danger(letter).found
    assert found
    assert all(one.start >= len(letter) - len("もう死にたい。") for one in found)


def test_a_letter_full_of_danger_is_not_read_to_its_end() -> None:
    """The card is sure: reading on would only cost time."""
    found = read_danger("もう死にたい。" * 4_000).found
    assert found
    assert found[-1].end <= 2 * reading.PIECE


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_its_findings_are_its_own_words(text: str) -> None:
    for finding in read_danger(text).found:
        assert text[finding.start : finding.end] == finding.words != ""


@given(
    st.sampled_from(["死にたい", "もう消えてしまいたい", "父に殴られています"]),
    st.text("　 \t🙂…", max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_what_stands_around_the_words_hides_nothing(cry: str, around: str) -> None:
    assert read_danger(f"{around}{cry}{around}").is_crisis


def test_nothing_is_found_in_nothing() -> None:
    assert read_danger("") == Danger(())
