"""Collect what the text of an article says about the days around its own publication.

Nothing is decided here. Days told in the past tense bound publication from below, days announced bound it from above;
a weekday beside a day and month fixes the year; bare weekdays and days of months are kept for when a day to count from
is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.enrich.calendar import bounds_of, days_in_month
from tasks.enrich.temporal.annotate import read_passage
from tasks.enrich.temporal.context import Context, Found
from tasks.enrich.temporal.direction import FUTURE, PAST, UNKNOWN, direction
from tasks.enrich.temporal.lexicon import WEEKDAY_ABBREVIATIONS, WEEKDAYS
from tasks.enrich.temporal.tokens import Tokens
from tasks.records import Passage

#: How many of the passages, and of the characters of each, are the head of an article, where its own date stands.
_HEAD_PASSAGES, _HEAD_CHARACTERS = 3, 70
#: How many tokens are looked at for the weekday of "two days after the council voted on Monday".
_SENTENCE_REACH = 20
#: Years that a weekday with a day and a month may lie back; a weekday recurs on a date after five years at the least.
_RECENT_YEARS = 5
#: Characters before an expression that are searched for the quotation mark that opens its sentence.
_QUOTE_REACH = 600
_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_OF_MONTH = re.compile(r"XXXX-(\d\d)-(\d\d)")
_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])(?:T.*)?")
_OTHER_WEEKS = frozenset({"last", "this", "coming", "next", "previous", "following", "every", "each", "past"})
_PRESENT_DAY = frozenset({"tomorrow", "tonight"})
#: What stands in a headline before the day of an issue: a colon, a bar, a dash.
_BEFORE_ISSUE = frozenset({":", "|", "-", "–", "—"})
_AGENCY = re.compile(r"[^\n]{0,12}?(?:—|–|--| - |\([A-Z])")


@dataclass(frozen=True, slots=True)
class DayEvidence:
    """The days that a text names; each list sorted, without repeats."""

    head: date | None = None  # a full date in a dateline or at the very head
    head_day: tuple[int, int] | None = None  # month and day of a dateline without a year
    past: tuple[date, ...] = ()  # full dates told in the past tense
    fitted: tuple[date, ...] = ()  # past days whose year their weekday settles
    announced: tuple[date, ...] = ()  # full or fitted days that lie ahead of the text
    announced_days: tuple[tuple[int, int], ...] = ()  # month and day that lie ahead of the text, year unknown
    is_of_its_day: bool = False  # a day in its first lines beside "tomorrow", "tonight": the text is of that day
    past_weekdays: tuple[int, ...] = ()  # ISO numbers of bare weekdays told in the past tense
    past_days: tuple[tuple[int, int], ...] = ()  # month and day, told in the past tense, year unknown
    past_months: tuple[date, ...] = ()  # first days of months named with their year
    days: tuple[tuple[int, int], ...] = ()  # every month and day without a year, told of whatever time
    years: tuple[int, ...] = ()  # every year named, alone or in a date

    @property
    def earliest(self) -> date | None:
        """The day before which the text cannot have been published."""
        days = [*self.past, *self.fitted, *([self.head] if self.head else [])]
        return max(days, default=None)


def collect_evidence(passages: Sequence[Passage], lang: str | None, as_of: date) -> DayEvidence:
    """Return the days that the passages name; none after `as_of` counts as told of the past."""
    gathered = _Gathered(as_of)
    ordered = sorted(passages, key=lambda passage: passage.char_start)
    context = Context(None)
    for number, passage in enumerate(ordered):
        is_english = lang is None or lang.partition("-")[0] == "en"
        tokens, found = read_passage(passage.text, context, lang)
        for expression in found:
            gathered.add(tokens, expression, passage.kind, number < _HEAD_PASSAGES, is_english)
            if number == 0 and is_english:
                gathered.add_days_after(tokens, expression)
    return gathered.evidence()


class _Gathered:
    """Sorts expressions into the kinds of evidence."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._head: list[date] = []
        self._head_days: list[tuple[int, int]] = []
        self._past: set[date] = set()
        self._fitted: set[date] = set()
        self._announced: set[date] = set()
        self._announced_days: set[tuple[int, int]] = set()
        self._opening: set[date] = set()
        self._speaks_of_today = False
        self._weekdays: set[int] = set()
        self._days: set[tuple[int, int]] = set()
        self._months: set[date] = set()
        self._all_days: set[tuple[int, int]] = set()
        self._years: set[int] = set()

    def add(self, tokens: Tokens, found: Found, kind: str, in_head: bool, is_english: bool) -> None:
        value = found.value
        at_head = in_head and _stands_at_head(tokens, found, kind)
        way = direction(tokens, found.first, found.last) if is_english else 0
        if way == PAST and tokens.word(found.first - 1) == "for":
            way = UNKNOWN  # "ordered a hearing for March 11" tells of a day ahead, "was closed for Sunday" of none
        if is_english and _PRESENT_DAY & set(tokens.words[found.first : found.last]) and not _is_quoted(tokens, found):
            self._speaks_of_today = True
        if found.timex_type != "DURATION" and re.match(r"\d{4}(?!\d)", value):
            self._years.add(int(value[:4]))
        if _FULL.match(value):
            self._add_full(date.fromisoformat(value[:10]), way, at_head)
        elif match := _DAY_OF_MONTH.match(value):
            self._add_day(tokens, found, int(match[1]), int(match[2]), way, at_head, in_head)
        elif match := _WEEKDAY.fullmatch(value):
            if way == PAST and not _OTHER_WEEKS & set(tokens.words[found.first : found.last]):
                self._weekdays.add(int(match[1]))
        elif re.fullmatch(r"\d{4}-\d\d", value) and way != FUTURE:
            first = bounds_of(value)[0]
            if first is not None and first <= self._as_of:
                self._months.add(first)

    def add_days_after(self, tokens: Tokens, found: Found) -> None:
        """Read "Two days after the council voted on Monday" at the head as a text of Wednesday."""
        length = re.fullmatch(r"P(\d)D", found.value)
        if length is None or tokens.word(found.last) != "after":
            return
        for index in range(found.last, min(found.last + _SENTENCE_REACH, len(tokens.words))):
            if tokens.words[index] == ".":
                return
            weekday = WEEKDAYS.get(tokens.words[index])
            if weekday is not None:
                self._weekdays.add((weekday - 1 + int(length[1])) % 7 + 1)
                return

    def _add_full(self, day: date, way: int, at_head: bool) -> None:
        if day > self._as_of:
            self._announced.add(day) if way == FUTURE else None
        elif at_head:
            self._head.append(day)
        elif way == PAST:
            self._past.add(day)
        elif way == FUTURE:
            self._announced.add(day)

    def _add_day(
        self, tokens: Tokens, found: Found, month: int, day: int, way: int, at_head: bool, in_head: bool
    ) -> None:
        self._all_days.add((month, day))
        weekday = _weekday_among(tokens, found)
        fitted = fit_weekday(month, day, weekday, self._as_of) if weekday is not None else None
        if at_head:
            if fitted is not None:
                self._head.append(fitted)
            else:
                self._head_days.append((month, day))
        elif fitted is not None and way != FUTURE:
            self._fitted.add(fitted)
            self._opening |= {fitted} if in_head else set()
        elif fitted is not None:
            self._announced.add(fitted)
        elif way == PAST:
            self._days.add((month, day))
        elif way == FUTURE:
            self._announced_days.add((month, day))

    def evidence(self) -> DayEvidence:
        return DayEvidence(
            head=self._head[0] if self._head else None,
            head_day=self._head_days[0] if self._head_days and not self._head else None,
            past=tuple(sorted(self._past)),
            fitted=tuple(sorted(self._fitted)),
            announced=tuple(sorted(self._announced)),
            announced_days=tuple(sorted(self._announced_days)),
            is_of_its_day=self._speaks_of_today and bool(self._opening) and max(self._opening) == max(self._fitted),
            past_weekdays=tuple(sorted(self._weekdays)),
            past_days=tuple(sorted(self._days)),
            past_months=tuple(sorted(self._months)),
            days=tuple(sorted(self._all_days)),
            years=tuple(sorted(self._years)),
        )


