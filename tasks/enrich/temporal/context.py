"""What the rules know beside the words: the day of publication and what the text has spoken of so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tasks.enrich.calendar import bounds_of, granularity_of, narrow
from warehouse.vocabulary import Granularity


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression as a half-open range of tokens, with its value."""

    first: int
    last: int
    value: str
    timex_type: str = "DATE"
    begin_on: date | None = None
    end_on: date | None = None
    anchor_on: date | None = None
    anchor_source: str = "none"
    modifier: str | None = None


@dataclass(slots=True)
class Context:
    """The state of one article while its passages are read in order."""

    anchor: date | None
    reference_day: date | None = None  # the last day, not after publication, that the text named
    quarter: tuple[int, int] | None = None  # the quarter that the text reports on: year and number
    year: int | None = None  # the last year named by itself

    def base(self) -> tuple[date | None, str]:
        """Return the day that "the next day" or "two days later" counts from, and what it is."""
        if self.reference_day is not None:
            return self.reference_day, "reference-day"
        return self.anchor, "published" if self.anchor else "none"

    def near_base(self) -> tuple[date | None, str]:
        """Return the reference day if the news is of that week, else the day of publication.

        "Said on Wednesday that sanctions follow within two days", printed on Thursday, counts from Wednesday.
        """
        day, source = self.base()
        if day is not None and self.anchor is not None and not 0 <= (self.anchor - day).days <= 6:
            return self.anchor, "published"
        return day, source

    def note(self, found: Found) -> None:
        """Remember what later expressions of the text may lean on."""
        granularity = granularity_of(found.value)
        if granularity in (Granularity.DAY, Granularity.INSTANT):
            day = found.begin_on
            if day is not None and (self.anchor is None or day <= self.anchor):
                self.reference_day = day
                self.year = day.year
        elif granularity is Granularity.QUARTER and found.anchor_source == "published" and self.quarter is None:
            self.quarter = int(found.value[:4]), int(found.value[6:])
        elif granularity in (Granularity.YEAR, Granularity.MONTH) and found.value[:4].isdecimal():
            self.year = int(found.value[:4])


def dated(
    first: int,
    last: int,
    value: str,
    *,
    anchor_on: date | None = None,
    source: str = "explicit",
    modifier: str | None = None,
    timex_type: str | None = None,
) -> Found:
    """Build a found DATE or TIME with the days that its value spans."""
    begin, end = narrow(bounds_of(value), modifier)
    if timex_type is None:
        timex_type = "TIME" if "T" in value and not value.startswith("P") and "_" not in value else "DATE"
    return Found(first, last, value, timex_type, begin, end, anchor_on, source, modifier)
