-- Files at the hosted service that no row names. The service has no trash of its own: what is found stands here
-- for a week before it is deleted there, as it would lie in the trash of a disk.
CREATE TABLE file_orphans (
    id TEXT PRIMARY KEY,
    seen_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT chk_file_orphan_id CHECK (id ~ '^[0-9a-f]{32}$')
);
-- Those whose week is over.
CREATE INDEX file_orphans_seen_idx ON file_orphans (seen_at);
