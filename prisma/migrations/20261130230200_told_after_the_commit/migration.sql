-- Triggers tell of changes by one function, and not inside of the commit where the program tells of them itself
-- (lib/db/changes/announcer.ts): PostgreSQL lets only one transaction with a NOTIFY commit at a time.
CREATE FUNCTION tell_change(p_channel text, p_payload text) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('application_name') = 'ai-stayler' THEN
        RAISE NOTICE USING ERRCODE = 'ST100', MESSAGE = p_channel, DETAIL = p_payload;
    ELSE
        PERFORM pg_notify(p_channel, p_payload);
    END IF;
END $$;
COMMENT ON FUNCTION tell_change(text, text) IS
    'Says to a connection of this name, as a notice, what has changed, so that it is told after the commit; NOTIFY for everybody else.';

CREATE OR REPLACE FUNCTION notify_conversion_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
BEGIN
  PERFORM tell_change('conversion_changed', NEW.id::text);
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION notify_gallery_places()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_change('gallery_changed', c.vendor_id::text) FROM (SELECT DISTINCT vendor_id FROM added) c;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM tell_change('gallery_changed', c.vendor_id::text) FROM (SELECT DISTINCT vendor_id FROM removed) c;
    ELSE
        PERFORM tell_change('gallery_changed', c.vendor_id::text)
           FROM (SELECT vendor_id FROM added UNION SELECT vendor_id FROM removed) c;
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION notify_gallery_rows()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_change('gallery_changed', c.vendor_id::text)
           FROM (SELECT DISTINCT vendor_id FROM added WHERE is_public AND vendor_id IS NOT NULL) c;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM tell_change('gallery_changed', c.vendor_id::text)
           FROM (SELECT DISTINCT vendor_id FROM removed WHERE is_public AND vendor_id IS NOT NULL) c;
    ELSE
        PERFORM tell_change('gallery_changed', c.vendor_id::text)
           FROM (SELECT vendor_id FROM added WHERE is_public AND vendor_id IS NOT NULL
                 UNION SELECT vendor_id FROM removed WHERE is_public AND vendor_id IS NOT NULL) c;
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION notify_gallery_vendor()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
BEGIN
    PERFORM tell_change('gallery_changed', OLD.id::text);
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION notify_plans_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
BEGIN
    PERFORM tell_change('plans_changed', '');
    RETURN NULL;
END
$$;
