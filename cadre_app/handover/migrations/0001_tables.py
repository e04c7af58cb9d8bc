import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("handover", "0001_initial"),
        ("handover", "0002_hand_overs"),
        ("handover", "0003_hand_overs_so_far"),
        ("handover", "0004_papers_by_source"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("handed_over_on", models.DateField(editable=False, verbose_name="handed over on")),
                ("received_by", models.CharField(editable=False, max_length=60, verbose_name="signed for by")),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed over by",
                    ),
                ),
            ],
            options={
                "verbose_name": "hand-over",
                "ordering": ("-handed_over_on", "-id"),
                "indexes": [models.Index(fields=["-handed_over_on", "-id"], name="hand_over_by_day")],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("annual", "Registration form of the annual assessment"),
                            ("probation", "End-of-probation assessment form"),
                            ("grading", "Form of first appointment and grading"),
                            ("appraisal", "Appraisal of a posting"),
                            ("reward", "Reward"),
                            ("party", "Party membership"),
                            ("post", "Appointment and rank"),
                            ("education", "Education and degree"),
                            ("other", "Other material"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="name")),
                ("formed_on", models.DateField(verbose_name="formed on")),
                ("due_on", models.DateField(editable=False, verbose_name="to be handed over by")),
                ("handed_over_on", models.DateField(blank=True, null=True, verbose_name="handed over on")),
                ("received_by", models.CharField(blank=True, max_length=60, verbose_name="signed for by")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("source", models.CharField(blank=True, editable=False, max_length=80)),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="people.trainee",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "material to be filed",
                "ordering": ("due_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("handed_over_on", None), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="material_waiting",
                    ),
                    models.Index(fields=["due_on", "id"], name="material_by_day"),
                    models.Index(fields=["formed_on", "id"], name="material_by_forming"),
                    models.Index(fields=["handed_over_on", "id"], name="material_by_handing_over"),
                    models.Index(fields=["trainee", "formed_on", "id"], name="material_of_person"),
                    models.Index(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=["source"],
                        name="material_by_source",
                        opclasses=["varchar_pattern_ops"],
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None), models.Q(("source", ""), _negated=True)),
                        fields=("source", "kind"),
                        name="one_material_per_source",
                        violation_error_message="This paper is on the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("handed_over_on", None), ("handed_over_on__gte", models.F("formed_on")), _connector="OR"
                        ),
                        name="material_goes_after_forming",
                        violation_error_code="handed_over_on",
                        violation_error_message="A paper cannot be handed over before it was formed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_over_on", None), ("received_by", "")),
                            models.Q(
                                models.Q(("handed_over_on", None), _negated=True),
                                models.Q(("received_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="material_is_signed_for",
                        violation_error_code="received_by",
                        violation_error_message="Whoever takes it signs for it: write down the name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOverLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="number")),
                ("unit", models.CharField(editable=False, max_length=100, verbose_name="unit")),
                ("title", models.CharField(editable=False, max_length=100, verbose_name="name")),
                ("formed_on", models.DateField(editable=False, verbose_name="formed on")),
                ("remark", models.CharField(blank=True, editable=False, max_length=200, verbose_name="remark")),
                (
                    "hand_over",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="handover.handover",
                        verbose_name="hand-over",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over_lines",
                        to="handover.material",
                        verbose_name="material to be filed",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a hand-over",
                "ordering": ("hand_over", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("hand_over", "number"), name="one_line_per_number_of_hand_over"),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("material",),
                        name="one_standing_hand_over_per_material",
                    ),
                ],
            },
        ),
    ]
