-- Numbers at which a business is reached, in the form that `tel:` and wa.me need: +98 and the rest. Written in any
-- digits, with or without 0, 0098, 98 or +98; landlines too. A short number that only works here stays as it is.
CREATE FUNCTION international_phone(p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $function$
    SELECT CASE
        WHEN d ~ '^\+980[1-9]\d{9}$' THEN '+98' || substr(d, 5)
        WHEN d ~ '^00980?[1-9]\d{9}$' THEN '+98' || right(d, 10)
        WHEN d ~ '^00[1-9]\d{6,14}$' THEN '+' || substr(d, 3)
        WHEN d ~ '^980?[1-9]\d{9}$' THEN '+98' || right(d, 10)
        WHEN d ~ '^0[1-9]\d{9}$' THEN '+98' || substr(d, 2)
        WHEN d ~ '^9\d{9}$' THEN '+98' || d
        WHEN d ~ '^\+?\d{4,15}$' THEN d
    END
    FROM (SELECT regexp_replace(translate(p_text,
        U&'\06F0\06F1\06F2\06F3\06F4\06F5\06F6\06F7\06F8\06F9\0660\0661\0662\0663\0664\0665\0666\0667\0668\0669',
        '01234567890123456789'), '[^0-9+]', '', 'g') AS d) typed
$function$;
COMMENT ON FUNCTION international_phone(text) IS 'The same as toInternational in lib/core/phone.ts; a test compares them.';

-- Whoever writes a number or a WhatsApp address of a business writes it so, the release before this one too.
CREATE FUNCTION write_contact_numbers() RETURNS trigger LANGUAGE plpgsql AS $function$
DECLARE
    v_number text := international_phone(NEW.contact_info ->> 'phone');
    v_whatsapp text := international_phone(substring(NEW.social_links ->> 'whatsapp' from '(?:wa\.me/|[?&]phone=)(?:%2B)?(\+?\d+)'));
BEGIN
    IF v_number IS NOT NULL THEN
        NEW.contact_info := jsonb_set(NEW.contact_info, '{phone}', to_jsonb(v_number));
    END IF;
    IF v_whatsapp IS NOT NULL THEN
        NEW.social_links := jsonb_set(NEW.social_links, '{whatsapp}', to_jsonb('https://wa.me/' || ltrim(v_whatsapp, '+')));
    END IF;
    RETURN NEW;
END
$function$;
CREATE TRIGGER trg_vendors_numbers BEFORE INSERT OR UPDATE OF contact_info, social_links ON vendors
    FOR EACH ROW EXECUTE FUNCTION write_contact_numbers();

-- The numbers there are. Some thousand rows at most, and only those that change.
UPDATE vendors SET contact_info = contact_info
 WHERE contact_info ->> 'phone' IS DISTINCT FROM international_phone(contact_info ->> 'phone')
    OR social_links ->> 'whatsapp' ~ '(wa\.me/|phone=)(%2B)?(\+|0)' OR social_links ->> 'whatsapp' LIKE '%api.whatsapp.com%';
