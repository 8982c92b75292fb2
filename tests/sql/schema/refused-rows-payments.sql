-- Rows that the rules of following payments and reminding forbid. `what => answer`, then the statement.

-- an authority that is a sentence => 23514 chk_stray_authority
INSERT INTO stray_authorities (authority, amount) VALUES ('not an authority', 1);

-- a reminder to nobody => 23514 chk_reminder_owner
INSERT INTO plan_reminders (period_id, ends_at, days_before) VALUES (gen_random_uuid(), now(), 7);

-- a reminder to a user and a vendor => 23514 chk_reminder_owner
INSERT INTO plan_reminders (period_id, user_id, vendor_id, ends_at, days_before) VALUES (gen_random_uuid(), :user, :vendor, now(), 7);

-- a reminder five days before => 23514 chk_reminder_days
INSERT INTO plan_reminders (period_id, user_id, ends_at, days_before) VALUES (gen_random_uuid(), :user, now(), 5);

-- a profile that is no object => 23514 chk_vendor_profile_info
UPDATE vendors SET profile_info = '[]' WHERE id = :vendor;

-- a profile of a kind that is none => 23514 chk_vendor_profile_info
UPDATE vendors SET profile_info = '{"kind": "bank"}' WHERE id = :vendor;

-- a profile whose city is no text => 23514 chk_vendor_profile_info
UPDATE vendors SET profile_info = '{"city": 5}' WHERE id = :vendor;

-- a profile that holds another object => 23514 chk_vendor_profile_info
UPDATE vendors SET profile_info = '{"city": "Tehran", "more": {"a": 1}}' WHERE id = :vendor;

-- a contact that is a text => 23514 chk_vendor_contact_info
UPDATE vendors SET contact_info = '"x"' WHERE id = :vendor;

-- a contact whose number is none => 23514 chk_vendor_contact_info
UPDATE vendors SET contact_info = '{"phone": "javascript:1"}' WHERE id = :vendor;

-- a contact whose address is no text => 23514 chk_vendor_contact_info
UPDATE vendors SET contact_info = '{"address": ["x"]}' WHERE id = :vendor;

-- a contact whose email is none => 23514 chk_vendor_contact_info
UPDATE vendors SET contact_info = '{"email": "nobody"}' WHERE id = :vendor;

-- a reason that says nothing => 23514 chk_concern_reason
INSERT INTO payment_concerns (payment_id, reason) VALUES (:payment, '');

-- a month cut by a purchase, and nothing left of it => 23514 chk_period_replaced
UPDATE subscription_periods SET replaced_by = :payment WHERE payment_id = :payment;

-- a price below what the gateway takes => 23514 chk_plan_payable
UPDATE payment_plans SET price_per_month_cents = 9999 WHERE name = 'basic';

-- a price above what the gateway takes => 23514 chk_plan_payable
UPDATE payment_plans SET price_per_month_cents = 1000000001 WHERE name = 'basic';
