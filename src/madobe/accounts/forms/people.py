"""Looking after people, and asking the trail."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from madobe.accounts.choices import Language, Role
from madobe.accounts.forms.fields import NOTHING_YET, email_field
from madobe.accounts.queries.people import places_named, places_of
from madobe.lib.actor import Actor


class RolesField(forms.MultipleChoiceField):
    """Roles as checkboxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("役割"),
            choices=Role.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("役割を一つ以上えらんでください。"),
                "invalid_choice": _("「%(value)s」という役割は、ここにはありません。"),
            },
            **kwargs,
        )


class PlaceMixin(forms.Form):
    """For which organization: chosen from one's own, or written by those who look after everything.

    `cleaned_data["organization"]` is its id as text, "" for the whole installation.
    """

    place = forms.CharField(label=_("どこで"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.same_name: list[tuple[str, str]] = []  # (id, name) to choose from
        if not actor.has(Role.ADMIN):
            self.fields["place"] = forms.ChoiceField(
                label=_("どこで"),
                choices=places_of(actor),
                error_messages={"required": NOTHING_YET},
            )

    def clean_place(self) -> str:
        written = self.cleaned_data["place"].strip()
        found = places_named(written, actor=self.actor) if written else []
        if len(found) > 1:
            self.same_name = found
            raise ValidationError(_("同じ名前の団体がいくつかあります。一つえらんでください。"))
        if written and not found:
            raise ValidationError(
                _(
                    "「%(name)s」という団体は見つかりませんでした。名前をそのまま入れるか、空のままにすると全体になります。"
                )
                % {"name": written}
            )
        self.cleaned_data["organization"] = found[0][0] if found else ""
        return written


class InviteForm(PlaceMixin):
    """Whom to invite, for what."""

    email = email_field()
    name = forms.CharField(label=_("名前"), max_length=60, required=False)
    language = forms.ChoiceField(label=_("画面の言葉"), choices=Language.choices)
    roles = RolesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class GrantForm(PlaceMixin):
    """Roles for one place."""

    roles = RolesField()


class TrailForm(forms.Form):
    """What of the trail to show."""

    by = forms.CharField(label=_("だれ"), max_length=100, required=False)
    action = forms.CharField(label=_("なに"), max_length=60, required=False)
    record = forms.CharField(label=_("記録の番号"), max_length=64, required=False)
    since = forms.DateField(
        label=_("この日から"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("日にちは 2026-11-24 のように入れられます。")},
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
