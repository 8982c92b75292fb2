-- What the worker looks for every ten seconds, and the tenth of what must always hold.
CREATE INDEX CONCURRENTLY idx_stored_files_missing ON stored_files (missing_at) WHERE missing_at IS NOT NULL;
