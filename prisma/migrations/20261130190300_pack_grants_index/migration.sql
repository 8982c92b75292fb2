-- The grant of a pack, by its payment (pack_left, refund_goods).
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_quota_grants_payment ON quota_grants (payment_id) WHERE payment_id IS NOT NULL;
