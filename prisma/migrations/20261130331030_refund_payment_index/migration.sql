CREATE INDEX CONCURRENTLY idx_refunds_payment ON payment_refunds (payment_id);
