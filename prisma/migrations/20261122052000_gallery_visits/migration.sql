-- The public side of galleries: telling every process what changed, counting visits without knowing visitors, and
-- what visitors report.

-- What changed ---------------------------------------------------------------------------------------------------

-- Processes keep what public pages show in memory. They hear, as a change is committed, of which vendor it was; the
-- server tells one vendor once a transaction. No row is written, so nobody waits for anybody.
CREATE FUNCTION notify_gallery_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_notify('gallery_changed', c.vendor_id::text)
           FROM (SELECT DISTINCT vendor_id FROM added WHERE is_public AND vendor_id IS NOT NULL) c;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('gallery_changed', c.vendor_id::text)
           FROM (SELECT DISTINCT vendor_id FROM removed WHERE is_public AND vendor_id IS NOT NULL) c;
    ELSE
        PERFORM pg_notify('gallery_changed', c.vendor_id::text)
           FROM (SELECT vendor_id FROM added WHERE is_public AND vendor_id IS NOT NULL
                 UNION SELECT vendor_id FROM removed WHERE is_public AND vendor_id IS NOT NULL) c;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION notify_gallery_rows() IS 'For tables with vendor_id and is_public: only what is or was public is told.';

CREATE FUNCTION notify_gallery_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_notify('gallery_changed', c.vendor_id::text) FROM (SELECT DISTINCT vendor_id FROM added) c;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('gallery_changed', c.vendor_id::text) FROM (SELECT DISTINCT vendor_id FROM removed) c;
    ELSE
        PERFORM pg_notify('gallery_changed', c.vendor_id::text)
           FROM (SELECT vendor_id FROM added UNION SELECT vendor_id FROM removed) c;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION notify_gallery_vendor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('gallery_changed', OLD.id::text);
    RETURN NULL;
END
$$;

CREATE TRIGGER trg_images_tell_added AFTER INSERT ON images
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_images_tell_changed AFTER UPDATE ON images
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_images_tell_removed AFTER DELETE ON images
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_albums_tell_added AFTER INSERT ON albums
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_albums_tell_changed AFTER UPDATE ON albums
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_albums_tell_removed AFTER DELETE ON albums
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_album_images_tell_added AFTER INSERT ON album_images
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_album_images_tell_changed AFTER UPDATE ON album_images
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_album_images_tell_removed AFTER DELETE ON album_images
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
-- Signing in or spending quota changes nothing that visitors see.
CREATE TRIGGER trg_vendors_tell_changed AFTER UPDATE ON vendors FOR EACH ROW WHEN (
    (OLD.handle, OLD.business_name, OLD.avatar_url, OLD.bio, OLD.profile_info, OLD.contact_info, OLD.social_links, OLD.is_verified, OLD.is_active)
    IS DISTINCT FROM
    (NEW.handle, NEW.business_name, NEW.avatar_url, NEW.bio, NEW.profile_info, NEW.contact_info, NEW.social_links, NEW.is_verified, NEW.is_active)
) EXECUTE FUNCTION notify_gallery_vendor();
CREATE TRIGGER trg_vendors_tell_removed AFTER DELETE ON vendors FOR EACH ROW EXECUTE FUNCTION notify_gallery_vendor();

-- Visits -----------------------------------------------------------------------------------------------------------

-- A day of visits is a day in Tehran.
CREATE FUNCTION visit_day() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (clock_timestamp() AT TIME ZONE 'Asia/Tehran')::date
$$;

-- A visitor is a hash under the day's salt. The salt is forgotten with the day: afterwards nobody can say whose
-- hash it was, nor that two days' hashes are one person's.
CREATE TABLE visit_salts (
    day DATE PRIMARY KEY,
    salt BYTEA NOT NULL DEFAULT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),

    CONSTRAINT chk_visit_salt CHECK (octet_length(salt) = 32)
);

CREATE FUNCTION visit_salt(p_day date) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    v_salt bytea;
BEGIN
    SELECT salt INTO v_salt FROM visit_salts WHERE day = p_day;
    IF NOT FOUND THEN
        INSERT INTO visit_salts (day) VALUES (p_day) ON CONFLICT (day) DO NOTHING;
        SELECT salt INTO STRICT v_salt FROM visit_salts WHERE day = p_day;
    END IF;
    RETURN v_salt;
END
$$;
COMMENT ON FUNCTION visit_salt(date) IS 'The salt of a day, made when it is first needed.';

