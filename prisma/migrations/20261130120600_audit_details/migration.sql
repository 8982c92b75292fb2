-- No page and no command finds an event by a detail; every event paid for it, and all of them waited for its one list.
DROP INDEX CONCURRENTLY IF EXISTS idx_audit_metadata;
