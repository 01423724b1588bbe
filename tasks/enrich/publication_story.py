"""Date an article by the dated articles of its story: the weekday or date that it tells of, near one of theirs.

A story lasts for weeks, and a weekday comes again after one. So a weekday counts only beside a report that tells of the
same days, only where enough of the story's reports lie around it, and where two weeks are as likely neither is chosen.
The rules were found on the stories of a labelled set from several years, where reports of one story are few and weeks
apart: of the days that a weekday gave there, 10 of 17 were right before, and of those given without any, 2 of 9.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.enrich.publication_evidence import DayEvidence, nearest_day, place_near

#: How many times more reports must surround a day than its rival for it to be chosen.
_RIVALRY = 4
#: Dated reports from which on the first of them is taken for the beginning of the story.
_MANY_REPORTS = 2
#: Reports of one day or two that date an article that tells of no day at all.
_REPORTS_OF_A_DAY = 3
#: Days from a report of its story to a weekday that an article tells of; further away, the next week's is as near.
_WEEKDAY_REACH = 2
#: Days before a weekday within which reports of several days make it the weekday of their week.
_DENSE = 4
#: One in so many of a story's reports must lie around a weekday.
_LEAST_SHARE = 4
#: Days after which a date named as past, without its year, cannot be the one of the year before.
_SURE_YEAR = 100


@dataclass(frozen=True, slots=True)
class Reports:
    """The dated articles of a story."""

    days: tuple[date, ...] = ()  # of publication, sorted, with repeats
    told: frozenset[date] | None = None  # days that they tell of, their own among them; None: none has a text
    is_stated: bool = True  # one of them states its day


def days_told(evidence: DayEvidence, published: date) -> frozenset[date]:
    """Return the days that an article tells of, and its own."""
    weekdays = weekdays_before(evidence, published)
    dates = {nearest_day(month, day, published, ahead=0) for month, day in evidence.past_days} - {None}
    named = {day for day in (*evidence.past, *evidence.fitted) if day <= published}
    return frozenset({published, *weekdays, *named, *(day for day in dates if day is not None)})


def weekdays_before(evidence: DayEvidence, day: date) -> set[date]:
    """Return the days of the week that ends on a day which the text tells of by their weekdays."""
    return {day - timedelta((day.isoweekday() - weekday) % 7) for weekday in evidence.past_weekdays}


def day_by_story(
    evidence: DayEvidence, latest: date, reports: Reports, told_before_fetch: date | None
) -> tuple[date, str] | None:
    """Return the day of an article and the kind of evidence for it, or None where its story does not settle it.

    Days before the story's first report count only if nothing else is left and the text announces what that report
    tells. `told_before_fetch` is the weekday that fits the fetch, if one does: a rival of another week.
    """
    days = reports.days
    if not days:
        return None
    candidates = _candidates(evidence, latest, sorted(set(days)))
    if not candidates:
        return _day_of_all(evidence, days)
    first = days[0] if len(days) > _MANY_REPORTS else days[0] - timedelta(1)
    within = [placed for placed in candidates if placed[0] >= first]
    if not within and len(days) >= _MANY_REPORTS and not _previews(evidence, days[0]):
        return None
    near = [placed for placed in within or candidates if placed[1] != "weekday" or _is_near(evidence, placed[0], days)]
    early = [placed for placed in candidates if placed[0] < first and _is_near(evidence, placed[0], days)]
    if within and any(abs((placed[0] - other[0]).days) > 1 for placed in near for other in early):
        return None  # a day just before the first report is as likely
    best = _most_supported(near, days, told_before_fetch)
    if best is None or best[1] != "weekday" or _is_shared(evidence, best[0], reports):
        return best
    return None


def _day_of_all(evidence: DayEvidence, days: Sequence[date]) -> tuple[date, str] | None:
    """Give a text that tells of no day that of its story, if all of several reports are of one day or two."""
    is_short = len(days) >= _REPORTS_OF_A_DAY and (days[-1] - days[0]).days <= 1
    return (days[0], "story") if is_short and not evidence.past_weekdays else None


def _candidates(evidence: DayEvidence, latest: date, days: Iterable[date]) -> list[tuple[date, str]]:
    """Return the days on which the article may have been written, one at most for each day of its story."""
    earliest = evidence.earliest
    before = min([latest, *evidence.announced])
    placed = {place_near(evidence, day) for day in days} - {None}
    return sorted(
        found
        for found in placed
        if found and (earliest or found[0]) <= found[0] <= before and not _is_contradicted(evidence, found[0])
    )


def _is_contradicted(evidence: DayEvidence, day: date) -> bool:
    """Tell whether the text names a date as past that comes soon after a day, or as ahead that was just before it."""
    if any(nearest_day(month, number, day, back=20, ahead=-1) for month, number in evidence.announced_days):
        return True
    return any(
        nearest_day(month, number, day, back=-2, ahead=_SURE_YEAR) is not None for month, number in evidence.past_days
    )


def _is_near(evidence: DayEvidence, day: date, days: Sequence[date]) -> bool:
    """Tell whether a day lies close to a report, or before one of what the text announces."""
    return min(abs((day - report).days) for report in days) <= _WEEKDAY_REACH or _previews(evidence, days[0])


def _previews(evidence: DayEvidence, first_report: date) -> bool:
    return any(abs((day - first_report).days) <= 3 for day in evidence.announced)


def _most_supported(
    placed: Sequence[tuple[date, str]], days: Sequence[date], told_before_fetch: date | None
) -> tuple[date, str] | None:
    """Return the day around which most reports lie, unless another one has too many, too."""
    support = {found: _reports_around(days, found[0]) for found in placed}
    ranked = sorted(support.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    best, most = ranked[0]
    rivals = [max(count, 1) for (day, _), count in ranked[1:] if abs((day - best[0]).days) > 1]
    if best[1] == "weekday":
        if told_before_fetch is not None and abs((told_before_fetch - best[0]).days) > 1:
            rivals.append(1)
        if most and most * _LEAST_SHARE < len(days):
            return None
    return None if rivals and _RIVALRY * max(rivals) > most else best


def _reports_around(days: Sequence[date], day: date) -> int:
    return bisect_right(days, day + timedelta(2)) - bisect_left(days, day - timedelta(1))


def _is_shared(evidence: DayEvidence, day: date, reports: Reports) -> bool:
    """Tell whether reports of several days lie about a day, or one tells of a weekday that the text tells of, too.

    Where none states its day, a single one proves nothing: no guess rests on one guess.
    """
    about = {report for report in reports.days if -_DENSE <= (report - day).days <= _WEEKDAY_REACH}
    if len(about) > (1 if day <= reports.days[-1] else 2):
        return True
    if not reports.is_stated and len(reports.days) < _MANY_REPORTS:
        return False
    return reports.told is None or not reports.told.isdisjoint(weekdays_before(evidence, day))
