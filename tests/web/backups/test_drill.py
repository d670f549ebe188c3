"""The drill of the last resort, by the commands an operator types (trust.md G6, G27)."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from madobe.audit.models import AuditEvent
from madobe.audit.queries import broken_links
from madobe.vault.actions.cases import begin_case, shred_case
from madobe.vault.actions.members import make_member_key, retire_member_key
from madobe.vault.actions.recovery import make_recovery
from madobe.vault.choices import Holder
from madobe.vault.holders import holder
from madobe.vault.models import Grant, GroupSeal, HolderKey
from tests.factories.accounts import make_user
from tests.factories.houses import AT, CHEAP, DESK, PASSPHRASE, House, furnish, keyring_of, read_by
from tests.factories.keys import told_of

NEW = "yoru no ato no asa"


@pytest.fixture
def house(new_host) -> Iterator[House]:
    """A machine to type commands on, with a house in it."""
    with new_host().entered():
        yield furnish()


def paper(folder: Path, *sheets: str) -> Path:
    (file := folder / "sheets").write_text("\n".join(sheets))
    return file


def lose_the_passphrase(house: House) -> None:
    """The old key is retired and a new one made, as after signing in: it opens nothing yet."""
    retire_member_key(owner=house.hana.actor_id, at=AT)
    make_member_key(owner=house.hana.actor_id, passphrase=NEW, at=AT, cost=CHEAP)
    assert read_by(keyring_of(house.hana, NEW)) == {}


def state() -> list[object]:
    """All that says who opens what."""
    return [
        list(model.objects.order_by("pk").values_list()) for model in (HolderKey, GroupSeal, Grant)
    ]


def test_from_a_backup_to_a_letter_that_reads_again(new_host, tmp_path, capsys):
    old, fresh = new_host(), new_host(migrated=False)
    with old.entered():
        house = furnish()
        call_command("backup", tmp_path / "out")
    data, keys = capsys.readouterr().out.split()
    sheets = paper(tmp_path, house.sheets[2], house.sheets[0].upper())
    with fresh.entered():
        call_command("restore", data, keys, sheets=sheets)
        assert "web_feedback" in capsys.readouterr().out
        lose_the_passphrase(house)
        call_command("recover", "hana@example.jp", sheets=sheets, yes=True)
        assert read_by(keyring_of(house.hana, NEW)) == house.letters
    assert "3 cases and 1 duty groups open for 見本 はな now." in capsys.readouterr().out


def test_one_sheet_gives_nothing(house, tmp_path):
    lose_the_passphrase(house)
    before = state()
    with pytest.raises(CommandError, match="2 different sheets are needed"):
        call_command(
            "recover", "hana@example.jp", sheets=paper(tmp_path, house.sheets[0]), yes=True
        )
    assert state() == before
    assert read_by(keyring_of(house.hana, NEW)) == {}


def test_one_sheet_twice_gives_nothing(house, tmp_path):
    before = state()
    sheets = paper(tmp_path, house.sheets[0], house.sheets[0])
    with pytest.raises(CommandError, match="Two different sheets"):
        call_command("recover", "hana@example.jp", sheets=sheets, yes=True)
    assert state() == before


def test_one_sheet_restores_nothing(new_host, tmp_path):
    old, fresh = new_host(), new_host(migrated=False)
    with old.entered():
        house = furnish()
        call_command("backup", tmp_path / "out")
    data, keys = sorted((tmp_path / "out").iterdir())
    with fresh.entered(), pytest.raises(CommandError, match="2 different sheets"):
        call_command("restore", data, keys, sheets=paper(tmp_path, house.sheets[1]))


def test_sheets_of_another_house_give_nothing(house, new_host, tmp_path):
    with new_host().entered():
        others = furnish().sheets
    before = state()
    with pytest.raises(CommandError, match="of another installation"):
        call_command("recover", "hana@example.jp", sheets=paper(tmp_path, *others), yes=True)
    assert state() == before


def test_sheets_of_an_older_printing_still_give_what_was_begun_before(house, tmp_path):
    make_recovery(at=AT)
    lose_the_passphrase(house)
    call_command("recover", "hana@example.jp", sheets=paper(tmp_path, *house.sheets), yes=True)
    assert read_by(keyring_of(house.hana, NEW)) == house.letters


def test_a_case_of_one_counsellor_alone_does_not_go_to_the_group(house, tmp_path):
    alone = next(iter(house.letters))
    Grant.objects.filter(case=alone, holder__kind=Holder.DUTY).delete()
    call_command("recover", "hana@example.jp", sheets=paper(tmp_path, *house.sheets), yes=True)
    held = Grant.objects.filter(holder=holder(Holder.DUTY, DESK)).values_list("case", flat=True)
    assert set(held) == set(house.letters) - {alone}


def test_what_comes_in_afterwards_reads_too(house, tmp_path):
    lose_the_passphrase(house)
    old_group = holder(Holder.DUTY, DESK)
    call_command("recover", "hana@example.jp", sheets=paper(tmp_path, *house.sheets), yes=True)
    group = holder(Holder.DUTY, DESK)
    begin_case(case=(case := uuid4()), readers=[group], on=AT.date())
    keyring_of(house.hana, NEW).open(case)
    assert old_group.pk != group.pk
    assert not GroupSeal.objects.filter(group=old_group).exists()


def test_whoever_had_a_case_keeps_it(house, tmp_path):
    """Only one passphrase of two is lost: the other's cases stay with them, and are given to the first, too."""
    yuki = make_user("yuki@example.jp", name="見本 ゆき")
    make_member_key(owner=yuki.actor_id, passphrase=NEW, at=AT, cost=CHEAP)
    call_command("recover", "yuki@example.jp", sheets=paper(tmp_path, *house.sheets), yes=True)
    assert read_by(keyring_of(yuki, NEW)) == house.letters
    assert read_by(keyring_of(house.hana, PASSPHRASE)) == house.letters


