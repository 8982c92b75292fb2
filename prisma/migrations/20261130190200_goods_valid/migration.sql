-- What the last migration added is read beside writers.
ALTER TABLE payments VALIDATE CONSTRAINT payments_coupon_id_fkey;
ALTER TABLE payments VALIDATE CONSTRAINT chk_payment_discount;
ALTER TABLE payments VALIDATE CONSTRAINT chk_payment_amount;
ALTER TABLE payments VALIDATE CONSTRAINT chk_payment_kind;
ALTER TABLE quota_grants VALIDATE CONSTRAINT quota_grants_payment_id_fkey;
