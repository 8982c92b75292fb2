CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_stored_files_user_sent
    ON stored_files (user_id, sent_sha256) WHERE user_id IS NOT NULL AND sent_sha256 IS NOT NULL;
