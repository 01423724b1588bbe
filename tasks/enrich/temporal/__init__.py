"""Find time expressions in news text and give them their TIMEX3 values and days.

English in depth; in other languages explicit dates: days, months with their year, weekdays, dates in figures.
"""

from __future__ import annotations

from tasks.enrich.temporal.annotate import annotate_times, find_time_expressions

__all__ = ["annotate_times", "find_time_expressions"]
