-- Rows that the rules of notices forbid. `what => answer`, then the statement.

-- a topic that nobody may turn off => 23514 chk_mute_topic
INSERT INTO notice_mutes (user_id, topic) SELECT id, 'security' FROM users LIMIT 1;

-- a mute of nobody => 23514 chk_mute_owner
INSERT INTO notice_mutes (topic) VALUES ('quota');

-- a vendor that mutes conversions => 23514 chk_mute_conversions
INSERT INTO notice_mutes (vendor_id, topic) SELECT id, 'conversions' FROM vendors LIMIT 1;

-- a topic muted twice => 23505 idx_mutes_user
INSERT INTO notice_mutes (user_id, topic) SELECT id, 'quota' FROM (SELECT id FROM users LIMIT 1) u, generate_series(1, 2);

-- a level that is none => 23514 chk_quota_notice_level
INSERT INTO quota_notices (scope, resource, level) VALUES (gen_random_uuid(), 'images', 'half');

-- a resource that is none => 23514 chk_quota_notice_resource
INSERT INTO quota_notices (scope, resource, level) VALUES (gen_random_uuid(), 'albums', 'low');
