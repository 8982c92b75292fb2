-- The file of a picture as its vendor sent it, byte for byte, beside what is shown of it, where its album says so. It is a stored
-- file of its own under a name of its own, which no page says: it is never public, whatever becomes of the picture.
ALTER TABLE stored_files ADD COLUMN sent_of uuid,
    ADD COLUMN sent_type text,
    ADD CONSTRAINT chk_stored_file_sent_of CHECK (sent_of IS NULL OR (image_id IS NULL AND vendor_id IS NOT NULL AND NOT is_public)) NOT VALID,
    ADD CONSTRAINT chk_stored_file_sent_type CHECK ((sent_of IS NULL) = (sent_type IS NULL)
        AND sent_type IN ('image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif')) NOT VALID,
    ADD CONSTRAINT stored_files_sent_of_fkey FOREIGN KEY (vendor_id, sent_of) REFERENCES images (vendor_id, id)
        ON DELETE CASCADE NOT VALID;

ALTER TABLE albums ADD COLUMN keeps_sent boolean NOT NULL DEFAULT false;

ALTER TABLE album_links ADD COLUMN gives_sent boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT chk_album_link_sent CHECK (NOT gives_sent OR may_download) NOT VALID;

-- Cameras write files of 30 MB; what is kept as it was sent may be that large. Everything else is held to 10 MiB by the program.
ALTER TABLE uploads DROP CONSTRAINT chk_upload_size;
ALTER TABLE uploads ADD CONSTRAINT chk_upload_size CHECK (file_size BETWEEN 1 AND 33554432) NOT VALID;

-- Bytes that a vendor may keep of sent files, and that are kept: 50 MiB for each picture of a month of their plan, as it was bought;
-- without one as for the ten pictures that everybody has. What is kept stays when a month is over; only more waits.
CREATE FUNCTION public.get_sent_space(p_vendor_id uuid)
 RETURNS TABLE(space bigint, used bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT 52428800::bigint * greatest(10, coalesce((SELECT images_limit FROM vendor_period_at(p_vendor_id, clock_timestamp())), 0)),
           coalesce((SELECT sum(byte_size)::bigint FROM stored_files WHERE vendor_id = p_vendor_id AND sent_of IS NOT NULL), 0)
$function$;

-- Exact however many arrive at once: the owner's row is locked before it is counted.
CREATE FUNCTION public.hold_sent_file()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_space bigint;
    v_used bigint;
BEGIN
    PERFORM 1 FROM vendors WHERE id = NEW.vendor_id FOR NO KEY UPDATE;
    SELECT space, used INTO v_space, v_used FROM get_sent_space(NEW.vendor_id);
    IF v_used + NEW.byte_size > v_space THEN
        RAISE EXCEPTION '% of % bytes are used, % more do not fit', v_used, v_space, NEW.byte_size
            USING ERRCODE = 'ST001', HINT = 'originals';
    END IF;
    RETURN NEW;
END
$function$;
CREATE TRIGGER trg_stored_files_hold_sent BEFORE INSERT ON stored_files
    FOR EACH ROW WHEN (NEW.sent_of IS NOT NULL) EXECUTE FUNCTION hold_sent_file();

CREATE OR REPLACE VIEW linked_album_images AS
    SELECT p.album_id, p."position", i.id, i.title, i.file_name, i.width, i.height, i.thumbhash, i.created_at,
           f.id AS file_id, f.variants, f.byte_size, i.alt_text,
           s.id AS sent_id, s.sent_type, s.byte_size AS sent_bytes
      FROM album_images p
      JOIN images i ON i.id = p.image_id AND i.vendor_id = p.vendor_id
      JOIN stored_files f ON f.image_id = i.id
      LEFT JOIN stored_files s ON s.sent_of = i.id AND s.missing_at IS NULL
     WHERE i.deleted_at IS NULL AND i.moderation = 'accepted';

CREATE OR REPLACE VIEW live_album_links AS
    SELECT l.id, l.vendor_id, l.album_id, l.token_hash, l.password_hash, l.may_download, l.expires_at,
           a.name AS album_name, a.description AS album_description, a.image_order, v.business_name,
           l.has_picks, l.has_mark, l.closing_words, l.picked_at, v.avatar_url, b.colour, l.gives_sent
      FROM album_links l
      JOIN albums a ON a.id = l.album_id AND a.vendor_id = l.vendor_id
      JOIN vendors v ON v.id = l.vendor_id
      LEFT JOIN vendor_brands b ON b.vendor_id = l.vendor_id
     WHERE l.revoked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > clock_timestamp()) AND v.is_active;
