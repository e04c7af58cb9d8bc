"""The names of the fields, as the printed form has them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "name": _("Full name"),
    "sex": _("Sex"),
    "birth": _("Month of birth"),
    "ethnic_group": _("Ethnic group"),
    "native_place": _("Native place"),
    "birth_place": _("Place of birth"),
    "party": _("Joined the Party"),
    "work": _("Began work in"),
    "health": _("State of health"),
    "technical_post": _("Professional title"),
    "specialty": _("Professional strengths"),
    "full_time_level": pgettext_lazy("appointment form", "Full-time education"),
    "full_time_degree": pgettext_lazy("appointment form", "Full-time degree"),
    "full_time_school": _("School and major of the full-time education"),
    "full_time_degree_school": _("School and major of the full-time degree"),
    "on_job_level": pgettext_lazy("appointment form", "On-the-job education"),
    "on_job_degree": pgettext_lazy("appointment form", "On-the-job degree"),
    "on_job_school": _("School and major of the on-the-job education"),
    "on_job_degree_school": _("School and major of the on-the-job degree"),
    "post": _("Present post"),
    "new_post": _("Post to take"),
    "old_post": _("Post to leave"),
    "resume": _("Résumé"),
    "rewards": _("Rewards and discipline"),
    "assessments": _("Results of the annual assessments"),
    "reason": _("Reason for the appointment or removal"),
    "family": _("Main members of the family"),
    "reporting_unit": pgettext_lazy("appointment form", "Reporting unit"),
    "age_day": _("Age counted on"),
    "filled_in": pgettext_lazy("appointment form", "Filled in on"),
    "filled_by": pgettext_lazy("appointment form", "Filled in by"),
    "id_number": _("ID number"),
    "photo": _("Photo"),
    "program": pgettext_lazy("appointment form", "Version"),
}
FAMILY_LABELS = {
    "relation": pgettext_lazy("family", "Relation"),
    "name": _("Full name"),
    "birth": _("Month of birth"),
    "political": _("Political affiliation"),
    "work": _("Unit and post"),
}
