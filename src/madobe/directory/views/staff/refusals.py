"""What staff read when something is not done: what stands in the way, and what helps."""

from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madobe.directory.actions import aliases, duplicates, operators, suspension, vetting
from madobe.directory.actions.merging import errors as merging
from madobe.lib.actor import Actor
from madobe.ui.staff import staff_of

REFUSALS = (
    vetting.VettingRefusal,
    suspension.SuspensionRefusal,
    aliases.AliasRefusal,
    merging.MergeRefusal,
    duplicates.MayNotDecide,
    duplicates.DecidedAlready,
    operators.OperatorRefusal,
)
WORDS: dict[type[Exception], str | Promise] = {
    vetting.OwnOrganization: _(
        "ご自分の所属する運営者の確認はできません。ほかの方におねがいできます。"
    ),
    vetting.EnteredByYourself: _(
        "公的機関だけが使うサイト（.lg.jp・.go.jp）がないため、入力した方とは別の方の確認が必要です。"
    ),
    vetting.AnsweredAlready: _(
        "この確認には、もう答えています。もう一人の方の答えを待っています。"
    ),
    vetting.FactsChanged: _(
        "見ているあいだに、運営者の名前・区分・法人番号・サイトのどれかが変わりました。新しい内容を見て、もう一度送れます。書いたものは残っています。"
    ),
    vetting.NotAllAnswered: _("まだ答えのないところがあります。印のついたところを見てください。"),
    vetting.RefusedForGood: _(
        "「のせない」と決まっています。見直すときは、管理の方が理由を書いて開きます。"
    ),
    vetting.NothingRefused: _("「のせない」という決まりは、いまはありません。"),
    vetting.ReasonMissing: _("理由を書いてください。あとから見た人に分かるように残します。"),
    vetting.MergedAway: _("ほかの運営者にまとめられています。まとめた先で確認できます。"),
    suspension.SuspensionReasonMissing: _(
        "理由を書いてください。あとから見た人に分かるように残します。"
    ),
    suspension.SuspendedAlready: _("もう、どこにも出ていません。"),
    suspension.NotSuspended: _("もう、もとにもどされています。"),
    suspension.FollowsAnother: _(
        "上の団体、または「のせない」という決まりのために出ていません。もとの決まりのほうを見直します。"
    ),
    suspension.OwnSuspension: _(
        "ご自分の所属する運営者を、もとにもどすことはできません。ほかの方におねがいできます。"
    ),
    aliases.AliasEmpty: _("よび方を書いてください。"),
    aliases.AliasTooLong: _("200文字までにしてください。"),
    aliases.AliasKnown: _("もう入っています。"),
    aliases.AliasUnknown: _("そのよび方は、もう入っていません。"),
    merging.SameEntry: _("同じものどうしは、まとめられません。"),
    merging.MergedAlready: _("どちらかが、もうほかにまとめられています。"),
    merging.NotTrustedAlike: _(
        "まだ確認のすんでいない運営者の内容を、公開中のところへまとめることはできません。先に確認をすませます。"
    ),
    merging.OneIsSuspended: _("どちらかが、いま出ていない状態です。もどすかどうかを先に決めます。"),
    merging.ChangedSincePreview: _(
        "見ているあいだに内容が変わりました。新しい内容でもう一度えらべます。"
    ),
    merging.LaterMergeStands: _(
        "このあとに、さらにまとめられています。新しいほうから順にもどします。"
    ),
    merging.UndoneAlready: _("もう、もとにもどされています。"),
    merging.ChangedSinceMerge: _(
        "まとめたあとに変わったところがあります。ひとつずつ、どちらにするかえらべます。"
    ),
    operators.NameMissing: _("名前を、200文字までで書いてください。"),
    operators.SectorUnknown: _("区分を、ならんでいるものからえらんでください。"),
    operators.NumberNotSound: _(
        "法人番号は13桁の数字です。数字を見くらべるか、空けておいてください。"
    ),
    operators.NoWebAddress: _(
        "ウェブサイトは、https:// ではじまるアドレスを書くか、空けておいてください。"
    ),
    duplicates.DecidedAlready: _("この組は、もう決まっています。"),
}
UNPROCESSABLE = 422


def words_for(refusal: Exception) -> str:
    """This will say it. Somebody without the role gets Http404: forbidden looks like absent."""
    said = WORDS.get(type(refusal))
    if said is None:
        raise Http404 from refusal
    return str(said)


def allowed(request: HttpRequest, *roles: str) -> Actor:
    """This will give who is signed in, with one of these roles for some organization. Raises Http404 for anybody
    else, also for an editor of one organization: these screens show everybody's entries.
    """
    actor = staff_of(request)
    others = [role for role in roles if role != "editor"]
    if not (actor.organizations(*others) or ("editor" in roles and actor.has("editor"))):
        raise Http404
    return actor
