"""试用期满考核、任职定级."""

from django.urls import path

from cadre_app.probation.views import acts, decisions, records

app_name = "probation"
urlpatterns = [
    path("", records.probation_list, name="list"),
    path("mine/", records.mine, name="mine"),
    path("of/<uuid:pk>/", records.probation_open, name="open"),
    path("<uuid:pk>/", records.detail, name="detail"),
    path("<uuid:pk>/summary/", acts.summary, name="summary"),
    path("<uuid:pk>/opinion/", acts.opinion, name="opinion"),
    path("<uuid:pk>/induction/", acts.waive, name="waive"),
    path("<uuid:pk>/qualified/", acts.passed, name="passed"),
    path("<uuid:pk>/extend/", acts.deferred, name="deferred"),
    path("<uuid:pk>/not-qualified/", acts.failed, name="failed"),
    path("<uuid:pk>/check/", decisions.check, name="check"),
    path("<uuid:pk>/sign-off/", decisions.sign, name="sign"),
    path("<uuid:pk>/send-back/", decisions.send_back, name="send_back"),
    path("<uuid:pk>/sign-off/take-back/", decisions.take_back, name="take_back"),
    path("<uuid:pk>/void/", decisions.void, name="void"),
    path("<uuid:pk>/restore/", decisions.restore, name="restore"),
]
