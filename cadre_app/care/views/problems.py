"""问题诉求: entered on the page of a talk, symposium or visit, assigned, answered, visited again, closed."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cadre_app.care.forms.problems import AnswerForm, AssignForm, ProblemForm, RevisitForm
from cadre_app.care.policies import PROBLEM_DAYS
from cadre_app.care.services import problems as services
from cadre_app.care.services.checks import workers_for
from cadre_app.care.services.sources import handlers_for
from cadre_app.care.views.pages import changeable_problem, changeable_talk, problem_form, talk_form
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest


@require_http_methods(["GET", "POST"])
def problem_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """What the person raised in this talk."""
    talk = changeable_talk(request, pk)
    initial = {"due_on": timezone.localdate() + timedelta(days=PROBLEM_DAYS.now())}
    form = ProblemForm(request.POST or None, workers=workers_for(talk.trainee), initial=initial)
    page = Page(_("Enter a problem"), _("The problem is entered."))
    return talk_form(request, talk, form, services.add_problem, page)


@require_http_methods(["GET", "POST"])
def problem_assign(request: UserRequest, pk: UUID) -> HttpResponse:
    """转办."""
    problem = changeable_problem(request, pk)
    form = AssignForm(request.POST or None, instance=problem, workers=handlers_for(problem.source, problem.trainee))
    page = Page(_("Assign"), _("The problem is assigned."), _("Assign"))
    return problem_form(request, problem, form, services.assign_problem, page)


@require_http_methods(["GET", "POST"])
def problem_answer(request: UserRequest, pk: UUID) -> HttpResponse:
    problem = changeable_problem(request, pk)
    initial = {"answered_on": problem.answered_on or timezone.localdate()}
    form = AnswerForm(request.POST or None, instance=problem, initial=initial)
    page = Page(_("Enter the answer"), _("The answer is entered."), notices=(problem.text,))
    return problem_form(request, problem, form, services.answer_problem, page)


@require_http_methods(["GET", "POST"])
def problem_revisit(request: UserRequest, pk: UUID) -> HttpResponse:
    """登记回访."""
    problem = changeable_problem(request, pk)
    form = RevisitForm(request.POST or None, instance=problem, initial={"revisited_on": timezone.localdate()})
    page = Page(
        _("Record the return visit"), _("The return visit is recorded."), _("Record the return visit"),
        notices=(problem.text,),
    )  # fmt: skip
    return problem_form(request, problem, form, services.revisit_problem, page)


@require_http_methods(["GET", "POST"])
def problem_close(request: UserRequest, pk: UUID) -> HttpResponse:
    """办结."""
    problem = changeable_problem(request, pk)
    form = ChangeForm(request.POST or None, instance=problem)
    page = Page(
        _("Close the problem"), _("The problem is closed."), pgettext("talk", "Close"), question=_("Close this problem?"),
        consequence=problem.text,
    )  # fmt: skip
    return problem_form(request, problem, form, services.close_problem, page)


@require_http_methods(["GET", "POST"])
def problem_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    problem = changeable_problem(request, pk)
    form = ReasonForm(request.POST or None, instance=problem)
    page = Page(
        _("Take the problem up again"), _("The problem is in hand again."), _("Take up again"),
        question=_("Take this problem up again?"), consequence=problem.text,
    )  # fmt: skip
    return problem_form(request, problem, form, services.reopen_problem, page)


@require_http_methods(["GET", "POST"])
def problem_void(request: UserRequest, pk: UUID) -> HttpResponse:
    problem = changeable_problem(request, pk)
    form = ReasonForm(request.POST or None, instance=problem)
    page = Page(
        _("Void the problem"), _("The problem was voided."), _("Void"), question=_("Void this problem?"),
        consequence=problem.text, danger=True,
    )  # fmt: skip
    return problem_form(request, problem, form, services.void_problem, page)


@require_http_methods(["GET", "POST"])
def problem_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    problem = changeable_problem(request, pk, voided=True)
    form = RestoreForm(request.POST or None, instance=problem)
    page = Page(
        _("Restore the problem"), _("The problem was restored."), _("Restore"), question=_("Restore this problem?"),
        consequence=problem.text,
    )  # fmt: skip
    return problem_form(request, problem, form, services.restore_problem, page)
