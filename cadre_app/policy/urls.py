"""Settings, code tables and the work calendar."""

from django.urls import path

from cadre_app.policy.views import calendar, codes, settings

app_name = "policy"
urlpatterns = [
    path("", settings.index, name="index"),
    path("values/", settings.setting_list, name="setting_list"),
    path("values/<str:key>/", settings.setting_detail, name="setting_detail"),
    path("values/<str:key>/new/", settings.value_new, name="value_new"),
    path("dated-values/<uuid:pk>/correct/", settings.value_correct, name="value_correct"),
    path("dated-values/<uuid:pk>/withdraw/", settings.value_withdraw, name="value_withdraw"),
    path("tables/", codes.table_list, name="table_list"),
    path("tables/<str:table>/", codes.code_list, name="code_list"),
    path("tables/<str:table>/new/", codes.code_new, name="code_new"),
    path("codes/<uuid:pk>/", codes.code_edit, name="code_edit"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/days/new/", calendar.holiday_new, name="holiday_new"),
    path("calendar/days/<uuid:pk>/remove/", calendar.holiday_void, name="holiday_void"),
    path("calendar/upload/", calendar.holiday_upload, name="holiday_upload"),
    path("calendar/import/", calendar.holiday_import, name="holiday_import"),
    path("calendar/template.csv", calendar.holiday_template, name="holiday_template"),
]
