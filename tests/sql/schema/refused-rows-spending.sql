-- Rows that the rules of spending forbid. `what => answer`, then the statement.

-- spending on what nobody buys => 23514 chk_spending_purpose
INSERT INTO daily_spending (day, purpose) VALUES ('2026-01-01', 'coffee');

-- a day that cost less than nothing => 23514 chk_spending
INSERT INTO daily_spending (day, purpose, rials) VALUES ('2026-01-01', 'sms', -1);

-- a conversion that cost less than nothing => 23514 chk_engine_spending
INSERT INTO engine_spendings (conversion_id, day, rials) VALUES (gen_random_uuid(), '2026-01-01', -1);

-- an engine called less than never => 23514 chk_engine_calls
INSERT INTO engine_spendings (conversion_id, day, rials, calls) VALUES (gen_random_uuid(), '2026-01-01', 1, -1);

-- a seventeenth part of a day => 23514 chk_spending_part
INSERT INTO spending_parts (day, purpose, part) VALUES ('2026-01-01', 'sms', 16);

-- a part that may spend less than nothing => 23514 chk_spending_part_allowed
INSERT INTO spending_parts (day, purpose, part, allowed) VALUES ('2026-01-01', 'sms', 0, -1);
