"""Answers the monitor before anything that needs the database is asked."""

from django.http import HttpRequest, HttpResponse

from cadre_app.core.middleware import GetResponse
from cadre_app.runtime import views

PATH = "/healthz"


class HealthMiddleware:
    """First in the chain: sessions, redirects and host checks must not turn a 503 into something else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH:
            return views.healthz(request)
        return self.get_response(request)
