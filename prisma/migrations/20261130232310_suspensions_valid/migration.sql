ALTER TABLE users VALIDATE CONSTRAINT chk_user_suspended_for;
ALTER TABLE vendors VALIDATE CONSTRAINT chk_vendor_suspended_for;