def _stands_at_head(tokens: Tokens, found: Found, kind: str) -> bool:
    """Tell whether a date is the article's own: in a dateline block, or "PARIS, Aug. 6 (Agency) —"."""
    if kind == "dateline":
        return True
    end = tokens.ends[found.last - 1]
    if kind == "headline" and found.last == len(tokens.words) and tokens.word(found.first - 1) in _BEFORE_ISSUE:
        return True  # "Morning briefing: Thursday, March 12"
    if tokens.starts[found.first] > _HEAD_CHARACTERS or not tokens.is_capital(0):
        return False
    return tokens.text[: tokens.starts[found.first]].rstrip(" ,.(").isupper() and bool(_AGENCY.match(tokens.text, end))


def _is_quoted(tokens: Tokens, found: Found) -> bool:
    """Tell whether an expression stands between quotation marks, whose day may be another."""
    start = tokens.starts[found.first]
    before = tokens.text[max(0, start - _QUOTE_REACH) : start]
    return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”") or before.rfind("‘") > before.rfind("’")


def _weekday_among(tokens: Tokens, found: Found) -> int | None:
    for word in tokens.words[found.first : found.last]:
        number = WEEKDAYS.get(word) or WEEKDAY_ABBREVIATIONS.get(word)
        if number is not None:
            return number
    return None


