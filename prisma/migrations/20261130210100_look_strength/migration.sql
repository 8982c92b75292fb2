-- How much of a look is laid over the photo: a share from 0.1 to 1 that the person chooses, of a preset as of a
-- gallery's picture. It stands with what else they chose; a vendor says nothing of it. Left out it is the whole look.
CREATE OR REPLACE FUNCTION is_look(p_look jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT jsonb_typeof(p_look) = 'object'
       AND p_look - '{region,repeatCm,shades,taps,strength}'::text[] = '{}'
       AND (NOT p_look ? 'region' OR coalesce(jsonb_path_match(p_look,
            '$.region.type() == "object" && $.region.x >= 0 && $.region.y >= 0 && $.region.width >= 0.02 && $.region.height >= 0.02 && $.region.x + $.region.width <= 1.0001 && $.region.y + $.region.height <= 1.0001', '{}', true), false))
       AND (NOT p_look ? 'repeatCm' OR coalesce(jsonb_path_match(p_look, '$.repeatCm >= 1 && $.repeatCm <= 400', '{}', true), false))
       AND (NOT p_look ? 'strength' OR coalesce(jsonb_path_match(p_look, '$.strength >= 0.1 && $.strength <= 1', '{}', true), false))
       AND (NOT p_look ? 'shades' OR jsonb_typeof(p_look -> 'shades') = 'object'
            AND (p_look -> 'shades') - '{hair,lips,eyes,cheeks}'::text[] = '{}'
            AND NOT jsonb_path_exists(p_look, '$.shades.* ? (@.type() != "string" || !(@ like_regex "^#[0-9a-fA-F]{6}$"))'))
       AND (NOT p_look ? 'taps' OR jsonb_typeof(p_look -> 'taps') = 'array'
            AND jsonb_path_match(p_look, '$.taps.size() <= 24')
            AND NOT EXISTS (
                SELECT 1 FROM jsonb_array_elements(CASE jsonb_typeof(p_look -> 'taps') WHEN 'array' THEN p_look -> 'taps' ELSE '[]' END) AS tap
                WHERE NOT coalesce(tap ->> 'part' IN ('clothes', 'hair', 'covering', 'skin', 'background', 'person')
                    AND jsonb_path_match(tap, '$.x >= 0 && $.x <= 1 && $.y >= 0 && $.y <= 1', '{}', true), false)))
$function$;

ALTER TABLE images
    DROP CONSTRAINT chk_images_look,
    ADD CONSTRAINT chk_images_look CHECK (is_look(look_settings) AND NOT look_settings ?| '{taps,strength}') NOT VALID;

-- A preset has no kind, and nothing but a strength.
ALTER TABLE user_conversions
    DROP CONSTRAINT chk_conversions_look,
    ADD CONSTRAINT chk_conversions_look
        CHECK (look IS NULL OR is_look(look) AND (look_kind IS NOT NULL OR look - 'strength' = '{}')) NOT VALID;

CREATE OR REPLACE FUNCTION freeze_look() RETURNS trigger LANGUAGE plpgsql AS $function$
DECLARE
    v_image images;
BEGIN
    IF NEW.style_name <> 'reference' THEN
        NEW.look := CASE WHEN NEW.look ? 'strength' THEN jsonb_build_object('strength', NEW.look -> 'strength') END;
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
