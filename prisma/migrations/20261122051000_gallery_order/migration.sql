-- The order of pictures and albums by hand, and the places that pictures in the trash come back to.

-- Positions are numbers with room between them, so that a move writes the moved rows alone. Only where the room is
-- used up, all of an album are numbered anew. Equal positions are told apart by the image's id.

-- Where a picture stood when it went to the trash.
CREATE TABLE trashed_places (
    album_id UUID NOT NULL,
    image_id UUID NOT NULL,
    vendor_id UUID NOT NULL,
    position INTEGER NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    was_cover BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY (album_id, image_id),
    CONSTRAINT trashed_places_album_fkey FOREIGN KEY (vendor_id, album_id)
        REFERENCES albums (vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT trashed_places_image_fkey FOREIGN KEY (vendor_id, image_id)
        REFERENCES images (vendor_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE trashed_places IS 'The albums of pictures in the trash, for when they are restored.';
-- The foreign keys' own cascades, and finding a restored picture's places.
CREATE INDEX idx_trashed_places_image ON trashed_places (vendor_id, image_id);
CREATE INDEX idx_trashed_places_album ON trashed_places (vendor_id, album_id);

-- An album holds no picture that is in the trash. The share lock makes an addition and the trash wait for each
-- other; the name lets it run before the count, which locks albums: image before album.
CREATE FUNCTION refuse_trashed_image() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM images WHERE id IN (SELECT image_id FROM added) ORDER BY id FOR SHARE;
    IF EXISTS (SELECT 1 FROM images i JOIN added a ON a.image_id = i.id WHERE i.deleted_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a picture in the trash stands in no album' USING ERRCODE = 'ST004';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_album_images_accept AFTER INSERT ON album_images
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_trashed_image();

-- To the trash: out of the albums, their places kept. Back: into the albums that are still there.
CREATE FUNCTION keep_trashed_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.deleted_at IS NOT NULL THEN
        -- The albums before their rows, as everybody who moves pictures does.
        PERFORM 1 FROM albums WHERE id IN (
            SELECT album_id FROM album_images WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id
        ) ORDER BY id FOR NO KEY UPDATE;
        INSERT INTO trashed_places (album_id, image_id, vendor_id, position, added_at, was_cover)
        SELECT m.album_id, m.image_id, m.vendor_id, m.position, m.added_at, a.cover_image_id IS NOT DISTINCT FROM NEW.id
          FROM album_images m JOIN albums a ON a.id = m.album_id WHERE m.image_id = NEW.id AND m.vendor_id = NEW.vendor_id;
        DELETE FROM album_images WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id;
    ELSE
        PERFORM 1 FROM albums WHERE id IN (
            SELECT album_id FROM trashed_places WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id
        ) ORDER BY id FOR NO KEY UPDATE;
        INSERT INTO album_images (album_id, image_id, vendor_id, position, added_at)
        SELECT album_id, image_id, vendor_id, position, added_at
          FROM trashed_places WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id
        ON CONFLICT DO NOTHING;
        UPDATE albums a SET cover_image_id = NEW.id FROM trashed_places p
         WHERE p.image_id = NEW.id AND p.vendor_id = NEW.vendor_id AND p.was_cover
           AND a.id = p.album_id AND a.cover_image_id IS NULL;
        DELETE FROM trashed_places WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_images_keep_places AFTER UPDATE OF deleted_at ON images
    FOR EACH ROW WHEN ((OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)) EXECUTE FUNCTION keep_trashed_places();

-- A picture that leaves an album is not its cover any more.
CREATE FUNCTION drop_left_cover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE albums a SET cover_image_id = NULL FROM removed r
     WHERE a.id = r.album_id AND a.cover_image_id = r.image_id;
    RETURN NULL;
END
$$;
-- After the count, which has locked the albums in the order of their ids.
CREATE TRIGGER trg_album_images_uncover AFTER DELETE ON album_images
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION drop_left_cover();

-- The album, locked; everything that changes an album's order goes through here, one after the other.
CREATE FUNCTION lock_album(p_vendor_id uuid, p_album_id uuid) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_version integer;
BEGIN
    SELECT version INTO v_version FROM albums WHERE id = p_album_id AND vendor_id = p_vendor_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no album % of vendor %', p_album_id, p_vendor_id USING ERRCODE = 'ST003';
    END IF;
    RETURN v_version;
END
$$;

-- Numbers an album's pictures anew with room between them, those in the trash among them.
CREATE FUNCTION space_album_images(p_album_id uuid) RETURNS void LANGUAGE sql AS $$
    WITH places AS (
        SELECT image_id, position FROM album_images WHERE album_id = p_album_id
        UNION ALL
        SELECT image_id, position FROM trashed_places WHERE album_id = p_album_id
    ), numbered AS (
        SELECT image_id, (1024 * row_number() OVER (ORDER BY position, image_id))::integer AS position FROM places
    ), trashed AS (
        UPDATE trashed_places t SET position = n.position FROM numbered n
         WHERE t.album_id = p_album_id AND t.image_id = n.image_id
    )
    UPDATE album_images m SET position = n.position FROM numbered n
     WHERE m.album_id = p_album_id AND m.image_id = n.image_id AND m.position <> n.position
$$;

CREATE FUNCTION put_in_album(p_vendor_id uuid, p_album_id uuid, p_image_ids uuid[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_last integer;
    v_added integer;
BEGIN
    PERFORM 1 FROM images WHERE vendor_id = p_vendor_id AND id = ANY (p_image_ids) ORDER BY id FOR SHARE;
    PERFORM lock_album(p_vendor_id, p_album_id);
    SELECT coalesce(max(position), 0) INTO v_last FROM album_images WHERE album_id = p_album_id;
    IF v_last > 1000000000 THEN
        -- The end of the numbers is far away and still an end.
        PERFORM space_album_images(p_album_id);
        SELECT max(position) INTO v_last FROM album_images WHERE album_id = p_album_id;
    END IF;
    INSERT INTO album_images (album_id, image_id, vendor_id, position)
    SELECT p_album_id, i.id, p_vendor_id, (v_last + 1024 * row_number() OVER (ORDER BY w.place))::integer
      FROM (SELECT image_id, min(place) AS place FROM unnest(p_image_ids) WITH ORDINALITY AS u (image_id, place) GROUP BY image_id) w
      JOIN images i ON i.id = w.image_id AND i.vendor_id = p_vendor_id AND i.type = 'vendor' AND i.deleted_at IS NULL
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_added = ROW_COUNT;
    IF v_added > 0 THEN
        UPDATE albums SET version = version + 1 WHERE id = p_album_id;
    END IF;
    RETURN v_added;
END
$$;
COMMENT ON FUNCTION put_in_album(uuid, uuid, uuid[]) IS 'Adds a vendor''s own pictures at the end of an album, in the given order; how many were new to it.';

CREATE FUNCTION move_album_images(p_vendor_id uuid, p_album_id uuid, p_image_ids uuid[], p_before uuid)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_moved uuid[];
    v_count integer;
    v_prev integer;
    v_next integer;
BEGIN
    PERFORM lock_album(p_vendor_id, p_album_id);
    -- Whatever left the album meanwhile is left out; what stays keeps the order it was named in.
    SELECT array_agg(w.image_id ORDER BY w.place) INTO v_moved
      FROM (SELECT image_id, min(place) AS place FROM unnest(p_image_ids) WITH ORDINALITY AS u (image_id, place) GROUP BY image_id) w
      JOIN album_images m ON m.album_id = p_album_id AND m.image_id = w.image_id;
    v_count := coalesce(array_length(v_moved, 1), 0);
    IF v_count = 0 OR p_before = ANY (v_moved)
       OR p_before IS NOT NULL AND NOT EXISTS (SELECT 1 FROM album_images WHERE album_id = p_album_id AND image_id = p_before) THEN
        RAISE EXCEPTION 'the album has changed: nothing to move, or nothing to move it to' USING ERRCODE = 'ST004';
    END IF;
    FOR attempt IN 1..2 LOOP
        SELECT position INTO v_next FROM album_images WHERE album_id = p_album_id AND image_id = p_before;
        SELECT max(position) INTO v_prev FROM album_images
         WHERE album_id = p_album_id AND image_id <> ALL (v_moved)
           AND (p_before IS NULL OR (position, image_id) < (v_next, p_before));
        v_prev := coalesce(v_prev, 0);
        v_next := coalesce(v_next, v_prev + 1024 * (v_count + 1));
        EXIT WHEN v_next - v_prev > v_count AND v_next < 1000000000;
        PERFORM space_album_images(p_album_id);
        -- Among a thousand others there is room for a thousand; for more, everything after them makes room.
        IF v_count >= 1023 AND p_before IS NOT NULL THEN
            SELECT position INTO v_next FROM album_images WHERE album_id = p_album_id AND image_id = p_before;
            UPDATE album_images SET position = position + v_count + 1 WHERE album_id = p_album_id AND position >= v_next;
            UPDATE trashed_places SET position = position + v_count + 1 WHERE album_id = p_album_id AND position >= v_next;
        END IF;
    END LOOP;
    UPDATE album_images m
       SET position = v_prev + ((v_next - v_prev)::bigint * u.place / (v_count + 1))::integer
      FROM unnest(v_moved) WITH ORDINALITY AS u (image_id, place)
     WHERE m.album_id = p_album_id AND m.image_id = u.image_id;
    UPDATE albums SET version = version + 1 WHERE id = p_album_id RETURNING version INTO v_next;
    RETURN v_next;
END
$$;
COMMENT ON FUNCTION move_album_images(uuid, uuid, uuid[], uuid) IS
    'Puts pictures of an album before another one of it (null: at its end) and answers the order''s new version.';

-- Albums are few: all of a vendor's are numbered anew when one is moved.
CREATE FUNCTION move_album(p_vendor_id uuid, p_album_id uuid, p_before uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM vendors WHERE id = p_vendor_id FOR NO KEY UPDATE;
    PERFORM 1 FROM albums WHERE vendor_id = p_vendor_id ORDER BY id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT 1 FROM albums WHERE id = p_album_id AND vendor_id = p_vendor_id)
       OR p_before IS NOT NULL AND NOT EXISTS (SELECT 1 FROM albums WHERE id = p_before AND vendor_id = p_vendor_id) THEN
        RAISE EXCEPTION 'no album % of vendor %', p_album_id, p_vendor_id USING ERRCODE = 'ST003';
    END IF;
    WITH others AS (
        SELECT id, 2 * row_number() OVER (ORDER BY position, created_at DESC, id DESC) AS place
          FROM albums WHERE vendor_id = p_vendor_id AND id <> p_album_id
    ), placed AS (
        SELECT id, place FROM others
        UNION ALL
        SELECT p_album_id, coalesce((SELECT place - 1 FROM others WHERE id = p_before), (SELECT count(*) * 2 + 1 FROM others))
    ), numbered AS (
        SELECT id, row_number() OVER (ORDER BY place)::integer AS position FROM placed
    )
    UPDATE albums a SET position = n.position FROM numbered n WHERE a.id = n.id AND a.position <> n.position;
END
$$;
COMMENT ON FUNCTION move_album(uuid, uuid, uuid) IS 'Puts one album of a vendor before another (null: last).';

-- The same picture twice in one gallery is found by its content.
CREATE INDEX idx_stored_files_vendor_content ON stored_files (vendor_id, sha256) WHERE vendor_id IS NOT NULL;
-- A vendor's pictures that nobody else sees yet.
CREATE INDEX idx_images_vendor_hidden ON images (vendor_id, created_at DESC, id DESC)
    WHERE type = 'vendor' AND NOT is_public AND deleted_at IS NULL;

-- What leads out of a public page leads to https and nowhere else.
ALTER TABLE vendors
    ADD CONSTRAINT chk_vendor_social_links CHECK (
        jsonb_typeof(social_links) = 'object'
        AND NOT jsonb_path_exists(social_links, '$.keyvalue() ? (@.value.type() != "string" || !(@.value like_regex "^https://[^/]"))')
    );
