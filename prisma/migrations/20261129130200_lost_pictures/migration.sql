-- A picture whose bytes are nowhere, looked for more than once: its charge comes back and its owner is told. `lost_at` says
-- that this was done; the row waits for the bytes to turn up until the sweep gives it up.
ALTER TABLE stored_files ADD COLUMN lost_at timestamptz;

-- As before, and for a result that is lost.
CREATE OR REPLACE FUNCTION guard_conversion_charge() RETURNS trigger
LANGUAGE plpgsql
AS $function$
BEGIN
    IF (NEW.user_id, NEW.conversion_type, NEW.period_id) IS DISTINCT FROM (OLD.user_id, OLD.conversion_type, OLD.period_id)
       OR OLD.charge_returned_at IS NOT NULL AND NEW.charge_returned_at IS DISTINCT FROM OLD.charge_returned_at
       OR NEW.charge_returned_at IS NOT NULL AND OLD.charge_returned_at IS NULL AND OLD.status = 'completed'
          AND NOT EXISTS (SELECT 1 FROM images WHERE id = OLD.result_image_id AND moderation = 'refused')
          AND NOT EXISTS (SELECT 1 FROM stored_files WHERE image_id = OLD.result_image_id AND lost_at IS NOT NULL)
    THEN
        RAISE EXCEPTION 'the charge of conversion % is made once and returned at most once', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

-- Settles one stored file that has been missing. A result gives its conversion's charge back and stays as a row; an upload
-- goes with its row, and with it its place: the slot of a vendor by the trigger, the image of a period here.
CREATE FUNCTION settle_lost_file(p_file_id text)
RETURNS TABLE (image_id uuid, user_id uuid, vendor_id uuid, image_type text, conversion_id uuid, charge_returned boolean)
LANGUAGE plpgsql
AS $function$
DECLARE
    v_image images%ROWTYPE;
BEGIN
    SELECT i.* INTO v_image FROM images i JOIN stored_files f ON f.image_id = i.id WHERE f.id = p_file_id;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT u.id INTO conversion_id FROM user_conversions u WHERE u.result_image_id = v_image.id;
    -- Owner, period, conversion, image: the order that all keep.
    IF conversion_id IS NOT NULL THEN
        PERFORM lock_conversion_charge(conversion_id);
        PERFORM 1 FROM user_conversions u WHERE u.id = conversion_id FOR NO KEY UPDATE;
    ELSE
        PERFORM 1 FROM users u WHERE u.id = v_image.user_id FOR NO KEY UPDATE;
        PERFORM 1 FROM vendors v WHERE v.id = v_image.vendor_id FOR NO KEY UPDATE;
        PERFORM 1 FROM subscription_periods p WHERE p.id = v_image.period_id FOR NO KEY UPDATE;
        PERFORM 1 FROM user_conversions u WHERE u.source_image_id = v_image.id OR u.style_image_id = v_image.id
          ORDER BY u.id FOR NO KEY UPDATE;
    END IF;
    UPDATE stored_files f SET lost_at = clock_timestamp()
     WHERE f.id = p_file_id AND f.missing_at IS NOT NULL AND f.lost_at IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF v_image.type = 'result' THEN
        UPDATE user_conversions u SET charge_returned_at = clock_timestamp()
         WHERE u.id = conversion_id AND u.status = 'completed' AND u.charge_returned_at IS NULL;
        charge_returned := FOUND;
    ELSE
        UPDATE subscription_periods p SET images_used = p.images_used - 1 WHERE p.id = v_image.period_id;
        DELETE FROM images i WHERE i.id = v_image.id;
        charge_returned := v_image.quota_pool IS NOT NULL;
    END IF;
    image_id := v_image.id;
    user_id := v_image.user_id;
    vendor_id := v_image.vendor_id;
    image_type := v_image.type;
    RETURN NEXT;
END
$function$;
