import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("briefings", "0001_initial"), ("briefings", "0002_submission")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Briefing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("since", models.DateField(editable=False, verbose_name="from")),
                ("as_of", models.DateField(editable=False, verbose_name="to")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("opening", models.TextField(verbose_name="opening")),
                ("stages", models.TextField(blank=True, verbose_name="development in stages")),
                ("practice", models.TextField(blank=True, verbose_name="work under load")),
                ("following", models.TextField(blank=True, verbose_name="following each person")),
                ("shortcomings", models.TextField(blank=True, verbose_name="shortcomings")),
                ("plans", models.TextField(blank=True, verbose_name="next steps")),
                (
                    "reported_to",
                    models.CharField(
                        default="区委主要领导、分管领导，市委组织部。", max_length=120, verbose_name="reported to"
                    ),
                ),
                (
                    "sent_to",
                    models.CharField(
                        default="各乡镇（街道）党（工）委，区直各单位党组（党委）。",
                        max_length=120,
                        verbose_name="sent to",
                    ),
                ),
                ("copies", models.PositiveSmallIntegerField(default=30, verbose_name="number of copies")),
                ("figures", models.JSONField(default=list, editable=False)),
                ("counted_at", models.DateTimeField(editable=False, verbose_name="counted at")),
                (
                    "hands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("submitted", "To be issued"), ("issued", "Issued")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, editable=False, null=True, verbose_name="submitted on")),
                ("returned_on", models.DateField(blank=True, editable=False, null=True, verbose_name="returned on")),
                (
                    "return_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="to be completed"),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name="year")),
                (
                    "number",
                    models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name="number"),
                ),
                ("issued_on", models.DateField(blank=True, editable=False, null=True, verbose_name="issued on")),
                ("department", models.CharField(blank=True, editable=False, max_length=40, verbose_name="department")),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="briefings",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "briefing",
                "ordering": ("-as_of", "id"),
                "indexes": [
                    models.Index(fields=["-as_of", "id"], name="briefing_by_day"),
                    models.Index(fields=["unit", "-as_of", "id"], name="briefing_of_unit"),
                    models.Index(fields=["state", "-as_of", "id"], name="briefing_by_state"),
                    models.Index(fields=["-issued_on", "id"], name="briefing_by_issue"),
                    models.Index(
                        condition=models.Q(("state", "submitted"), ("voided_at", None)),
                        fields=["submitted_on"],
                        name="briefing_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("returned_on__isnull", False)),
                        fields=["returned_on"],
                        name="briefing_returned",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "year", "number"),
                        name="one_briefing_of_a_number",
                        violation_error_message="This number has been given to another briefing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("as_of__gte", models.F("since"))),
                        name="briefing_ends_after_it_begins",
                        violation_error_code="as_of",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_by__isnull", False),
                                ("issued_on__isnull", False),
                                ("number__gte", 1),
                                ("state", "issued"),
                                ("year__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "issued"), _negated=True),
                                ("issued_by", None),
                                ("issued_on", None),
                                ("number", None),
                                ("year", None),
                            ),
                            _connector="OR",
                        ),
                        name="issued_briefings_bear_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), ("submitted_on", None)),
                            models.Q(
                                ("state", "submitted"), ("submitted_by__isnull", False), ("submitted_on__isnull", False)
                            ),
                            ("state", "issued"),
                            _connector="OR",
                        ),
                        name="submitted_briefings_say_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("return_reason", ""), ("returned_on", None)),
                            models.Q(
                                ("returned_on__isnull", False),
                                ("state", "draft"),
                                models.Q(("return_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="returned_briefings_say_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                models.Q(("shortcomings", ""), _negated=True), models.Q(("plans", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="issued_briefings_name_shortcomings",
                        violation_error_message="A briefing is issued with its shortcomings and next steps.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_by", None),
                            models.Q(("issued_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="briefings_are_issued_by_another",
                        violation_error_message="Nobody checks or signs off what they entered themselves.",
                    ),
                ],
            },
        ),
    ]
