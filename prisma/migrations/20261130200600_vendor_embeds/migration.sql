-- On which other sites a shop shows its looks: hosts, as browsers write them. No row, or an empty one: on none.
CREATE TABLE vendor_embeds (
    vendor_id uuid PRIMARY KEY REFERENCES vendors (id) ON DELETE CASCADE,
    hosts text[] NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT chk_embed_hosts CHECK (cardinality(hosts) <= 10 AND array_position(hosts, NULL) IS NULL
        AND (hosts = '{}' OR array_to_string(hosts, ' ') ~ '^([a-z0-9-]+(\.[a-z0-9-]+)+)( [a-z0-9-]+(\.[a-z0-9-]+)+)*$'))
);
CREATE TRIGGER trg_vendor_embeds_updated_at BEFORE UPDATE ON vendor_embeds FOR EACH ROW EXECUTE FUNCTION set_updated_at();
