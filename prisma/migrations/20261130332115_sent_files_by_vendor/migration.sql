CREATE INDEX CONCURRENTLY idx_stored_files_vendor_sent ON stored_files (vendor_id) INCLUDE (byte_size) WHERE sent_of IS NOT NULL;
