"""Numbers of papers, and Word templates of the office's own. The papers themselves are made anew each time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.core.documents import document_kinds
from cadre_app.core.models import BaseModel, BaseQuerySet


class DocumentNumberQuerySet(BaseQuerySet["DocumentNumber"]):
    """Who may read a number is asked of the kind of its paper, never of this table."""


class DocumentNumber(BaseModel):
    """The number of one paper; never changed, never given again. `prefix` is the one in force on that day."""

    series = models.CharField(_("series"), max_length=40, editable=False)
    prefix = models.CharField(_("prefix"), max_length=40, editable=False)
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=60, editable=False)
    owner_id = models.UUIDField(editable=False)
    given_on = models.DateField(_("given on"), editable=False)
    objects = DocumentNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of a paper")
        ordering = ("series", "year", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "number"],
                name="one_paper_of_a_number",
                violation_error_message=_("This number has been given to another paper."),
            ),
            models.UniqueConstraint(
                fields=["owner_id", "kind"],
                name="one_number_of_a_paper",
                violation_error_message=_("This paper has a number already."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="numbers_of_papers_begin_at_one",
                violation_error_message=_("Numbers begin at 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.number}号"


class DocumentTemplateQuerySet(BaseQuerySet["DocumentTemplate"]):
    """Who may read templates is said by permissions; they hold no data of anybody."""


class DocumentTemplate(BaseModel):
    """The office's own Word template of a kind, in use while it is not voided; its content is an upload."""

    kind = models.CharField(_("kind"), max_length=60, editable=False)
    note = models.CharField(_("reason"), max_length=300)
    objects = DocumentTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Word template")
        ordering = ("kind", "-created_at")
        indexes = [models.Index(fields=["kind", "-created_at"], name="template_of_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(voided_at=None),
                name="one_own_template_of_a_kind",
                violation_error_message=_("Somebody replaced this template a moment ago. Look at it first."),
            ),
        ]

    def __str__(self) -> str:
        found = document_kinds.get(self.kind)
        return str(found.label) if found is not None else self.kind
