"""Adds the pytest runs of `./madobe test` up into one closing line."""

import sys
from xml.etree import ElementTree


def main(reports: list[str]) -> None:
    """Print "N failed, N passed, N skipped in S s" over all JUnit reports named; nothing without a report."""
    total = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    seconds = 0.0
    for report in reports:
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            seconds += float(suite.get("time", 0))
            for key in total:
                total[key] += int(suite.get(key, 0))
    if not total["tests"]:
        return
    passed = total["tests"] - total["failures"] - total["errors"] - total["skipped"]
    counts = {
        "failed": total["failures"],
        "passed": passed,
        "skipped": total["skipped"],
        "errors": total["errors"],
    }
    line = ", ".join(f"{n} {word}" for word, n in counts.items() if n or word == "passed")
    sys.stdout.write(f"==== {line} in {seconds:.2f}s ====\n")


if __name__ == "__main__":
    main(sys.argv[1:])
