"""No two canonical articles with the same text, and no line that a publisher's unrelated articles share.

The method is the audit's own: exact sequences of eight words, compared in SQL. The work is bounded: above four million
words only the sequences that begin with one word in so many are looked at (the same words everywhere, so that copies
still meet); each is paired with its two neighbours among the articles that have it, so that a sequence of a thousand
articles costs two thousand pairs and not half a million; and only pairs that share three of them are measured.
"""

from __future__ import annotations

from expectations.checks import CRITICAL, WARNING, Check
from expectations.offenders import ExpectNoOffenders

#: Share of the longer article's sequences that the other has too. On 11,000 labelled texts the pairs of different
#: clusters above it were pages with a second article in them, which cleaning takes apart.
MUTUAL_SHARE = 0.8
#: Share of the shorter article's sequences that the longer one has: a trimmed copy, or an article inside a digest.
CONTAINED_SHARE = 0.9
#: Sequences that an article needs to be compared at all.
LEAST_SEQUENCES = 40
#: Words up to which every sequence is looked at.
UNSAMPLED_WORDS = 4_000_000

#: Share that is enough where the longer article begins with the shorter one; on labelled texts at most .58 of different
#: articles that begin alike.
OPENING_SHARE = 0.65
#: What follows the dateline of the shorter text stands in the first quarter of the longer one.
OPENS_THE_LONGER = (
    "contains(lower(left(longer_articles.text, length(longer_articles.text) // 4 + 200)), "
    "lower(substring(shorter_articles.text, 61, 50)))"
)

EIGHT_WORDS = ", ".join(["words[i]", *(f"words[i + {step}]" for step in range(1, 8))])


def overlaps(condition: str) -> str:
    """Write the query for pairs of canonical articles whose overlap fulfils `condition`."""
    return f"""
with texts as not materialized (
    select
        article_id,
        list_transform(regexp_extract_all(lower(text), '[\\p{{L}}\\p{{N}}]+'), lambda word: hash(word)) as words
    from articles
    where is_canonical
),
settings as (
    select greatest(1, coalesce(sum(word_count), 0)::bigint // {UNSAMPLED_WORDS})::ubigint as sampling from articles
),
sampled as (
    select distinct
        article_id,
        unnest(list_transform(
            list_filter(range(1, len(words) - 6), lambda i: words[i] % sampling = 0),
            lambda i: hash({EIGHT_WORDS})
        )) as sequence
    from texts, settings
),
neighbours as (
    select
        article_id,
        unnest([
            lag(article_id, 1) over (partition by sequence order by article_id),
            lag(article_id, 2) over (partition by sequence order by article_id)
        ]) as other_article_id
    from sampled
),
candidates as (
    select article_id, other_article_id
    from neighbours
    where other_article_id is not null
    group by article_id, other_article_id
    having count(*) >= 3
),
involved as (
    select article_id from candidates union select other_article_id from candidates
),
sequences as materialized (
    select distinct
        article_id,
        unnest(list_transform(range(1, len(words) - 6), lambda i: hash({EIGHT_WORDS}))) as sequence
    from texts
    semi join involved using (article_id)
),
sizes as (
    select article_id, count(*) as sequence_count from sequences group by article_id
),
shared as (
    select candidates.article_id, candidates.other_article_id, count(*) as shared_count
    from candidates
    join sequences on sequences.article_id = candidates.article_id
    join sequences as others
        on others.article_id = candidates.other_article_id and others.sequence = sequences.sequence
    group by candidates.article_id, candidates.other_article_id
),
measured as (
    select
        shared.article_id,
        shared.other_article_id,
        others.sequence_count < sizes.sequence_count as is_other_shorter,
        least(sizes.sequence_count, others.sequence_count) as shorter,
        shared_count / least(sizes.sequence_count, others.sequence_count) as of_shorter,
        shared_count / greatest(sizes.sequence_count, others.sequence_count) as of_longer
    from shared
    join sizes on sizes.article_id = shared.article_id
    join sizes as others on others.article_id = shared.other_article_id
)
select
    shorter_articles.article_id,
    shorter_articles.document_id,
    if(is_other_shorter, measured.article_id, measured.other_article_id) as other_article_id,
    round(of_shorter, 3) as of_shorter,
    round(of_longer, 3) as of_longer
from measured
join articles as shorter_articles
    on shorter_articles.article_id = if(is_other_shorter, measured.other_article_id, measured.article_id)
join articles as longer_articles
    on longer_articles.article_id = if(is_other_shorter, measured.article_id, measured.other_article_id)
where shorter >= {LEAST_SEQUENCES} and {condition}"""


NO_CANONICALS_OVERLAP = Check(
    name="no-two-canonicals-are-the-same-text",
    table="articles",
    expectation=ExpectNoOffenders(
        query=overlaps(f"(of_longer >= {MUTUAL_SHARE} or (of_shorter >= {OPENING_SHARE} and {OPENS_THE_LONGER}))")
    ),
    description=f"No two canonical articles of {LEAST_SEQUENCES + 7} words or more each hold {MUTUAL_SHARE:.0%} of the "
    f"other's sequences of eight words; nor has one {OPENING_SHARE:.0%} of its sequences in a longer one that begins "
    "with it.",
    severity=CRITICAL,
    set_aside="document",
    why="Whoever reads canonical articles reads every text once. Measured on labelled texts: different articles reach "
    "this only where one page holds another's whole article.",
    breaks="A restyled copy that dedupe did not recognise, or dedupe that did not run.",
    id_column="article_id",
)

NO_CANONICAL_INSIDE_ANOTHER = Check(
    name="no-canonical-lies-inside-another",
    table="articles",
    expectation=ExpectNoOffenders(
        query=overlaps(f"of_shorter >= {CONTAINED_SHARE} and of_longer < {MUTUAL_SHARE} and not {OPENS_THE_LONGER}")
    ),
    description=f"No canonical article of {LEAST_SEQUENCES + 7} words or more has {CONTAINED_SHARE:.0%} of its "
    "sequences of eight words inside another, longer canonical article, other than as its opening.",
    severity=WARNING,
    why="It is a trimmed copy that dedupe missed, or an article that a digest quotes whole; the second is legitimate, "
    "so this only reports.",
    breaks="A page with several articles that was not taken apart.",
    id_column="article_id",
)

NO_LINES_SHARED_BY_STORIES = Check(
    name="no-line-repeats-across-stories",
    table="articles",
    expectation=ExpectNoOffenders(
        query=r"""
with canonical as (
    select
        article_id, story_id, text,
        coalesce(publisher, nullif(regexp_extract(url, '^[a-z]+://([^/]+)', 1), '')) as publisher
    from articles
    where is_canonical
),
sizes as (
    select publisher, count(distinct story_id) as story_count
    from canonical
    where publisher is not null
    group by publisher
),
lines as (
    select publisher, article_id, story_id, unnest(string_split(text, chr(10))) as line from canonical
),
repeated as (
    select publisher, hash(line) as line_hash, count(distinct story_id) as repeats, min(article_id) as example
    from lines
    where length(line) >= 15
    group by publisher, hash(line)
)
select publisher, repeats, story_count, example
from repeated
join sizes using (publisher)
where repeats >= 4 and repeats > 0.1 * story_count"""
    ),
    description="No line of 15 characters or more stands in canonical articles of 4 or more stories of a publisher "
    "that are more than 10 % of its stories.",
    severity=WARNING,
    why="Unrelated articles share no lines but furniture; sections such as weather and results may share a template, "
    "so this only reports.",
    breaks="A box of the publisher that cleaning does not know.",
    id_column="publisher",
)
