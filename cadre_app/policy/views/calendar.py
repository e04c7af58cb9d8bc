"""The work calendar: a year at a glance, single days, and the yearly list from file to confirmation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.policy import permissions, services
from cadre_app.policy.forms import HolidayForm, HolidayImportForm, HolidayListForm
from cadre_app.policy.holiday_rows import TEMPLATE, HolidayRow, read_rows
from cadre_app.policy.models import Holiday
from cadre_app.policy.views.access import must_manage, must_read
from cadre_app.policy.workdays import FIRST_DAY, LAST_DAY
from cadre_app.policy.yearview import missing_years, months_of

YEAR_DIGITS = 4
WEEKDAYS = (
    pgettext_lazy("calendar column", "Mon"),
    pgettext_lazy("calendar column", "Tue"),
    pgettext_lazy("calendar column", "Wed"),
    pgettext_lazy("calendar column", "Thu"),
    pgettext_lazy("calendar column", "Fri"),
    pgettext_lazy("calendar column", "Sat"),
    pgettext_lazy("calendar column", "Sun"),
)


@require_GET
def calendar(request: UserRequest) -> HttpResponse:
    """工作日历 Work calendar of one year."""
    must_read(request)
    today = timezone.localdate()
    year = _asked_year(request, today.year)
    visible = Holiday.objects.visible_to(request.user)
    months = months_of(year, visible, today)
    context = {
        "year": year,
        "months": months,
        "weekdays": WEEKDAYS,
        "workdays": sum(month.workdays for month in months),
        "holidays": list(visible.of_year(year)),
        "missing": missing_years(today),
        "previous": year - 1 if year > FIRST_DAY.year else None,
        "following": year + 1 if year < LAST_DAY.year else None,
        "can_manage": permissions.can_manage_settings(request.user),
    }
    return render(request, "policy/calendar.html", context)


@require_http_methods(["GET", "POST"])
def holiday_new(request: UserRequest) -> HttpResponse:
    """One more holiday or make-up workday."""
    must_manage(request)
    form = HolidayForm(request.POST or None)
    if submit(request, form, services.add_holiday):
        messages.success(request, _("The day was entered."))
        return redirect(_year_url(form.cleaned_data["day"].year))
    return render(request, "policy/holiday_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def holiday_void(request: UserRequest, pk: UUID) -> HttpResponse:
    """Remove a wrongly entered day."""
    holiday = get_object_or_404(Holiday.objects.visible_to(request.user).standing(), pk=pk)
    require(permissions.can_manage_settings(request.user))
    form = ReasonForm(request.POST or None, instance=holiday)
    back = _year_url(holiday.day.year)
    if submit(request, form, services.void_holiday, holiday):
        messages.success(request, _("The day was removed. It follows its weekday again."))
        return redirect(back)
    return render(request, "policy/holiday_void.html", {"form": form, "holiday": holiday, "cancel_url": back})


@require_http_methods(["GET", "POST"])
def holiday_upload(request: UserRequest) -> HttpResponse:
    """A year's list as a file or pasted; shows what was understood, saves nothing."""
    must_manage(request)
    form = HolidayListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        return _preview(request, read_rows(text), HolidayImportForm(initial={"text": text}))
    return render(request, "policy/holiday_upload.html", {"form": form})


@require_POST
def holiday_import(request: UserRequest) -> HttpResponse:
    """Save the list that was looked at."""
    must_manage(request)
    form = HolidayImportForm(request.POST)
    rows = read_rows(request.POST.get("text", ""))
    if done := submit(request, form, services.import_holidays):
        if not done.repeated:
            text = ngettext("%(count)s day was saved.", "%(count)s days were saved.", done.result)
            messages.success(request, text % {"count": done.result})
        days = [row.day for row in rows if row.day is not None]
        return redirect(_year_url(max(days, default=timezone.localdate()).year))
    return _preview(request, rows, form)


@require_GET
def holiday_template(request: UserRequest) -> HttpResponse:
    """An example list as CSV that opens in Excel."""
    must_manage(request)
    response = HttpResponse(TEMPLATE, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="holidays.csv"'
    return response


def _preview(request: UserRequest, rows: list[HolidayRow], form: HolidayImportForm) -> HttpResponse:
    faulty = sum(1 for row in rows if row.errors)
    context = {"rows": rows, "faulty": faulty, "form": form, "ready": bool(rows) and not faulty}
    return render(request, "policy/holiday_preview.html", context)


def _asked_year(request: UserRequest, default: int) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == YEAR_DIGITS else default
    return min(max(year, FIRST_DAY.year), LAST_DAY.year)


def _year_url(year: int) -> str:
    return f"{reverse('policy:calendar')}?year={year}"
