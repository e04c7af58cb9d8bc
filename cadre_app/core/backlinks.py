"""The way back to a growth file from a form that was opened there: an own path of a file, and nothing else."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import Resolver404, resolve

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

BACK, CANCELLED = "back", "from"  # back when it is saved or cancelled; only when it is cancelled
FILE = "growth:file"
LONGEST = 100
TAKEN_BY_THE_VIEW = "qinglan.way_back"


def with_way_back(url: str, path: str, *, goes_on: bool) -> str:
    """The address of a form that leads back to `path`; `goes_on`: what is saved there opens a page of its own."""
    address, mark, fragment = url.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode({CANCELLED if goes_on else BACK: path}, safe='/')}{mark}{fragment}"


def way_back(request: HttpRequest) -> str:
    """The file that the form was opened from; empty for anything that is not the path of one."""
    return _file(request.GET.get(BACK, "")) or _file(request.GET.get(CANCELLED, ""))


def _file(path: str) -> str:
    if not path or len(path) > LONGEST:
        return ""
    try:
        return path if resolve(path).view_name == FILE else ""
    except Resolver404:
        return ""


class WayBackMiddleware:
    """What was saved on a form that a growth file opened leads back to that file; the last of the middleware, so that it
    is the form's own answer alone that is led back: nothing that another one answers before the view, as the way to sign in.
    """

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponseBase]") -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> "HttpResponseBase":
        response = self.get_response(request)
        path = request.META.get(TAKEN_BY_THE_VIEW, "")
        if path and isinstance(response, HttpResponseRedirect):
            response["Location"] = path
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Asked last, and only where nobody else has answered."""
        if request.method == "POST":
            request.META[TAKEN_BY_THE_VIEW] = _file(request.GET.get(BACK, ""))
