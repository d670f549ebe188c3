import sys
from typing import Any

from django.core.management.commands import check
from django.utils import timezone

from madobe.web.checkup import Weight, findings

REFUSED = 1


class Command(check.Command):
    help = "Django's own checks, then what an operator must know about keys, data, clock, disk and backups."

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Ours are about the installation as a whole: left out where only some of Django's are asked for."""
        super().handle(*app_labels, **options)
        if app_labels or options["tags"] or options["list_tags"]:
            return
        wrong = 0
        for finding in findings(at=timezone.now()):
            print(f"{finding.weight.value:<6}{finding.says}")
            wrong += finding.weight is Weight.WRONG
        if wrong:
            sys.stderr.write(
                f"{wrong} of these want mending now: the lines that begin with wrong.\n"
            )
            sys.exit(REFUSED)
