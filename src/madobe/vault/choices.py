"""Named values of keys."""

from django.db.models import TextChoices


class Holder(TextChoices):
    """Whose a public key is. Receipts hold grants too, but those lie with the receipt (consult)."""

    MEMBER = "member", "member of staff"
    DUTY = "duty", "whoever is on duty at a desk"
    RECOVERY = "recovery", "the house, on paper"
