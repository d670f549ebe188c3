"""The result as anyone meets it: a path, reasons that can be taken back, nobody sent away."""

import re

import pytest
from django.test import Client

from madobe.guide.addresses import KindConverter
from tests.directory.views.pages import main_of, text_of
from tests.guide.views.walk import press, step_of, told_of

pytestmark = pytest.mark.django_db

GUIDE = "/ja/guide/"
KIND = KindConverter().to_python  # addresses name no kind
TIRED = ["room_withdrawn", "no_talk", "exhausted"]
JOB_KINDS = {"hello_work", "saposute", "vocational_training", "employment_transition", "work_experience", "home_work"}  # fmt: skip


def result(client: Client, display: str = "ja", **told):
    answer = client.post(f"/{display}/guide/", {"step": "place", "go": "result", **told})
    assert (answer.status_code, step_of(answer)) == (200, "result")
    return answer


def path_of(answer) -> dict[str, list[str]]:
    """The kinds on the path, by stop: now, next, later; folded ones too."""
    html = main_of(answer)
    path = html[
        html.index('<ol class="path">') : html.index("</ol>", html.index('<ol class="path">'))
    ]
    stops = re.split(r'<li class="(now|next|later)">', path)[1:]
    return {
        horizon: [KIND(kind) for kind in re.findall(r'<h3><a href="/[\w-]+/kinds/(\w+)/">', body)]
        for horizon, body in zip(stops[::2], stops[1::2], strict=True)
    }


# --- from nothing to something ------------------------------------------------------------------------


def test_s0_08_nothing_told_still_gives_both_windows_and_a_door_without_a_voice(client: Client):
    answer = result(client)
    assert {"hikikomori_center", "municipal_window", "text_consultation"} <= set(path_of(answer)["now"])  # fmt: skip
    assert "声を使わずに" in text_of(answer)


def test_s0_08_nothing_told_still_leads_to_a_number_and_to_a_written_way(client: Client):
    answer = result(client)
    html = main_of(answer)
    assert 'href="tel:' in main_of(client.get(re.search(r'href="(/ja/open-now/)"', html)[1]))
    assert 'href="https://' in main_of(client.get(re.search(r'href="(/ja/text-desks/)"', html)[1]))
    assert step_of(press(client, answer, "go", "place")) == "place"


def test_s0_08_with_a_city_both_a_number_and_a_written_way_are_named(client: Client):
    html = main_of(result(client, place="昭島市"))
    assert 'href="tel:0425445111"' in html
    assert "https://www.hikikomori-tokyo.jp/howto/index.php" in html


def test_s1_01_one_sentence_on_the_front_page_is_one_tap_from_a_suggestion(client: Client):
    front = client.get("/ja/").content.decode()
    assert 'action="/ja/guide/"' in front
    answer = client.post(GUIDE, {"step": "words", "text": "息子と話せていない", "go": "result"})
    assert path_of(answer)["now"]


@pytest.mark.parametrize("example", ["at_home", "shop_only", "long", "people", "work_where"])
def test_s4_12_a_small_example_is_enough_to_come_with(client: Client, example: str):
    answer = client.post(GUIDE, {"step": "words", "text": "", "example": example})
    assert step_of(answer) == "result"
    assert "municipal_window" in path_of(answer)["now"]


def test_s0_36_ages_20_45_and_70_take_different_first_steps(client: Client):
    paths = [path_of(result(client, who="self", age=age))["now"] for age in ("20", "45", "70")]
    assert len({tuple(path) for path in paths}) == 3
    assert "livelihood_support" in paths[1]
    assert paths[2][0] == "community_comprehensive"


@pytest.mark.parametrize(
    ("told", "horizons"),
    [
        ({"signs": ["routine_ok", "part_time_experience", "job_left_repeatedly"], "wants": ["work_confidence", "small_income_home", "qualification"], "age": "29"}, ["いま", "つぎに"]),
        ({"signs": TIRED, "wants": ["job_find"]}, ["いま", "もう少し先"]),
    ],
)  # fmt: skip
def test_s1_02_what_fits_now_stands_before_what_may_come(
    client: Client, told: dict, horizons: list[str]
):
    answer = result(client, who="self", place="昭島市", **told)
    assert re.findall(r'<h2 class="when">(.*?)</h2>', main_of(answer)) == horizons


