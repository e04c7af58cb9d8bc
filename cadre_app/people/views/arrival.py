"""新录用报到: ticking off the arrival checklist on the person page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.people.file.sections import arrival_section
from cadre_app.people.forms.arrival import TickForm
from cadre_app.people.models import ArrivalCheck
from cadre_app.people.services import arrival as services
from cadre_app.people.views.files import require_edit, visible_trainee
from cadre_app.policy import codes


@require_POST
def arrival_tick(request: UserRequest, pk: UUID) -> HttpResponse:
    """One item is done: the checklist again for htmx, the person page otherwise; a refusal names its field."""
    trainee = visible_trainee(request, pk)
    require_edit(request, trainee)
    item = request.POST.get("item", "")
    form = TickForm(request.POST, auto_id=f"%s-{item}" if item in dict(codes.choices(services.TABLE)) else "id_%s")
    done = submit(request, form, services.tick_item, trainee)
    if request.htmx:
        context = {"trainee": trainee, "section": arrival_section(request.user, trainee)}
        return render(request, "people/_arrival.html", context | {"refused": None if done else form})
    if done:
        messages.success(request, _("The item is ticked off."))
        return redirect(f"{reverse('people:trainee_detail', kwargs={'pk': pk})}#arrival")
    context = {"form": form, "trainee": trainee, "item": codes.label(services.TABLE, item[:20])}
    return render(request, "people/arrival_tick.html", context)


@require_http_methods(["GET", "POST"])
def arrival_untick(request: UserRequest, pk: UUID) -> HttpResponse:
    """An item was ticked off by mistake."""
    found = ArrivalCheck.objects.visible_to(request.user).standing()
    check = get_object_or_404(found.select_related("trainee__person", "trainee__home_unit"), pk=pk)
    require_edit(request, check.trainee)
    form = ReasonForm(request.POST or None, instance=check)
    if submit(request, form, services.untick_item, check):
        messages.success(request, _("The item is open again."))
        return redirect(f"{reverse('people:trainee_detail', kwargs={'pk': check.trainee_id})}#arrival")
    context = {"form": form, "trainee": check.trainee, "item": codes.label(services.TABLE, check.item)}
    return render(request, "people/arrival_untick.html", context)
