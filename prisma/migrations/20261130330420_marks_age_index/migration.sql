CREATE INDEX CONCURRENTLY idx_transaction_marks_age ON transaction_marks USING brin (made_at);
