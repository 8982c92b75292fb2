-- Unfinished uploads count: an address is signed for what still fits into the quota, and lives for an hour unfinished. What was
-- taken in or refused is remembered for a day, as before.

ALTER TABLE uploads ADD COLUMN touched_at TIMESTAMPTZ NOT NULL DEFAULT now();
COMMENT ON COLUMN uploads.touched_at IS 'When bytes of it last came, or it was allowed: one that lies still gives way to the next.';

CREATE INDEX uploads_unfinished_idx ON uploads (coalesce(user_id, vendor_id)) WHERE state IN ('open', 'accepting');
