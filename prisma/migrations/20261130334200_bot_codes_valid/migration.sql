-- The rule of the migration before, read over the rows that were there.
ALTER TABLE otps VALIDATE CONSTRAINT chk_otp_step;
