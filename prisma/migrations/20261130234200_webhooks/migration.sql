-- Where a program of an account's is told of what happens, by the Standard Webhooks format. The secret is not kept: it is
-- derived from the id and a version that rotation raises; the version before is signed with, too, for a day.
CREATE TABLE webhook_endpoints (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    vendor_id uuid REFERENCES vendors (id) ON DELETE CASCADE,
    url text NOT NULL,
    events text[] NOT NULL,
    secret_version integer NOT NULL DEFAULT 1,
    rotated_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT chk_webhook_owner CHECK (num_nonnulls(user_id, vendor_id) = 1),
    CONSTRAINT chk_webhook_url CHECK (char_length(url) <= 500 AND url ~ '^https://'),
    CONSTRAINT chk_webhook_version CHECK (secret_version > 0),
    CONSTRAINT chk_webhook_events CHECK (cardinality(events) > 0 AND events <@ CASE
        WHEN user_id IS NOT NULL THEN ARRAY['conversion.completed', 'conversion.failed', 'payment.completed']
        ELSE ARRAY['picture.published', 'picture.unpublished', 'lead.received', 'payment.completed'] END)
);
CREATE INDEX idx_webhook_endpoints_user ON webhook_endpoints (user_id);
CREATE INDEX idx_webhook_endpoints_vendor ON webhook_endpoints (vendor_id);

-- One thing told to one of them: the line that workers take it from, and the log of it. Ids alone, never content.
CREATE TABLE webhook_messages (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    endpoint_id uuid NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    event text NOT NULL,
    subject_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0,
    -- NULL when nothing more is tried: it arrived, or its day is over.
    next_at timestamptz DEFAULT clock_timestamp(),
    delivered_at timestamptz,
    last_status smallint,
    last_error text,
    CONSTRAINT chk_webhook_message_delivered CHECK (delivered_at IS NULL OR next_at IS NULL)
);
CREATE INDEX idx_webhook_messages_endpoint ON webhook_messages (endpoint_id, created_at);
CREATE INDEX idx_webhook_messages_due ON webhook_messages (next_at);

CREATE POLICY own_rows ON webhook_endpoints
  USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[])
    OR vendor_id = ANY ((SELECT acting_accounts())::uuid[]));
ALTER TABLE webhook_endpoints ENABLE ROW LEVEL SECURITY;

-- What happened is put into the line in the transaction in which it happened.
CREATE FUNCTION queue_webhooks(p_user_id uuid, p_vendor_id uuid, p_event text, p_subject_id uuid) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO webhook_messages (endpoint_id, event, subject_id)
  SELECT id, p_event, p_subject_id FROM webhook_endpoints
   WHERE (user_id = p_user_id OR vendor_id = p_vendor_id) AND p_event = ANY (events)
$$;

CREATE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'user_conversions' THEN
      PERFORM queue_webhooks(NEW.user_id, NULL, 'conversion.' || NEW.status, NEW.id);
    WHEN 'images' THEN
      PERFORM queue_webhooks(NULL, NEW.vendor_id,
        CASE WHEN NEW.is_public THEN 'picture.published' ELSE 'picture.unpublished' END, NEW.id);
    WHEN 'payments' THEN
      PERFORM queue_webhooks(NEW.user_id, NEW.vendor_id, 'payment.completed', NEW.id);
    ELSE
      PERFORM queue_webhooks(NULL, NEW.vendor_id, 'lead.received', NEW.id);
  END CASE;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_user_conversions_webhooks AFTER UPDATE OF status ON user_conversions FOR EACH ROW
  WHEN (NEW.status IN ('completed', 'failed') AND OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION tell_webhooks();
CREATE TRIGGER trg_images_webhooks AFTER UPDATE OF is_public ON images FOR EACH ROW
  WHEN (NEW.type = 'vendor' AND NEW.vendor_id IS NOT NULL AND OLD.is_public <> NEW.is_public) EXECUTE FUNCTION tell_webhooks();
CREATE TRIGGER trg_payments_webhooks AFTER UPDATE OF status ON payments FOR EACH ROW
  WHEN (NEW.status = 'completed' AND OLD.status <> 'completed') EXECUTE FUNCTION tell_webhooks();
CREATE TRIGGER trg_leads_webhooks AFTER INSERT ON leads FOR EACH ROW EXECUTE FUNCTION tell_webhooks();

-- Of an account that is deleted no program is told any more.
CREATE FUNCTION forget_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM webhook_endpoints WHERE NEW.id IN (user_id, vendor_id);
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_users_forget_webhooks AFTER UPDATE OF phone ON users FOR EACH ROW
  WHEN (NEW.phone LIKE 'deleted:%') EXECUTE FUNCTION forget_webhooks();
CREATE TRIGGER trg_vendors_forget_webhooks AFTER UPDATE OF phone ON vendors FOR EACH ROW
  WHEN (NEW.phone LIKE 'deleted:%') EXECUTE FUNCTION forget_webhooks();
