"""群众评价."""

from django.urls import path

from cadre_app.evaluation.views import batches, campaigns, course, papers, results

app_name = "evaluation"
urlpatterns = [
    path("", campaigns.campaign_list, name="campaign_list"),
    path("new/", campaigns.campaign_new, name="campaign_new"),
    path("<uuid:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("<uuid:pk>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path("<uuid:pk>/open/", course.campaign_open, name="campaign_open"),
    path("<uuid:pk>/extend/", course.campaign_extend, name="campaign_extend"),
    path("<uuid:pk>/close/", course.campaign_close, name="campaign_close"),
    path("<uuid:pk>/count/", course.campaign_settle, name="campaign_settle"),
    path("<uuid:pk>/keep-small/", course.campaign_keep_small, name="campaign_keep_small"),
    path("<uuid:pk>/void/", course.campaign_void, name="campaign_void"),
    path("<uuid:pk>/restore/", course.campaign_restore, name="campaign_restore"),
    path("people/<uuid:pk>/sheet/", papers.sheet_print, name="sheet_print"),
    path("people/<uuid:pk>/cover/", papers.cover_print, name="cover_print"),
    path("people/<uuid:pk>/codes/", papers.codes_new, name="codes_new"),
    path("people/<uuid:pk>/batches/new/", batches.batch_new, name="batch_new"),
    path("people/<uuid:pk>/result/", results.result_detail, name="result_detail"),
    path("people/<uuid:pk>/result/comments/", results.result_release, name="result_release"),
    path("batches/<uuid:pk>/", batches.batch_enter, name="batch_enter"),
    path("batches/<uuid:pk>/edit/", batches.batch_edit, name="batch_edit"),
    path("batches/<uuid:pk>/count/", batches.batch_count, name="batch_count"),
    path("batches/<uuid:pk>/void/", batches.batch_void, name="batch_void"),
    path("batches/<uuid:pk>/restore/", batches.batch_restore, name="batch_restore"),
]
