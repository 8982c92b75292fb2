CREATE INDEX CONCURRENTLY idx_files_later ON stored_files (created_at)
    WHERE NOT (variants ? 'a320') AND later_tries < 3 AND (vendor_id IS NOT NULL OR is_public);
