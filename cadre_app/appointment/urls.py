from django.urls import path

from cadre_app.appointment.views import exports, forms, intakes

app_name = "appointment"
urlpatterns = [
    path("files/<uuid:pk>/", forms.form_list, name="form_list"),
    path("files/<uuid:pk>/new/", forms.form_new, name="form_new"),
    path("export/", exports.form_export, name="form_export"),
    path("brought-in/", intakes.intake_list, name="intake_list"),
    path("brought-in/<uuid:pk>/", intakes.intake_detail, name="intake_detail"),
    path("brought-in/<uuid:pk>/undo/", intakes.intake_undo, name="intake_undo"),
    path("brought-in/<uuid:pk>/close/", intakes.intake_close, name="intake_close"),
    path("brought-in/files/<uuid:pk>/", intakes.intake_file, name="intake_file"),
    path("brought-in/files/<uuid:pk>/person/", intakes.intake_assign, name="intake_assign"),
    path("brought-in/files/<uuid:pk>/close/", intakes.intake_close_file, name="intake_close_file"),
    path("<uuid:pk>/", forms.form_detail, name="form_detail"),
    path("<uuid:pk>/edit/", forms.form_edit, name="form_edit"),
    path("<uuid:pk>/fill/", forms.form_refill, name="form_refill"),
    path("<uuid:pk>/issue/", forms.form_issue, name="form_issue"),
    path("<uuid:pk>/void/", forms.form_void, name="form_void"),
    path("<uuid:pk>/restore/", forms.form_restore, name="form_restore"),
    path("<uuid:pk>/lrmx/", forms.form_lrmx, name="form_lrmx"),
]
