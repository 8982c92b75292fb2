CREATE INDEX CONCURRENTLY idx_sessions_over ON sessions (least(expires_at, absolute_expires_at, coalesce(revoked_at, 'infinity')));
