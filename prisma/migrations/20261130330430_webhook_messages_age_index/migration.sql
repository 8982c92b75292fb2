CREATE INDEX CONCURRENTLY idx_webhook_messages_age ON webhook_messages USING brin (created_at);
