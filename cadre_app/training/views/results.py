"""结业成绩 Results over the roster of a finished session, and the numbers of its certificates."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.forms.results import ResultsForm
from cadre_app.training.lists.results import result_rows
from cadre_app.training.models import Assessment, CourseSession, SessionState
from cadre_app.training.models.choices import HELD
from cadre_app.training.papers import certificates
from cadre_app.training.permissions import results as permissions
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.policies import PASS_MARKS
from cadre_app.training.services import results as services


@require_http_methods(["GET", "POST"])
def result_list(request: UserRequest, pk: UUID) -> HttpResponse:
    """Everybody who completed the session: what stands, and for staff and the teacher the form over all of it."""
    user, session = request.user, _session(request, pk)
    may_record = permissions.can_record_results(user, session)
    if request.method == "POST":
        require(may_record)
    places = services.completed(session, user)
    keys = set(services.judged(session, user).values_list("pk", flat=True)) if may_record else set()
    theirs = [place for place in places if place.pk in keys]
    form = ResultsForm(request.POST or None, session=session, places=theirs)
    if done := submit(request, form, services.record_results, session):
        messages.success(request, _saved(done.result))
        return redirect("training:result_list", pk=pk)
    if form.is_bound:
        form.renew()
    may_number = permissions.can_number_certificates(user, session)
    context = {
        **_head(session),
        "form": form if theirs else None,
        "rows": result_rows(session, places, form),
        "opens_certificates": oversees(user),
        "left": sum(1 for place in theirs if not place.result),
        "may_pass_all": may_record and session.assessment == Assessment.PASS,
        "lapsed": certificates.lapsed_text(session, user) if session.state in HELD and oversees(user) else "",
        "unnumbered": len(certificates.unnumbered(session, user)) if may_number else 0,
    }
    return render(request, "training/result_list.html", context)


@require_http_methods(["GET", "POST"])
def result_pass_all(request: UserRequest, pk: UUID) -> HttpResponse:
    """Everybody without a result passed: shown, then confirmed once."""
    session = _session(request, pk)
    require(permissions.can_record_results(request.user, session))
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if done := submit(request, form, services.pass_all, session):
        messages.success(request, _saved(done.result))
        return redirect("training:result_list", pk=pk)
    missing = services.without_result(session, request.user).select_related("trainee__person")
    names = [place.trainee.person.name for place in missing.order_by("trainee__stroke_key", "pk")]
    return render(request, "training/result_pass_all.html", {**_head(session), "form": form, "names": names})


@require_http_methods(["GET", "POST"])
def certificate_number_all(request: UserRequest, pk: UUID) -> HttpResponse:
    """A number for each certificate of the session that has none, once that is confirmed."""
    session = _session(request, pk)
    require(permissions.can_number_certificates(request.user, session))
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if done := submit(request, form, certificates.number_all, session):
        count = len(done.result or ())
        text = ngettext("%(count)d number was given.", "%(count)d numbers were given.", count)
        messages.success(request, text % {"count": count})
        return redirect("training:result_list", pk=pk)
    names = [place.trainee.person.name for place in certificates.unnumbered(session, request.user)]
    return render(request, "training/certificate_number_all.html", {**_head(session), "form": form, "names": names})


def _session(request: UserRequest, pk: UUID) -> CourseSession:
    """A session whose results one reads; 404 for everybody else."""
    rows = CourseSession.objects.visible_to(request.user).standing().select_related("course", "teacher")
    session = get_object_or_404(rows, pk=pk)
    if not permissions.can_see_results(request.user, session):
        raise Http404
    return session


def _head(session: CourseSession) -> dict[str, object]:
    return {
        "session": session,
        "is_held": session.state in HELD,
        "is_cancelled": session.state == SessionState.CANCELLED,
        "is_tested": session.assessment != Assessment.NONE,
        "pass_marks": PASS_MARKS.now() if session.assessment == Assessment.MARKS else None,
    }


def _saved(recorded: services.Recorded | None) -> str:
    count = recorded.count if recorded is not None else 0
    if not count:
        return _("Nothing was changed.")
    return ngettext("%(count)d result was recorded.", "%(count)d results were recorded.", count) % {"count": count}
