-- The beginning of idx_stored_files_vendor_content.
DROP INDEX CONCURRENTLY IF EXISTS stored_files_vendor_idx;
