CREATE INDEX CONCURRENTLY idx_sessions_of_vendor ON sessions (vendor_id) WHERE vendor_id IS NOT NULL;
