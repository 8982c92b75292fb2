CREATE UNIQUE INDEX CONCURRENTLY invoices_sale_key ON invoices (payment_id) WHERE kind = 'sale';
