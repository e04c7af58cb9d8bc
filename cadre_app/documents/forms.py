"""Replacing a Word template, and giving a number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.documents.services.templates import TEMPLATE
from cadre_app.files.forms import UploadField


class TemplateForm(ChangeForm):
    """The file and why it takes the place of the one in use."""

    template = UploadField(kind=TEMPLATE, label=_("Word template"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class NumberForm(ChangeForm):
    """Nothing to fill in: a number is given or not."""
