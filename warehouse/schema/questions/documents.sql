-- Three questions an analyst asks of documents.

-- How many documents came in, and how many were refused?
select status, count(*) as documents
from documents
group by status
order by status;

-- Which encodings did they come in, and how was each found?
select encoding, encoding_source, count(*) as documents
from documents
group by all
order by documents desc, encoding;

-- Which documents are the largest?
select uri, media_type, byte_length
from documents
order by byte_length desc
limit 10;
