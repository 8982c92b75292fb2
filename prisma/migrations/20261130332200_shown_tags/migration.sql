-- Tags as they were typed, half-spaces and all, beside the form in which they are compared; null where the two are the same or
-- nobody has said. Whoever writes them writes them here: `tags` follows, so that the two always say the same. The release before
-- this one writes `tags`, which then is all that is known.
ALTER TABLE images ADD COLUMN shown_tags text[];

CREATE FUNCTION public.follow_shown_tags()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.shown_tags IS DISTINCT FROM OLD.shown_tags THEN
        NEW.tags := ARRAY(
            SELECT normalize_search(tag) FROM unnest(NEW.shown_tags) WITH ORDINALITY AS u (tag, place)
             GROUP BY normalize_search(tag) ORDER BY min(place));
    ELSIF NEW.tags IS DISTINCT FROM OLD.tags THEN
        NEW.shown_tags := NULL;
    END IF;
    RETURN NEW;
END
$function$;
CREATE TRIGGER trg_images_follow_shown_tags BEFORE UPDATE OF tags, shown_tags ON images
    FOR EACH ROW EXECUTE FUNCTION follow_shown_tags();

CREATE OR REPLACE VIEW published_images AS
    SELECT id, vendor_id, title, tags, file_name, original_url, thumbnail_url, width, height, thumbhash, created_at, updated_at,
           title_search, look_kind, look_settings, alt_text, coalesce(shown_tags, tags) AS shown_tags
      FROM images i
     WHERE is_public AND type = 'vendor' AND deleted_at IS NULL AND moderation = 'accepted';

CREATE OR REPLACE VIEW visible_images AS
    SELECT i.id, i.vendor_id, i.title, i.tags, i.file_name, i.original_url, i.thumbnail_url, i.width, i.height, i.thumbhash,
           i.created_at, i.updated_at, v.handle, v.business_name, v.is_verified, i.title_search, i.look_kind, i.look_settings,
           i.alt_text, i.shown_tags
      FROM published_images i
      JOIN vendors v ON v.id = i.vendor_id
     WHERE v.is_active;
