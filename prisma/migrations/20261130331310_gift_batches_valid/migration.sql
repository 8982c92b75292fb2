ALTER TABLE coupons VALIDATE CONSTRAINT coupons_batch_id_fkey;
ALTER TABLE coupons VALIDATE CONSTRAINT chk_coupon_batch;
