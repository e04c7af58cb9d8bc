"""Forms of 提醒方式: one channel at a time. An address that is kept is never sent back; empty leaves it as it is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.reminders.addresses import LONGEST_EMAIL, read_address
from cadre_app.reminders.models import Channel, Mode

LONGEST_WEBHOOK = 400


def _hidden_text(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **attrs})


class ChannelForm(ChangeForm):
    """`kept` is the masked address that is kept, `on_record` the masked one that stands in the person's record."""

    channel: str = ""
    mode = forms.ChoiceField(label=_("How often"), choices=Mode.choices, widget=forms.RadioSelect)
    address = forms.CharField(required=False)
    forget = forms.BooleanField(label=_("Remove the address that is kept"), required=False)

    def __init__(self, *args: Any, kept: str = "", on_record: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["address"]
        if kept:
            found = gettext("At present: %(address)s. Leave it empty to keep it.") % {"address": kept}
            field.help_text = f"{found} {field.help_text}"
        else:
            del self.fields["forget"]
        if on_record and not kept:
            field.help_text = gettext("Empty: the address in your record, %(address)s.") % {"address": on_record}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("address"):
            try:
                read_address(self.channel, cleaned["address"], signing=cleaned.get("signing", ""))
            except ValidationError as error:
                self.add_error(None if hasattr(error, "error_dict") else "address", error)
        elif cleaned.get("signing"):
            self.add_error("address", gettext("Paste the webhook address too; the signing secret belongs to it."))
        return cleaned


class EmailForm(ChannelForm):
    channel = Channel.EMAIL
    address = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class WecomForm(ChannelForm):
    channel = Channel.WECOM
    address = forms.CharField(
        label=_("Webhook address of the group robot"),
        required=False,
        max_length=LONGEST_WEBHOOK,
        widget=_hidden_text(placeholder="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…"),
        help_text=_("WeCom: group settings, group robots, add a robot, copy the webhook address."),
    )


class DingtalkForm(ChannelForm):
    channel = Channel.DINGTALK
    address = forms.CharField(
        label=_("Webhook address of the group robot"),
        required=False,
        max_length=LONGEST_WEBHOOK,
        widget=_hidden_text(placeholder="https://oapi.dingtalk.com/robot/send?access_token=…"),
        help_text=_("DingTalk: group settings, robots, custom robot, copy the webhook address."),
    )
    signing = forms.CharField(
        label=_("Signing secret"),
        required=False,
        max_length=140,
        widget=_hidden_text(placeholder="SEC…"),
        help_text=_("Only where the robot asks for signing. Where it asks for a keyword, enter “due”."),
    )
    field_order = ("mode", "address", "signing", "forget")


FORMS: dict[str, type[ChannelForm]] = {
    Channel.EMAIL: EmailForm,
    Channel.WECOM: WecomForm,
    Channel.DINGTALK: DingtalkForm,
}
