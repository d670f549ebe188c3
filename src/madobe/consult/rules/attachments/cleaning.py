"""The one door: bytes in, something safe to keep out, or the reason why not."""

from madobe.consult.rules.attachments.kinds import FILE_BYTES, Cleaned, NotTaken, Reason
from madobe.consult.rules.attachments.papers import clean_paper
from madobe.consult.rules.attachments.pictures import clean_picture
from madobe.consult.rules.attachments.sniffing import form_of
from madobe.consult.rules.attachments.texts import clean_text


def clean(name: str, data: bytes, *, number: int = 1) -> Cleaned:
    """This will make a file safe to keep and to show; all in memory, nothing is written anywhere.

    `name`: as sent, asked only whether it calls itself a text; never kept. `number`: which file of the message it
    is, for the name it gets (写真1.jpg). Raises NotTaken, and nothing else, whatever the bytes are.
    """
    if not data:
        raise NotTaken(Reason.EMPTY)
    if len(data) > FILE_BYTES:
        raise NotTaken(Reason.TOO_BIG)
    form = form_of(data)
    try:
        if form == "PDF":
            return clean_paper(data, number=number)
        if form:
            return clean_picture(form, data, number=number)
        return clean_text(name, data, number=number)
    except NotTaken:
        raise
    except Exception:
        # A stranger's bytes make decoders fail in every way there is, and their messages may quote what was sent.
        raise NotTaken(Reason.BROKEN) from None
