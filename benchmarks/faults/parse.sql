-- Faults that arise while documents are read, cut into blocks and loaded.

-- fault: block-dropped (critical)
-- victims: select block_id from blocks
delete from blocks where block_id = '{block_id}';

-- fault: block-doubled (critical)
-- victims: select block_id from blocks
insert into blocks from blocks where block_id = '{block_id}';

-- fault: block-offset-shifted (critical)
-- victims: select block_id from blocks
update blocks set char_start = char_start + 1, char_end = char_end + 1 where block_id = '{block_id}';

-- fault: all-offsets-shifted (critical)
-- victims: select distinct document_id from blocks
update blocks set char_start = char_start + 1, char_end = char_end + 1 where document_id = '{document_id}';

-- fault: block-text-lower-cased (critical)
-- victims: select block_id from blocks where text <> lower(text)
update blocks set text = lower(text) where block_id = '{block_id}';

-- fault: block-text-truncated (critical)
-- victims: select block_id from blocks where length(text) > 40
update blocks set text = left(text, 20) where block_id = '{block_id}';

-- fault: block-kind-unknown (critical)
-- victims: select block_id from blocks
update blocks set kind = 'advert' where block_id = '{block_id}';

-- fault: block-of-another-document (critical)
-- victims: select block_id, (select min(other.document_id) from blocks as other where other.document_id <> blocks.document_id) as other from blocks
update blocks set document_id = '{other}' where block_id = '{block_id}';

-- fault: blocks-out-of-order (critical)
-- victims: select document_id, max(ordinal) as last from blocks group by document_id having max(ordinal) >= 3
update blocks set ordinal = {last} - ordinal where document_id = '{document_id}';

-- fault: half-of-the-blocks-missing (critical)
-- each: 0; 1
delete from blocks where ordinal % 2 = {1};

-- fault: batch-dropped (critical)
-- victims: select n from range(4) as parts(n)
-- then: forget-lost-documents; recount
delete from documents where hash(document_id) % 4 = {n};

-- fault: batch-dropped-with-its-sightings (critical)
-- victims: select n from range(4) as parts(n)
-- then: forget-lost-documents; recount
delete from documents where hash(document_id) % 4 = {n};
delete from sightings where document_id not in (select document_id from documents);

-- fault: batch-doubled (critical)
-- victims: select n from range(4) as parts(n)
insert into documents from documents where hash(document_id) % 4 = {n};
insert into blocks from blocks where hash(document_id) % 4 = {n};

-- fault: document-doubled-under-another-id (other)
-- victims: select document_id from documents where status = 'parsed' and byte_length < 100000
insert into documents by name
select * replace (left(md5(document_id), 20) as document_id) from documents where document_id = '{document_id}';
insert into blocks by name
select * replace (left(md5(document_id), 20) as document_id, left(md5(block_id), 20) as block_id)
from blocks where document_id = '{document_id}';

-- fault: table-emptied (critical)
-- each: documents; blocks; sightings; quarantine
delete from {1};

-- fault: column-renamed (critical)
-- each: documents text body; documents record_id record; blocks removed_by rule; quarantine reason cause; sightings uri url
alter table {1} rename column {2} to {3};

-- fault: column-retyped (critical)
-- each: documents byte_length varchar; blocks char_start double; blocks is_kept integer; quarantine detail blob
alter table {1} alter column {2} type {3};

-- fault: column-dropped (critical)
-- each: documents record_id; blocks removed_by; quarantine block_id
alter table {1} drop column {2};

-- fault: null (critical)
-- each: documents document_id; documents uri; documents media_type; documents first_run_id; documents status; documents byte_length; blocks block_id; blocks document_id; blocks ordinal; blocks kind; blocks char_start; blocks char_end; blocks is_kept; blocks text; sightings document_id; sightings uri; quarantine run_id; quarantine stage; quarantine reason
-- victims: select rowid as place from {1}
update {1} set {2} = null where rowid = {place};

-- fault: document-text-missing (critical)
-- victims: select document_id from documents where status = 'parsed'
update documents set text = null where document_id = '{document_id}';

