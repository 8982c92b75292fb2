-- Rows that the rules of administration forbid. `what => answer`, then the statement.

-- a day on which fewer than none signed up => 23514 chk_daily_figures
INSERT INTO daily_figures (day, new_users) VALUES ('2026-01-01', -1);

-- a day with more outcomes than conversions => 23514 chk_daily_figures
INSERT INTO daily_figures (day, conversions, completed, failed) VALUES ('2026-01-01', 3, 2, 2);

-- figures of a style over three days => 23514 chk_style_figures_days
INSERT INTO style_figures (days, style_name, total, completed, failed) VALUES (3, 'oil', 0, 0, 0);

-- a style with more outcomes than conversions => 23514 chk_style_figures
INSERT INTO style_figures (days, style_name, total, completed, failed) VALUES (1, 'oil', 1, 1, 1);

-- a style whose median is slower than its slowest => 23514 chk_style_figures
INSERT INTO style_figures (days, style_name, total, completed, failed, median_ms, p95_ms) VALUES (1, 'oil', 1, 1, 0, 9, 8);

-- a snapshot that is not the only one => 23514 chk_system_snapshot_only
INSERT INTO system_snapshots (is_only, figures) VALUES (false, '{}');

-- figures of an engine over three days => 23514 chk_engine_figures_days
INSERT INTO engine_figures (days, engine, total, completed, failed) VALUES (3, 'local', 0, 0, 0);

-- an engine with more outcomes than conversions => 23514 chk_engine_figures
INSERT INTO engine_figures (days, engine, total, completed, failed) VALUES (1, 'local', 1, 1, 1);

-- a conversion by an engine whose name is a sentence => 23514 chk_conversion_engine
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, engine) VALUES (:user, 'free', '/a', 'oil', 'An engine!');
