-- A failed expectation may set a single block aside: quarantine names it.

alter table if exists ledger.quarantine add column if not exists block_id varchar;
