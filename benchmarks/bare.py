"""What the machine and Django cost without our pages: the floor under every figure of benchmarks/roster.py."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from cadre_app.core.http import UserRequest
from cadre_app.people.models import Trainee

ROWS = 50
SHOWN = (
    "person__name", "home_unit__name", "kind", "post", "rank", "arrived_on", "term_ends_on", "file_number"
)  # fmt: skip


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def session_and_user(request: UserRequest) -> HttpResponse:
    return HttpResponse(request.user.display_name)


def bounded_count(request: UserRequest) -> HttpResponse:
    return HttpResponse(str(Trainee.objects.in_development()[:1_001].count()))


def exact_count(request: UserRequest) -> HttpResponse:
    return HttpResponse(str(Trainee.objects.in_development().count()))


def bare_list(request: UserRequest) -> HttpResponse:
    """Fifty rows of eight columns through a plain template, in the order of the file number, nothing counted."""
    rows = Trainee.objects.in_development().select_related("person", "home_unit").only(*SHOWN)
    return render(request, "bare_list.html", {"rows": rows.order_by("file_number")[:ROWS]})


urlpatterns = [
    path("bare/", bare),
    path("bare/user/", session_and_user),
    path("bare/bounded/", bounded_count),
    path("bare/exact/", exact_count),
    path("bare/list/", bare_list),
    path("", include("cadre_app.urls")),
]
