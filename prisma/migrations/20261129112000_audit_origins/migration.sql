-- The audit log is kept for ever, so nothing of a person may stand in it. Where an event came from stands beside it,
-- for a time; of a number there is a keyed hash.

CREATE TABLE audit_origins (
    audit_id UUID PRIMARY KEY REFERENCES audit_logs (id) ON DELETE CASCADE,
    account_id UUID,
    phone_key TEXT,
    address INET,
    user_agent TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT chk_audit_origin_agent CHECK (char_length(user_agent) <= 400)
);
COMMENT ON TABLE audit_origins IS 'Deleted after ninety days, and with the account.';
COMMENT ON COLUMN audit_origins.account_id IS 'Whose event it is, of either kind; of no account when only a number is known.';
COMMENT ON COLUMN audit_origins.phone_key IS 'A keyed hash of the number, as in the event''s metadata.';
CREATE INDEX idx_audit_origins_created ON audit_origins (created_at);
CREATE INDEX idx_audit_origins_account ON audit_origins (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX idx_audit_origins_phone ON audit_origins (phone_key) WHERE phone_key IS NOT NULL;

-- What was written down until now: addresses move, parts of numbers go. The hash of a part would say nothing.
INSERT INTO audit_origins (audit_id, account_id, address, created_at)
SELECT a.id,
       coalesce(a.user_id, a.vendor_id,
                CASE WHEN a.resource IN ('user', 'vendor') AND a.resource_id ~ '^[0-9a-f-]{36}$' THEN a.resource_id::uuid END),
       (a.metadata->>'address')::inet, a.created_at
  FROM audit_logs a
 WHERE a.created_at > now() - interval '90 days'
   AND a.metadata->>'address' ~ '^[0-9a-fA-F:.]{3,45}$' AND a.metadata->>'address' ~ '[.:]';

ALTER TABLE audit_logs DISABLE TRIGGER trg_audit_logs_keep;
UPDATE audit_logs SET metadata = metadata - 'address' - 'phone' WHERE metadata ?| ARRAY['address', 'phone'];
UPDATE audit_logs SET metadata = metadata - 'from' - 'to' WHERE action = 'phone.change';
ALTER TABLE audit_logs ENABLE TRIGGER trg_audit_logs_keep;