def test_what_was_erased_or_never_given_is_counted(house, tmp_path, capsys):
    lose_the_passphrase(house)
    erased, *_ = house.letters
    grants = list(Grant.objects.filter(case=erased).values())
    shred_case(erased)
    Grant.objects.bulk_create(Grant(**row) for row in grants)  # as in old data with current keys
    begin_case(case=uuid4(), readers=[holder(Holder.DUTY, DESK)], on=AT.date())
    call_command("recover", "hana@example.jp", sheets=paper(tmp_path, *house.sheets), yes=True)
    said = capsys.readouterr().out
    assert "2 cases and 1 duty groups" in said
    assert "1 erased" in said
    assert "1 cases were never given to these sheets" in said


def test_it_stands_in_the_trail_without_a_word_of_any_sheet(house, tmp_path):
    call_command("recover", "hana@example.jp", sheets=paper(tmp_path, *house.sheets), yes=True)
    event = AuditEvent.objects.get(action="keys.recover")
    assert (event.by, event.reason) == ("command recover", "")
    assert event.detail == {"cases": 3, "groups": 1}
    assert [told_of(sheet, str(vars(event))) for sheet in house.sheets] == [[], [], []]
    assert broken_links() == []


def test_what_tells_of_a_sheet_is_known_from_a_word_the_product_uses_itself(house):
    (first, *_), words = house.sheets, house.sheets[0].split()
    assert told_of(first, f"recover: {first}") != []
    assert told_of(first, repr(words[20:23])) == [" ".join(words[20:23])]
    assert told_of(first, f"{words[20]} object, {words[21]} recover") == []


@pytest.mark.parametrize(
    ("email", "says"),
    [("nobody@example.jp", "Nobody with"), ("yuki@example.jp", "has no key yet")],
)
def test_only_somebody_with_a_key_can_be_given_anything(house, tmp_path, email, says):
    make_user("yuki@example.jp", name="見本 ゆき")
    before = state()
    with pytest.raises(CommandError, match=says):
        call_command("recover", email, sheets=paper(tmp_path, *house.sheets), yes=True)
    assert state() == before


@pytest.fixture
def terminal(monkeypatch):
    """Somebody at a terminal: answers in turn, unseen ones (sheets) and seen ones apart."""

    def typing(*, unseen: list[str], seen: list[str]) -> None:
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("madobe.web.sheets.getpass", lambda _prompt: unseen.pop(0))
        monkeypatch.setattr("builtins.input", lambda _prompt: seen.pop(0))

    return typing


def test_on_a_terminal_it_asks_for_all_it_needs(house, terminal, capsys):
    lose_the_passphrase(house)
    terminal(unseen=list(house.sheets[:2]), seen=["hana@example.jp", "yes"])
    call_command("recover")
    assert read_by(keyring_of(house.hana, NEW)) == house.letters
    said = capsys.readouterr()
    assert "will open every case" in said.err
    assert told_of(house.sheets[0], said.out + said.err) == []


def test_without_a_yes_nothing_happens(house, terminal):
    lose_the_passphrase(house)
    before = state()
    terminal(unseen=list(house.sheets[:2]), seen=["no"])
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("recover", "hana@example.jp")
    assert state() == before


def test_a_misspelt_sheet_is_asked_for_once_more_and_never_shown(house, terminal, capsys):
    words = house.sheets[0].split()
    misspelt = " ".join([*words[:6], "qwertyuiop", *words[7:]])
    terminal(unseen=[misspelt, *house.sheets[:2]], seen=["yes"])
    call_command("recover", "hana@example.jp")
    said = capsys.readouterr()
    assert "word 7" in said.err
    assert "qwertyuiop" not in said.out + said.err


def test_a_misspelt_sheet_in_a_file_is_named_by_its_place(house, tmp_path):
    words = house.sheets[1].split()
    misspelt = " ".join([*words[:30], "qwertyuiop", *words[31:]])
    with pytest.raises(CommandError, match="word 31") as refused:
        call_command(
            "recover", "hana@example.jp", sheets=paper(tmp_path, house.sheets[0], misspelt)
        )
    assert "qwertyuiop" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda words: words[:-1], "33 words, these are 32"),
        (
            lambda words: [*words[:10], words[11], words[10], *words[12:]],
            "another than on the sheet",
        ),
    ],
)
def test_a_sheet_that_is_not_whole_is_told_from_one_misspelt(house, tmp_path, change, says):
    short = " ".join(change(house.sheets[0].split()))
    with pytest.raises(CommandError, match=says):
        call_command("recover", "hana@example.jp", sheets=paper(tmp_path, short, house.sheets[1]))


def test_of_three_sheets_one_may_be_misspelt(house, tmp_path):
    sheets = paper(tmp_path, house.sheets[0], "not a sheet at all", house.sheets[2])
    lose_the_passphrase(house)
    call_command("recover", "hana@example.jp", sheets=sheets, yes=True)
    assert read_by(keyring_of(house.hana, NEW)) == house.letters


def test_without_a_terminal_and_a_file_it_says_so(house, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CommandError, match="--sheets FILE"):
        call_command("recover", "hana@example.jp")
