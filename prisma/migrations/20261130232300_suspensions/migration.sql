-- What an account that is suspended is told when it signs in. The administrator's own words stay in the audit log.
ALTER TABLE users ADD COLUMN suspended_for text,
    ADD CONSTRAINT chk_user_suspended_for CHECK (suspended_for IN ('pictures', 'abuse', 'payment', 'safety', 'request')) NOT VALID;
ALTER TABLE vendors ADD COLUMN suspended_for text,
    ADD CONSTRAINT chk_vendor_suspended_for CHECK (suspended_for IN ('pictures', 'abuse', 'payment', 'safety', 'request')) NOT VALID;
