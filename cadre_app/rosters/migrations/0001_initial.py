import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

# What is frozen stays: neither its numbers nor what they stand for change any more, whatever writes to the table.
FORWARD = """
CREATE FUNCTION rosters_frozen_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'frozen' AND (
        NEW.state, NEW.numbers, NEW.kind, NEW.unit_id, NEW.as_of, NEW.entered_by_id, NEW.frozen_by_id, NEW.frozen_on
    ) IS DISTINCT FROM (
        OLD.state, OLD.numbers, OLD.kind, OLD.unit_id, OLD.as_of, OLD.entered_by_id, OLD.frozen_by_id, OLD.frozen_on
    ) THEN
        RAISE EXCEPTION 'a frozen report stays as it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen_reports_stay';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rosters_frozen_stays BEFORE UPDATE ON rosters_superiorreport
    FOR EACH ROW EXECUTE FUNCTION rosters_frozen_stays();
"""
BACKWARD = """
DROP TRIGGER rosters_frozen_stays ON rosters_superiorreport;
DROP FUNCTION rosters_frozen_stays();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RosterLayout",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None, verbose_name="columns"
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("unit", "By official order of units"),
                            ("year", "By year of arrival, then strokes"),
                            ("rank", "By post and rank, then time"),
                            ("strokes", "By strokes of the surname"),
                        ],
                        default="unit",
                        max_length=10,
                        verbose_name="order",
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        choices=[("a4", "A4 across"), ("a3", "A3 across")],
                        default="a4",
                        max_length=4,
                        verbose_name="paper",
                    ),
                ),
                (
                    "owner",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roster_layout",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "layout of the printed roster",
                "ordering": ("owner",),
            },
        ),
        migrations.CreateModel(
            name="SuperiorReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "kind",
                    models.CharField(
                        choices=[("yearly", "Yearly return of introduced and selected graduates")],
                        editable=False,
                        max_length=16,
                        verbose_name="report",
                    ),
                ),
                ("as_of", models.DateField(editable=False, verbose_name="as of")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("submitted", "To be checked"), ("frozen", "Frozen")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("numbers", models.JSONField(blank=True, default=dict, editable=False, verbose_name="numbers")),
                ("filing_number", models.CharField(blank=True, max_length=60, verbose_name="filing number")),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                (
                    "hands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                ("entered_on", models.DateField(editable=False, verbose_name="filled in on")),
                ("submitted_on", models.DateField(blank=True, editable=False, null=True, verbose_name="submitted on")),
                ("frozen_on", models.DateField(blank=True, editable=False, null=True, verbose_name="frozen on")),
                (
                    "return_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="to be completed"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filled in by",
                    ),
                ),
                (
                    "frozen_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superior_reports",
                        to="org.unit",
                        verbose_name="reporting unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "report to the superior",
                "ordering": ("-as_of", "unit__path", "id"),
                "indexes": [
                    models.Index(fields=["-as_of", "id"], name="superior_report_by_day"),
                    models.Index(fields=["unit", "kind", "-as_of"], name="superior_report_of_unit"),
                    models.Index(fields=["state", "-as_of", "id"], name="superior_report_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("kind", "unit", "as_of"),
                        name="one_superior_report_per_day",
                        violation_error_code="as_of",
                        violation_error_message="This unit has this report as of this day already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("frozen_by__isnull", False), ("frozen_on__isnull", False), ("state", "frozen")),
                            models.Q(
                                models.Q(("state", "frozen"), _negated=True), ("frozen_by", None), ("frozen_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="frozen_reports_say_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("numbers", {}), ("state", "draft"), ("submitted_on", None)),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                models.Q(("numbers", {}), _negated=True),
                                ("submitted_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="submitted_reports_keep_numbers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frozen_by", None),
                            models.Q(("frozen_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reports_are_frozen_by_others",
                        violation_error_message="Nobody checks or signs off what they entered themselves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("return_reason", ""), _connector="OR"),
                        name="only_drafts_are_returned_reports",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
