-- Codes that a signed-in device shows for signing in on another one are a step of their own: none of them serves anything else.
ALTER TABLE otps DROP CONSTRAINT chk_otp_step;
ALTER TABLE otps ADD CONSTRAINT chk_otp_step CHECK (step IN ('account', 'old_phone', 'new_phone', 'sign_in')) NOT VALID;
