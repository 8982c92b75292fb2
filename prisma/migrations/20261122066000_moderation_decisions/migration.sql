-- An operator's word on a picture that waits: the case, the image and, for a result that is refused, its charge, all
-- at once. Answers with the id under which the bytes of a refused picture are still stored; no row when nothing waits
-- under this id.
CREATE FUNCTION decide_moderation_case(p_case_id uuid, p_decision text)
RETURNS TABLE (image_id uuid, file_id text, charge_returned boolean) LANGUAGE plpgsql AS $$
DECLARE
    v_image_id uuid;
    v_conversion_id uuid;
BEGIN
    SELECT c.image_id INTO v_image_id FROM moderation_cases c WHERE c.id = p_case_id AND c.decision IS NULL;
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
    UPDATE moderation_cases c SET decision = p_decision, decided_at = clock_timestamp()
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
    IF p_decision = 'refused' THEN
        -- The bytes go with it: whoever calls removes them from the store.
        DELETE FROM stored_files f WHERE f.image_id = v_image_id RETURNING f.id INTO file_id;
    END IF;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION decide_moderation_case(uuid, text) IS 'Accepts or refuses a picture that waits; a refused result costs nothing.';
