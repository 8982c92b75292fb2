CREATE INDEX CONCURRENTLY idx_invoices_payment ON invoices (payment_id);
