"""What goes to the village on paper: blank sheets, the cover of a batch, sheets with one-time codes. All in Chinese."""

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.evaluation import permissions
from cadre_app.evaluation.forms.campaigns import CodesForm
from cadre_app.evaluation.models import Respondent, Subject
from cadre_app.evaluation.services import codes
from cadre_app.evaluation.views.pages import BOTH, visible_subject

PAPER_LANGUAGE = "zh-hans"
QUIET_ZONE = 4


@require_GET
def sheet_print(request: UserRequest, pk: UUID) -> HttpResponse:
    """A blank sheet, A4, in large type."""
    subject = visible_subject(request, pk)
    require(permissions.can_print(request.user, subject))
    return _printed(request, "evaluation/papers/sheet.html", subject, {})


@require_GET
def cover_print(request: UserRequest, pk: UUID) -> HttpResponse:
    """The cover of a batch, for the two representatives who watched and whoever collected."""
    subject = visible_subject(request, pk)
    require(permissions.can_print(request.user, subject))
    return _printed(request, "evaluation/papers/cover.html", subject, {})


@never_cache
@BOTH
def codes_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Makes codes and answers with the sheets that bear them: nobody can show them again. They ask nothing themselves: what
    was filled in by pen and by its code would count twice.
    """
    subject = visible_subject(request, pk)
    require(permissions.can_make_codes(request.user, subject))
    form = CodesForm(request.POST or None)
    made: list[str] = []

    def make(one: Subject, **values: Any) -> Subject:
        made.extend(codes.make_codes(one, **values))
        return one

    if submit(request, form, make, subject):
        if not made:
            return redirect("evaluation:campaign_detail", pk=subject.campaign_id)
        return _printed(request, "evaluation/papers/coded.html", subject, {"drawings": [drawn(one) for one in made]})
    title = _("Sheets with one-time codes: %(name)s") % {"name": subject.trainee.person.name}
    notices = (_("The sheets are shown once, right after this: print them at once."),)
    page = Page(title, "", _("Make codes and show the sheets"), notices=notices)
    return render(request, "evaluation/form.html", {"form": form, "campaign": subject.campaign, "page": page})


def drawn(token: str) -> SafeString:
    """The address of one sheet as a drawing that stands in the page."""
    url = settings.PUBLIC_URL + reverse("evaluate", kwargs={"token": token})
    code = segno.make(url, error="m", micro=False)
    return mark_safe(  # noqa: S308
        code.svg_inline(border=QUIET_ZONE, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    )


def _printed(request: UserRequest, template: str, subject: Subject, more: dict[str, Any]) -> HttpResponse:
    with translation.override(PAPER_LANGUAGE):
        context = {
            "subject": subject,
            "campaign": subject.campaign,
            "sheet": subject.campaign.sheet,
            "respondents": Respondent.choices,
            "back": reverse("evaluation:campaign_detail", kwargs={"pk": subject.campaign_id}),
            **more,
        }
        return render(request, template, context)
