-- Three questions an analyst asks of blocks.

-- What share of each kind of block is kept?
select kind, count(*) as blocks, round(avg(is_kept::int), 2) as kept
from blocks
group by kind
order by blocks desc;

-- Which rules remove the most text?
select removed_by, count(*) as blocks, sum(char_end - char_start) as characters
from blocks
where not is_kept and kind <> 'whitespace'
group by removed_by
order by characters desc;

-- Which captions stand beside the articles?
select articles.title, trim(blocks.text) as caption
from blocks
join articles using (article_id)
where blocks.kind = 'caption' and blocks.is_kept
order by articles.title
limit 20;