# --- stages -----------------------------------------------------------------------------------------


def test_s1_03_a_first_stage_result_speaks_of_relief_and_holds_only_relief(client: Client):
    answer = result(client, who="self", signs=TIRED, place="昭島市")
    relief = {"hikikomori_center", "municipal_window", "text_consultation", "pref_phone_mail", "pref_visit", "mental_health_public", "medical_clinic", "counseling", "family_association", "family_class", "info_material", "outreach_visit", "livelihood_support"}  # fmt: skip
    assert set(path_of(answer)["now"]) <= relief
    assert "安心" in text_of(answer)


def test_s1_06_a_job_asked_for_at_the_first_stage_brings_a_gentle_word_and_no_job_desk(
    client: Client,
):
    answer = result(client, who="family", signs=["exhausted", "fear_people"], wants=["job_for_person"], place="昭島市")  # fmt: skip
    html = main_of(answer)
    assert 'id="W_MISMATCH_STAGE1_WORK"' in html
    assert 'id="W_DONT_PUSH_OUT"' in html
    path = path_of(answer)
    assert not JOB_KINDS & {*path["now"], *path.get("next", [])}


def test_what_was_asked_for_and_is_not_for_now_stands_at_the_end_open_to_look_at(client: Client):
    answer = result(client, who="self", signs=TIRED, wants=["job_find"], place="昭島市")
    path = path_of(answer)
    assert "hello_work" in path["later"]
    assert list(path)[-1] == "later"
    assert "見るだけなら、いつでも開けます。" in text_of(answer)
    assert client.get("/ja/kinds/hello_work/").status_code == 200


def test_the_estimate_can_be_switched_by_hand_and_stays_switched(client: Client):
    answer = result(client, who="self", signs=TIRED, wants=["job_find"])
    switched = press(client, answer, "stage", "3")
    assert step_of(switched) == "result"
    assert 'value="3" aria-pressed="true"' in main_of(switched)
    assert path_of(switched) != path_of(answer)
    struck_nothing = press(client, switched, "go", "back")
    assert told_of(struck_nothing).values("stage") == ["3"]


def test_no_points_and_no_verdict_are_shown(client: Client):
    said = text_of(result(client, who="self", signs=TIRED))
    assert "かもしれません" in said
    assert not re.search(r"\d+ ?点|診断|判定|ステージ|段階", said)


def test_for_a_family_at_the_first_stage_one_sentence_for_tomorrow_stands_above_the_path(
    client: Client,
):
    html = main_of(result(client, who="family", signs=TIRED))
    assert html.index('<p class="tomorrow">') < html.index('<ol class="path">')
    assert '<p class="tomorrow">' not in main_of(result(client, who="self", signs=TIRED))


# --- what was read -----------------------------------------------------------------------------------

MOTHER = "息子が部屋から出てきません。母の私がもう疲れました。"


def readings(answer) -> dict[str, str]:
    """Words -> key of each reading that still counts."""
    html = main_of(answer)
    items = re.findall(r"<li>(.*?)</li>", html[html.index('<section class="read"') :], re.DOTALL)
    return {
        re.search("「(.*?)」", item)[1]: re.search(r'name="strike" value="([^"]+)"', item)[1]
        for item in items
        if 'name="strike"' in item
    }


def test_each_reading_is_shown_with_its_words_and_can_be_struck_and_brought_back(client: Client):
    answer = result(client, text=MOTHER)
    words, key = next((w, k) for w, k in readings(answer).items() if "疲" in w)
    struck = press(client, answer, "strike", key)
    assert words not in readings(struck)
    assert re.search(rf"<s>「{words}」", main_of(struck))
    again = press(client, struck, "unstrike", key)
    assert readings(again) == readings(answer)
    assert path_of(again) == path_of(answer)


def test_a_struck_reading_no_longer_counts(client: Client):
    answer = result(client, text="毎晩、死にたいと思います。")
    assert "now-card" in main_of(answer)
    while found := readings(answer):
        answer = press(client, answer, "strike", next(iter(found.values())))
    assert "now-card" not in main_of(answer)


