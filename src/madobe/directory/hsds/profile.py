"""Our profile of HSDS 3.0: taxonomies and terms with ids that are the same in every Madobe (docs/hsds-profile.md).

What HSDS has no field for is an attribute: its term says what it is, its value (a text, or JSON as text) what
it says. Everything stays within the official schemas.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.utils import translation

from madobe.directory import choices
from madobe.directory.hsds.formats import is_uuid

VERSION = "1"
NAMESPACE = UUID("6c1f7e0a-0f0e-5f43-8f0e-3a52c7d1e9b4")
HSDS_VERSION = "3.0"
YES, NO = "yes", "no"

# One fact of a service each; the terms are `field:yes` and `field:no`, and none where it is not known.
PROMISES = {
    "anonymous_ok": "匿名で相談できる",
    "family_only_ok": "家族だけで相談できる",
    "camera_off_ok": "カメラを切って参加できる",
    "is_hikikomori_desk": "ひきこもりのための窓口",
    "is_unevaluated": "評価をしない場",
    "needs_check": "要確認",
    "is_invented": "見本のための架空の情報",
    "is_toll_free": "通話料がかからない",
}
# One text, number, date or JSON value each.
FIELDS = {
    "when_to_use": "使い時",
    "role_text": "役割",
    "content_text": "内容",
    "first_visit": "はじめての日の流れ",
    "apply_at_kind": "申し込み先の種類",
    "notice": "お知らせ",
    "alias": "ほかの呼び名",
    "name_kana": "よみ",
    "profession": "専門職",
    "extra_costs": "ほかにかかる費用",
    "max_months": "使える月数の上限",
    "hours_prose": "受付時間（原文）",
    "availability_note": "次の空き・待ち方",
    "availability_date": "空きを確かめた日",
    "capacity": "定員",
    "lang": "情報の言語",
    "source_name": "情報のもと",
    "source_url": "情報のもとのページ",
    "source_page_id": "情報のもとのページ番号",
    "source_updated_date": "情報のもとの更新日",
    "last_verified_date": "確認した日",
    "description": "説明",
    "eligibility_description": "条件の説明",
    "email": "メールアドレス",
    "usage_limit": "利用回数",
    "link": "ちらし・関連ファイル",
    "eligibility": "条件（期間つき）",
    "text_door": "声を使わない入口",
    "schedule": "時間のくわしい決まり",
    "extension_last": "内線の終わりの番号",
    "subsidy": "補助",
    "municipality": "市区町村コード",
    "sensory_notes": "入口・静かさ",
    "building": "建物",
    "floor": "階",
    "window": "窓口番号",
}  # fmt: skip
_LISTS: dict[str, tuple[str, Any]] = {
    "kind": ("サービスの種類", choices.Kind),
    "method": ("方法", choices.Method),
    "audience": ("使える人", choices.Audience),
    "function": ("はたらき", choices.Function),
    "fee": ("費用", choices.Fee),
    "reservation": ("予約", choices.Reservation),
    "sector": ("運営", choices.Sector),
    "registration": ("東京都の若者社会参加応援事業での登録", choices.Registration),
    "availability": ("空き", choices.Availability),
    "standing": ("運営者の確認", choices.Standing),
    "door": ("声を使わない入口の種類", choices.DoorKind),
    "condition": ("条件の種類", choices.ConditionKind),
    "link": ("関連ファイルの種類", choices.LinkKind),
    "schedule_kind": ("時間の種類", choices.ScheduleKind),
}  # fmt: skip
STAGES = {"1": "つながりはじめ", "2": "居場所・仲間", "3": "社会への参加"}


@dataclass(frozen=True)
class Term:
    """One term. `key` "kind:ibasho"; `name` in Japanese."""

    key: str
    name: str

    @property
    def taxonomy(self) -> str:
        return self.key.split(":")[0]

    @property
    def id(self) -> UUID:
        return term_id(self.key)


@cache
def term_id(key: str) -> UUID:
    """This will give the id of a term ("kind:ibasho"), the same in every Madobe."""
    return uuid5(NAMESPACE, f"term:{key}")


@cache
def taxonomy_id(code: str) -> UUID:
    """This will give the id of a taxonomy ("kind"), the same in every Madobe."""
    return uuid5(NAMESPACE, f"taxonomy:{code}")


@cache
def taxonomies() -> Mapping[str, str]:
    """This will give every taxonomy of the profile, code → name."""
    return {
        "field": "項目",
        "promise": "はい・いいえで答えられること",
        "stage": "段階",
        **{code: name for code, (name, _) in _LISTS.items()},
    }


@cache
def terms() -> Mapping[str, Term]:
    """This will give every term of the profile by its key, always with its Japanese name."""
    with translation.override("ja"):
        found = [Term(f"field:{code}", name) for code, name in FIELDS.items()]
        for code, name in PROMISES.items():
            found += [
                Term(f"promise:{code}:{YES}", f"{name}：はい"),
                Term(f"promise:{code}:{NO}", f"{name}：いいえ"),
            ]
        found += [Term(f"stage:{code}", name) for code, name in STAGES.items()]
        for taxonomy, (_, values) in _LISTS.items():
            found += [
                Term(f"{taxonomy}:{value}", str(label)) for value, label in values.choices if value
            ]
    return {one.key: one for one in found}


@cache
def key_of(term: str) -> str:
    """This will give the key of one of our terms by its id, "" for a foreign one."""
    return _keys().get(term.lower(), "")


@cache
def _keys() -> Mapping[str, str]:
    return {str(one.id): key for key, one in terms().items()}


def taxonomy_document(code: str) -> dict[str, Any]:
    """This will give one of our taxonomies as HSDS `taxonomy`."""
    return {
        "id": str(taxonomy_id(code)),
        "name": taxonomies()[code],
        "description": f"Madobe profile {VERSION} of HSDS {HSDS_VERSION}: {code}",
        "uri": f"urn:uuid:{taxonomy_id(code)}",
        "version": VERSION,
    }


def term_document(key: str) -> dict[str, Any]:
    """This will give one of our terms as HSDS `taxonomy_term`."""
    term = terms()[key]
    return _inside(key) | {
        "taxonomy_detail": taxonomy_document(term.taxonomy),
        "language": "ja",
    }


@cache
def _inside(key: str) -> dict[str, Any]:
    """What stands inside an attribute; `term_document` says the rest."""
    term = terms()[key]
    return {
        "id": str(term.id),
        "code": key,
        "name": term.name,
        "description": f"Madobe profile {VERSION}: {key}",
        "taxonomy": taxonomies()[term.taxonomy],
        "taxonomy_id": str(taxonomy_id(term.taxonomy)),
        "term_uri": f"urn:uuid:{term.id}",
    }


def attribute(
    owner: UUID, entity: str, key: str, value: str = "", *, number: int = 0
) -> dict[str, Any]:
    """This will give an HSDS attribute with our term; `number` tells several of one term apart."""
    made: dict[str, Any] = {
        "id": str(uuid5(owner, f"attribute:{key}:{number}")),
        "link_id": str(owner),
        "link_entity": entity,
        "taxonomy_term_id": str(term_id(key)),
    }
    if value:
        made["value"] = value
    return made


def structured(values: Mapping[str, Any]) -> str:
    """This will write a value that has parts, as JSON; what is empty is left out."""
    kept = {k: v for k, v in values.items() if v not in ("", None, [], False)}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def opened(document: Any) -> Any:
    """This will give a document with each of our terms spelled out inside its attribute."""
    if isinstance(document, list):
        return [opened(one) for one in document]
    if not isinstance(document, dict):
        return document
    made = {
        name: opened(value) if isinstance(value, list | dict) else value
        for name, value in document.items()
    }
    if "taxonomy_term_id" in made and "taxonomy_term" not in made:
        key = key_of(str(made["taxonomy_term_id"]))
        if key:
            made["taxonomy_term"] = _inside(key)
    return made


def closed(document: Any) -> Any:
    """This will take out again what `opened` spells out, so that a record from another Madobe is kept short."""
    if isinstance(document, list):
        return [closed(one) for one in document]
    if not isinstance(document, dict):
        return document
    made = {
        name: closed(value) if isinstance(value, list | dict) else value
        for name, value in document.items()
    }
    key = key_of(str(made.get("taxonomy_term_id", ""))) if "taxonomy_term" in made else ""
    if key and made["taxonomy_term"] == _inside(key):
        del made["taxonomy_term"]
    return made


def used_terms(document: Any) -> Iterable[tuple[str, str]]:
    """This will give (term id, taxonomy id or "") of every attribute anywhere in a document."""
    if isinstance(document, list):
        for one in document:
            yield from used_terms(one)
        return
    if not isinstance(document, dict):
        return
    for name, value in document.items():
        if name != "attributes":
            if isinstance(value, list | dict):
                yield from used_terms(value)
            continue
        for one in value if isinstance(value, list) else ():
            if isinstance(one, dict):
                yield _term_of(one)


def _term_of(attribute_: Mapping[str, Any]) -> tuple[str, str]:
    inside = attribute_.get("taxonomy_term")
    inside = inside if isinstance(inside, dict) else {}
    detail = inside.get("taxonomy_detail")
    term = _id_in(attribute_.get("taxonomy_term_id") or inside.get("id"))
    key = key_of(term) if term else ""
    if key:
        return term, str(taxonomy_id(key.split(":")[0]))
    of_detail = detail.get("id") if isinstance(detail, dict) else ""
    return term, _id_in(inside.get("taxonomy_id") or of_detail)


def _id_in(value: Any) -> str:
    """What foreign records hold under names we do not know may be anything."""
    return value.lower() if isinstance(value, str) and is_uuid(value) else ""
