"""The pages of the room among those of 考核评价, as their heads show them."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.appraisal_tabs import Tab, TabItem, appraisal_pages, own_appraisal_pages, tabs_in

PAGES = (
    TabItem(_("Annual assessment"), "appraisal:year_board", 30),
    TabItem(_("Assessments by person"), "appraisal:annual_list", 31),
    TabItem(_("Quarterly assessment"), "appraisal:quarter_board", 32),
    TabItem(_("Quarters by person"), "appraisal:quarter_list", 33),
)
OWN = TabItem(_("My assessments"), "appraisal:mine", 30)


def announce() -> None:
    """Called once, when the app is ready."""
    for page in PAGES:
        appraisal_pages.register(page.url_name, page)
    own_appraisal_pages.register(OWN.url_name, OWN)


def appraisal_tabs(current: str) -> list[Tab]:
    """`current` is the URL name of the page."""
    return tabs_in(appraisal_pages, current)


def own_tabs(current: str) -> list[Tab]:
    return tabs_in(own_appraisal_pages, current)
