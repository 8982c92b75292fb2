CREATE INDEX CONCURRENTLY idx_sessions_of_user ON sessions (user_id) WHERE user_id IS NOT NULL;
