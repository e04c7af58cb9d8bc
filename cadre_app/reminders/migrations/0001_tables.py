import cadre_app.core.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("reminders", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("org", "0001_initial"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "user",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar feed",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[("inbox", "Inbox"), ("email", "E-mail"), ("wecom", "WeCom"), ("dingtalk", "DingTalk")],
                        max_length=16,
                        verbose_name="channel",
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("send_at", models.DateTimeField(verbose_name="to be sent at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("settled", "Nothing left to say"),
                            ("unwanted", "No longer wanted"),
                            ("capped", "Held back by the monthly limit"),
                            ("parked", "Given up"),
                        ],
                        default="waiting",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("lease_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "ordering": ("send_at", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["send_at", "id"], name="message_to_send"
                    ),
                    models.Index(
                        condition=models.Q(("state", "parked")), fields=["created_at", "id"], name="message_given_up"
                    ),
                    models.Index(
                        condition=models.Q(("state", "sent")), fields=["recipient", "sent_at"], name="message_sent_to"
                    ),
                    models.Index(fields=["state", "sent_at"], name="message_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "channel", "key"), name="one_message_per_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("rule", models.CharField(max_length=60, verbose_name="rule")),
                ("source", models.UUIDField()),
                ("due_on", models.DateField(verbose_name="due on")),
                ("is_personal", models.BooleanField(default=False)),
                ("postponed_to", models.DateField(blank=True, null=True, verbose_name="postponed to")),
                ("postponed_why", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("postponed_to", "due_on"),
                        output_field=models.DateField(),
                        verbose_name="due on",
                    ),
                ),
                ("said", models.SmallIntegerField(editable=False, null=True)),
                ("next_on", models.DateField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="settled at")),
                (
                    "doer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who acts",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "due item",
                "ordering": ("day", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["next_on", "id"], name="occurrence_to_tell"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["day", "id"], name="occurrence_by_day"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["doer", "day", "id"], name="occurrence_of_doer"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["trainee", "day", "id"],
                        name="occurrence_of_trainee",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["rule", "day", "id"], name="occurrence_of_rule"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "source", "due_on"), name="one_occurrence_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("postponed_to", None), models.Q(("postponed_why", ""), _negated=True), _connector="OR"
                        ),
                        name="postponed_items_say_why",
                        violation_error_code="reason",
                        violation_error_message="Say why it is postponed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("item", "Due"), ("attention", "For your attention"), ("backlog", "Due since long")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("inbox", "Inbox"), ("email", "E-mail"), ("wecom", "WeCom"), ("dingtalk", "DingTalk")],
                        max_length=16,
                        verbose_name="channel",
                    ),
                ),
                ("step", models.SmallIntegerField()),
                ("due_on", models.DateField(verbose_name="due on")),
                ("made_on", models.DateField()),
                ("count", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(verbose_name="told at")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                (
                    "message",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="reminders.message",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "occurrence",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="reminders.occurrence",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "ordering": ("-created_at", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("channel", "inbox")),
                        fields=["recipient", "-created_at", "id"],
                        name="notice_of_inbox",
                    ),
                    models.Index(
                        condition=models.Q(("channel", "inbox"), ("read_at", None)),
                        fields=["recipient"],
                        name="notice_unread",
                    ),
                    models.Index(
                        condition=models.Q(("message__isnull", False)), fields=["message"], name="notice_of_message"
                    ),
                    models.Index(
                        condition=models.Q(("message", None), models.Q(("channel", "inbox"), _negated=True)),
                        fields=["id"],
                        name="notice_to_pack",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("occurrence", "recipient", "step", "channel", "due_on"), name="one_notice_per_step"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("occurrence", None)),
                        fields=("recipient", "channel", "made_on"),
                        name="one_backlog_per_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "channel",
                    models.CharField(
                        choices=[("inbox", "Inbox"), ("email", "E-mail"), ("wecom", "WeCom"), ("dingtalk", "DingTalk")],
                        editable=False,
                        max_length=16,
                        verbose_name="channel",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("off", "Not at all"),
                            ("daily", "Once a day, gathered"),
                            ("at_once", "Each at once, outside quiet hours"),
                        ],
                        default="daily",
                        max_length=16,
                        verbose_name="how often",
                    ),
                ),
                ("address", cadre_app.core.fields.EncryptedTextField(blank=True, verbose_name="address")),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "way of being reminded",
                "ordering": ("channel",),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "channel"), name="one_preference_per_channel"),
                    models.CheckConstraint(
                        condition=models.Q(("channel", "inbox"), _negated=True), name="the_inbox_is_no_choice"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSetting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("rule", models.CharField(editable=False, max_length=60, verbose_name="rule")),
                ("is_on", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "leads",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="days before",
                    ),
                ),
                (
                    "overdue",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="days after",
                    ),
                ),
                (
                    "attention",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="supervisor is told after days"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="for the unit and all below it",
                    ),
                ),
            ],
            options={
                "verbose_name": "setting of a reminder rule",
                "ordering": ("rule", "unit"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("rule", "unit"),
                        name="one_setting_per_rule_and_unit",
                        nulls_distinct=False,
                        violation_error_code="unit",
                        violation_error_message="This rule has a setting for this unit already. Change that one instead.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title_zh", models.CharField(max_length=200, verbose_name="item in Chinese")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="item in English")),
                ("responsible", models.CharField(max_length=60, verbose_name="responsible")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="basis or explanation")),
                ("is_local", models.BooleanField(default=False, verbose_name="local practice")),
                (
                    "recurrence",
                    models.CharField(
                        choices=[
                            ("yearly", "Every year"),
                            ("quarterly", "Every quarter"),
                            ("monthly", "Every month"),
                            ("once", "Once"),
                        ],
                        default="yearly",
                        max_length=16,
                        verbose_name="recurrence",
                    ),
                ),
                ("day", models.PositiveSmallIntegerField(editable=False)),
                ("planned_on", models.DateField(editable=False, verbose_name="planned on")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("is_on", models.BooleanField(default=True, editable=False, verbose_name="in use")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="remark")),
            ],
            options={
                "verbose_name": "entry of the work calendar",
                "ordering": ("due_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_on", True), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="work_item_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("day__gte", 1), ("day__lte", 31)), name="work_item_day_of_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__isnull", False), ("recurrence", "once"), _connector="OR"),
                        name="work_item_comes_round",
                        violation_error_code="due_on",
                        violation_error_message="What comes round needs its next day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkItemDone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("planned_on", models.DateField(editable=False, verbose_name="planned on")),
                ("due_on", models.DateField(editable=False, verbose_name="due on")),
                ("done_on", models.DateField(verbose_name="done on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dones",
                        to="reminders.workitem",
                        verbose_name="entry of the work calendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "round of the work calendar",
                "ordering": ("-planned_on", "id"),
                "indexes": [
                    models.Index(condition=models.Q(("voided_at", None)), fields=["due_on"], name="work_done_by_day")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("item", "planned_on"),
                        name="one_done_per_round",
                        violation_error_message="This round is already recorded as done.",
                    )
                ],
            },
        ),
    ]
