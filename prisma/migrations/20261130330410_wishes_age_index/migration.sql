CREATE INDEX CONCURRENTLY idx_wishes_age ON wishes USING brin (made_at);
