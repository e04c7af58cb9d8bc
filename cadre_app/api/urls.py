from django.urls import path, re_path

from cadre_app.api.views import answering, pages
from cadre_app.core.api import api_resources

app_name = "api"
urlpatterns = [
    path("", pages.reference, name="reference"),
    path("openapi.json", pages.document, name="document"),
    path("tokens/", pages.token_list, name="token_list"),
    path("tokens/new/", pages.token_new, name="token_new"),
    path("tokens/<uuid:pk>/revoke/", pages.token_revoke, name="token_revoke"),
    path("v1/openapi.json", answering.description, name="description"),
    *(
        path(f"v1/{resource.path.replace('{id}', '<uuid:id>')}", answering.endpoint(resource), name=key)
        for key, resource in api_resources.items()
    ),
    re_path(r"^v1(?:/(?P<rest>.*))?$", answering.nothing, name="nothing"),
]
