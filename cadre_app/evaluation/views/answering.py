"""The page behind a printed code: no sign-in, no cookie, nothing of whoever opens it is kept."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cadre_app.evaluation.forms.answers import AnswerForm
from cadre_app.evaluation.services import codes

STATUSES = {"unknown": 404, "used": 410, "closed": 410}


@csrf_exempt  # The code in the address is all that is asked for; a token of a session would need a cookie.
@login_not_required
@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, token: str) -> HttpResponse:
    """One sheet: its questions, then thanks; a code that opens none says why and what to do."""
    try:
        subject = codes.subject_of(token)
        form = AnswerForm(request.POST if request.method == "POST" else None, sheet=subject.campaign.sheet)
        if request.method == "POST" and form.is_valid():
            values = form.cleaned_data
            codes.fill_in(
                token, answers=form.answers, respondent=values["respondent"], comment=values["comment"].strip()
            )
            return _plain(request, {"title": _("Thank you"), "text": _("Your sheet is in the box.")}, 200)
    except codes.NoSheet as refused:
        return _plain(request, _sentence(refused.why), STATUSES[refused.why])
    context = {"form": form, "subject": subject, "campaign": subject.campaign}
    return _closed_book(render(request, "evaluation/evaluate.html", context))


def _plain(request: HttpRequest, words: dict[str, str], status: int) -> HttpResponse:
    return _closed_book(render(request, "evaluation/evaluate_end.html", words, status=status))


def _closed_book(response: HttpResponse) -> HttpResponse:
    """Kept nowhere, and no other page is told the address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _sentence(why: str) -> dict[str, Any]:
    known = {
        "unknown": {
            "title": _("This code is not known"),
            "text": _("Check that the whole code was scanned, or ask whoever handed out the sheet for another one."),
        },
        "used": {
            "title": _("This sheet has been filled in"),
            "text": _("Each code is good for one sheet. Nothing more needs to be done."),
        },
        "closed": {
            "title": _("This evaluation is not open"),
            "text": _("It has not begun yet, or it is closed. Whoever handed out the sheet knows the days."),
        },
    }
    return known[why]
