-- Whose look a conversion was charged in. The picture may be deleted, and its vendor too: the id alone stays, without a
-- foreign key, so that charging takes no lock on a vendor whose look a thousand people try at once. Whoever is gone is
-- found nowhere, which is all that is said of them.
ALTER TABLE user_conversions ADD COLUMN style_vendor_id uuid;
COMMENT ON COLUMN user_conversions.style_vendor_id IS
    'Who published the reference when this was charged; null for presets, and for what was charged before this was kept.';

CREATE OR REPLACE FUNCTION freeze_look() RETURNS trigger LANGUAGE plpgsql AS $function$
DECLARE
    v_image images;
BEGIN
    IF NEW.style_name <> 'reference' THEN
        NEW.look := NULL;
        NEW.style_vendor_id := NULL;
        RETURN NEW;
    END IF;
    SELECT * INTO v_image FROM images WHERE id = NEW.style_image_id;
    NEW.style_vendor_id := v_image.vendor_id;
    IF NEW.look_kind IS NULL THEN
        NEW.look := v_image.look_settings || coalesce(NEW.look, '{}');
        NEW.look_kind := coalesce(v_image.look_kind, 'light');
    END IF;
    RETURN NEW;
END
$function$;

DROP TRIGGER trg_user_conversions_keep_look ON user_conversions;
CREATE TRIGGER trg_user_conversions_keep_look BEFORE UPDATE OF look_kind, look, style_vendor_id ON user_conversions
    FOR EACH ROW WHEN (OLD.look_kind IS DISTINCT FROM NEW.look_kind OR OLD.look IS DISTINCT FROM NEW.look
                       OR OLD.style_vendor_id IS DISTINCT FROM NEW.style_vendor_id)
    EXECUTE FUNCTION keep_look();

-- What may be said beside a result of the look it was made in: the shop as long as visitors see it, and of its picture
-- the same. A row for every conversion in a gallery's look.
CREATE VIEW look_credits AS
    SELECT c.id AS conversion_id, coalesce(c.look_kind, 'light') AS kind, c.look -> 'shades' AS shades,
           p.id AS picture_id, p.title, v.handle, v.business_name
      FROM user_conversions c
      LEFT JOIN vendors v ON v.is_active
           AND v.id = coalesce(c.style_vendor_id, (SELECT i.vendor_id FROM images i WHERE i.id = c.style_image_id))
      LEFT JOIN visible_images p ON p.id = c.style_image_id
     WHERE c.style_name = 'reference';
