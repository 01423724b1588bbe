"""What is done to the text: parse, clean, dedupe and enrich. Pure functions; no Prefect, no DuckDB."""
