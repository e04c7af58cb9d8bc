"""Form controls that the house uses everywhere."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar; it reads and writes days as 2026-11-23 whatever the page's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
