CREATE INDEX CONCURRENTLY idx_coupons_batch ON coupons (batch_id) WHERE batch_id IS NOT NULL;
