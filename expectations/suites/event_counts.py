"""Events and their mentions agree, and the timeline tells them all."""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders

#: Share of all mentions, dated and undated, between which the dated ones lie. In seven corpora of news it was .32–.80.
LEAST_DATED, MOST_DATED = 0.03, 0.98

EVENT_COUNTS = (
    Check(
        name="dated-share-is-plausible",
        table="event_mentions",
        expectation=ExpectNoOffenders(
            query=f"""
with counts as (
    select
        (select count(*) from event_mentions) as dated_count,
        (select count(*) from undated_mentions) as undated_count,
        (select count(*) from articles) as article_count
)
select 'event_mentions' as table_name, dated_count, undated_count
from counts
where dated_count + undated_count >= 100
    and dated_count / (dated_count + undated_count) not between {LEAST_DATED} and {MOST_DATED}"""
        ),
        description=f"Of 100 event mentions or more {LEAST_DATED:.0%} to {MOST_DATED:.0%} are dated.",
        severity=CRITICAL,
        why="News dates a third to four fifths of what it tells; none or all means that half of the work was not done.",
        breaks="Articles without a day of publication throughout, or a table that was not loaded.",
        id_column="table_name",
    ),
    Check(
        name="events-belong-to-a-story",
        table="events",
        expectation=ExpectNoOffenders(query="select event_id, story_id from events anti join stories using (story_id)"),
        description="Every event's story is there.",
        severity=CRITICAL,
        why="Whoever reads by story must find its events.",
        breaks="Stories grouped anew after the events were merged.",
        id_column="event_id",
    ),
    Check(
        name="events-are-of-their-mentions-days",
        table="event_mentions",
        expectation=ExpectNoOffenders(
            query="""
select event_mention_id, event_mentions.document_id, article_id, event_id, event_mentions.begin_on, events.begin_on
from event_mentions
join events using (event_id)
where not has_disagreement
    and event_mentions.granularity in ('instant', 'day')
    and events.granularity in ('instant', 'day')
    and abs(event_mentions.begin_on - events.begin_on) > 3"""
        ),
        description="Mentions of a day lie within three days of their event's day, unless it is marked as disputed.",
        severity=CRITICAL,
        why="In 3,700 undisputed events of real news they were at most one day apart.",
        breaks="Events merged by their words alone, or a contradiction that was not marked.",
        id_column="event_mention_id",
    ),
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
        name="disagreements-name-their-evidence",
        table="disagreements",
        expectation=ExpectNoOffenders(
            query="""
select disagreements.event_id, disagreements.value, event_mention_id
from disagreements
left join event_mentions using (event_mention_id)
where event_mentions.event_id is distinct from disagreements.event_id
    or event_mentions.value is distinct from disagreements.value
    or event_mentions.sentence is distinct from disagreements.sentence
    or not list_contains(article_ids, article_id)"""
        ),
        description="Each side of a disagreement names a mention of its event in one of its articles, with that date "
        "and that sentence.",
        severity=CRITICAL,
        why="Whoever weighs two dates must see where each of them stands.",
        breaks="Sides left over from an event that was merged again.",
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
        name="stories-span-their-articles",
        table="stories",
        expectation=ExpectNoOffenders(
            query="""
with members as (
    select story_id, min(published_on) as first_on, max(published_on) as last_on from articles group by story_id
)
select story_id, first_published_on, first_on, last_published_on, last_on
from stories
join members using (story_id)
where first_published_on is distinct from first_on or last_published_on is distinct from last_on"""
        ),
        description="Every story names the first and the last day on which its articles were published.",
        severity=CRITICAL,
        why="People look for stories by their days.",
        breaks="Stories written before their articles were dated.",
        id_column="story_id",
    ),
    Check(
        name="events-of-several-stories-share-words",
        table="event_mentions",
        expectation=ExpectNoOffenders(
            query=r"""
with told as (
    select
        event_id, articles.story_id,
        flatten(list(regexp_extract_all(
            lower(concat_ws(' ', event_mentions.text, array_to_string(actors, ' '))), '[\p{L}]{4,}'
        ))) as words
    from event_mentions
    join articles using (article_id)
    group by event_id, articles.story_id
    qualify count(*) over (partition by event_id) > 1
)
select distinct one.event_id, one.story_id, other.story_id as other_story_id
from told as one
join told as other on other.event_id = one.event_id and other.story_id > one.story_id
where len(list_intersect(one.words, other.words)) = 0"""
        ),
        description="Where articles of several stories tell one event, the mentions share a word of four letters or "
        "more, of the phrase or the actors.",
        severity=WARNING,
        why="Of 19 such events of real news all did; two languages may share none, so this only reports.",
        breaks="Events merged by their day alone.",
        id_column="event_id",
    ),
    Check(
        name="no-event-is-told-twice",
        table="events",
        expectation=ExpectNoOffenders(
            query=r"""
select min(event_id) as event_id, description, begin_on, count(*) as times
from events
where len(regexp_extract_all(description, '\w+')) >= 3
group by story_id, lower(description), description, begin_on, end_on, status, actors
having count(*) > 1"""
        ),
        description="No two events of a story agree in description (of three words or more), days, status and actors.",
        severity=WARNING,
        why="They are one event that was not merged; in 9,000 events of real news there were 2.",
        breaks="Mentions split from their event by a run that changed their ids.",
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
