"""Letters at a desk, in every state its pages show: waiting, taken, in danger, looked at, resting, closed, alike."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from madobe.accounts.models import Membership, User
from madobe.accounts.queries.seats import actor_of
from madobe.consult.actions.seeker.letters import Letter, receive_letter
from madobe.consult.actions.seeker.threads import ask_for_another
from madobe.consult.actions.staff import answers, desk, drafts, holding, marks, notes, safety
from madobe.consult.models import Attachment, Consultation, Message
from madobe.consult.reach import Hand, hand_of, open_thread
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.noted import Abuse, Danger, Noted
from madobe.consult.sealed import FILE
from madobe.consult.staff_choices import ClosingKind, Safety, Visibility
from madobe.desks.models import Desk
from madobe.desks.queries import receiving_desk
from madobe.vault.actions.groups import make_group
from madobe.vault.models import Installation
from madobe.vault.rules.receipts import new_receipt
from tests.desks.calendars import make_desk
from tests.factories.accounts import AT, give_app, make_user
from tests.factories.keys import give_key, keyring_of, make_reader
from tests.journeys.doors_world import by_mail

DESK = "まどべの手紙の窓口"
LETTER = (
    "もう力が出ないけど、早く働かないといけないと思っています。\n夜になると、そればかり考えます。"
)


def make_talk(hana: User) -> dict[str, Any]:
    """Hana coordinates, Ren answers beside her. Gives the ids the pages are asked for by."""
    assert Installation.objects.exists()
    Membership.objects.create(user=hana, role="coordinator", granted_by="tests", granted_at=AT)
    ren = make_reader("ren@demo.example", name="見本 れん")
    made = make_desk(name=DESK, is_open=False, opened_at=None)
    mine, theirs = keyring_of(hana), keyring_of(ren)
    make_group(owner=f"desk:{made.pk}", members=[mine.holder, theirs.holder], at=timezone.now())
    first, second = hand_of(actor_of(hana), mine), hand_of(actor_of(ren), theirs)
    return {
        "thread": _full(made, first, second),
        "file": _file(made, first),
        **_others(made, first),
        "by_mail": by_mail(made, first),
    }


def counsellor(short: str) -> None:
    """Print a letter's id and its words; somebody new answers at its desk, with a key, beside a colleague."""
    made = make_desk(name=f"{DESK}・{short}", is_open=False, opened_at=None)
    people = []
    for who, name, role in (
        (short, "見本 ゆう", "counsellor"),
        (f"{short}-too", "見本 とも", "coordinator"),
    ):
        user = make_user(f"{who}@demo.example", name=name, roles=(role,))
        give_app(user)
        people.append(give_key(user).holder)
    make_group(owner=f"desk:{made.pk}", members=people, at=timezone.now())
    receipt = new_receipt()
    thread = _letter(made, receipt.secret, LETTER)
    print(json.dumps({"thread": str(thread), "words": " ".join(receipt.words)}))  # noqa: T201


def _letter(made: Desk, secret: bytes, text: str, **contact: Any) -> Any:
    at = timezone.now()
    place = receiving_desk(at=at, desk_id=made.pk, even_in_set_up=True)
    assert place is not None
    letter = Letter(text=text, who="self", wishes=("where",), contact=Contact(**contact))
    return receive_letter(letter=letter, secret=secret, message=uuid4(), desk=place, at=at).case


def _full(made: Desk, first: Hand, second: Hand) -> Any:
    at, secret = timezone.now(), new_receipt().secret
    key = _letter(
        made, secret, LETTER, call_me="みずいろ", no_phone=True, must_not_know="母", safe_hours="夜",
        other="ねこがいます",
    )  # fmt: skip
    Consultation.objects.filter(pk=key).update(is_urgent=True)
    ask_for_another(secret=secret, kind="person", at=at)
    where = {"hand": first, "thread_id": key, "at": at}
    desk.keep_template(
        hand=first,
        desk_id=made.pk,
        title="お礼",
        text="書いてくださって、ありがとうございます。",
        at=at,
    )
    drafts.save_draft(**where, text="休みながらで。がんばりましょう。")
    drafts.ask_for_a_look(hand=second, thread_id=key, text="夜はしんどいですね。", at=at)
    for visibility in Visibility:
        notes.add_note(
            **where, visibility=visibility, noted=Noted("三年", "「朝がこわい」", "急がない")
        )
    safety.note_danger(
        hand=second, thread_id=key, level=Safety.URGENT, danger=Danger("今夜と書かれている", "姉に電話してよい"),
        review_on=(at + timedelta(days=3)).date(), at=at,
    )  # fmt: skip
    safety.note_abuse(hand=second, thread_id=key, abuse=Abuse("見たこと", "市の窓口"), at=at)
    holding.claim(hand=second, thread_id=key, at=at)
    return key


def _file(made: Desk, first: Hand) -> Any:
    found = Consultation.objects.filter(desk=made).latest("opened_date")
    opened = open_thread(first, found.pk, at=timezone.now()).opened
    file = uuid4()
    Attachment.objects.create(
        id=file, message=Message.objects.get(consultation=found), consultation=found, number=1,
        kind="text", media_type="text/plain", data=opened.seal(FILE, file, "文".encode()),
    )  # fmt: skip
    return file


def _others(made: Desk, first: Hand) -> dict[str, Any]:
    at = timezone.now()
    keys = [
        _letter(made, new_receipt().secret, text)
        for text in ("あ" * 200, "つかれました", "同じ", "同じ")
    ]
    Consultation.objects.filter(pk__in=keys[2:]).update(held="a1b2")
    for key in keys[:2]:
        draft = answers.Draft(message=uuid4(), seen=1, text="返事です。")
        answers.reply(hand=first, thread_id=key, draft=draft, at=at)
    marks.let_rest(hand=first, thread_id=keys[0], at=at)
    marks.close(
        hand=first, thread_id=keys[1], kind=ClosingKind.WISH, helped="夜の返事", at=at
    )  # fmt: skip
    late = _letter(made, new_receipt().secret, "約束をすぎたお便り")
    Consultation.objects.filter(pk=late).update(reply_by=at - timedelta(hours=2), missed=1)
    return {"closed": keys[1], "resting": keys[0]}
