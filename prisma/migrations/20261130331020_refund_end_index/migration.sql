CREATE UNIQUE INDEX CONCURRENTLY payment_refunds_end_key ON payment_refunds (payment_id) WHERE ends_purchase;
