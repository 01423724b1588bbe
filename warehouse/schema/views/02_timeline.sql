-- timeline: Dated events in order, the most corroborated of a day first, each with the sources that tell it.
create or replace view timeline as
with sources as (
    select
        event_mentions.event_id,
        list(distinct coalesce(articles.publisher, documents.uri) order by coalesce(articles.publisher, documents.uri)) as sources,
        arg_min(event_mentions.sentence, (articles.published_on, event_mentions.event_mention_id)) as first_sentence
    from event_mentions
    join articles using (article_id)
    join documents on documents.document_id = articles.document_id
    group by event_mentions.event_id
)
select
    events.begin_on,
    events.end_on,
    events.granularity,
    events.status,
    events.description,
    events.place,
    events.actors,
    events.article_count,
    events.publisher_count,
    events.first_reported_on,
    events.has_disagreement,
    sources.sources,
    sources.first_sentence,
    events.event_id
from events
join sources using (event_id)
order by events.begin_on, events.article_count desc, events.mention_count desc, events.event_id;

comment on view timeline is 'Dated events in order, the most corroborated of a day first, each with the sources that tell it.';
