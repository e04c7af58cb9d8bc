"""The pages with one form or one question about an achievement."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cadre_app.achievements.views.pages import facts_of
from cadre_app.core.submit import submit

if TYPE_CHECKING:
    from collections.abc import Callable

    from cadre_app.achievements.models import Achievement
    from cadre_app.core.form_pages import Page
    from cadre_app.core.forms import ChangeForm
    from cadre_app.core.http import UserRequest


def act_page(
    request: "UserRequest",
    achievement: "Achievement",
    form: "ChangeForm",
    service: "Callable[..., Any]",
    page: "Page",
    *,
    about: Any = None,
    said: "Callable[[Any], str] | None" = None,
    **extra: Any,
) -> HttpResponse:
    """Ask and do; `about` is what the service changes where it is not the achievement itself."""
    if done := submit(request, form, service, about or achievement, **extra):
        messages.success(request, said(done.result) if said is not None and done.result is not None else page.said)
        return redirect("achievements:achievement_detail", pk=achievement.pk)
    template = "achievements/achievement_confirm.html" if page.question else "achievements/achievement_act.html"
    context = {**facts_of(request.user, achievement), "form": form, "page": page, "about": about}
    return render(request, template, context)
