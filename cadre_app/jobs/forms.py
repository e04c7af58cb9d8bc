"""What a page sends to have a job done."""

from django import forms

from cadre_app.core.forms import ChangeForm


class StartJobForm(ChangeForm):
    """The kind of job and the list's own URL parameters, so that an export holds exactly what was shown."""

    kind = forms.CharField(max_length=60)
    query = forms.CharField(max_length=4000, required=False, strip=False)
