"""Opening one's key is a second thing after coming in; it lies in two halves, and ends with the session."""

from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from madobe.accounts.keys import BLOB
from madobe.accounts.models import StaffSession, User
from madobe.accounts.rules.permissions import SIGNED_IN, Cell, Permissions, load
from madobe.audit.models import AuditEvent
from madobe.vault.models import HolderKey
from madobe.vault.rules.members import held
from tests.factories.accounts import PASSWORD, give_app, make_user, sign_in
from tests.factories.keys import COOKIE, WORDS, give_key, open_key

pytestmark = pytest.mark.django_db
PROBE = "/staff/probe/"
TYPED = {"letter": 'two\nlines & "marks"', "name": "見本"}
NEW = "ame no hi no machiaishitsu"


@pytest.fixture
def hana() -> User:
    user = make_user(roles=("counsellor",))
    give_app(user)
    return user


@pytest.fixture
def probe(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that reads what is sealed."""
    settings.ROOT_URLCONF = "tests.accounts.keys_pages"
    cells = {("probe", method): Cell(word=SIGNED_IN) for method in ("GET", "POST")}
    table = Permissions({**load().cells, **cells})
    monkeypatch.setattr("madobe.accounts.middleware.load", lambda: table)


def trail(action: str) -> int:
    return AuditEvent.objects.filter(action=action).count()


def left_alone(client: Client, **past: timedelta) -> None:
    session = client.session
    for name, ago in past.items():
        session[name] = (timezone.now() - ago).timestamp()
    session.save()


# --- making one --------------------------------------------------------------------------------------------


def test_the_page_says_that_no_reset_brings_the_words_back(client: Client, hana: User):
    sign_in(client, hana)
    page = client.get("/accounts/keys/").content.decode()
    assert "この合い鍵の言葉は、パスワードの再発行ではもどりません。" in page


def test_a_key_is_made_and_open_at_once(client: Client, hana: User):
    sign_in(client, hana)
    answer = client.post("/accounts/keys/", {"passphrase": NEW, "passphrase_again": NEW})
    assert answer["Location"] == "/accounts/keys/"
    assert HolderKey.objects.get().owner == f"staff:{hana.pk}"
    assert "いまは開いています" in client.get("/accounts/keys/").content.decode()
    assert trail("key.make") == 1


@pytest.mark.parametrize(
    ("words", "again", "said"),
    [
        ("minijikai kotoba"[:14], "minijikai kotoba"[:14], "15文字以上"),
        (PASSWORD, PASSWORD, "入口のパスワードと同じ"),
        ("passwordpassword", "passwordpassword", "とてもよく使われる言葉"),
        (NEW, NEW + "s", "少しちがうようです"),
        (" " * 20, " " * 20, "15文字以上"),
    ],
)
def test_words_that_would_not_hold_make_no_key(
    client: Client, hana: User, words: str, again: str, said: str
):
    sign_in(client, hana)
    page = client.post("/accounts/keys/", {"passphrase": words, "passphrase_again": again})
    assert said in page.content.decode()
    assert not HolderKey.objects.exists()


def test_a_key_wants_a_fresh_proof_first(client: Client, hana: User):
    sign_in(client, hana)
    left_alone(client, proved_at=timedelta(minutes=6))
    answer = client.post("/accounts/keys/", {"passphrase": NEW, "passphrase_again": NEW})
    assert answer.status_code == 403
    assert NEW not in answer.content.decode()
    assert not HolderKey.objects.exists()


def test_the_words_are_the_same_in_whatever_width_they_are_typed(client: Client, hana: User):
    sign_in(client, hana)
    client.post("/accounts/keys/", {"passphrase": NEW, "passphrase_again": NEW})
    client.post("/accounts/keys/close/")
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in NEW)
    assert wide != NEW
    assert (
        client.post("/accounts/keys/open/", {"keyring_passphrase": f"{wide} "}).status_code == 302
    )


# --- opening ----------------------------------------------------------------------------------------------


def test_a_page_without_a_key_leads_to_making_one_and_back(client: Client, hana: User, probe: None):
    sign_in(client, hana)
    where = client.get(f"{PROBE}?x=1")["Location"]
    assert where == "/accounts/keys/?next=%2Fstaff%2Fprobe%2F%3Fx%3D1"
    assert 'name="next" value="/staff/probe/?x=1"' in client.get(where).content.decode()
    made = client.post(
        "/accounts/keys/",
        {"passphrase": NEW, "passphrase_again": NEW, "next": f"{PROBE}?x=1"},
    )
    assert made["Location"] == f"{PROBE}?x=1"
    assert client.get(PROBE).status_code == 200


def test_what_was_typed_without_a_key_stays_on_the_page(client: Client, hana: User, probe: None):
    sign_in(client, hana)
    answer = client.post(PROBE, TYPED)
    assert answer.status_code == 403
    assert "two\nlines &amp; &quot;marks&quot;" in answer.content.decode()


def test_a_locked_page_that_is_looked_at_opens_with_the_words(
    client: Client, hana: User, probe: None
):
    give_key(hana)
    sign_in(client, hana)
    page = client.get(f"{PROBE}?x=1")
    assert page.status_code == 403
    assert 'action="/accounts/keys/open/"' in page.content.decode()
    sent = {"next": f"{PROBE}?x=1", "keyring_passphrase": WORDS}
    assert client.post("/accounts/keys/open/", sent)["Location"] == f"{PROBE}?x=1"
    assert f"staff:{hana.pk}" in client.get(PROBE).content.decode()


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example/", "x"])
def test_opening_leads_to_no_other_house(client: Client, hana: User, where: str):
    give_key(hana)
    sign_in(client, hana)
    answer = client.post("/accounts/keys/open/", {"next": where, "keyring_passphrase": WORDS})
    assert answer["Location"] == "/accounts/keys/"


def test_what_was_typed_goes_on_once_the_words_are_right(client: Client, hana: User, probe: None):
    give_key(hana)
    sign_in(client, hana)
    page = client.post(PROBE, TYPED).content.decode()
    assert "two\nlines &amp; &quot;marks&quot;" in page
    answer = client.post(PROBE, TYPED | {"keyring_passphrase": WORDS})
    assert answer.content.decode() == f"staff:{hana.pk} {sorted(TYPED.items())}"
    assert client.get(PROBE).status_code == 200


def test_a_file_that_was_added_is_told_about(client: Client, hana: User, probe: None):
    give_key(hana)
    sign_in(client, hana)
    page = client.post(PROBE, TYPED | {"paper": SimpleUploadedFile("a.txt", b"a")})
    assert "添えたファイルは、もう一度" in page.content.decode()


def test_other_words_keep_what_was_typed_and_are_written_down(
    client: Client, hana: User, probe: None
):
    give_key(hana)
    sign_in(client, hana)
    page = client.post(PROBE, TYPED | {"keyring_passphrase": NEW}).content.decode()
    assert "その言葉では開きませんでした" in page
    assert "two\nlines" in page
    assert NEW not in page
    assert (trail("key.refused"), trail("key.open")) == (1, 0)


def test_after_five_guesses_the_right_words_wait_too(client: Client, hana: User):
    give_key(hana)
    sign_in(client, hana)
    for _ in range(5):
        client.post("/accounts/keys/open/", {"keyring_passphrase": NEW})
    page = client.post("/accounts/keys/open/", {"keyring_passphrase": WORDS})
    assert "少し休みます" in page.content.decode()
    assert COOKIE not in client.cookies


def test_the_words_are_carried_through_no_other_page(client: Client, hana: User, probe: None):
    """Idle for a quarter of an hour on the page that asks for them: the unlock page holds the letter, not the words."""
    give_key(hana)
    sign_in(client, hana)
    left_alone(client, seen_at=timedelta(minutes=16))
    page = client.post(PROBE, TYPED | {"keyring_passphrase": WORDS}).content.decode()
    assert "two\nlines" in page
    assert WORDS not in page
    client.cookies.clear()
    page = client.post(
        PROBE, TYPED | {"keyring_passphrase": WORDS}, headers={"sec-fetch-site": "same-origin"}
    ).content.decode()
    assert "two\nlines" in page
    assert WORDS not in page


def test_what_a_page_asks_by_itself_opens_nothing(client: Client, hana: User, probe: None):
    give_key(hana)
    sign_in(client, hana)
    answer = client.get(PROBE, headers={"x-madobe-background": "1"})
    assert (answer.status_code, answer.content) == (403, b"")


# --- two halves -------------------------------------------------------------------------------------------


def test_the_cookie_goes_nowhere_but_here(client: Client, hana: User, settings):
    give_key(hana)
    open_key(client, hana)
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")


def test_the_cookie_alone_opens_nothing(client: Client, hana: User, probe: None):
    give_key(hana)
    open_key(client, hana)
    session = client.session
    del session[BLOB]
    session.save()
    assert client.get(PROBE).status_code == 403


def test_the_session_alone_opens_nothing(client: Client, hana: User, probe: None):
    keyring = give_key(hana)
    open_key(client, hana)
    blob = urlsafe_b64decode(client.session[BLOB])
    private = keyring.private_of(keyring.holder.pk)
    row = StaffSession.objects.get(session_key=client.session.session_key)
    assert private not in blob
    assert private.hex() not in str(row.get_decoded())
    token = urlsafe_b64decode(client.cookies[COOKIE].value)
    assert held(token, blob) == private  # both together, and only so
    del client.cookies[COOKIE]
    assert client.get(PROBE).status_code == 403


@pytest.mark.parametrize("token", ["", "x", "A" * 43 + "=", "ü", "====="])
def test_another_token_opens_nothing(client: Client, hana: User, probe: None, token: str):
    give_key(hana)
    open_key(client, hana)
    client.cookies[COOKIE] = token
    assert client.get(PROBE).status_code == 403


def test_halves_of_another_person_open_nothing(client: Client, hana: User, probe: None):
    """Somebody's two halves in a session of somebody else's: the key is not theirs."""
    give_key(hana)
    open_key(client, hana)
    blob, token = client.session[BLOB], client.cookies[COOKIE].value
    jun = make_user("jun@example.jp")
    give_app(jun)
    give_key(jun)
    other = Client()
    sign_in(other, jun)
    session = other.session
    session[BLOB] = blob
    session.save()
    other.cookies[COOKIE] = token
    assert other.get(PROBE).status_code == 403


# --- how long ---------------------------------------------------------------------------------------------


def test_the_key_stays_open_over_a_quarter_of_an_hour(client: Client, hana: User, probe: None):
    give_key(hana)
    open_key(client, hana)
    left_alone(client, seen_at=timedelta(minutes=16))
    assert client.get(PROBE).status_code == 403
    client.post(PROBE, {"unlock": "get", "unlock_password": PASSWORD})
    assert client.get(PROBE).status_code == 200


def test_after_a_working_day_the_key_is_closed(client: Client, hana: User, probe: None):
    give_key(hana)
    open_key(client, hana)
    left_alone(client, signed_in_at=timedelta(hours=8, seconds=1))
    answer = client.get(PROBE)
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert BLOB not in client.session


def test_signing_out_ends_both_halves(client: Client, hana: User, probe: None):
    give_key(hana)
    open_key(client, hana)
    token = client.cookies[COOKIE].value
    answer = client.post("/accounts/sign-out/")
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert not StaffSession.objects.filter(user_id=hana.pk).exists()
    sign_in(client, hana)
    client.cookies[COOKIE] = token  # a copy of the cookie, and a new session
    assert client.get(PROBE).status_code == 403


def test_a_key_that_was_retired_meanwhile_is_no_key(client: Client, hana: User, probe: None):
    give_key(hana)
    open_key(client, hana)
    HolderKey.objects.update(retired_at=timezone.now(), locked=None)
    assert client.get(PROBE)["Location"].startswith("/accounts/keys/")


def test_closing_locks_and_stays_signed_in(client: Client, hana: User, probe: None):
    give_key(hana)
    open_key(client, hana)
    answer = client.post("/accounts/keys/close/")
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert client.get(PROBE).status_code == 403
    assert client.get("/accounts/keys/").status_code == 200
    assert trail("key.close") == 1


# --- other words ------------------------------------------------------------------------------------------


def test_other_words_open_the_same_key_and_end_other_sessions(client: Client, hana: User):
    key = give_key(hana).holder.pk
    elsewhere = Client()
    open_key(elsewhere, hana)
    open_key(client, hana)
    sent = {"keyring_passphrase": WORDS, "passphrase": NEW, "passphrase_again": NEW}
    assert client.post("/accounts/keys/words/", sent)["Location"] == "/accounts/keys/"
    assert elsewhere.get("/accounts/keys/").status_code == 302
    open_key(elsewhere, hana, NEW)
    assert HolderKey.objects.get(retired_at=None).pk == key
    assert trail("key.passphrase") == 1


def test_without_the_words_so_far_nothing_changes(client: Client, hana: User):
    give_key(hana)
    sign_in(client, hana)
    sent = {"keyring_passphrase": NEW, "passphrase": NEW, "passphrase_again": NEW}
    assert "開きませんでした" in client.post("/accounts/keys/words/", sent).content.decode()
    open_key(client, hana)


def test_nothing_of_a_key_stands_in_the_trail(client: Client, hana: User):
    keyring = give_key(hana)
    sign_in(client, hana)
    client.post("/accounts/keys/open/", {"keyring_passphrase": NEW})
    open_key(client, hana)
    private = keyring.private_of(keyring.holder.pk)
    everything = str(list(AuditEvent.objects.values_list()))
    assert "key.open" in everything
    assert "key.refused" in everything
    for word in (WORDS, NEW, private.hex(), str(private), client.cookies[COOKIE].value):
        assert word not in everything
