"""Forms of talks. Restricted texts are offered at a desk only, never kept as drafts, never sent back in clear."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.care.fields import AccountField, ReadersField, RestrictedField, TopicsField
from cadre_app.care.models import Occasion, TalkKind
from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.templatetags.ql import icon
from cadre_app.core.widgets import DayInput

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

RESTRICTED = ("content", "response", "readers")
STANDING_NOTICE = _(
    "Write truthfully and briefly. No state secrets, no work secrets, nothing about petitioners, and no privacy that has nothing to do with the work."
)
TEXT_NOTICE = _("The following is restricted. Each reading is put on record with name, time and reason.")
NO_DRAFT = _("It is not kept as a draft: save before you leave the page. The person concerned never sees it.")
NOT_HERE = _("Restricted text is not entered on a phone. Add it later at a desk computer.")


class TimeInput(forms.TimeInput):
    """The browser's own clock; it reads and writes 09:30 whatever the page's language."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class InterviewForm(ChangeForm):
    """Knows who may hold a talk with this person: `workers`."""

    def __init__(self, *args: Any, workers: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = workers
        for field in self.fields.values():
            if isinstance(field, AccountField | ReadersField):
                field.queryset = workers


class FactsForm(InterviewForm):
    """Why and about what, with whom and where."""

    kind = forms.ChoiceField(label=_("Kind of talk"), choices=TalkKind.choices, initial=TalkKind.ROUTINE)
    occasion = forms.ChoiceField(label=_("Occasion"), choices=Occasion.choices, initial=Occasion.ROUTINE)
    interviewer = AccountField(label=_("Interviewer"), required=False)
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    topics = TopicsField(label=_("Topics"), required=False, help_text=_("The person concerned reads the topics."))


class PlanTalkForm(FactsForm):
    """拟定谈话 The day by which it is held is fixed or moved when it is booked."""

    planned_on = forms.DateField(label=_("Planned for"), widget=DayInput)
    field_order = ("planned_on", "kind", "occasion", "interviewer", "place", "topics")


class HeldFactsForm(FactsForm):
    """What can be corrected of a talk that was held."""

    interviewer = AccountField(label=_("Interviewer"))
    held_on = forms.DateField(label=pgettext_lazy("talk", "Held on"), widget=DayInput)
    topics = TopicsField(label=_("Topics"), help_text=_("The person concerned reads the topics."))
    field_order = ("held_on", "kind", "occasion", "interviewer", "place", "topics")


class BookForm(InterviewForm):
    """约谈话 When, where, with whom."""

    booked_on = forms.DateField(label=_("Day"), widget=DayInput)
    booked_time = forms.TimeField(label=pgettext_lazy("of a talk", "Time"), widget=TimeInput)
    place = forms.CharField(label=_("Place"), max_length=60)
    interviewer = AccountField(label=_("Interviewer"))


class TextsMixin(forms.Form):
    """The restricted texts; their names are told to whatever keeps drafts, so that they never are one."""

    content = RestrictedField(label=_("Content of the talk (restricted)"))
    response = RestrictedField(label=_("What the person said to it (restricted)"))
    restricted = forms.CharField(widget=forms.HiddenInput, required=False, initial=",".join(RESTRICTED))

    def drop_texts(self) -> None:
        for name in RESTRICTED:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned.pop("restricted", None)
        return cleaned


class RecordForm(TextsMixin, InterviewForm):
    """登记谈话; without `offers_texts` (on a phone) what was said is left out."""

    held_on = forms.DateField(label=pgettext_lazy("talk", "Held on"), widget=DayInput)
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    interviewer = AccountField(label=_("Interviewer"))
    topics = TopicsField(label=_("Topics"), help_text=_("The person concerned reads the topics."))
    readers = ReadersField(
        label=_("Who else may read the restricted text"),
        required=False,
        help_text=_("You can always read it yourself."),
    )

    before: tuple[str, ...] = ("held_on", "interviewer", "place", "topics")

    def __init__(self, *args: Any, offers_texts: bool, author: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = self.workers.exclude(pk=author.pk)  # type: ignore[attr-defined]
        if not offers_texts:
            self.drop_texts()
        self.helper.layout = Layout(
            "submission", "version", "restricted", *self.before, *texts_layout(offers_texts=offers_texts)
        )
        if "version" not in self.fields:
            self.helper.layout.pop(1)

    standing_notice = STANDING_NOTICE


class HeldTalkForm(RecordForm):
    """A talk that nobody had planned."""

    kind = forms.ChoiceField(label=_("Kind of talk"), choices=TalkKind.choices, initial=TalkKind.ROUTINE)
    occasion = forms.ChoiceField(label=_("Occasion"), choices=Occasion.choices, initial=Occasion.ROUTINE)
    before: tuple[str, ...] = ("held_on", "kind", "occasion", "interviewer", "place", "topics")


class TextsForm(TextsMixin, ChangeForm):
    """The restricted texts written anew; one that is left empty stays."""

    standing_notice = STANDING_NOTICE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box = texts_layout(offers_texts=True, names=("content", "response"))
        self.helper.layout = Layout("submission", "version", "restricted", *box)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("content") and not cleaned.get("response"):
            raise ValidationError(gettext("Write at least one of the two texts."), code="empty")
        return cleaned


class ReadersForm(InterviewForm):
    """Who else may read the restricted texts."""

    readers = ReadersField(
        label=_("Who else may read the restricted text"),
        required=False,
        help_text=_("You can always read it yourself."),
    )


class PlanManyForm(InterviewForm):
    """批量拟定计划 One talk for each, all for the same day; each is booked by itself later."""

    planned_on = forms.DateField(label=_("Planned for"), widget=DayInput)
    kind = forms.ChoiceField(label=_("Kind of talk"), choices=TalkKind.choices, initial=TalkKind.ROUTINE)
    occasion = forms.ChoiceField(label=_("Occasion"), choices=Occasion.choices, initial=Occasion.ROUTINE)
    interviewer = AccountField(label=_("Interviewer"), required=False)
    topics = TopicsField(label=_("Topics"), required=False, help_text=_("The person concerned reads the topics."))


def texts_layout(*, offers_texts: bool, names: tuple[str, ...] = RESTRICTED, hint: Any = NO_DRAFT) -> list[Any]:
    """The restricted part of a form: its notices and fields at a desk, on a narrow screen only why they are not there."""
    here_not = HTML(_alert("lock", NOT_HERE, "only-narrow" if offers_texts else ""))
    if not offers_texts:
        return [here_not]
    notice = HTML(_alert("lock", TEXT_NOTICE, "") + format_html('<p class="form-hint mb-4">{}</p>', hint))
    return [Div(notice, *names, css_class="only-wide restricted", data_restricted="1"), here_not]


def _alert(symbol: str, text: Any, css: str) -> Any:
    return format_html('<div class="alert alert-info {}">{}<span>{}</span></div>', css, icon(symbol), text)


class SheetForm(ReasonForm):
    """What a copy of the restricted text is for, and what is made of it."""

    PAGE, WORD = "page", "word"

    shape = forms.ChoiceField(
        label=_("What is made"), choices=((PAGE, _("A page to be printed")), (WORD, _("A Word file"))), initial=PAGE
    )
