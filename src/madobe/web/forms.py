"""Clean input of the web floor."""

from django import forms

from madobe.web.choices import ANSWERS

EMPTY = [("", "")]


class FeedbackForm(forms.Form):
    """The two questions at the foot of each page (S4-25) and a free line. Everything may stay empty."""

    page = forms.CharField(max_length=80, required=False)
    found = forms.ChoiceField(choices=EMPTY + list(ANSWERS), required=False)
    understood = forms.ChoiceField(choices=EMPTY + list(ANSWERS), required=False)
    comment = forms.CharField(max_length=1000, required=False, widget=forms.Textarea)
