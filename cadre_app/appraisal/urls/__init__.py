"""Addresses of the appraisal."""

from django.urls import path

from cadre_app.appraisal.views import annual, annual_acts, quarterly, years

app_name = "appraisal"
QUARTER = "quarterly/units/<uuid:pk>/<int:year>/<int:quarter>/"
urlpatterns = [
    path("", years.year_board, name="year_board"),
    path("years/new/", years.year_open, name="year_open"),
    path("years/<uuid:pk>/", years.year_edit, name="year_edit"),
    path("years/<uuid:pk>/latecomers/", years.year_complete, name="year_complete"),
    path("years/<uuid:pk>/void/", years.year_void, name="year_void"),
    path("years/<uuid:pk>/restore/", years.year_restore, name="year_restore"),
    path("units/<uuid:pk>/", years.unit_detail, name="unit_detail"),
    path("units/<uuid:pk>/quota/", years.quota_edit, name="quota_edit"),
    path("units/<uuid:pk>/enter/", annual.annual_grid, name="annual_grid"),
    path("units/<uuid:pk>/days/", years.unit_course, name="unit_course"),
    path("units/<uuid:pk>/check/", years.unit_check, name="unit_check"),
    path("units/<uuid:pk>/sign-off/", years.unit_sign, name="unit_sign"),
    path("units/<uuid:pk>/file/", years.unit_file, name="unit_file"),
    path("annual/", annual.annual_list, name="annual_list"),
    path("annual/<uuid:pk>/", annual.annual_detail, name="annual_detail"),
    path("annual/<uuid:pk>/edit/", annual_acts.annual_edit, name="annual_edit"),
    path("annual/<uuid:pk>/days/", annual_acts.annual_course, name="annual_course"),
    path("annual/<uuid:pk>/check/", annual_acts.annual_check, name="annual_check"),
    path("annual/<uuid:pk>/send-back/", annual_acts.annual_send_back, name="annual_send_back"),
    path("annual/<uuid:pk>/sign-off/", annual_acts.annual_sign_off, name="annual_sign_off"),
    path("annual/<uuid:pk>/file/", annual_acts.annual_file, name="annual_file"),
    path("annual/<uuid:pk>/sign/", annual_acts.annual_sign, name="annual_sign"),
    path("annual/<uuid:pk>/review/", annual_acts.annual_ask, name="annual_ask"),
    path("annual/<uuid:pk>/review/answer/", annual_acts.annual_answer, name="annual_answer"),
    path("annual/<uuid:pk>/correct/", annual_acts.annual_correct, name="annual_correct"),
    path("annual/<uuid:pk>/void/", annual_acts.annual_void, name="annual_void"),
    path("annual/<uuid:pk>/restore/", annual_acts.annual_restore, name="annual_restore"),
    path("corrections/<uuid:pk>/sign-off/", annual_acts.correction_sign, name="correction_sign"),
    path("corrections/<uuid:pk>/decline/", annual_acts.correction_decline, name="correction_decline"),
    path("corrections/<uuid:pk>/withdraw/", annual_acts.correction_withdraw, name="correction_withdraw"),
    path("mine/", annual.mine, name="mine"),
    path("quarterly/", quarterly.quarter_board, name="quarter_board"),
    path("quarterly/list/", quarterly.quarter_list, name="quarter_list"),
    path(QUARTER, quarterly.quarter_grid, name="quarter_grid"),
    path(f"{QUARTER}confirm/", quarterly.quarter_confirm, name="quarter_confirm"),
    path("quarterly/<uuid:pk>/", quarterly.quarter_detail, name="quarter_detail"),
    path("quarterly/<uuid:pk>/void/", quarterly.quarter_void, name="quarter_void"),
    path("quarterly/<uuid:pk>/restore/", quarterly.quarter_restore, name="quarter_restore"),
]
