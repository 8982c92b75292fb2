-- What the last migration added is read beside writers.
ALTER TABLE payments VALIDATE CONSTRAINT chk_payment_fee;
ALTER TABLE payments VALIDATE CONSTRAINT chk_payment_card_hash;
