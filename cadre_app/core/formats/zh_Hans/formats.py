"""Chinese days of the year as offices write them, without a leading zero: 9月1日."""

MONTH_DAY_FORMAT = "n月j日"
