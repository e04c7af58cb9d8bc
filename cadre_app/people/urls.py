from django.urls import path

from cadre_app.people.views import arrival, holdings, interruptions, offices, terms, trainees, transfers

app_name = "people"
urlpatterns = [
    path("<uuid:pk>/", trainees.trainee_detail, name="trainee_detail"),
    path("pick/", holdings.person_picker, name="person_picker"),
    path("offices/", offices.office_list, name="office_list"),
    path("offices/new/", offices.office_create, name="office_create"),
    path("offices/<uuid:pk>/", offices.office_detail, name="office_detail"),
    path("offices/<uuid:pk>/edit/", offices.office_edit, name="office_edit"),
    path("offices/<uuid:pk>/void/", offices.office_void, name="office_void"),
    path("offices/<uuid:pk>/restore/", offices.office_restore, name="office_restore"),
    path("offices/<uuid:pk>/appoint/", holdings.appoint, name="office_appoint"),
    path("holdings/<uuid:pk>/edit/", holdings.holding_edit, name="holding_edit"),
    path("holdings/<uuid:pk>/end/", holdings.holding_end, name="holding_end"),
    path("holdings/<uuid:pk>/void/", holdings.holding_void, name="holding_void"),
    path("<uuid:pk>/term/", terms.term_start, name="term_start"),
    path("terms/<uuid:pk>/edit/", terms.term_edit, name="term_edit"),
    path("terms/<uuid:pk>/end/", terms.term_end, name="term_end"),
    path("terms/<uuid:pk>/reopen/", terms.term_reopen, name="term_reopen"),
    path("terms/<uuid:pk>/void/", terms.term_void, name="term_void"),
    path("terms/<uuid:pk>/interrupt/", interruptions.interruption_add, name="interruption_add"),
    path("interruptions/<uuid:pk>/edit/", interruptions.interruption_edit, name="interruption_edit"),
    path("interruptions/<uuid:pk>/void/", interruptions.interruption_void, name="interruption_void"),
    path("<uuid:pk>/transfer/", transfers.transfer, name="transfer"),
    path("transfers/<uuid:pk>/undo/", transfers.transfer_undo, name="transfer_undo"),
    path("<uuid:pk>/departure/", transfers.depart, name="depart"),
    path("<uuid:pk>/departure/undo/", transfers.departure_undo, name="departure_undo"),
    path("<uuid:pk>/arrival/", arrival.arrival_tick, name="arrival_tick"),
    path("arrival/<uuid:pk>/untick/", arrival.arrival_untick, name="arrival_untick"),
]
