"""Reading the trail, and finding where somebody touched it."""

from madobe.audit.models import AuditEvent, ChainHead
from madobe.audit.rules.chain import digest


def broken_links() -> list[int]:
    """This will give the numbers at which the chain does not hold; [] when it is whole.

    A row edited, deleted, put elsewhere or added by hand breaks it; so does an end cut off.
    """
    broken: list[int] = []
    previous, expected = "", 1
    for event in AuditEvent.objects.order_by("number").iterator():
        whole = (
            event.number == expected
            and event.previous == previous
            and event.digest == digest(previous, event.sealed_values())
        )
        if not whole:
            broken.append(event.number)
        previous, expected = event.digest, event.number + 1
    head = ChainHead.objects.filter(id=1).first()
    if (head.number, head.digest) != (expected - 1, previous) if head else expected != 1:
        broken.append(expected)
    return broken
