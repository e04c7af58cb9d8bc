from django.urls import path

from cadre_app.conduct.views import admonitions, hints, naming, rewards, sanctions

app_name = "conduct"
urlpatterns = [
    path("rewards/", rewards.reward_list, name="reward_list"),
    path("rewards/new/", rewards.reward_choose, name="reward_choose"),
    path("rewards/hints/", hints.hint_list, name="hint_list"),
    path("rewards/hints/admonitions/", hints.admonition_hint_list, name="admonition_hint_list"),
    path("rewards/<uuid:pk>/", rewards.reward_detail, name="reward_detail"),
    path("rewards/<uuid:pk>/edit/", rewards.reward_edit, name="reward_edit"),
    path("rewards/<uuid:pk>/void/", rewards.reward_void, name="reward_void"),
    path("rewards/<uuid:pk>/restore/", rewards.reward_restore, name="reward_restore"),
    path("files/<uuid:pk>/rewards/new/", rewards.reward_new, name="reward_new"),
    path("rewards/discipline/", sanctions.sanction_list, name="sanction_list"),
    path("rewards/discipline/new/", sanctions.sanction_choose, name="sanction_choose"),
    path("rewards/discipline/<uuid:pk>/", sanctions.sanction_detail, name="sanction_detail"),
    path("rewards/discipline/<uuid:pk>/edit/", sanctions.sanction_edit, name="sanction_edit"),
    path("rewards/discipline/<uuid:pk>/lift/", sanctions.sanction_lift, name="sanction_lift"),
    path("rewards/discipline/<uuid:pk>/void/", sanctions.sanction_void, name="sanction_void"),
    path("rewards/discipline/<uuid:pk>/restore/", sanctions.sanction_restore, name="sanction_restore"),
    path("files/<uuid:pk>/discipline/new/", sanctions.sanction_new, name="sanction_new"),
    path("rewards/admonitions/", admonitions.admonition_list, name="admonition_list"),
    path("rewards/admonitions/new/", admonitions.admonition_choose, name="admonition_choose"),
    path("rewards/admonitions/<uuid:pk>/", admonitions.admonition_detail, name="admonition_detail"),
    path("rewards/admonitions/<uuid:pk>/edit/", admonitions.admonition_edit, name="admonition_edit"),
    path("rewards/admonitions/<uuid:pk>/answer/", admonitions.admonition_answer, name="admonition_answer"),
    path("rewards/admonitions/<uuid:pk>/review/", admonitions.admonition_review, name="admonition_review"),
    path("rewards/admonitions/<uuid:pk>/void/", admonitions.admonition_void, name="admonition_void"),
    path("rewards/admonitions/<uuid:pk>/restore/", admonitions.admonition_restore, name="admonition_restore"),
    path("files/<uuid:pk>/admonitions/new/", admonitions.admonition_new, name="admonition_new"),
    path("rewards/named/", naming.named_list, name="named_list"),
    path("rewards/named/units/<uuid:pk>/", naming.named_new, name="named_new"),
    path("rewards/named/<uuid:pk>/withdraw/", naming.named_withdraw, name="named_withdraw"),
]
