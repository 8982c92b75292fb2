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

-- a plan for neither a month nor once => 23514 chk_plan_term
INSERT INTO payment_plans (name, display_name, term) VALUES ('x', 'X', 'year');

-- a pack for nothing => 23514 chk_plan_term
INSERT INTO payment_plans (name, display_name, term, monthly_conversions_limit) VALUES ('x', 'X', 'once', 5);

-- a pack of two things => 23514 chk_plan_term
INSERT INTO payment_plans (name, display_name, term, price_per_month_cents, monthly_conversions_limit, monthly_images_limit) VALUES ('x', 'X', 'once', 10000, 5, 5);

-- a pack that becomes a month => ST004
INSERT INTO payment_plans (name, display_name, term, price_per_month_cents, monthly_conversions_limit) VALUES ('x', 'X', 'once', 10000, 5); UPDATE payment_plans SET term = 'month' WHERE name = 'x';

-- a plan in a language nobody reads here => 23514 chk_plan_text
INSERT INTO plan_texts (plan_id, locale, name) SELECT id, 'de', 'Basis' FROM payment_plans WHERE name = 'basic';

-- a plan without a name => 23514 chk_plan_text
UPDATE plan_texts SET name = '';

-- a price that no gateway takes => 23514 chk_price_payable
INSERT INTO plan_prices (plan_id, starts_at, price) SELECT id, now() + interval '1 day', 9999 FROM payment_plans WHERE name = 'basic';

-- a free plan that is to cost something => ST004
INSERT INTO plan_prices (plan_id, starts_at, price) SELECT id, now() + interval '1 day', 50000 FROM payment_plans WHERE name = 'free';

-- a price of the past that is taken back => ST004
UPDATE payment_plans SET price_per_month_cents = 60000 WHERE name = 'basic'; DELETE FROM plan_prices;

-- a code in small letters => 23514 chk_coupon
INSERT INTO coupons (code, kind, value) VALUES ('nowruz', 'percent', 10);

-- a code of more than everything => 23514 chk_coupon_value
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 101);

-- a code of another kind => 23514 chk_coupon_value
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'half', 1);

-- a code used more than its limit => 23514 chk_coupon_use
INSERT INTO coupons (code, kind, value, use_limit, used) VALUES ('NOWRUZ', 'percent', 10, 1, 2);

-- a code for a third kind of account => 23514 chk_coupon_audience
INSERT INTO coupons (code, kind, value, audience) VALUES ('NOWRUZ', 'percent', 10, 'admin');

-- a gift without a limit => 23514 chk_coupon_gift
INSERT INTO coupons (code, kind, value, audience) VALUES ('NOWRUZ', 'gift', 10, 'user');

-- a code that ends before it begins => 23514 chk_coupon_window
INSERT INTO coupons (code, kind, value, starts_at, ends_at) VALUES ('NOWRUZ', 'percent', 10, now(), now() - interval '1 day');

-- a code that gives something else later => ST004
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 10); UPDATE coupons SET value = 20;

-- a use of nobody => 23514 chk_coupon_use_owner
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 10); INSERT INTO coupon_uses (code_id, payment_id) SELECT id, :payment FROM coupons;

-- a use for nothing => 23514 chk_coupon_use_for
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 10); INSERT INTO coupon_uses (code_id, user_id) SELECT id, :user FROM coupons;

-- a code of three letters => 23514 chk_coupon
INSERT INTO coupons (code, kind, value) VALUES ('NOW', 'percent', 10);

-- a code of 25 letters => 23514 chk_coupon
INSERT INTO coupons (code, kind, value) VALUES (repeat('N', 25), 'percent', 10);

-- a share of nothing => 23514 chk_coupon_value
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 0);

-- an amount of nothing => 23514 chk_coupon_value
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'amount', 0);

-- an amount above every price => 23514 chk_coupon_value
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'amount', 1000000001);

-- a present of nothing => 23514 chk_coupon_value
INSERT INTO coupons (code, kind, value, audience, use_limit) VALUES ('NOWRUZ', 'gift', 0, 'user', 1);

-- a present of more than a thousand => 23514 chk_coupon_value
INSERT INTO coupons (code, kind, value, audience, use_limit) VALUES ('NOWRUZ', 'gift', 1001, 'user', 1);

-- a code for nobody even once => 23514 chk_coupon_use
INSERT INTO coupons (code, kind, value, per_person) VALUES ('NOWRUZ', 'percent', 10, 0);

-- a code used less than never => 23514 chk_coupon_use
INSERT INTO coupons (code, kind, value, used) VALUES ('NOWRUZ', 'percent', 10, -1);

