-- What becomes public is looked at before it does: the first pictures of a vendor nobody has verified, and what the
-- local check calls suggestive where the operator wants that. What many report is hidden until somebody decides.

ALTER TABLE images ADD COLUMN scores JSONB;
ALTER TABLE images ADD CONSTRAINT chk_image_scores CHECK (scores IS NULL OR type = 'vendor');
COMMENT ON COLUMN images.scores IS 'What the local check said of a vendor''s picture, for the day it is to be shown.';

ALTER TABLE moderation_cases DROP CONSTRAINT chk_case_reason;
ALTER TABLE moderation_cases ADD CONSTRAINT chk_case_reason
    CHECK (reason IN ('uncertain', 'unchecked', 'first', 'suggestive', 'reported'));
ALTER TABLE moderation_cases ADD COLUMN why TEXT;
ALTER TABLE moderation_cases ADD CONSTRAINT chk_case_why CHECK (why IS NULL OR decision = 'refused');
COMMENT ON COLUMN moderation_cases.reason IS
    'first, suggestive and reported are about showing it to everybody: its owner has the picture meanwhile, and afterwards.';
COMMENT ON COLUMN moderation_cases.why IS 'What its owner is told of a refusal.';

ALTER TABLE image_reports ADD COLUMN network BYTEA;
ALTER TABLE image_reports ADD CONSTRAINT chk_image_report_network CHECK (octet_length(network) = 16);
COMMENT ON COLUMN image_reports.network IS
    'A hash, another every day, of the network it came from: how many are of one mind is counted by these.';

DROP FUNCTION decide_moderation_case(uuid, text);

-- Decides what waits, once. A refused photo or result loses its bytes (whoever calls removes them from the store) and
-- the charge of a result comes back; a picture that only may not be shown stays its owner's.
CREATE FUNCTION decide_moderation_case(p_case_id uuid, p_decision text, p_why text DEFAULT NULL)
RETURNS TABLE (image_id uuid, reason text, file_id text, charge_returned boolean) LANGUAGE plpgsql AS $$
DECLARE
    v_image_id uuid;
    v_conversion_id uuid;
    v_is_private boolean;
BEGIN
    SELECT c.image_id, c.reason, c.reason IN ('uncertain', 'unchecked') INTO v_image_id, reason, v_is_private
      FROM moderation_cases c WHERE c.id = p_case_id AND c.decision IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Owner, period, conversion, image: the order that all keep.
    SELECT u.id INTO v_conversion_id FROM user_conversions u
     WHERE u.result_image_id = v_image_id AND u.charge_returned_at IS NULL;
    IF p_decision = 'refused' AND v_conversion_id IS NOT NULL THEN
        PERFORM lock_conversion_charge(v_conversion_id);
        PERFORM 1 FROM user_conversions u WHERE u.id = v_conversion_id FOR NO KEY UPDATE;
    END IF;
    PERFORM 1 FROM images i WHERE i.id = v_image_id FOR NO KEY UPDATE;
    UPDATE moderation_cases c
       SET decision = p_decision, decided_at = clock_timestamp(),
           why = CASE WHEN p_decision = 'refused' THEN p_why END
     WHERE c.id = p_case_id AND c.decision IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE images i SET moderation = p_decision WHERE i.id = v_image_id;
    charge_returned := false;
    IF p_decision = 'refused' AND v_conversion_id IS NOT NULL THEN
        UPDATE user_conversions u SET charge_returned_at = clock_timestamp()
         WHERE u.id = v_conversion_id AND u.charge_returned_at IS NULL;
        charge_returned := FOUND;
    END IF;
    image_id := v_image_id;
    file_id := NULL;
    IF p_decision = 'refused' AND v_is_private THEN
        DELETE FROM stored_files f WHERE f.image_id = v_image_id RETURNING f.id INTO file_id;
    END IF;
    RETURN NEXT;
END
$$;
