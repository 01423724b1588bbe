"""Events and their mentions agree, and the timeline tells them all."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders

EVENT_COUNTS = (
    Check(
        name="mentions-belong-to-an-event",
        table="event_mentions",
        expectation=ExpectNoOffenders(
            query="""
select event_mention_id, document_id, article_id, event_id
from event_mentions
anti join events using (event_id)"""
        ),
        description="Every mention's event is there.",
        severity=CRITICAL,
        why="A mention without its event is missing from the timeline.",
        breaks="Events merged after their mentions were written.",
        id_column="event_mention_id",
    ),
    Check(
        name="event-counts-agree",
        table="events",
        expectation=ExpectNoOffenders(
            query="""
with told as (
    select
        event_id,
        count(*) as mentions,
        count(distinct article_id) as articles_counted,
        count(distinct publisher) as publishers,
        min(published_on) as first_on
    from event_mentions
    join articles using (article_id)
    group by event_id
)
select event_id, mention_count, mentions, article_count, articles_counted, publisher_count, publishers
from events
left join told using (event_id)
where mention_count is distinct from mentions
    or article_count is distinct from articles_counted
    or (publisher_count between publishers and publishers + 1) is distinct from true
    or first_reported_on is distinct from first_on"""
        ),
        description="Every event has as many mentions, articles and publishers as it says (unknown publishers may "
        "count as one), and the first report's day.",
        severity=CRITICAL,
        why="People rank events by how many report them.",
        breaks="Counts taken before an article was refused.",
        id_column="event_id",
    ),
    Check(
        name="events-have-a-description",
        table="events",
        expectation=ExpectNoOffenders(
            query="select event_id from events where not regexp_matches(coalesce(description, ''), '[^\\s]')"
        ),
        description="Every event has a description that is not blank.",
        severity=CRITICAL,
        why="A timeline of blanks tells nothing.",
        breaks="An event whose phrase was trimmed away.",
        id_column="event_id",
    ),
    Check(
        name="event-days-come-from-a-mention",
        table="events",
        expectation=ExpectNoOffenders(
            query="""
with told as (
    select event_id, min(coalesce(begin_on, end_on)) as first_on, max(coalesce(begin_on, end_on)) as last_on
    from event_mentions
    group by event_id
)
select event_id, begin_on, first_on, last_on
from events
join told using (event_id)
where begin_on not between first_on and last_on"""
        ),
        description="The first day of every event lies within the first days that its mentions give.",
        severity=CRITICAL,
        why="An event's date must be one that somebody reported.",
        breaks="A merge that computes a date instead of choosing one.",
        id_column="event_id",
    ),
    Check(
        name="disagreements-belong-to-events",
        table="disagreements",
        expectation=ExpectNoOffenders(
            query="""
with sides as (
    select event_id, count(*) as side_count from disagreements group by event_id
)
select coalesce(events.event_id, sides.event_id) as event_id, has_disagreement, side_count
from events
full join sides using (event_id)
where events.event_id is null or has_disagreement is distinct from (side_count is not null) or side_count < 2"""
        ),
        description="An event is marked as disputed exactly where disagreements list at least two sides.",
        severity=CRITICAL,
        why="Contradictions are shown, not hidden.",
        breaks="Sides left over from an event that was merged again.",
        id_column="event_id",
    ),
    Check(
        name="timeline-tells-every-event",
        table="events",
        expectation=ExpectNoOffenders(
            query="""
with told as (
    select distinct event_id
    from event_mentions
    join articles using (article_id)
    join documents on documents.document_id = articles.document_id
)
select event_id from events anti join told using (event_id)"""
        ),
        description="Every event has at least one mention whose article and document are there, so that the timeline "
        "shows it with its sources.",
        severity=CRITICAL,
        why="An event without a source is a claim of our own.",
        breaks="An article refused after its events were merged.",
        id_column="event_id",
    ),
    Check(
        name="no-event-merges-a-whole-year",
        table="events",
        expectation=ExpectNoOffenders(
            query="""
with spread as (
    select event_id, max(begin_on) - min(begin_on) as days
    from event_mentions
    where granularity in ('instant', 'day')
    group by event_id
)
select event_id, days from spread where days > 366"""
        ),
        description="The mentions of one event that name a day lie within 366 days of each other.",
        severity=WARNING,
        why="Reports that differ by more than a year tell different events, or one of them a wrong year.",
        breaks="Anniversaries merged with what they remember.",
        id_column="event_id",
    ),
)
