"""Date the articles of a corpus: what they state, else what their text, page, copies and story settle.

Inference runs in rounds until nothing changes. Every round reads only the days of the round before, so the order of
the articles does not matter. A day is given only where evidence settles it; otherwise the source is `unknown` and only
the bounds are filled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from tasks.enrich.publication_evidence import DayEvidence, collect_evidence, nearest_day
from tasks.enrich.publication_page import minutes_ago, scrape_day
from tasks.enrich.publication_story import Reports, day_by_story, days_told
from tasks.records import DatableArticle, Publication

_UNKNOWN = "unknown"
#: Sources that came from other articles alone: these do not date further articles, so that no guess feeds a guess.
_DERIVED = frozenset({"story", "duplicate", _UNKNOWN})
#: Days between copies of one text: the copy of an undated text is dated by its copies only if they agree this well.
_COPY_SPREAD = 3
#: Days between the last weekday that a text tells of and a fetch that still counts as soon after.
_FRESH_DAYS = 1
#: Stated days from which on the last of them tells of what time a collection is.
_MANY_STATED = 10
#: Rounds are few in practice; the bound makes termination plain.
_MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class _Case:
    """An article with what its text says, and the bounds of its day."""

    article: DatableArticle
    evidence: DayEvidence
    fetched_on: date | None
    latest: date


def date_articles(articles: Sequence[DatableArticle], as_of: date) -> dict[str, Publication]:
    """Return when each article was published, how that is known and how precisely, by article id.

    `as_of` is the day of the run: nothing was published after it, and "Thursday, August 7" is the last one before it.
    """
    ordered = sorted(articles, key=lambda article: article.article_id)
    known = {article.article_id: _stated(article) for article in ordered}
    dated = {name: publication for name, publication in known.items() if publication is not None}
    year_of = _reference_day(dated.values(), as_of)
    cases = [_case(article, as_of, year_of) for article in ordered if known[article.article_id] is None]
    for case in cases:
        found = _from_own_text(case)
        if found is not None:
            dated[case.article.article_id] = found
    evidence = _evidence_of_stories(ordered, cases, as_of)
    for _ in range(_MOST_ROUNDS):
        fresh = _round(ordered, cases, dated, evidence)
        if not fresh:
            break
        dated |= fresh
    scraped = _scrape_days(ordered, cases, dated)
    for case in cases:
        if case.article.article_id not in dated:
            dated[case.article.article_id] = _publication(_not_after(case, scraped), None, _UNKNOWN)
    return {name: dated[name] for name in sorted(dated)}


def _stated(article: DatableArticle) -> Publication | None:
    """Read the stated date: the day as it was on the publisher's clock, the time in UTC."""
    if not article.published:
        return None
    try:
        moment = datetime.fromisoformat(article.published)
    except ValueError:
        return None
    has_time = len(article.published) > 10
    moment_utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    source = article.published_source or "input"
    day = moment.date()
    return Publication(article.article_id, day, moment_utc if has_time else None, source, day, day)


def _reference_day(stated: Iterable[Publication], as_of: date) -> date:
    """Return the day before which "Friday, October 23" is sought: an old collection is not of the days of the run."""
    days = [publication.published_on for publication in stated if publication.published_on is not None]
    return min(as_of, max(days) + timedelta(366)) if len(days) >= _MANY_STATED else as_of


def _case(article: DatableArticle, as_of: date, year_of: date) -> _Case:
    fetched_on = None
    if article.fetched:
        try:
            fetched_on = datetime.fromisoformat(article.fetched).date()
        except ValueError:
            fetched_on = None
    # a publisher's day may be ahead of the fetcher's clock by a time zone
    latest = min(as_of, fetched_on + timedelta(1)) if fetched_on else as_of
    evidence = collect_evidence(article.passages, article.lang, latest if fetched_on else min(latest, year_of))
    return _Case(article, evidence, fetched_on, latest)


def _publication(case: _Case, day: date | None, source: str) -> Publication:
    """Build an inferred publication, within what the text and the fetch allow."""
    earliest, latest = case.evidence.earliest, case.latest
    if day is not None and not (earliest or day) <= day <= latest:
        day, source = None, _UNKNOWN
    if day is not None:
        latest = min(latest, day + timedelta(7))
    if earliest is not None and earliest > latest:
        earliest = None
    return Publication(case.article.article_id, day, None, source, earliest, latest)


