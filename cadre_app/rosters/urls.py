from django.urls import path

from cadre_app.rosters.views import report_acts, reports, rosters

app_name = "rosters"
urlpatterns = [
    path("", rosters.roster, name="roster"),
    path("print/", rosters.roster_print, name="roster_print"),
    path("layout/", rosters.layout_save, name="layout_save"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/new/", reports.report_new, name="report_new"),
    path("reports/<uuid:pk>/", reports.report_detail, name="report_detail"),
    path("reports/<uuid:pk>/people/", reports.report_cell, name="report_cell"),
    path("reports/<uuid:pk>/print/", reports.report_print, name="report_print"),
    path("reports/<uuid:pk>/workbook/", reports.report_workbook, name="report_workbook"),
    path("reports/<uuid:pk>/pdf/", reports.report_pdf, name="report_pdf"),
    path("reports/<uuid:pk>/edit/", report_acts.report_edit, name="report_edit"),
    path("reports/<uuid:pk>/number/", report_acts.report_number, name="report_number"),
    path("reports/<uuid:pk>/submit/", report_acts.report_submit, name="report_submit"),
    path("reports/<uuid:pk>/freeze/", report_acts.report_freeze, name="report_freeze"),
    path("reports/<uuid:pk>/return/", report_acts.report_return, name="report_return"),
    path("reports/<uuid:pk>/void/", report_acts.report_void, name="report_void"),
    path("reports/<uuid:pk>/restore/", report_acts.report_restore, name="report_restore"),
]