-- fault: texts-swapped-between-documents (critical)
-- victims: select d.document_id, o.document_id as other from documents as d join documents as o on o.document_id > d.document_id where d.status = 'parsed' and o.status = 'parsed'
update documents
set text = swapped.text
from (select document_id, text from documents) as swapped
where (documents.document_id = '{document_id}' and swapped.document_id = '{other}')
    or (documents.document_id = '{other}' and swapped.document_id = '{document_id}');

-- fault: document-status-unknown (critical)
-- victims: select document_id from documents
update documents set status = 'half-read' where document_id = '{document_id}';

-- fault: document-id-is-a-number (critical)
-- victims: select document_id from documents where status = 'parsed'
update documents set document_id = '17' where document_id = '{document_id}';
update blocks set document_id = '17' where document_id = '{document_id}';

-- fault: byte-length-negative (critical)
-- victims: select document_id from documents
update documents set byte_length = -1 where document_id = '{document_id}';

-- fault: byte-length-of-another-document (other)
-- victims: select document_id from documents where status = 'parsed' and byte_length > 2000
update documents set byte_length = 1 where document_id = '{document_id}';

-- fault: document-never-sighted (critical)
-- victims: select document_id from documents
delete from sightings where document_id = '{document_id}';

-- fault: orphan-row (critical)
-- each: blocks document_id; sightings document_id; quarantine document_id
-- victims: select rowid as place from {1} where {2} is not null
update {1} set {2} = 'ffffffffffffffffffff' where rowid = {place};

-- fault: quarantine-row-lost (critical)
-- victims: select document_id from documents where status = 'quarantined'
delete from quarantine where document_id = '{document_id}';

-- fault: quarantine-reason-unknown (critical)
-- victims: select rowid as place from quarantine
update quarantine set reason = 'did-not-like-it' where rowid = {place};

-- fault: quarantine-stage-unknown (critical)
-- victims: select rowid as place from quarantine
update quarantine set stage = 'somewhere' where rowid = {place};

-- fault: parsed-document-marked-quarantined (critical)
-- victims: select document_id from documents where status = 'parsed'
update documents set status = 'quarantined' where document_id = '{document_id}';

-- fault: mojibake-in-many-documents (critical)
-- victims: select n from range(3) as parts(n)
-- then: rebuild-articles
update documents set text = replace(text, 'er', 'Ã©') where hash(document_id) % 3 = {n};
update blocks set text = substring(documents.text, char_start + 1, char_end - char_start)
from documents where documents.document_id = blocks.document_id and documents.byte_length < 1000000;

-- fault: mojibake-in-one-document (other)
-- victims: select document_id from documents where status = 'parsed' and byte_length < 100000 and len(regexp_extract_all(text, 'er')) > 12
-- then: rebuild-articles
update documents set text = replace(text, 'er', 'Ã©') where document_id = '{document_id}';
update blocks set text = substring(documents.text, char_start + 1, char_end - char_start)
from documents where documents.document_id = blocks.document_id and documents.document_id = '{document_id}';

-- fault: replacement-characters-in-many-documents (critical)
-- victims: select n from range(3) as parts(n)
-- then: rebuild-articles
update documents set text = replace(text, 'e', chr(65533)) where hash(document_id) % 3 = {n};
update blocks set text = substring(documents.text, char_start + 1, char_end - char_start)
from documents where documents.document_id = blocks.document_id and documents.byte_length < 1000000;

-- fault: replacement-characters-in-one-document (other)
-- victims: select document_id from documents where status = 'parsed' and byte_length between 1000 and 100000
-- then: rebuild-articles
update documents set text = replace(text, 'e', chr(65533)) where document_id = '{document_id}';
update blocks set text = substring(documents.text, char_start + 1, char_end - char_start)
from documents where documents.document_id = blocks.document_id and documents.document_id = '{document_id}';

-- fault: parse-counts-do-not-conserve (critical)
-- each: in_count; kept_count; quarantined_count
update stage_counts set {1} = {1} + 1 where stage = 'parse';

-- fault: parse-counts-of-other-tables (critical)
update stage_counts set in_count = in_count + 20, kept_count = kept_count + 20 where stage = 'parse';

-- fault: parse-count-missing (critical)
delete from stage_counts where stage = 'parse';

-- fault: parse-count-doubled (critical)
insert into stage_counts from stage_counts where stage = 'parse';
