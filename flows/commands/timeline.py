"""`dateline timeline`: what happened or is due between two days, the most corroborated of a day first."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from flows.commands.options import exit_with_reason, format_option, warehouse_option
from flows.rendering import render
from warehouse.errors import UsageError
from warehouse.layout import layout_of
from warehouse.reading import open_published, query
from warehouse.vocabulary import EventStatus

#: Events that overlap the days asked for. Every word asked for must begin a word of the event, of a sentence that tells
#: it, or of any spelling of whom and what these name; case and accents do not count.
TIMELINE = """
with told as (
    select event_id, string_agg(sentence, ' ' order by event_mention_id) as sentences
    from event_mentions
    group by event_id
),
named as (
    select event_id, unnest(list_append(actor_entity_ids, place_entity_id)) as entity_id from events
    union
    select event_mentions.event_id, entity_mentions.entity_id
    from event_mentions
    join entity_mentions using (article_id, sentence_start)
),
spelt as (
    select event_id, string_agg(array_to_string(variants, ' '), ' ' order by entity_id) as spellings
    from named
    join entities using (entity_id)
    group by event_id
),
asked as (
    select '\\b' || regexp_escape(strip_accents(lower(unnest($words::varchar[])))) as pattern
)
select
    timeline.begin_on,
    timeline.end_on,
    timeline.status,
    timeline.description as event,
    timeline.place,
    timeline.actors,
    timeline.article_count as articles,
    timeline.has_disagreement as dates_disagree,
    timeline.sources,
    timeline.event_id
from timeline
join told using (event_id)
left join spelt using (event_id)
where ($first::date is null or coalesce(timeline.end_on, timeline.begin_on) >= $first::date)
    and ($last::date is null or timeline.begin_on <= $last::date)
    and ($status::varchar is null or timeline.status = $status)
    and not exists (
        from asked
        where not regexp_matches(
            strip_accents(lower(concat_ws(
                ' ', timeline.description, timeline.place, array_to_string(timeline.actors, ' '), told.sentences,
                spelt.spellings
            ))),
            asked.pattern
        )
    )
order by timeline.begin_on, timeline.article_count desc, timeline.event_id
limit $most
"""


def as_day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@click.command(
    epilog="""\b
Examples:
  dateline timeline --from 2026-03-02 --to 2026-03-08
  dateline timeline --about "harbour bridge" --status scheduled
  dateline timeline --from 2026-03-02 --format json"""
)
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day, as 2026-03-02.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day, as 2026-03-08.")
@click.option("--about", metavar="WORDS", default="", help="Only events told with all of these words.")
@click.option(
    "--status", type=click.Choice([str(status) for status in EventStatus]), help="Only events of this status."
)
@click.option("--most", type=click.IntRange(min=1), default=200, show_default=True, help="How many events, in order.")
@warehouse_option
@format_option
@exit_with_reason
def timeline(
    first: datetime | None,
    last: datetime | None,
    about: str,
    status: str | None,
    most: int,
    warehouse: Path,
    format_name: str,
) -> None:
    """Print the dated events between two days, a day's most corroborated first, with the sources that tell them."""
    if first and last and last < first:
        raise UsageError(f"--to {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}: name the earlier day with --from.")
    parameters = {"first": as_day(first), "last": as_day(last), "status": status, "words": about.split(), "most": most}
    with open_published(layout_of(warehouse)) as connection:
        click.echo(render(query(connection, TIMELINE, parameters), format_name), nl=False)