def fit_weekday(month: int, day: int, weekday: int, as_of: date) -> date | None:
    """Return the last day before `as_of`, of the recent years, that is this day of the year and this weekday.

    A few days ahead are allowed: what is announced may lie after the day of the run.
    """
    for year in range(as_of.year + 1, as_of.year - _RECENT_YEARS - 1, -1):
        if day > days_in_month(year, month):
            continue
        candidate = date(year, month, day)
        if candidate.isoweekday() == weekday and candidate <= as_of + timedelta(31):
            return candidate
    return None


def place_near(evidence: DayEvidence, day: date) -> tuple[date, str] | None:
    """Return the last day that the text tells of as past, if it was written about `day`, and the kind of evidence.

    Weekdays fall into the week that ends on the day after `day`; days of months count if they lie within ten days
    before it or on the day after. Who names some days by their weekday and others by their date does so because the
    dates are older: the weekdays come after them.
    """
    by_date = [near for month, number in _with_head(evidence) if (near := nearest_day(month, number, day)) is not None]
    by_date += [told for told in evidence.past if -10 <= (told - day).days <= 1]
    dated = by_date + [told for told in evidence.fitted if -10 <= (told - day).days <= 1]
    weekdays = [day + timedelta(1 - (day.isoweekday() + 1 - weekday) % 7) for weekday in evidence.past_weekdays]
    if by_date and weekdays and min(weekdays) <= max(by_date):
        weekdays = [_next_weekday(max(by_date), weekday) for weekday in evidence.past_weekdays]
        return (max(weekdays), "weekday") if max(weekdays) <= day + timedelta(1) else None
    if weekdays and (last := _last_of_week(evidence.past_weekdays)) not in (None, max(weekdays).isoweekday()):
        ends = _next_weekday(max(weekdays), last)
        return (ends, "weekday") if ends <= day + timedelta(2) else None
    if dated and (not weekdays or max(dated) >= max(weekdays) - timedelta(3)):
        return max(dated + weekdays), "text-date" if max(dated) >= max(dated + weekdays) else "weekday"
    return (max(weekdays), "weekday") if weekdays else None


def _last_of_week(weekdays: Sequence[int]) -> int | None:
    """Return the last of the weekdays that a text tells of, where the days without any part one week from the next.

    >>> _last_of_week((2, 3, 4, 5)), _last_of_week((1, 6)), _last_of_week((1, 4))
    (5, 1, None)
    """
    gaps = sorted(
        ((after - weekday - 1) % 7 + 1, weekday)
        for weekday, after in zip(weekdays, (*weekdays[1:], *weekdays[:1]), strict=True)
    )
    return gaps[-1][1] if len(gaps) == 1 or gaps[-1][0] >= gaps[-2][0] + 2 else None


def _next_weekday(day: date, weekday: int) -> date:
    """Return the first such weekday after a day."""
    return day + timedelta((weekday - day.isoweekday() - 1) % 7 + 1)


def _with_head(evidence: DayEvidence) -> tuple[tuple[int, int], ...]:
    return (*evidence.past_days, evidence.head_day) if evidence.head_day else evidence.past_days


def nearest_day(month: int, number: int, day: date, back: int = 10, ahead: int = 1) -> date | None:
    """Return the day of the year that lies at most `back` days before and `ahead` days after `day`."""
    for year in (day.year - 1, day.year, day.year + 1):
        if number <= days_in_month(year, month):
            candidate = date(year, month, number)
            if -back <= (candidate - day).days <= ahead:
                return candidate
    return None
