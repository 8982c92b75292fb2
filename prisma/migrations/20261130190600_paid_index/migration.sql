-- The books of a month: what was paid in it, newest first.
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_payments_paid ON payments (paid_at DESC, id DESC) WHERE paid_at IS NOT NULL;
