-- Whether what was bought ends with a refund, or goes on.
ALTER TABLE payment_refunds ADD COLUMN ends_purchase BOOLEAN NOT NULL DEFAULT true;