-- a present without whom it is for => 23514 chk_coupon_gift
INSERT INTO coupons (code, kind, value, use_limit) VALUES ('NOWRUZ', 'gift', 1, 1);

-- a present with a plan => 23514 chk_coupon_gift
INSERT INTO coupons (code, kind, value, audience, use_limit, plan_id) VALUES ('NOWRUZ', 'gift', 1, 'user', 1, :basic);

-- a window of no time => 23514 chk_coupon_window
INSERT INTO coupons (code, kind, value, starts_at, ends_at) VALUES ('NOWRUZ', 'percent', 10, now(), now());

-- a code twice => 23505 coupons_code_key
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 10), ('NOWRUZ', 'amount', 10);

-- a use of two owners => 23514 chk_coupon_use_owner
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 10); INSERT INTO coupon_uses (code_id, user_id, vendor_id, payment_id) SELECT id, :user, :vendor, :payment FROM coupons;

-- a use for two things => 23514 chk_coupon_use_for
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 10); INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES (:user, 'conversions', 1, 'x'); INSERT INTO coupon_uses (code_id, user_id, payment_id, grant_id) SELECT o.id, :user, :payment, g.id FROM coupons o, quota_grants g WHERE g.user_id = :user;

-- a discount without a code => 23514 chk_payment_discount
INSERT INTO payments (user_id, plan_id, amount, discount, callback_url, return_url) SELECT :user, id, 40000, 10000, '/c', '/r' FROM payment_plans WHERE name = 'basic';

-- a code that takes nothing off => 23514 chk_payment_discount
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 20); INSERT INTO payments (user_id, plan_id, amount, discount, coupon_id, callback_url, return_url) SELECT :user, p.id, 50000, 0, o.id, '/c', '/r' FROM payment_plans p, coupons o WHERE p.name = 'basic';

-- a code that makes it dearer => 23514 chk_payment_discount
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 20); INSERT INTO payments (user_id, plan_id, amount, discount, coupon_id, callback_url, return_url) SELECT :user, p.id, 60000, -10000, o.id, '/c', '/r' FROM payment_plans p, coupons o WHERE p.name = 'basic';

-- more off than the amount of the code => ST004
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'amount', 9999); INSERT INTO payments (user_id, plan_id, amount, discount, coupon_id, callback_url, return_url) SELECT :user, p.id, 40000, 10000, o.id, '/c', '/r' FROM payment_plans p, coupons o WHERE p.name = 'basic';

-- more off than the code says => ST004
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 10); INSERT INTO payments (user_id, plan_id, amount, discount, coupon_id, callback_url, return_url) SELECT :user, p.id, 40000, 10000, o.id, '/c', '/r' FROM payment_plans p, coupons o WHERE p.name = 'basic';

-- nothing to pay at a gateway => 23514 chk_payment_amount
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 100); INSERT INTO payments (user_id, plan_id, amount, discount, coupon_id, callback_url, return_url) SELECT :user, p.id, 0, 50000, o.id, '/c', '/r' FROM payment_plans p, coupons o WHERE p.name = 'basic';

-- a discount that grows => ST004
INSERT INTO coupons (code, kind, value) VALUES ('NOWRUZ', 'percent', 50); INSERT INTO payments (user_id, plan_id, amount, discount, coupon_id, callback_url, return_url) SELECT :user, p.id, 40000, 10000, o.id, '/c', '/r' FROM payment_plans p, coupons o WHERE p.name = 'basic'; UPDATE payments SET discount = 20000 WHERE coupon_id IS NOT NULL;

-- a month that is bought as a pack => ST004
INSERT INTO payments (user_id, plan_id, amount, kind, callback_url, return_url) SELECT :user, id, 50000, 'pack', '/c', '/r' FROM payment_plans WHERE name = 'basic';

-- a VAT of more than everything => 23514 chk_terms_vat
INSERT INTO book_terms (starts_at, vat_rate, seller) VALUES (now(), 10001, '{}');

-- a seller that is a list => 23514 chk_terms_seller
INSERT INTO book_terms (starts_at, vat_rate, seller) VALUES (now(), 1000, '[]');

-- terms of the past that change => ST004
INSERT INTO book_terms (starts_at, vat_rate, seller) VALUES (now() - interval '1 day', 1000, '{}'); UPDATE book_terms SET vat_rate = 0;

-- a buyer of both kinds => 23514 chk_buyer_owner
INSERT INTO buyer_details (user_id, vendor_id, name, national_code) VALUES (:user, :vendor, 'x', '0013542419');

