-- Alarms tell change against recent runs from other warnings.

alter table if exists ledger.validations add column if not exists is_about_drift boolean;
