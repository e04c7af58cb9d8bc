"""What is looked for: words, among what, and in which period; all of it in the URL."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.forms import validate_year
from cadre_app.core.widgets import DayInput
from cadre_app.search.finding import Span
from cadre_app.search.services import LAST_PAGE, kinds_of, text_kinds_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class NarrowingForm(forms.Form):
    """Among what and in which period; only texts have a day."""

    kind = forms.ChoiceField(label=pgettext_lazy("search", "Among"), required=False)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput, validators=[validate_year])
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput, validators=[validate_year])

    def __init__(self, asked: QueryDict, *, user: "User") -> None:
        super().__init__(asked)
        self.things, self.texts = kinds_of(user), text_kinds_of(user)
        self.after, self.page = asked.get("after", ""), _page(asked.get("page", ""))
        groups = (
            (pgettext_lazy("search", "Names and titles"), self.things),
            (pgettext_lazy("search", "Texts"), self.texts),
        )
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", pgettext_lazy("search", "Everything")),
                *((label, list(kinds.items())) for label, kinds in groups if kinds),
            ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since is not None and until is not None and since > until:
            self.add_error("until", ValidationError(_("The last day lies before the first one."), "order"))
        return found

    @property
    def is_later(self) -> bool:
        """True on any but the first page of one kind."""
        return bool(self.after) or self.page > 1

    @property
    def next_page(self) -> int | None:
        """Of things, which are counted by pages; None after the last that is looked for."""
        return self.page + 1 if self.page < LAST_PAGE else None

    @property
    def kind_asked(self) -> str:
        """The one kind that a valid form asks for; empty for all."""
        return str(self.cleaned_data["kind"])

    @property
    def asks_for_things(self) -> bool:
        """Names and titles have no day: with a period they are left out."""
        return self.kind_asked not in self.texts and self.span() == Span(after=self.after)

    def span(self) -> Span:
        """The period, and the place after which a single kind goes on."""
        return Span(self.cleaned_data["since"], self.cleaned_data["until"], self.after)


def _page(text: str) -> int:
    """The number of a page in the URL; the first for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE))
    return min(max(1, int(text)), LAST_PAGE) if is_number else 1
