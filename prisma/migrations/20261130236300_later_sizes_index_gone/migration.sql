DROP INDEX CONCURRENTLY IF EXISTS stored_files_later_idx;
