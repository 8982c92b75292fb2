-- What a photographer's clients do behind a link to an album: choose, say something about a picture, and send what they chose.
-- The selection is the link's: whoever has the link is the client, on each of their devices.
ALTER TABLE album_links ADD COLUMN has_picks boolean NOT NULL DEFAULT false,
    ADD COLUMN has_mark boolean NOT NULL DEFAULT false,
    ADD COLUMN closing_words text,
    ADD COLUMN picked_at timestamptz,
    ADD CONSTRAINT chk_album_link_closing CHECK (char_length(closing_words) BETWEEN 1 AND 400) NOT VALID;

CREATE TABLE album_picks (
    link_id uuid NOT NULL REFERENCES album_links (id) ON DELETE CASCADE,
    image_id uuid NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    picked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (link_id, image_id)
);
CREATE INDEX idx_album_picks_image ON album_picks (image_id);

CREATE TABLE album_comments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    link_id uuid NOT NULL REFERENCES album_links (id) ON DELETE CASCADE,
    image_id uuid NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    name text,
    words text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT chk_album_comment_name CHECK (char_length(name) BETWEEN 1 AND 60),
    CONSTRAINT chk_album_comment_words CHECK (char_length(words) BETWEEN 1 AND 500)
);
CREATE INDEX idx_album_comments_link ON album_comments (link_id, image_id, created_at, id);
CREATE INDEX idx_album_comments_image ON album_comments (image_id);

-- The colour of a shop's own pages; its picture is its profile's. What can be read on it is computed, never stored.
CREATE TABLE vendor_brands (
    vendor_id uuid PRIMARY KEY REFERENCES vendors (id) ON DELETE CASCADE,
    colour text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT chk_brand_colour CHECK (colour ~ '^#[0-9a-f]{6}$')
);
CREATE TRIGGER trg_vendor_brands_updated_at BEFORE UPDATE ON vendor_brands FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE OR REPLACE VIEW live_album_links AS
    SELECT l.id, l.vendor_id, l.album_id, l.token_hash, l.password_hash, l.may_download, l.expires_at,
           a.name AS album_name, a.description AS album_description, a.image_order, v.business_name,
           l.has_picks, l.has_mark, l.closing_words, l.picked_at, v.avatar_url, b.colour
      FROM album_links l
      JOIN albums a ON a.id = l.album_id AND a.vendor_id = l.vendor_id
      JOIN vendors v ON v.id = l.vendor_id
      LEFT JOIN vendor_brands b ON b.vendor_id = l.vendor_id
     WHERE l.revoked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > clock_timestamp()) AND v.is_active;

-- Chooses a picture of a link, or takes it back; false for what does not stand behind a link where one may choose.
CREATE FUNCTION pick_image(p_link_id uuid, p_image_id uuid, p_is_picked boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
BEGIN
    PERFORM 1 FROM live_album_links l JOIN linked_album_images i ON i.album_id = l.album_id
     WHERE l.id = p_link_id AND l.has_picks AND i.id = p_image_id;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF p_is_picked THEN
        INSERT INTO album_picks (link_id, image_id) VALUES (p_link_id, p_image_id) ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM album_picks WHERE link_id = p_link_id AND image_id = p_image_id;
    END IF;
    RETURN true;
END
$function$;

-- Says something about a picture: 'said', 'missing' as above, 'many' beyond thirty about it or five hundred behind the link.
CREATE FUNCTION comment_on_image(p_id uuid, p_link_id uuid, p_image_id uuid, p_name text, p_words text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
DECLARE
    v_all integer;
    v_here integer;
BEGIN
    -- Counted one after the other.
    PERFORM 1 FROM album_links WHERE id = p_link_id FOR NO KEY UPDATE;
    PERFORM 1 FROM live_album_links l JOIN linked_album_images i ON i.album_id = l.album_id
     WHERE l.id = p_link_id AND l.has_picks AND i.id = p_image_id;
    IF NOT FOUND THEN
        RETURN 'missing';
    END IF;
    IF EXISTS (SELECT 1 FROM album_comments WHERE id = p_id AND link_id = p_link_id) THEN
        RETURN 'said';
    END IF;
    SELECT count(*), count(*) FILTER (WHERE image_id = p_image_id) INTO v_all, v_here FROM album_comments WHERE link_id = p_link_id;
    IF v_all >= 500 OR v_here >= 30 THEN
        RETURN 'many';
    END IF;
    INSERT INTO album_comments (id, link_id, image_id, name, words) VALUES (p_id, p_link_id, p_image_id, p_name, p_words);
    RETURN 'said';
END
$function$;

-- What was chosen is sent: the vendor is told, once an hour for each link however often it is pressed. How many; null where
-- one may not choose.
CREATE FUNCTION send_picks(p_link_id uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
DECLARE
    v_link album_links;
    v_count integer;
BEGIN
    SELECT a.* INTO v_link FROM album_links a JOIN live_album_links l USING (id)
     WHERE a.id = p_link_id AND a.has_picks FOR NO KEY UPDATE OF a;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT count(*) INTO v_count FROM album_picks p JOIN linked_album_images i ON i.id = p.image_id AND i.album_id = v_link.album_id
     WHERE p.link_id = p_link_id;
    UPDATE album_links SET picked_at = clock_timestamp() WHERE id = p_link_id;
    IF v_link.picked_at IS NULL OR v_link.picked_at < clock_timestamp() - interval '1 hour' THEN
        INSERT INTO notifications (vendor_id, kind, data) VALUES (v_link.vendor_id, 'album.pick',
            jsonb_build_object('id', v_link.album_id, 'link', p_link_id, 'count', v_count::text));
    END IF;
    RETURN v_count;
END
$function$;

-- What a shop shows outside goes with it: its sites, and its colour.
CREATE FUNCTION forget_shop_front() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
BEGIN
    DELETE FROM vendor_embeds WHERE vendor_id = NEW.id;
    DELETE FROM vendor_brands WHERE vendor_id = NEW.id;
    RETURN NULL;
END
$function$;
CREATE TRIGGER trg_vendors_forget_front AFTER UPDATE OF phone ON vendors FOR EACH ROW
    WHEN (NEW.phone LIKE 'deleted:%') EXECUTE FUNCTION forget_shop_front();