def test_a_struck_reading_stays_struck_on_the_way_back_and_on(client: Client):
    answer = result(client, text=MOTHER)
    key = next(iter(readings(answer).values()))
    answer = press(client, press(client, answer, "strike", key), "go", "who")
    answer = press(client, answer, "who", "family")
    answer = press(client, answer, "go", "result")
    assert key not in readings(answer).values()


def test_words_nothing_could_be_read_from_are_thanked_for(client: Client):
    answer = result(client, text="うーん……")
    assert "ことばにならない日も、あります" in text_of(answer)
    assert path_of(answer)["now"]


def test_words_cannot_become_markup(client: Client):
    html = result(
        client, text="<img src=x>もう疲れました<script>alert(1)</script>"
    ).content.decode()
    assert "<img" not in html
    assert "<script>alert" not in html


# --- where -------------------------------------------------------------------------------------------


def test_an_ambiguous_place_asks_which_and_one_tap_answers(client: Client):
    answer = result(client, place="府中市", who="self")
    assert "「府中市」は、いくつかあります" in text_of(answer)
    chosen = press(client, answer, "place_code", "132063")
    assert step_of(chosen) == "result"
    assert "いくつかあります" not in text_of(chosen)
    assert "東京都ひきこもりサポートネット" in text_of(chosen)
    assert told_of(chosen).values("place") == ["東京都府中市"]  # a name, not a number, on the memo


def test_an_unknown_place_says_so_and_shows_what_all_of_japan_can_use(client: Client):
    answer = result(client, place="どこにもない市")
    assert "「どこにもない市」という所は見つかりませんでした" in text_of(answer)
    assert "あなたのいばしょチャット相談" in text_of(answer)
    assert step_of(press(client, answer, "go", "place")) == "place"


def test_a_place_named_in_the_text_is_enough(client: Client):
    assert "昭島市 福祉総務課" in text_of(
        result(client, text="昭島市に住んでいます。家から出られません。")
    )


def test_a_place_without_an_entry_still_ends_in_a_named_door(client: Client):
    said = text_of(result(client, place="北海道猿払村", who="family"))
    assert "あなたのいばしょチャット相談" in said


def test_s4_14_a_friend_in_tokyo_gets_the_tokyo_net_among_the_first_four(client: Client):
    path = path_of(result(client, who="friend", place="昭島市", wants=["talk"]))
    assert "pref_phone_mail" in path["now"][:4]


# --- danger ------------------------------------------------------------------------------------------


def test_the_card_for_danger_stands_above_everything_and_hides_nothing(client: Client):
    html = main_of(result(client, text="死にたいです。", place="昭島市"))
    assert html.index('class="now-card"') < html.index("<h1")
    assert '<ol class="path">' in html
    assert 'href="tel:119"' in html
    assert 'href="tel:110"' in html


def test_what_is_open_at_this_minute_stands_first_on_the_card(client: Client):
    html = main_of(result(client, text="死にたいです。"))
    card = html[: html.index("</section>")]
    states = [bool(state) for state in re.findall(r'class="(?:(open)|closed|unsure)"', card)][:-2]
    assert states[0]
    assert states == sorted(states, reverse=True)


def test_someone_who_cannot_speak_meets_a_written_line_first(client: Client):
    html = main_of(result(client, text="死にたい。電話は無理です。"))
    card = html[: html.index("</section>")]
    assert card.index("https://talkme.jp/") < card.index("tel:")


def test_violence_at_home_brings_the_card_to_the_family(client: Client):
    assert 'class="now-card"' in main_of(result(client, who="family", signs=["violence_to_me"]))


def test_nothing_of_the_kind_shows_without_a_reason(client: Client):
    assert "now-card" not in main_of(result(client, who="self", signs=TIRED))


@pytest.mark.parametrize("display", ["ja", "yasashii-f", "en"])
def test_the_result_speaks_the_readers_language(client: Client, display: str):
    answer = result(
        client, display, who="family", signs=TIRED, wants=["job_for_person"], place="昭島市"
    )
    said = re.sub(r'<(\w+)[^>]*lang="ja"[^>]*>.*?</\1>', "", main_of(answer), flags=re.DOTALL)
    said = re.sub(r"<[^>]+>", " ", said)
    kana = re.findall(r"[ぁ-ん]{3,}", said)
    assert bool(kana) == (display != "en"), kana[:5]