def _from_own_text(case: _Case) -> Publication | None:
    """Date an article by what its own text, address and fetch settle."""
    evidence = case.evidence
    if evidence.head is not None and evidence.head == evidence.earliest:
        return _settled(case, evidence.head, "text-date")
    if evidence.is_of_its_day and evidence.fitted[-1] == evidence.earliest:
        return _settled(case, evidence.fitted[-1], "text-date")
    ago = minutes_ago(case.article.relative_time)
    if ago is not None and case.fetched_on is not None and case.article.fetched is not None:
        moment = datetime.fromisoformat(case.article.fetched) - timedelta(minutes=ago)
        return _settled(case, moment.date(), "fetch-time")
    if evidence.fitted and evidence.fitted[-1] == evidence.earliest:
        told = _after_fitted(evidence)
        if told is not None:
            return _settled(case, told, "text-date")
    return None


def _settled(case: _Case, day: date, source: str) -> Publication | None:
    publication = _publication(case, day, source)
    return publication if publication.published_on is not None else None


def _after_fitted(evidence: DayEvidence) -> date | None:
    """Return the bare weekday told of on or just after "Monday, March 9", such as "said Tuesday".

    A date alone may be days old when the article tells of it; a weekday without a date is of the same week.
    """
    day = evidence.fitted[-1]
    steps = [(weekday - day.isoweekday()) % 7 for weekday in evidence.past_weekdays]
    if not steps or max(steps) > 2:  # days of some later week, as likely
        return None
    return day + timedelta(max(steps))


def _from_fetch(case: _Case) -> Publication | None:
    """Date an article that was fetched soon after what it tells.

    A page may be fetched years after publication, so a weekday alone says nothing: it must be the day of the fetch or
    the one before, and the text must name another day near it. On development pages fetched within two days this
    dated one in eight, all within a day; fetched 5 to 1,000 days late, at most one in ten.
    """
    evidence, told = case.evidence, _told_before_fetch(case)
    if told is None or case.fetched_on is None or not _is_of_the_time(evidence, case.fetched_on):
        return None
    return None if _is_older(evidence, told) else _settled(case, max(told, evidence.earliest or told), "fetch-time")


def _told_before_fetch(case: _Case) -> date | None:
    """Return the last weekday that the text tells of, if it is the day of the fetch or the one before."""
    if case.fetched_on is None or not case.evidence.past_weekdays:
        return None
    lag = min((case.fetched_on.isoweekday() - weekday) % 7 for weekday in case.evidence.past_weekdays)
    return case.fetched_on - timedelta(lag) if lag <= _FRESH_DAYS else None


def _is_older(evidence: DayEvidence, told: date) -> bool:
    """Tell whether the last date that the text tells of lies more than a week before a day: its weekdays may, too."""
    dates = [near for month, day in evidence.past_days if (near := nearest_day(month, day, told, back=45)) is not None]
    return bool(dates) and (told - max(dates)).days > 7


def _is_of_the_time(evidence: DayEvidence, fetched: date) -> bool:
    """Tell whether the text names a day within three weeks of the fetch, or a month with its year just before it."""
    if any(month >= fetched - timedelta(45) for month in evidence.past_months):
        return True
    return any(nearest_day(month, day, fetched, back=21, ahead=21) is not None for month, day in evidence.days)


def _round(
    ordered: Sequence[DatableArticle],
    cases: Sequence[_Case],
    dated: Mapping[str, Publication],
    evidence: Mapping[str, DayEvidence],
) -> dict[str, Publication]:
    """Infer what the days known so far settle: first from copies, then from the page, then from the story."""
    copies = _days_by(ordered, dated, lambda article: article.cluster_id, _DERIVED)
    stories = _reports(ordered, dated, evidence)
    fetches = _scrape_days(ordered, cases, dated)
    fresh: dict[str, Publication] = {}
    for undated in cases:
        article = undated.article
        if article.article_id in dated:
            continue
        case = _not_after(undated, fetches)
        found = (
            _from_copies(case, copies.get(article.cluster_id, ()))
            or _from_page(case, fetches.get(article.document_id))
            or _from_fetch(case)
            or _from_story(case, stories.get(article.story_id, Reports()))
        )
        if found is not None:
            fresh[article.article_id] = found
    return fresh


