"""What was sealed by the first release that seals. It must be opened by every later one: people keep years in here.

These blobs are frozen. A test that turns red here is not mended by making them anew.
"""

from uuid import UUID

from madobe.vault.rules.fields import Place, open_field
from madobe.vault.rules.grants import CaseOf, granted
from madobe.vault.rules.members import held, unlock
from madobe.vault.rules.recovery import joined

CASE_KEY, SHRED_KEY, PRIVATE = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
FIELD_BLOB = "01d2b27849c5c6f68006b4813ea44c4ff6702bd3551a598a3db9f98718f920d95deb013188fc4008ab23064792083d733de99617208dde373b50ca6eb87aad420f7f4ad5877c9202f8e3227579c4383b7fea993fe8d3567754f0b5a63b77f7a62dd81223796c358972e5818a266549252a714731afa2bd72042075bc6cba267af6ff51a4d74d5e076d9966979c5ab0eb9a4509d6dcc5603a2804b352d294d2497114a484c180cfe3e2f5be0dc2141e81e7c15454815cc582a9c0f2a9014dc09920cde23d4887ef44b1e3b7a7752ccf6fdedc403d8a0069756137c4083ceb98068511c49125317b94b808b54c620facc8fe951795162403c083f3a4626aae80e92550f0abb72d7b02035e3f1dc1bc14d2eb11b9606b5ddc855c71d48a9d00f3c17d41c39f11db85a665"
GRANT_BLOB = "021ccb2ff17801b5d99ae95e581495fe70060ce7d10ba375d796fe3f11bb8cd568222d9e860e6d478aaf70006e77c9d62aeab746d9f5789f46db747a02649d821309ffabba03d716309e435b0c154f6357dcbca78a848dfa18a44eb235b317e57c8be658c47053a10d215c41064c5be9db144fa3da040075d8"
LOCKED_BLOB = "03020013018f1e37c0454930a43842b4a7d727dac3290ec225601ffaf4bd4dccd7c458afac28ef40818fc96c63efccd2aad9796474384c30832f129359620f97278365d596888cdb5ad4737251e047c4e73a3384f8fa8cf3925e5f3d50"
TOKEN = "2427ce88433ccdb63d3a575437d5fea52d625e8b9fff7923ae22800880a997a5"
HELD_BLOB = "04dbc6e22515aacf2fc2866d740bc3924135eeb23660fc55b839e85ad70c01a5cab46e12737133151c06a44224b52ee447510a289728dc8d28b67d92ef794d42efe665f77930ee92a9"
SHARES = (
    "endless veteran academic acid ambition bedroom herd hush trouble hawk equip fatal reunion tenant diminish smart salary arena quiet loud sprinkle column picture inmate frozen purchase grocery wisdom story deny aunt window glad",
    "endless veteran academic always always dragon adorn standard museum threaten smear worthy fraction security hour insect spew voting amazing photo brave general laser angry humidity smith aspect vitamins result beaver shaped mother laundry",
)


def test_a_field_of_the_first_release_is_read():
    place = Place(installation=UUID(int=1), field=2, row=UUID(int=3), version=4)
    assert open_field(CASE_KEY, bytes.fromhex(FIELD_BLOB), place).decode() == "窓辺"


def test_a_grant_of_the_first_release_is_one():
    case = CaseOf(installation=UUID(int=1), case=UUID(int=5), generation=6)
    blob = bytes.fromhex(GRANT_BLOB)
    assert granted(blob, shred_key=SHRED_KEY, holder=PRIVATE, case=case) == CASE_KEY


def test_a_key_locked_by_the_first_release_is_unlocked():
    assert unlock(bytes.fromhex(LOCKED_BLOB), "ひろい空", member=UUID(int=7)) == PRIVATE


def test_a_key_held_by_the_first_release_is_held():
    assert held(bytes.fromhex(TOKEN), bytes.fromhex(HELD_BLOB)) == PRIVATE


def test_shares_printed_by_the_first_release_give_the_key():
    assert joined(SHARES) == CASE_KEY
