ALTER TABLE user_conversions VALIDATE CONSTRAINT chk_conversion_paid_period;
ALTER TABLE vendors VALIDATE CONSTRAINT chk_vendor_profile_info;
ALTER TABLE vendors VALIDATE CONSTRAINT chk_vendor_contact_info;