-- Where visits arrive, many at once and without a look at anything else; counted a few seconds later.
CREATE TABLE gallery_visits (
    id BIGSERIAL PRIMARY KEY,
    day DATE NOT NULL,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    visitor BYTEA NOT NULL,
    by_vendor_id UUID,

    CONSTRAINT chk_visit_kind CHECK (kind IN ('vendor', 'album', 'image', 'try', 'result')),
    CONSTRAINT chk_visit_visitor CHECK (octet_length(visitor) = 16)
);
COMMENT ON COLUMN gallery_visits.kind IS 'What was looked at; try and result: an image used as a style.';
COMMENT ON COLUMN gallery_visits.by_vendor_id IS 'The vendor who was signed in: an owner''s own visit is not counted.';

-- Who was counted already today.
CREATE TABLE gallery_seen (
    day DATE NOT NULL,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    visitor BYTEA NOT NULL,

    CONSTRAINT gallery_seen_pkey PRIMARY KEY (day, kind, subject_id, visitor)
);

-- The counts that are kept: of a vendor, an album or an image on a day.
CREATE TABLE gallery_days (
    vendor_id UUID NOT NULL REFERENCES vendors(id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    day DATE NOT NULL,
    subject_id UUID NOT NULL,
    views INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    results INTEGER NOT NULL DEFAULT 0,

    -- A vendor's days, of one kind of thing, in order.
    CONSTRAINT gallery_days_pkey PRIMARY KEY (vendor_id, subject, day, subject_id),
    CONSTRAINT chk_gallery_day_subject CHECK (subject IN ('vendor', 'album', 'image')),
    CONSTRAINT chk_gallery_day_counts CHECK (views >= 0 AND tries >= 0 AND results >= 0),
    CONSTRAINT chk_gallery_day_vendor CHECK (subject <> 'vendor' OR subject_id = vendor_id)
);
-- The sweep of days that are too long ago.
CREATE INDEX idx_gallery_days_day ON gallery_days (day);

-- How often an image was tried, ever. Beside the images, so that a try does not rewrite their many indexes.
CREATE TABLE image_tries (
    image_id UUID PRIMARY KEY REFERENCES images(id) ON DELETE CASCADE,
    tries INTEGER NOT NULL DEFAULT 0,
    results INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT chk_image_tries CHECK (tries >= 0 AND results >= 0)
);
-- The most tried images, for visitors.
CREATE INDEX idx_image_tries_most ON image_tries (tries DESC, image_id DESC);

-- A conversion in the style of a vendor's image is a try, and a result when it is done.
CREATE FUNCTION note_image_try() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_day date := visit_day();
BEGIN
    INSERT INTO gallery_visits (day, kind, subject_id, visitor)
    VALUES (v_day, CASE WHEN TG_OP = 'INSERT' THEN 'try' ELSE 'result' END, NEW.style_image_id,
            substr(sha256(visit_salt(v_day) || convert_to('user|' || NEW.user_id, 'UTF8')), 1, 16));
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_conversions_note_try AFTER INSERT ON user_conversions
    FOR EACH ROW WHEN (NEW.style_image_id IS NOT NULL) EXECUTE FUNCTION note_image_try();
CREATE TRIGGER trg_conversions_note_result AFTER UPDATE OF status ON user_conversions
    FOR EACH ROW WHEN (NEW.style_image_id IS NOT NULL AND NEW.status = 'completed' AND OLD.status <> 'completed')
    EXECUTE FUNCTION note_image_try();

-- Counts what has arrived: each visitor once a day for each thing, of things that are there. One process at a time;
-- answers how many arrivals it took.
CREATE FUNCTION roll_up_gallery_visits(p_limit integer DEFAULT 5000) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_taken integer;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('roll_up_gallery_visits')) THEN
        RETURN 0;
    END IF;
    WITH taken AS (
        DELETE FROM gallery_visits WHERE id IN (SELECT id FROM gallery_visits ORDER BY id LIMIT p_limit)
        RETURNING day, kind, subject_id, visitor, by_vendor_id
    ), known AS (
        SELECT DISTINCT t.day, t.kind, t.subject_id, t.visitor, o.vendor_id
          FROM taken t CROSS JOIN LATERAL (
              SELECT i.vendor_id FROM visible_images i WHERE t.kind = 'image' AND i.id = t.subject_id
              UNION ALL
              SELECT a.vendor_id FROM visible_albums a WHERE t.kind = 'album' AND a.id = t.subject_id
              UNION ALL
              SELECT v.id FROM vendors v WHERE t.kind = 'vendor' AND v.id = t.subject_id AND v.is_active
              UNION ALL
              -- A look that was tried may have been taken back since: it was tried all the same.
              SELECT i.vendor_id FROM images i
               WHERE t.kind IN ('try', 'result') AND i.id = t.subject_id AND i.type = 'vendor'
          ) o
         WHERE t.by_vendor_id IS DISTINCT FROM o.vendor_id
    ), fresh AS (
        INSERT INTO gallery_seen (day, kind, subject_id, visitor)
        SELECT day, kind, subject_id, visitor FROM known ON CONFLICT DO NOTHING
        RETURNING day, kind, subject_id, visitor
    ), counted AS (
        SELECT k.day, k.kind, k.subject_id, k.vendor_id
          FROM fresh f JOIN known k USING (day, kind, subject_id, visitor)
    ), of_things AS (
        SELECT vendor_id, CASE WHEN kind IN ('try', 'result') THEN 'image' ELSE kind END AS subject, day, subject_id, kind
          FROM counted
        UNION ALL
        SELECT vendor_id, 'vendor', day, vendor_id, kind FROM counted WHERE kind IN ('try', 'result')
        UNION ALL
        SELECT c.vendor_id, 'album', c.day, p.album_id, c.kind
          FROM counted c JOIN album_images p ON p.vendor_id = c.vendor_id AND p.image_id = c.subject_id
         WHERE c.kind IN ('try', 'result')
    ), days AS (
        INSERT INTO gallery_days AS d (vendor_id, subject, day, subject_id, views, tries, results)
        SELECT vendor_id, subject, day, subject_id, count(*) FILTER (WHERE kind NOT IN ('try', 'result')),
               count(*) FILTER (WHERE kind = 'try'), count(*) FILTER (WHERE kind = 'result')
          FROM of_things GROUP BY vendor_id, subject, day, subject_id ORDER BY vendor_id, subject, day, subject_id
        ON CONFLICT (vendor_id, subject, day, subject_id) DO UPDATE
           SET views = d.views + excluded.views, tries = d.tries + excluded.tries, results = d.results + excluded.results
    ), images_tried AS (
        INSERT INTO image_tries AS e (image_id, tries, results)
        SELECT subject_id, count(*) FILTER (WHERE kind = 'try'), count(*) FILTER (WHERE kind = 'result')
          FROM counted WHERE kind IN ('try', 'result') GROUP BY subject_id ORDER BY subject_id
        ON CONFLICT (image_id) DO UPDATE SET tries = e.tries + excluded.tries, results = e.results + excluded.results
    )
    SELECT count(*) INTO v_taken FROM taken;
    RETURN v_taken;
