-- It had last_used_at, which every touch of a session changes; the few of one account are sorted when they are listed.
DROP INDEX CONCURRENTLY IF EXISTS idx_sessions_user;