-- a buyer with a short code => 23514 chk_buyer_details
INSERT INTO buyer_details (user_id, name, national_code) VALUES (:user, 'x', '123');

-- a VAT that changes => ST004
UPDATE payments SET vat_rate = 1000, vat = 1 WHERE id = :payment;

-- a fee that is paid to us => 23514 chk_payment_fee
UPDATE payments SET gateway_fee = -1 WHERE id = :payment;

-- a mark of a card that is none => 23514 chk_payment_card_hash
UPDATE payments SET card_hash = '6037991122334455' WHERE id = :payment;

-- numbers that go back below none => 23514 chk_invoice_numbers
UPDATE invoice_numbers SET last = -1;

-- a correction of nothing => 23514 chk_invoice_kind
INSERT INTO invoices (number, kind, amount, vat_rate, vat, goods, seller, buyer) VALUES (1, 'correction', 1, 0, 0, 'x', '{}', '{}');

-- an invoice over nothing => 23514 chk_invoice_amount
INSERT INTO invoices (number, kind, amount, vat_rate, vat, goods, seller, buyer) VALUES (1, 'sale', 0, 0, 0, 'x', '{}', '{}');

-- an invoice that is taken back => ST004
INSERT INTO invoices (number, kind, amount, vat_rate, vat, goods, seller, buyer) VALUES (9001, 'sale', 1, 0, 0, 'x', '{}', '{}'); DELETE FROM invoices;

-- an invoice without a number => 23514 chk_invoice_amount
INSERT INTO invoices (number, kind, corrects, amount, vat_rate, vat, goods, seller, buyer) VALUES (0, 'sale', NULL, 11, 1000, 1, 'x', '{}', '{}');

-- an invoice with more VAT than amount => 23514 chk_invoice_amount
INSERT INTO invoices (number, kind, corrects, amount, vat_rate, vat, goods, seller, buyer) VALUES (9001, 'sale', NULL, 10, 1000, 11, 'x', '{}', '{}');

-- an invoice whose VAT is below nothing => 23514 chk_invoice_amount
INSERT INTO invoices (number, kind, corrects, amount, vat_rate, vat, goods, seller, buyer) VALUES (9001, 'sale', NULL, 10, 1000, -1, 'x', '{}', '{}');

-- an invoice of another kind => 23514 chk_invoice_kind
INSERT INTO invoices (number, kind, corrects, amount, vat_rate, vat, goods, seller, buyer) VALUES (9001, 'offer', NULL, 10, 1000, 1, 'x', '{}', '{}');

-- a sale that corrects => 23514 chk_invoice_kind
INSERT INTO invoices (number, kind, corrects, amount, vat_rate, vat, goods, seller, buyer) VALUES (9001, 'sale', NULL, 10, 1000, 1, 'x', '{}', '{}'); INSERT INTO invoices (number, kind, corrects, amount, vat_rate, vat, goods, seller, buyer) VALUES (9002, 'sale', 9001, 10, 1000, 1, 'x', '{}', '{}');

-- two invoices of one number => 23505 invoices_pkey
INSERT INTO invoices (number, kind, corrects, amount, vat_rate, vat, goods, seller, buyer) VALUES (9001, 'sale', NULL, 10, 1000, 1, 'x', '{}', '{}'); INSERT INTO invoices (number, kind, corrects, amount, vat_rate, vat, goods, seller, buyer) VALUES (9001, 'sale', NULL, 10, 1000, 1, 'x', '{}', '{}');

-- an invoice that gets another VAT => ST004
INSERT INTO invoices (number, kind, corrects, amount, vat_rate, vat, goods, seller, buyer) VALUES (9001, 'sale', NULL, 10, 1000, 1, 'x', '{}', '{}'); UPDATE invoices SET vat = 0 WHERE number = 9001;

-- a report without a name => 23514 chk_report
INSERT INTO settlement_reports (name, content_hash) VALUES ('', repeat('a', 64));

-- a line of a report over nothing => 23514 chk_settlement_line
WITH r AS (INSERT INTO settlement_reports (name, content_hash) VALUES ('x', repeat('a', 64)) RETURNING id) INSERT INTO settlement_lines (report_id, line, kind, ref_number, amount) SELECT id, 2, 'sale', '1', 0 FROM r;

-- a line of a report that names nothing => 23514 chk_settlement_key
WITH r AS (INSERT INTO settlement_reports (name, content_hash) VALUES ('x', repeat('a', 64)) RETURNING id) INSERT INTO settlement_lines (report_id, line, kind, amount) SELECT id, 2, 'sale', 1 FROM r;
