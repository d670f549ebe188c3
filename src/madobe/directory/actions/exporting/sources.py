"""Where the facts of an export come from, and under which terms each source gave them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count

from madobe.directory.models import Original, Service, SourceRecord

# by SourceRecord.source: title, licence, its address, how the source wants to be named
_TERMS: dict[str, tuple[str, str, str, str]] = {
    "windows": (
        "くらし支援ナビ", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/",
        "くらし支援ナビ（運営: JUNKBRANDING） https://fukushi.junkbranding.com/ を整理して利用",
    ),
    "wam": (
        "障害福祉サービス等情報公表システム", "公共データ利用規約（第1.0版）",
        "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
        "出典：障害福祉サービス等情報公表システム（独立行政法人福祉医療機構）を加工して作成",
    ),
    "founding": ("公表された案内から書き起こした情報", "", "", "各サービスの「情報のもと」のとおり"),
    "csv": ("窓口の管理者による記入", "", "", "各サービスの「情報のもと」のとおり"),
}  # fmt: skip
_OTHER = ("", "", "", "各サービスの「情報のもと」のとおり")
_HSDS = "ほかの名簿（HSDS）"


def sources_of(services: Any) -> list[dict[str, Any]]:
    """This will give every source of these services (a query of ids) with its terms, in a fixed order."""
    counted = (
        SourceRecord.objects.filter(service__in=services).exclude(source="hsds")
        .values("source").annotate(services=Count("service", distinct=True)).order_by("source")
    )  # fmt: skip
    made = [_source(one["source"], one["services"]) for one in counted]
    shared = (
        Original.objects.filter(pk__in=services, kind="service")
        .values("scope").annotate(services=Count("pk")).order_by("scope")
    )  # fmt: skip
    made += [
        {"title": f"{_HSDS}：{one['scope']}", "services": one["services"], "attribution": _OTHER[3]}
        | ({"path": one["scope"]} if one["scope"].startswith("http") else {})
        for one in shared
    ]
    own = Service.objects.filter(pk__in=services, source_records__isnull=True).count()
    if own:
        made.append({"title": "この名簿への記入", "services": own, "attribution": _OTHER[3]})
    return made


def attribution(sources: Sequence[dict[str, Any]]) -> str:
    """This will give the sources as a page to read and to pass on with the data."""
    lines = [
        "# 出典と利用条件",
        "",
        "それぞれの情報は、もとの公開者の条件で使えます。情報のもとは、各サービスの属性「情報のもと」にもあります。",
        "",
    ]
    for one in sources:
        terms = f"（{one['licence']} {one['licence_url']}）" if one.get("licence") else ""
        lines.append(f"- {one['title']}：{one['services']}件{terms}　{one['attribution']}")
    return "\n".join([*lines, ""])


def _source(code: str, services: int) -> dict[str, Any]:
    title, licence, address, named = _TERMS.get(code, _OTHER)
    terms = {"licence": licence, "licence_url": address} if licence else {}
    return {"title": title or code, "services": services, **terms, "attribution": named}
