from django.urls import path

from cadre_app.care.urls_meetings import urlpatterns as meetings
from cadre_app.care.views import batches, lists, own, plans, problems, sheets, talks, texts

app_name = "care"
urlpatterns = [
    path("talks/", lists.talk_list, name="talk_list"),
    path("talks/people/", lists.plan_list, name="plan_list"),
    path("talks/plan/", lists.talk_plan_many, name="talk_plan_many"),
    path("talks/quarter/", batches.quarter_plan, name="quarter_plan"),
    path("talks/batches/<uuid:pk>/undo/", batches.batch_undo, name="batch_undo"),
    path("talks/ask/", own.talk_ask, name="talk_ask"),
    path("talks/<uuid:pk>/", talks.talk_detail, name="talk_detail"),
    path("talks/<uuid:pk>/edit/", talks.talk_edit, name="talk_edit"),
    path("talks/<uuid:pk>/book/", talks.talk_book, name="talk_book"),
    path("talks/<uuid:pk>/record/", talks.talk_record, name="talk_record"),
    path("talks/<uuid:pk>/cancel/", talks.talk_cancel, name="talk_cancel"),
    path("talks/<uuid:pk>/reopen/", talks.talk_reopen, name="talk_reopen"),
    path("talks/<uuid:pk>/close/", talks.talk_close, name="talk_close"),
    path("talks/<uuid:pk>/void/", talks.talk_void, name="talk_void"),
    path("talks/<uuid:pk>/restore/", talks.talk_restore, name="talk_restore"),
    path("talks/<uuid:pk>/read/", texts.talk_read, name="talk_read"),
    path("talks/<uuid:pk>/reveal/", texts.talk_reveal, name="talk_reveal"),
    path("talks/<uuid:pk>/sheet/", sheets.talk_sheet, name="talk_sheet"),
    path("talks/<uuid:pk>/write/", texts.talk_write, name="talk_write"),
    path("talks/<uuid:pk>/readers/", texts.talk_readers, name="talk_readers"),
    path("talks/<uuid:pk>/problems/new/", problems.problem_new, name="problem_new"),
    path("files/<uuid:pk>/talks/new/", talks.talk_new, name="talk_new"),
    path("files/<uuid:pk>/talks/held/", talks.talk_add_held, name="talk_add_held"),
    path("files/<uuid:pk>/occasions/new/", plans.trigger_new, name="trigger_new"),
    path("occasions/<uuid:pk>/", plans.trigger_set_aside, name="trigger_set_aside"),
    path("occasions/<uuid:pk>/take-up/", plans.trigger_take_up, name="trigger_take_up"),
    path("plans/<uuid:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("problems/", lists.problem_list, name="problem_list"),
    path("problems/<uuid:pk>/assign/", problems.problem_assign, name="problem_assign"),
    path("problems/<uuid:pk>/answer/", problems.problem_answer, name="problem_answer"),
    path("problems/<uuid:pk>/revisit/", problems.problem_revisit, name="problem_revisit"),
    path("problems/<uuid:pk>/close/", problems.problem_close, name="problem_close"),
    path("problems/<uuid:pk>/reopen/", problems.problem_reopen, name="problem_reopen"),
    path("problems/<uuid:pk>/void/", problems.problem_void, name="problem_void"),
    path("problems/<uuid:pk>/restore/", problems.problem_restore, name="problem_restore"),
    *meetings,
]
