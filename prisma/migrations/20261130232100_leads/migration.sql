-- A result that a person sent to the shop whose look it is: the picture, a few words, and the number only if they say so.
-- Written by the functions below alone. What was withdrawn says nothing any more; its row remembers the day it was sent.
CREATE TABLE leads (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    conversion_id uuid NOT NULL UNIQUE REFERENCES user_conversions (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    vendor_id uuid NOT NULL REFERENCES vendors (id) ON DELETE CASCADE,
    words text,
    with_phone boolean NOT NULL DEFAULT false,
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    withdrawn_at timestamptz,
    put_away_at timestamptz,
    answer text,
    answered_at timestamptz,
    CONSTRAINT chk_lead_words CHECK (length(words) BETWEEN 1 AND 300),
    CONSTRAINT chk_lead_answer CHECK (length(answer) BETWEEN 1 AND 500 AND answered_at IS NOT NULL OR answer IS NULL AND answered_at IS NULL),
    CONSTRAINT chk_lead_withdrawn CHECK (withdrawn_at IS NULL OR num_nonnulls(words, answer) = 0 AND NOT with_phone)
);
CREATE INDEX idx_leads_user ON leads (user_id, sent_at);
CREATE INDEX idx_leads_vendor ON leads (vendor_id, sent_at DESC, id DESC);

ALTER TABLE leads ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON leads USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[])
    OR withdrawn_at IS NULL AND vendor_id = ANY ((SELECT acting_accounts())::uuid[]));

-- What a shop sees: of results that can be shown still, while the person is there. Nothing of the photo, the name or the
-- account, and the number only where it was given. The view is its owner's, so it asks itself who acts.
CREATE VIEW received_leads AS
    SELECT l.id, l.vendor_id, l.words, CASE WHEN l.with_phone THEN u.phone END AS phone, l.sent_at, l.put_away_at, l.answer,
           l.answered_at, coalesce(c.look_kind, 'light') AS kind, p.id AS picture_id, p.title,
           c.user_id, i.width, i.height, i.thumbhash, f.id AS file_id, f.variants
      FROM leads l
      JOIN user_conversions c ON c.id = l.conversion_id
      JOIN users u ON u.id = c.user_id
      JOIN images i ON i.id = c.result_image_id
      JOIN stored_files f ON f.image_id = i.id
      LEFT JOIN images p ON p.id = c.style_image_id AND p.vendor_id = l.vendor_id AND p.deleted_at IS NULL
     WHERE l.withdrawn_at IS NULL AND c.status = 'completed' AND c.deleted_at IS NULL AND i.moderation = 'accepted'
       AND i.deleted_at IS NULL AND u.is_active
       AND ((SELECT acts_as_system()) OR l.vendor_id = ANY ((SELECT acting_accounts())::uuid[]));