def _evidence_of_stories(
    ordered: Sequence[DatableArticle], cases: Sequence[_Case], as_of: date
) -> dict[str, DayEvidence]:
    """Collect what the articles tell whose stories have undated articles, by article id."""
    evidence = {case.article.article_id: case.evidence for case in cases}
    stories = {case.article.story_id for case in cases}
    for article in ordered:
        if article.story_id in stories and article.article_id not in evidence:
            evidence[article.article_id] = collect_evidence(article.passages, article.lang, as_of)
    return evidence


def _reports(
    ordered: Sequence[DatableArticle], dated: Mapping[str, Publication], evidence: Mapping[str, DayEvidence]
) -> dict[str, Reports]:
    """Return the dated articles of the stories that have undated ones."""
    days: dict[str, list[date]] = defaultdict(list)
    told: dict[str, set[date]] = defaultdict(set)
    sure: set[str] = set()
    for article in ordered:
        found = dated.get(article.article_id)
        if article.article_id not in evidence or found is None or found.published_on is None:
            continue
        if found.published_source not in _DERIVED | {"weekday"}:
            days[article.story_id].append(found.published_on)
            sure |= {article.story_id} if article.published else set()
            if article.passages:
                told[article.story_id] |= days_told(evidence[article.article_id], found.published_on)
    return {
        story: Reports(tuple(sorted(found)), frozenset(told[story]) if story in told else None, story in sure)
        for story, found in days.items()
    }


def _days_by(
    ordered: Sequence[DatableArticle],
    dated: Mapping[str, Publication],
    key: Callable[[DatableArticle], str],
    excluded: frozenset[str],
) -> dict[str, tuple[date, ...]]:
    days: dict[str, list[date]] = defaultdict(list)
    for article in ordered:
        publication = dated.get(article.article_id)
        if publication is not None and publication.published_on and publication.published_source not in excluded:
            days[key(article)].append(publication.published_on)
    return {name: tuple(sorted(found)) for name, found in days.items()}


def _from_copies(case: _Case, days: Sequence[date]) -> Publication | None:
    """Give an undated copy the first day of its copies, if they lie close together."""
    if not days or (days[-1] - days[0]).days > _COPY_SPREAD:
        return None
    return _settled(case, max(days[0], case.evidence.earliest or days[0]), "duplicate")


def _from_page(case: _Case, scraped_on: date | None) -> Publication | None:
    """Date an article that its page lists with a time ago, from the day on which the page was scraped."""
    ago = minutes_ago(case.article.relative_time)
    if ago is None or scraped_on is None:
        return None
    return _settled(case, scraped_on - timedelta(ago // (24 * 60)), "fetch-time")


def _from_story(case: _Case, reports: Reports) -> Publication | None:
    """Date an article by the dated articles of its story."""
    found = day_by_story(case.evidence, case.latest, reports, _told_before_fetch(case))
    return _settled(case, *found) if found is not None else None


def _not_after(case: _Case, scraped: Mapping[str, date]) -> _Case:
    """Hold an article to the day on which its page was scraped."""
    day = scraped.get(case.article.document_id)
    return case if day is None or day >= case.latest else replace(case, latest=day)


def _scrape_days(
    ordered: Sequence[DatableArticle], cases: Sequence[_Case], dated: Mapping[str, Publication]
) -> dict[str, date]:
    """Return, for pages that list articles with a time ago, the day on which they were scraped."""
    evidence = {case.article.article_id: case.evidence for case in cases}
    pages: dict[str, list[DatableArticle]] = defaultdict(list)
    for article in ordered:
        pages[article.document_id].append(article)
    days: dict[str, date] = {}
    for document_id, articles in pages.items():
        day = scrape_day(articles, dated, evidence)
        if day is not None:
            days[document_id] = day
    return days
