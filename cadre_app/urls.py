"""Every URL of the product; what is not declared in tests/access fails the access matrix."""

from django.urls import include, path

handler400 = "cadre_app.core.errors.bad_request"
handler403 = "cadre_app.core.errors.forbidden"
handler404 = "cadre_app.core.errors.not_found"
handler500 = "cadre_app.core.errors.server_error"

urlpatterns = [
    path("", include("cadre_app.desk.urls")),
    path("", include("cadre_app.core.urls")),
    path("", include("cadre_app.runtime.urls")),
    path("accounts/", include("cadre_app.accounts.urls")),
    path("units/", include("cadre_app.org.urls")),
    path("people/", include("cadre_app.growth.urls")),
    path("people/", include("cadre_app.people.urls")),
    path("settings/", include("cadre_app.policy.urls")),
    path("imports/", include("cadre_app.imports.urls")),
    path("jobs/", include("cadre_app.jobs.urls")),
    path("audit/", include("cadre_app.history.urls")),
    path("feedback/", include("cadre_app.feedback.urls")),
    path("search/", include("cadre_app.search.urls")),
    path("files/", include("cadre_app.files.urls")),
    path("", include("cadre_app.documents.urls")),
    path("mentoring/", include("cadre_app.mentorship.urls")),
    path("training/", include("cadre_app.training.urls")),
    path("", include("cadre_app.assignments.urls")),
    path("reminders/", include("cadre_app.reminders.urls")),
    path("care/", include("cadre_app.care.urls")),
    path("materials/", include("cadre_app.handover.urls")),
    path("achievements/", include("cadre_app.achievements.urls")),
    path("advancement/", include("cadre_app.advancement.urls")),
    path("evaluations/", include("cadre_app.evaluation.urls")),
    path("evaluate/", include("cadre_app.evaluation.open_urls")),
    path("conduct/", include("cadre_app.conduct.urls")),
    path("probation/", include("cadre_app.probation.urls")),
    path("appraisal/", include("cadre_app.appraisal.urls")),
    path("briefings/", include("cadre_app.briefings.urls")),
    path("reports/", include("cadre_app.reports.urls")),
    path("appointment-forms/", include("cadre_app.appointment.urls")),
    path("api/", include("cadre_app.api.urls")),
    path("lists/", include("cadre_app.lists.urls")),
    path("rosters/", include("cadre_app.rosters.urls")),
]
