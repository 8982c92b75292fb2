-- Rows that the rules of following payments and reminding forbid. `what => answer`, then the statement.

-- an authority that is a sentence => 23514 chk_stray_authority
INSERT INTO stray_authorities (authority, amount) VALUES ('not an authority', 1);

-- a reminder to nobody => 23514 chk_reminder_owner
INSERT INTO plan_reminders (period_id, ends_at, days_before) VALUES (gen_random_uuid(), now(), 7);

-- a reminder to a user and a vendor => 23514 chk_reminder_owner
INSERT INTO plan_reminders (period_id, user_id, vendor_id, ends_at, days_before) VALUES (gen_random_uuid(), :user, :vendor, now(), 7);

-- a reminder five days before => 23514 chk_reminder_days
INSERT INTO plan_reminders (period_id, user_id, ends_at, days_before) VALUES (gen_random_uuid(), :user, now(), 5);
