"""The lines that stand where somebody sent something without words. Counsellor and writer both see them."""

from django.utils.translation import gettext as _

from madobe.channels.rules.incoming import Kind


def arrived(kind: Kind) -> str:
    """The line for something of this kind that lies beside it."""
    return {
        Kind.PICTURE: _("写真か絵が届きました"),
        Kind.SOUND: _("声か音が届きました"),
        Kind.VIDEO: _("動画が届きました"),
        Kind.FILE: _("ファイルが届きました"),
        Kind.TEXT: _("文のないお便りが届きました"),
    }.get(kind, _("お便りが届きました（窓辺では開けない形でした）"))


def too_large(kind: Kind) -> str:
    """The line for something that was larger than the window takes."""
    return {
        Kind.PICTURE: _("写真か絵が届きました（大きいため、窓辺では開いていません）"),
        Kind.SOUND: _("声か音が届きました（大きいため、窓辺では開いていません）"),
        Kind.VIDEO: _("動画が届きました（大きいため、窓辺では開いていません）"),
    }.get(kind, _("ファイルが届きました（大きいため、窓辺では開いていません）"))


def not_there_yet(kind: Kind) -> str:
    """The line for something whose content the host did not hand over."""
    return {
        Kind.PICTURE: _("写真か絵が届きました（中身は、まだ受けとれていません）"),
        Kind.SOUND: _("声か音が届きました（中身は、まだ受けとれていません）"),
        Kind.VIDEO: _("動画が届きました（中身は、まだ受けとれていません）"),
    }.get(kind, _("ファイルが届きました（中身は、まだ受けとれていません）"))


def sticker(words: str, *, written: bool) -> str:
    """The line for a sticker: `words` it means or, when `written`, that stand on it; "" when nobody says."""
    if not words:
        return _("スタンプが届きました")
    if written:
        return _("スタンプ（『%(words)s』と書いてある絵）") % {"words": words}
    return _("スタンプ（『%(words)s』の意味の絵）") % {"words": words}


def place() -> str:
    return _("位置情報が届きました（窓辺では開いていません）")


def unsent() -> str:
    return _("送った人が、前のひとことを取り消しました")


def joined() -> str:
    return _("LINEでつながりました（まだ文はありません）")


def left() -> str:
    return _("LINEのつながりがなくなりました（ここからのお返事は届かなくなります）")


def from_a_group() -> str:
    return _("LINEのグループから届きました（グループの中の話は、窓辺では開いていません）")


def unknown() -> str:
    return _("お便りが届きました（窓辺では開けない形でした）")


def mail_unreadable() -> str:
    return _("メールが届きました（読めない形だったため、そのままファイルにしてあります）")


def mail_too_large() -> str:
    return _("大きなメールが届きました（中身は、メールの箱に残してあります）")


def mail_came_back() -> str:
    return _("こちらからのメールが、届かずにもどってきたようです")


def mail_automatic() -> str:
    return _("機械からのメールが届きました（不在のお知らせなど）")
