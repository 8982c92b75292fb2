-- What the style engine needs: references that visitors may see, previews of styles on a person's own photo, and
-- pictures that wait for an operator's word.

-- References -------------------------------------------------------------------------------------------------------

-- The photo must be the user's own; the reference a picture that visitors see at this moment.
-- Whatever else somebody names is simply not found.
CREATE OR REPLACE FUNCTION check_conversion_images(p_user_id uuid, p_source_image_id uuid, p_style_image_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_owner uuid;
BEGIN
    IF p_source_image_id IS NOT NULL THEN
        SELECT user_id INTO v_owner FROM images WHERE id = p_source_image_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'image % does not exist', p_source_image_id USING ERRCODE = 'ST003';
        ELSIF v_owner IS DISTINCT FROM p_user_id THEN
            RAISE EXCEPTION 'image % does not belong to user %', p_source_image_id, p_user_id USING ERRCODE = 'ST005';
        END IF;
    END IF;
    IF p_style_image_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM visible_images WHERE id = p_style_image_id) THEN
        RAISE EXCEPTION 'reference image % does not exist', p_style_image_id USING ERRCODE = 'ST003';
    END IF;
END
$$;

-- Previews ---------------------------------------------------------------------------------------------------------

-- Small pictures of every style on one photo: made when asked for, gone with the photo, made again when they are
-- old. They cost nobody anything and are nobody's property, so they are not images.
CREATE TABLE style_previews (
    image_id UUID NOT NULL REFERENCES images(id) ON DELETE CASCADE,
    style_name TEXT NOT NULL,
    edition INTEGER NOT NULL,
    bytes BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (image_id, style_name),
    CONSTRAINT chk_preview_size CHECK (octet_length(bytes) BETWEEN 1 AND 262144)
);
COMMENT ON TABLE style_previews IS 'A photo in every style, small, in WebP; deleted a week after they were made.';
COMMENT ON COLUMN style_previews.edition IS 'The edition of the recipes; older ones are made again.';
-- The sweep of old ones.
CREATE INDEX idx_previews_created ON style_previews (created_at);

-- Whoever watches a photo's previews is told when one more is there; the payload is the photo's id.
CREATE FUNCTION notify_preview_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('preview_made', NEW.image_id::text);
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_previews_made AFTER INSERT OR UPDATE ON style_previews
    FOR EACH ROW EXECUTE FUNCTION notify_preview_made();

-- Moderation -------------------------------------------------------------------------------------------------------

-- What waits for a person, and what that person said. `images.moderation` is what everybody else reads.
CREATE TABLE moderation_cases (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    image_id UUID NOT NULL REFERENCES images(id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    scores JSONB NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    decision TEXT,
    decided_at TIMESTAMPTZ,
    CONSTRAINT chk_case_reason CHECK (reason IN ('uncertain', 'unchecked')),
    CONSTRAINT chk_case_decision CHECK (decision IN ('accepted', 'refused')),
    CONSTRAINT chk_case_decided CHECK ((decision IS NULL) = (decided_at IS NULL))
);
COMMENT ON TABLE moderation_cases IS 'Pictures the local check was not sure of, until an operator decides.';
COMMENT ON COLUMN moderation_cases.reason IS 'uncertain: the check was not sure; unchecked: it could not look.';
-- What waits, oldest first.
CREATE INDEX idx_cases_waiting ON moderation_cases (created_at, id) WHERE decision IS NULL;
-- The foreign key's own cascade; and one waiting case an image at most.
CREATE INDEX idx_cases_image ON moderation_cases (image_id);
CREATE UNIQUE INDEX idx_cases_one_waiting ON moderation_cases (image_id) WHERE decision IS NULL;

-- A charge is returned at most once; after the result only when an operator refuses that result.
CREATE OR REPLACE FUNCTION guard_conversion_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.user_id, NEW.conversion_type, NEW.period_id) IS DISTINCT FROM (OLD.user_id, OLD.conversion_type, OLD.period_id)
       OR OLD.charge_returned_at IS NOT NULL AND NEW.charge_returned_at IS DISTINCT FROM OLD.charge_returned_at
       OR NEW.charge_returned_at IS NOT NULL AND OLD.charge_returned_at IS NULL AND OLD.status = 'completed'
          AND NOT EXISTS (SELECT 1 FROM images WHERE id = OLD.result_image_id AND moderation = 'refused')
    THEN
        RAISE EXCEPTION 'the charge of conversion % is made once and returned at most once', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;
