-- When something happened is when its transaction says so: neither earlier nor later. Whoever works as the program cannot write
-- the log of another day. Its owner, and functions that run as the owner, are not asked.
ALTER TABLE audit_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY said_when_it_was ON audit_logs FOR INSERT WITH CHECK (created_at >= now() AND created_at <= clock_timestamp());
CREATE POLICY read_by_all ON audit_logs FOR SELECT USING (true);
