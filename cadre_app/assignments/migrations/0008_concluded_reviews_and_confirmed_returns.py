"""A review ends with the prolonging of its term and is kept; the unit confirms a return that the person reported."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0007_research_answers"),
        ("people", "0003_due_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="termreview",
            name="one_review_of_a_term",
        ),
        migrations.RemoveIndex(
            model_name="termreview",
            name="term_review_open",
        ),
        migrations.AddField(
            model_name="leave",
            name="return_waits",
            field=models.BooleanField(default=False, editable=False, verbose_name="return to be confirmed"),
        ),
        migrations.AddField(
            model_name="leave",
            name="returned_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="return recorded by",
            ),
        ),
        migrations.AddField(
            model_name="termreview",
            name="prolonged_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="term prolonged on"),
        ),
        migrations.AddIndex(
            model_name="leave",
            index=models.Index(
                condition=models.Q(("return_waits", True), ("voided_at", None)),
                fields=["returned_on", "id"],
                name="leave_return_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="termreview",
            index=models.Index(
                condition=models.Q(("filed_on", None), ("prolonged_on", None), ("voided_at", None)),
                fields=["due_on", "id"],
                name="term_review_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.CheckConstraint(
                condition=models.Q(("return_waits", False), ("state", "returned"), _connector="OR"),
                name="only_returns_wait_for_the_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="termreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("prolonged_on", None), ("voided_at", None)),
                fields=("term",),
                name="one_review_of_a_term",
                violation_error_message="This village term has its review already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="termreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("prolonged_on", None),
                    models.Q(("conclusion", "failed"), ("filed_on", None), ("signed_on__isnull", False)),
                    _connector="OR",
                ),
                name="prolonged_after_a_failed_review",
            ),
        ),
    ]
