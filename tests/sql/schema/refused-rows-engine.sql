-- Rows about conversions and moderation that the server itself must refuse; read as refused-rows.sql is.

-- a conversion before the first of its request => 23514 chk_conversion_request_place
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, request_place) VALUES (:user, 'free', '/a', 'oil', -1);

-- a case for a reason nobody knows => 23514 chk_case_reason
INSERT INTO moderation_cases (image_id, reason) VALUES (:photo, 'ugly');

-- a case decided in a third way => 23514 chk_case_decision
INSERT INTO moderation_cases (image_id, reason, decision, decided_at) VALUES (:photo, 'uncertain', 'perhaps', now());

-- a case decided at no time => 23514 chk_case_decided
INSERT INTO moderation_cases (image_id, reason, decision) VALUES (:photo, 'uncertain', 'refused');

-- two cases of one image that both wait => 23505 idx_cases_one_waiting
INSERT INTO moderation_cases (image_id, reason) VALUES (:photo, 'uncertain'), (:photo, 'unchecked');

-- a preset that is said to be a look of a kind => 23514 chk_conversions_look_kind
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, look_kind) VALUES (:user, 'free', '/a', 'oil', 'fabric');

-- more taps than anybody needs => 23514 chk_conversions_look
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, look_kind, look) SELECT :user, 'free', '/a', 'reference', 'fabric', jsonb_build_object('taps', jsonb_agg('{"part": "hair", "x": 0.5, "y": 0.5}'::jsonb)) FROM generate_series(1, 25);

-- a tap beside the photo => 23514 chk_conversions_look
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, look_kind, look) VALUES (:user, 'free', '/a', 'reference', 'fabric', '{"taps": [{"part": "hair", "x": 1.5, "y": 0.5}]}');

-- a tap on a part that nobody knows => 23514 chk_conversions_look
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, look_kind, look) VALUES (:user, 'free', '/a', 'reference', 'fabric', '{"taps": [{"part": "wallet", "x": 0.5, "y": 0.5}]}');

-- so little of a look that it could not be told from the photo => 23514 chk_conversions_look
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, look) VALUES (:user, 'free', '/a', 'oil', '{"strength": 0.05}');

-- a strength that is no number => 23514 chk_conversions_look
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, look_kind, look) VALUES (:user, 'free', '/a', 'reference', 'hair', '{"strength": "much"}');

-- a strength that the vendor says => 23514 chk_images_look
UPDATE images SET look_settings = '{"strength": 0.5}' WHERE id = :picture;