END
$$;

-- Forgets the salts of days that are over, whom we counted then, and counts of more than 400 days ago.
CREATE FUNCTION forget_gallery_visitors() RETURNS void LANGUAGE sql AS $$
    DELETE FROM visit_salts WHERE day < visit_day();
    -- What arrived at the last moment may be counted a little later.
    DELETE FROM gallery_seen WHERE day < visit_day() - 1;
    DELETE FROM gallery_days WHERE day < visit_day() - 400;
$$;

-- Reports --------------------------------------------------------------------------------------------------------

-- What visitors say about an image. It stays where it is until somebody decides.
CREATE TABLE image_reports (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    vendor_id UUID NOT NULL REFERENCES vendors(id) ON DELETE CASCADE,
    image_id UUID REFERENCES images(id) ON DELETE SET NULL,
    reason TEXT NOT NULL,
    note TEXT,
    reporter BYTEA NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    decided_by UUID REFERENCES users(id) ON DELETE SET NULL,
    decided_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),

    CONSTRAINT chk_image_report_reason CHECK (reason IN ('stolen', 'person', 'indecent', 'misleading', 'other')),
    CONSTRAINT chk_image_report_note CHECK (char_length(note) BETWEEN 1 AND 500),
    CONSTRAINT chk_image_report_reporter CHECK (octet_length(reporter) = 16),
    CONSTRAINT chk_image_report_state CHECK (state IN ('open', 'kept', 'removed')),
    CONSTRAINT chk_image_report_decided CHECK ((state = 'open') = (decided_at IS NULL)),
    -- The same visitor is heard once a day; the hash is another one tomorrow.
    CONSTRAINT uq_image_report UNIQUE (image_id, reporter)
);
COMMENT ON COLUMN image_reports.reporter IS 'The visitor''s hash of that day; says nothing afterwards.';
-- What the operator has to look at, oldest first.
CREATE INDEX idx_image_reports_open ON image_reports (created_at, id) WHERE state = 'open';
-- What was reported of a vendor; the foreign key's own cascade.
CREATE INDEX idx_image_reports_vendor ON image_reports (vendor_id, created_at DESC, id DESC);
CREATE INDEX idx_image_reports_decided_by ON image_reports (decided_by) WHERE decided_by IS NOT NULL;
