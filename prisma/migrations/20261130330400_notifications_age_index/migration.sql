CREATE INDEX CONCURRENTLY idx_notifications_age ON notifications USING brin (created_at);