-- Sends one of a person's results to the shop whose look it is. 'sent' (also when it was sent before and still is),
-- 'missing' for what cannot be sent, 'many' after twenty a day, five a day to one shop, or the same one within a day.
CREATE FUNCTION send_lead(p_id uuid, p_user_id uuid, p_conversion_id uuid, p_words text, p_with_phone boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
DECLARE
    v_conversion user_conversions;
    v_vendor_id uuid;
    v_old leads;
    v_today integer;
    v_of_shop integer;
    v_day date := visit_day();
BEGIN
    -- The person first: two results that are sent at once are counted one after the other.
    PERFORM 1 FROM users WHERE id = p_user_id AND is_active FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN 'missing';
    END IF;
    SELECT c.* INTO v_conversion FROM user_conversions c JOIN images i ON i.id = c.result_image_id
     WHERE c.id = p_conversion_id AND c.user_id = p_user_id AND c.deleted_at IS NULL AND c.status = 'completed'
       AND c.style_name = 'reference' AND i.moderation = 'accepted' AND i.deleted_at IS NULL
       FOR NO KEY UPDATE OF c;
    SELECT id INTO v_vendor_id FROM vendors WHERE is_active AND id = coalesce(v_conversion.style_vendor_id,
        (SELECT vendor_id FROM images WHERE id = v_conversion.style_image_id));
    IF v_vendor_id IS NULL THEN
        RETURN 'missing';
    END IF;
    SELECT * INTO v_old FROM leads WHERE conversion_id = p_conversion_id;
    IF v_old.id IS NOT NULL AND v_old.withdrawn_at IS NULL THEN
        RETURN 'sent';
    END IF;
    SELECT count(*), count(*) FILTER (WHERE vendor_id = v_vendor_id) INTO v_today, v_of_shop
      FROM leads WHERE user_id = p_user_id AND sent_at > clock_timestamp() - interval '1 day';
    IF v_today >= 20 OR v_of_shop >= 5 OR v_old.sent_at > clock_timestamp() - interval '1 day' THEN
        RETURN 'many';
    END IF;
    INSERT INTO leads (id, conversion_id, user_id, vendor_id, words, with_phone)
    VALUES (p_id, p_conversion_id, p_user_id, v_vendor_id, p_words, p_with_phone)
    ON CONFLICT (conversion_id) DO UPDATE SET words = EXCLUDED.words, with_phone = EXCLUDED.with_phone,
        sent_at = clock_timestamp(), withdrawn_at = NULL, put_away_at = NULL;
    -- Who sent it counts once a day, as who tried it does.
    IF v_conversion.style_image_id IS NOT NULL THEN
        INSERT INTO gallery_visits (day, kind, subject_id, visitor)
        VALUES (v_day, 'send', v_conversion.style_image_id,
                substr(sha256(visit_salt(v_day) || convert_to('user|' || p_user_id, 'UTF8')), 1, 16));
    END IF;
    -- One notice for all that was not looked at yet.
    PERFORM pg_advisory_xact_lock(hashtext('lead|' || v_vendor_id));
    UPDATE notifications SET created_at = clock_timestamp(),
           data = jsonb_build_object('count', ((data ->> 'count')::integer + 1)::text)
     WHERE vendor_id = v_vendor_id AND kind = 'lead.receive' AND read_at IS NULL;
    IF NOT FOUND THEN
        INSERT INTO notifications (vendor_id, kind, data) VALUES (v_vendor_id, 'lead.receive', '{"count": "1"}');
    END IF;
    RETURN 'sent';
END
$function$;

-- Takes it back: from this moment the shop has nothing of it.
CREATE FUNCTION withdraw_lead(p_user_id uuid, p_conversion_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
BEGIN
    UPDATE leads SET withdrawn_at = clock_timestamp(), words = NULL, with_phone = false, answer = NULL, answered_at = NULL
     WHERE user_id = p_user_id AND conversion_id = p_conversion_id AND withdrawn_at IS NULL;
    RETURN FOUND;
END
$function$;

-- Writes the shop's answer and tells the person; once, so that nobody is written to without end.
CREATE FUNCTION answer_lead(p_vendor_id uuid, p_lead_id uuid, p_answer text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
DECLARE
    v_lead leads;
BEGIN
    SELECT l.* INTO v_lead FROM leads l JOIN received_leads r USING (id)
     WHERE l.id = p_lead_id AND l.vendor_id = p_vendor_id AND l.withdrawn_at IS NULL FOR NO KEY UPDATE OF l;
    IF NOT FOUND THEN
        RETURN 'missing';
    ELSIF v_lead.answer = p_answer THEN
        RETURN 'answered';
    ELSIF v_lead.answer IS NOT NULL THEN
        RETURN 'before';
    END IF;
    UPDATE leads SET answer = p_answer, answered_at = clock_timestamp() WHERE id = p_lead_id;
    INSERT INTO notifications (user_id, kind, data)
    VALUES (v_lead.user_id, 'lead.answer', jsonb_build_object('id', v_lead.conversion_id));
    RETURN 'answered';
END
$function$;

-- Off the shop's list, or back on it.
CREATE FUNCTION put_lead_away(p_vendor_id uuid, p_lead_id uuid, p_is_away boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
BEGIN
    UPDATE leads SET put_away_at = CASE WHEN p_is_away THEN coalesce(put_away_at, clock_timestamp()) END
     WHERE id = p_lead_id AND vendor_id = p_vendor_id AND withdrawn_at IS NULL;
    RETURN FOUND;
END
$function$;

-- A result that is deleted was never sent; neither is anything of an account that ends.
CREATE FUNCTION forget_leads_of_conversion() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
BEGIN
    DELETE FROM leads WHERE conversion_id = NEW.id;
    RETURN NULL;
END
$function$;
CREATE TRIGGER trg_user_conversions_forget_leads AFTER UPDATE OF deleted_at ON user_conversions FOR EACH ROW
    WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION forget_leads_of_conversion();

CREATE FUNCTION forget_leads() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
BEGIN
    DELETE FROM leads WHERE user_id = NEW.id OR vendor_id = NEW.id;
    RETURN NULL;
END
$function$;
CREATE TRIGGER trg_users_forget_leads AFTER UPDATE OF phone ON users FOR EACH ROW
    WHEN (NEW.phone LIKE 'deleted:%') EXECUTE FUNCTION forget_leads();
CREATE TRIGGER trg_vendors_forget_leads AFTER UPDATE OF phone ON vendors FOR EACH ROW
    WHEN (NEW.phone LIKE 'deleted:%') EXECUTE FUNCTION forget_leads();
