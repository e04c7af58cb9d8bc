"""Study visits and their routes."""

from django.urls import path

from cadre_app.training.views import visit_members, visit_records, visit_routes, visits

urlpatterns = [
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("visits/<uuid:pk>/", visits.visit_detail, name="visit_detail"),
    path("visits/<uuid:pk>/edit/", visits.visit_edit, name="visit_edit"),
    path("visits/<uuid:pk>/cancel/", visits.visit_cancel, name="visit_cancel"),
    path("visits/<uuid:pk>/reopen/", visits.visit_reopen, name="visit_reopen"),
    path("visits/<uuid:pk>/people/", visit_members.visit_add, name="visit_add"),
    path("visits/<uuid:pk>/people/place/", visit_members.visit_place, name="visit_place"),
    path("visits/<uuid:pk>/record/", visit_records.visit_record, name="visit_record"),
    path("visits/<uuid:pk>/hours/", visit_records.visit_post, name="visit_post"),
    path("visits/<uuid:pk>/hours/take-back/", visit_records.visit_take_back, name="visit_take_back"),
    path("visits/<uuid:pk>/programme/", visit_records.visit_programme, name="visit_programme"),
    path("visits/places/<uuid:pk>/remove/", visit_members.visit_member_remove, name="visit_member_remove"),
    path("visits/places/<uuid:pk>/noted/", visit_members.visit_note, name="visit_note"),
    path("visits/routes/", visit_routes.route_list, name="route_list"),
    path("visits/routes/new/", visit_routes.route_new, name="route_new"),
    path("visits/routes/<uuid:pk>/edit/", visit_routes.route_edit, name="route_edit"),
    path("visits/routes/<uuid:pk>/use/", visit_routes.route_offer, name="route_offer"),
]
