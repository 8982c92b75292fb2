-- Money that is not back yet, a refund that failed included.
CREATE INDEX CONCURRENTLY idx_refunds_open ON payment_refunds (created_at, id) WHERE state <> 'completed';
