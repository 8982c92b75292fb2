-- The month that a purchase had cut.
CREATE INDEX CONCURRENTLY idx_periods_replaced_by ON subscription_periods (replaced_by) WHERE replaced_by IS NOT NULL;
