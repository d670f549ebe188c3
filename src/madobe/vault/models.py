"""Who holds which key: public keys, locked private keys and grants. What opens them lies elsewhere."""

import uuid

from django.db import models
from django.db.models import Q

from madobe.lib.privacy import Privacy
from madobe.vault.choices import Holder


class Installation(models.Model):
    """This installation: its id stands in everything sealed here, so that nothing sealed elsewhere is taken for ours."""

    privacy = Privacy(
        holds="A random id and when the recovery sheets were last tried.",
        keep="As long as the installation.",
    )

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    identity = models.UUIDField(default=uuid.uuid4, editable=False)
    pepper_print = models.BinaryField()  # tells another key store from ours, and nothing else
    drilled_at = models.DateTimeField(null=True)  # two of three sheets were read back

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="installation_keys_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.identity)


class HolderKey(models.Model):
    """A public key somebody can be given a case by."""

    privacy = Privacy(
        holds="A public key and whose it is; of a member also the private key, locked with a passphrase.",
        keep="While it opens anything; a retired key stays without its private half.",
        sealed=("locked",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Holder.choices)
    owner = models.CharField(max_length=60)  # "staff:<uuid>", "desk:<uuid>", "house"
    public = models.BinaryField()
    locked = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Holder.values), name="holder_is_known"),
            models.UniqueConstraint(
                fields=["kind", "owner"],
                condition=Q(retired_at__isnull=True),
                name="holder_has_one_key",
            ),
            models.CheckConstraint(
                condition=Q(locked__isnull=True) | Q(kind="member", retired_at__isnull=True),
                name="holder_locked_is_a_members",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner}"


class GroupSeal(models.Model):
    """The private key of a group, sealed to one member."""

    privacy = Privacy(holds="Who belongs to a duty group.", keep="While they do.", sealed=("blob",))

    group = models.ForeignKey(HolderKey, on_delete=models.CASCADE, related_name="seals")
    member = models.ForeignKey(HolderKey, on_delete=models.CASCADE, related_name="groups")
    blob = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], name="group_seal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.member}"


class Grant(models.Model):
    """A case key, sealed to one holder (vault.rules.grants)."""

    privacy = Privacy(
        holds="Who can open which case.",
        keep="While they may; gone with the case.",
        sealed=("blob",),
    )

    case = models.UUIDField()
    holder = models.ForeignKey(HolderKey, on_delete=models.PROTECT, related_name="grants")
    generation = models.PositiveSmallIntegerField(default=1)
    blob = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "holder"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.holder}"
