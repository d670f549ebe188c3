"""Words of the staff screens for vetting and merging."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from madobe.directory.choices import Kind, PhoneKind, Sector, VettingState
from madobe.directory.rules.hours_compose import ScheduleRow, dump_rows
from madobe.directory.rules.hours_words import lines_of
from madobe.directory.rules.merging import BOTH, KEEP, OTHER
from madobe.ui.templatetags.staff import staff_language

register = template.Library()
Words = Mapping[str, str | Promise]

QUESTIONS: Words = {
    "consent": _("連れ出しや入所は、ご本人の同意をえてからにしていますか。"),
    "visit_announced": _("訪問するときは、前もってご本人に知らせていますか。"),
    "price_in_writing": _("料金と、やめるときの返金が、書面で示されていますか。"),
    "free_to_leave": _("いつでも、自分の意思でやめたり出たりできますか。"),
    "contact_kept": _("ご家族や外の人との連絡が、さえぎられずに保たれますか。"),
    "scheme": _("公的な制度に登録されているか、公的機関からすすめられていますか。"),
    "public_body": _("この運営者が公的機関であることを、公式の資料で確かめましたか。"),
}
ANSWERS: Words = {"yes": _("はい"), "no": _("いいえ"), "not_applicable": _("あてはまらない")}
CHOICES: Words = {KEEP: _("残すほう"), OTHER: _("まとめるほう"), BOTH: _("両方")}
REASONS: Words = {
    "name": _("名前が同じ"),
    "alike": _("名前がよく似ている"),
    "phone": _("電話番号が同じ"),
    "address": _("住所が同じ"),
    "number": _("法人番号が同じ"),
    "website": _("ウェブページが同じ"),
    "near": _("場所がすぐ近く"),
}
PARTS: Words = {
    "name": _("名前"), "alternate_name": _("もう一つの名前"), "name_kana": _("よみがな"), "description": _("説明"),
    "role_text": _("どんな所か"), "content_text": _("内容"), "when_to_use": _("使い時"),
    "first_visit": _("はじめての日"), "kinds": _("種類"), "areas": _("地域"), "phones": _("電話"),
    "text_doors": _("声を使わない方法"), "url": _("ウェブページ"), "website": _("ウェブサイト"), "email": _("メール"),
    "schedules": _("あいている時間"), "hours_prose": _("時間（元の文）"), "service_at_locations": _("場所"),
    "contacts": _("担当"), "application_process": _("申しこみ方"), "apply_at_kind": _("申しこむ窓口"),
    "eligibilities": _("使える条件"), "eligibility_description": _("条件の説明"), "usage_limits": _("回数のきまり"),
    "notices": _("お知らせ"), "methods": _("方法"), "audience": _("使える人"), "functions": _("していること"),
    "professions": _("聞く人"), "stages": _("段階"), "anonymous_ok": _("名前を言わずに"),
    "family_only_ok": _("家族だけで"), "camera_off_ok": _("カメラなしで"), "reservation": _("予約"),
    "fee": _("料金"), "fees_description": _("料金の説明"), "extra_costs": _("ほかの費用"), "cost_options": _("料金の表"),
    "availability": _("空き"), "capacity": _("定員"), "max_months": _("使える月数"), "languages": _("言語"),
    "links": _("資料"), "alert": _("大切なお知らせ"), "alerts": _("しばらくのお知らせ"), "source_name": _("出典"), "last_verified_date": _("確かめた日"),
    "corporate_number": _("法人番号"), "registration": _("登録"), "aliases": _("ほかのよび方"),
    "organization_id": _("運営者"), "parent_organization_id": _("上の団体"), "updated_at": _("更新した時刻"),
    "merged_into_id": _("まとめた先"),
}  # fmt: skip
TABLES: Words = {
    "service": _("窓口"), "organization": _("運営者"), "phone": _("電話"), "textdoor": _("声を使わない方法"),
    "servicekind": _("種類"), "servicearea": _("地域"), "schedule": _("あいている時間"),
    "scheduleexception": _("日ごとのちがい"), "eligibility": _("使える条件"), "condition": _("使える条件"),
    "contact": _("担当"), "link": _("資料"), "usagelimit": _("回数のきまり"), "costoption": _("料金の表"),
    "language": _("言語"), "servicealert": _("しばらくのお知らせ"), "serviceatlocation": _("場所"), "location": _("場所"),
}  # fmt: skip
ACTIONS: Words = {
    "vetting.answered": _("確認に答えました"),
    "vetting.passed": _("確認がすみました"),
    "vetting.declined": _("今回は見送りました"),
    "vetting.refused": _("「のせない」と決まりました"),
    "vetting.reopened": _("確認を開きなおしました"),
    "vetting.void": _("内容が変わり、確認がなくなりました"),
    "vetting.lapsed": _("決めた日をすぎた確認"),
    "suspension.begun": _("出さないようにしました"),
    "suspension.lifted": _("もとにもどしました"),
    "alias.add": _("よび方を足しました"),
    "alias.remove": _("よび方をはずしました"),
    "service.merge": _("まとめました"),
    "organization.merge": _("まとめました"),
    "service.unmerge": _("まとめをもどしました"),
    "organization.unmerge": _("まとめをもどしました"),
    "duplicate.not_same": _("別のものと決めました"),
}
_TABLES_OF_WORDS: Mapping[str, Words] = {
    "question": QUESTIONS, "answer": ANSWERS, "choice": CHOICES, "reason": REASONS, "part": PARTS,
    "table": TABLES, "act": ACTIONS,
    "kind": {kind.value: kind.label for kind in Kind},
    "sector": {sector.value: sector.label for sector in Sector},
    "state": {state.value: state.label for state in VettingState},
}  # fmt: skip
_HIDDEN = (
    "source_name",
    "source_url",
    "needs_check",
    "verified_date",
    "is_toll_free",
    "extent_type",
    "interval",
)


@register.filter
def word_for(code: object, table: str) -> str:
    """The word people read for a code; the code itself for one nobody named."""
    return str(_TABLES_OF_WORDS[table].get(str(code), code))


@register.filter
def lines_for(value: Any, part: str = "") -> list[str]:
    """What a part of an entry holds, one line each; a single line for what is empty."""
    if isinstance(value, list) and not (value and isinstance(value[0], Mapping)):
        found = [str(one) for one in value]
    elif isinstance(value, list):
        found = [_row(one["content"], part) for one in value]
    elif isinstance(value, tuple):
        found = [_single(one) for one in value if one not in ("", None)]
    elif isinstance(value, Mapping):
        found = [_row(value, part)]
    else:
        found = [_single(value)] if value not in ("", None) else []
    return found or [_t("（なし）")]


def _row(content: Mapping[str, Any], part: str) -> str:
    if part == "schedules":
        return _timetable(content)
    if part == "kinds":
        return str(word_for(content["kind"], "kind"))
    said = [
        _single(value)
        for name, value in content.items()
        if name not in _HIDDEN
        and not name.endswith("_id")
        and name not in ("id", "below")
        and value not in ("", None, False, [], PhoneKind.VOICE)
    ]
    below: Sequence[Mapping[str, Any]] = content.get("below", ())
    return " ".join([*said, *(_row(one, part) for one in below)])


def _timetable(content: Mapping[str, Any]) -> str:
    """A row of opening hours as the public page says it, and its dates that differ."""
    said = {
        one.name: content.get(one.name) for one in fields(ScheduleRow) if one.name != "exceptions"
    }
    clocks = {name: (content[name] or "")[:5] for name in ("opens_at", "closes_at")}
    row = ScheduleRow(**{name: value for name, value in said.items() if value is not None} | clocks)
    lines = lines_of(dump_rows([row]), staff_language())
    dates = [str(one["date"]) for one in content.get("below", ())]
    return " ".join([*lines, *dates]) or _single(content.get("description", ""))


def _single(value: Any) -> str:
    if isinstance(value, bool):
        return _t("はい") if value else _t("いいえ")
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
