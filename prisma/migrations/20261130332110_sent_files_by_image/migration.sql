CREATE UNIQUE INDEX CONCURRENTLY idx_stored_files_sent_of ON stored_files (sent_of) WHERE sent_of IS NOT NULL;
