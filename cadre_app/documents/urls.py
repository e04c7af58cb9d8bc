from django.urls import path

from cadre_app.documents.views import papers, templates

app_name = "documents"
urlpatterns = [
    path("settings/paper-templates/", templates.template_list, name="template_list"),
    path("settings/paper-templates/<str:kind>/", templates.template_detail, name="template_detail"),
    path("settings/paper-templates/<str:kind>/file/", templates.template_file, name="template_file"),
    path("settings/paper-templates/<str:kind>/replace/", templates.template_replace, name="template_replace"),
    path("settings/paper-templates/<str:kind>/default/", templates.template_default, name="template_default"),
    path("documents/<str:kind>/<uuid:pk>/", papers.paper, name="paper"),
    path("documents/<str:kind>/<uuid:pk>/word/", papers.paper_word, name="paper_word"),
    path("documents/<str:kind>/<uuid:pk>/pdf/", papers.paper_pdf, name="paper_pdf"),
    path("documents/<str:kind>/<uuid:pk>/number/", papers.paper_number, name="paper_number"),
]
