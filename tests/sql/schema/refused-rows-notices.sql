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

-- a circular to nobody we know => 23514 chk_circular_audience
INSERT INTO circulars (audience, title_fa, title_en, text_fa, text_en) VALUES ('stars', 'x', 'x', 'x', 'x');

-- a circular to one who is nobody => 23514 chk_circular_one
INSERT INTO circulars (audience, title_fa, title_en, text_fa, text_en) VALUES ('one', 'x', 'x', 'x', 'x');

-- a circular to shops of any place and kind => 23514 chk_circular_shops
INSERT INTO circulars (audience, title_fa, title_en, text_fa, text_en) VALUES ('shops', 'x', 'x', 'x', 'x');

-- a circular without a title in one language => 23514 chk_circular_title
INSERT INTO circulars (audience, title_fa, title_en, text_fa, text_en) VALUES ('all', 'x', '', 'x', 'x');

-- a circular that is a book => 23514 chk_circular_text
INSERT INTO circulars (audience, title_fa, title_en, text_fa, text_en) VALUES ('all', 'x', 'x', repeat('x', 1001), 'x');

-- a circular that fewer than nobody heard => 23514 chk_circular_told
INSERT INTO circulars (audience, title_fa, title_en, text_fa, text_en, told) VALUES ('all', 'x', 'x', 'x', 'x', -1);

-- a circular at no stage => 23514 chk_circular_stage
INSERT INTO circulars (audience, title_fa, title_en, text_fa, text_en, stage) VALUES ('all', 'x', 'x', 'x', 'x', 'air');

-- a circular that was stopped when it was done => 23514 chk_circular_end
INSERT INTO circulars (audience, title_fa, title_en, text_fa, text_en, stopped_at, finished_at) VALUES ('all', 'x', 'x', 'x', 'x', now(), now());
