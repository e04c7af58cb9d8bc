from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentorshipConfig(AppConfig):
    name = "cadre_app.mentorship"
    verbose_name = _("Mentoring")

    def ready(self) -> None:
        from cadre_app.mentorship import (
            documents,
            entering,
            list_pages,
            note_announcements,
            pairing_announcements,
            policies,  # noqa: F401
            report_announcements,
            report_papers,
            review_announcements,
            roster_cells,
            rules,
            rules_course,
            rules_handovers,
        )

        note_announcements.announce()
        pairing_announcements.announce()
        rules.announce()
        rules_course.announce()
        documents.announce()
        entering.announce()
        rules_handovers.announce()
        review_announcements.announce()
        report_announcements.announce()
        report_papers.announce()
        list_pages.announce()
        roster_cells.announce()
