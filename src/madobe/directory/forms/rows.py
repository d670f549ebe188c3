"""Rows of a form: as many as there are and one more. A row left blank is not there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict

MOST = 60  # rows of one kind; nobody fills in more by hand


class RowForm(forms.Form):
    """One row. `below` names the rows that hang on it, `fine` the fields few rows need."""

    below: ClassVar[tuple[str, type["RowForm"]] | None] = None
    fine: ClassVar[tuple[str, ...]] = ()
    use_required_attribute = False

    def __init__(self, *options: Any, **named: Any) -> None:
        super().__init__(*options, **named)
        self.fields["gone"] = forms.BooleanField(required=False)
        self.lower: Rows | None = None
        if self.below:
            name, row = self.below
            initial = self.initial.get(name, ()) if not self.is_bound else ()
            self.lower = Rows(
                row, f"{self.prefix}-{name}", self.data if self.is_bound else None, initial
            )

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields every row has."""
        return [self[name] for name in self.fields if name != "gone" and name not in self.fine]

    @property
    def fine_fields(self) -> list[forms.BoundField]:
        """The fields few rows need."""
        return [self[name] for name in self.fine]

    @property
    def has_fine(self) -> bool:
        """Whether one of those says something, or has something to mend."""
        written = any(self.initial.get(name) for name in self.fine)
        if self.is_bound:
            written = any(name in self.changed_data or self[name].errors for name in self.fine)
        return written or (
            self.lower is not None and bool(self.lower.faults or self.lower.has_rows)
        )

    @property
    def is_empty(self) -> bool:
        """Whether it is only there to be written into."""
        return self.is_blank if self.is_bound else not self.initial

    @property
    def is_gone(self) -> bool:
        """Whether the row was marked to be taken out."""
        return self.is_bound and bool(self["gone"].data)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into it; a choice alone is nothing, for a list always shows one."""
        written = [
            one for one in self.changed_data if not isinstance(self.fields[one], forms.ChoiceField)
        ]
        return not written and (self.lower is None or not self.lower.written)

    def full_clean(self) -> None:
        """A blank row, or one to be taken out, has nothing to mend."""
        if self.is_bound and (self.is_gone or self.is_blank):
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def read(self) -> dict[str, Any]:
        """This will give the row's values as facts have them; call it once it is valid."""
        values = {
            key: one for key, one in self.cleaned_data.items() if one is not None and key != "gone"
        }
        if self.lower is not None:
            assert self.below
            values[self.below[0]] = self.lower.read()
        return values


class Rows:
    """Rows of one kind under one prefix."""

    def __init__(
        self,
        form: type[RowForm],
        prefix: str,
        data: Mapping[str, Any] | None,
        initial: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        self.form, self.prefix = form, prefix
        given: Sequence[Mapping[str, Any]] = list(initial)
        if data is None:
            self.forms = [
                form(prefix=f"{prefix}-{i}", initial=dict(one)) for i, one in enumerate(given)
            ]
            self.forms.append(form(prefix=f"{prefix}-{len(given)}"))
        else:
            self.forms = [form(data, prefix=f"{prefix}-{i}") for i in range(_count(data, prefix))]

    @property
    def count_name(self) -> str:
        """The name of the hidden field that says how many rows a page has."""
        return f"{self.prefix}-rows"

    @property
    def written(self) -> list[RowForm]:
        """The rows somebody wrote into and did not take out."""
        return [one for one in self.forms if not one.is_gone and not one.is_blank]

    @property
    def has_rows(self) -> bool:
        """Whether a page should show them at once."""
        return any(not one.is_empty for one in self.forms)

    def is_valid(self) -> bool:
        """This will check every written row and what hangs on it."""
        results = [
            one.is_valid() and (one.lower is None or one.lower.is_valid()) for one in self.written
        ]
        return all(results)

    def read(self) -> list[dict[str, Any]]:
        """This will give the values of all written rows."""
        return [one.read() for one in self.written]

    @property
    def faults(self) -> int:
        """How many rows have something to mend."""
        if not any(one.is_bound for one in self.forms):
            return 0
        return sum(
            not (one.is_valid() and (one.lower is None or one.lower.is_valid()))
            for one in self.written
        )


def _count(data: Mapping[str, Any], prefix: str) -> int:
    """As many as the page said, and never fewer than it sent."""
    text = data.get(f"{prefix}-rows") or "0"
    said = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    sent = [key[len(prefix) + 1 :].split("-")[0] for key in data if key.startswith(f"{prefix}-")]
    highest = max(
        (int(one) + 1 for one in sent if one.isascii() and one.isdigit() and len(one) < 4),
        default=0,
    )
    return min(max(said, highest, 1), MOST)
