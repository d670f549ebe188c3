"""What is said about a file somebody sent: what was taken away from it, or why it is not there and what else goes."""

from collections.abc import Iterable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madobe.consult.rules.attachments import Reason, Removed

_REMOVED: Final[dict[Removed, Promise]] = {
    Removed.PLACE: _("撮影した場所の記録を取りのぞきました。"),
    Removed.TIME: _("日時の記録を取りのぞきました。"),
    Removed.CAMERA: _("カメラやスマートフォンの記録を取りのぞきました。"),
    Removed.AUTHOR: _("作った人の名前などの記録を取りのぞきました。"),
    Removed.COMMENT: _("ファイルに付いていた題名や説明を取りのぞきました。"),
    Removed.THUMBNAIL: _("中に入っていた小さな見本の画像を取りのぞきました。"),
    Removed.SOFTWARE: _("使ったソフトの記録を取りのぞきました。"),
    Removed.HIDDEN: _("見えないところに付いていたデータを取りのぞきました。"),
    Removed.EARLIER: _("書きなおす前の版を取りのぞきました。"),
    Removed.FILES: _("中に入っていた別のファイルを取りのぞきました。"),
    Removed.ACTIVE: _("自動で動くしくみを取りのぞきました。"),
    Removed.LINKS: _("外のページなどへのリンクを取りのぞきました。書かれた文字は残っています。"),
    Removed.NOTES: _(
        "付せんやメモの書きこみ情報を取りのぞきました。紙の上に見えていたものは残っています。"
    ),
    Removed.FORM: _("入力欄を、書かれた文字のまま紙の一部にしました。"),
    Removed.COLOUR: _("色の設定の記録を取りのぞきました。色あいが少し変わることがあります。"),
    Removed.MOTION: _("動く画像の、はじめの一枚を残しました。"),
    Removed.TRANSPARENCY: _("すきとおった部分を白にしました。"),
    Removed.SIZE: _("画像を少し小さくしました。"),
    Removed.RECORDS: _("そのほかの記録を取りのぞきました。"),
}

_REASONS: Final[dict[Reason, Promise]] = {
    Reason.TOO_BIG: _("ファイルが大きく、うまく受けとれませんでした。8MBまでのファイルなら受けとれます。"),
    Reason.TOO_MANY: _("一度に受けとれるファイルは3つまでです。つづきは、次のお便りで送れます。"),
    Reason.EMPTY: _("中に何も入っていないようでした。文章としてここに書くこともできます。"),
    Reason.NOT_KNOWN: _("この種類のファイルは、ここでは開けませんでした。写真（JPEG・PNG）やPDFなら受けとれます。文章としてここに貼ることもできます。"),
    Reason.HEIC: _("この形の写真（HEICなど）は、ここでは開けませんでした。写真の画面を写した画像（スクリーンショット）や、JPEGの写真なら受けとれます。"),
    Reason.OFFICE: _("この種類のファイルは、ここでは開けませんでした。PDFにしたものなら受けとれます。文章としてここに貼ることもできます。"),
    Reason.SOUND: _("音声は、まだ受けとれません。お話ししたいことを、文章で書くこともできます。"),
    Reason.FILM: _("動画は、まだ受けとれません。写真や文章で送ることもできます。"),
    Reason.BROKEN: _("ファイルの中を、うまく読みとれませんでした。画面を写した画像（スクリーンショット）なら受けとれます。文章としてここに貼ることもできます。"),
    Reason.TOO_MANY_PIXELS: _("画像がとても大きく、うまく受けとれませんでした。画面を写した画像（スクリーンショット）なら受けとれます。"),
    Reason.TOO_MANY_PAGES: _("ページがたくさんあり、うまく受けとれませんでした。60ページまでのPDFなら受けとれます。分けて送ることもできます。"),
    Reason.TOO_MUCH_INSIDE: _("ファイルの中身がとても多く、うまく受けとれませんでした。必要なページの写真なら受けとれます。"),
    Reason.LOCKED: _("パスワードのかかったファイルでした。パスワードのないものや、画面の写真なら受けとれます。"),
    Reason.ACTIVE_CONTENT_ONLY: _("このPDFは特別なしくみで作られていて、そのままでは残せませんでした。画面を写した画像（スクリーンショット）なら受けとれます。"),
}  # fmt: skip


def words_of_removed(removed: Iterable[Removed]) -> list[str]:
    """This will give one sentence for each thing taken away, in the language that is on."""
    return [str(_REMOVED[one]) for one in removed]


def words_of_reason(reason: Reason) -> str:
    """This will give why a file was not taken, and what else can be done."""
    return str(_REASONS[reason])
