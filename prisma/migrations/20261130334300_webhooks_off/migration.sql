-- An address that has taken nothing for days is switched off, and its owner told; it is told of nothing until they switch it on.
-- empty: webhook_endpoints
ALTER TABLE webhook_endpoints
    -- Since when every message failed; NULL while the last one arrived.
    ADD COLUMN failing_since timestamptz,
    ADD COLUMN disabled_at timestamptz,
    ADD CONSTRAINT chk_webhook_disabled CHECK (disabled_at IS NULL OR failing_since IS NOT NULL);

CREATE OR REPLACE FUNCTION queue_webhooks(p_user_id uuid, p_vendor_id uuid, p_event text, p_subject_id uuid) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO webhook_messages (endpoint_id, event, subject_id)
  SELECT id, p_event, p_subject_id FROM webhook_endpoints
   WHERE (user_id = p_user_id OR vendor_id = p_vendor_id) AND p_event = ANY (events) AND disabled_at IS NULL
$$;
