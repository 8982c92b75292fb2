-- Who comes by the code of an album or a picture is counted there as well, and at the shop as ever: what stands in the window says
-- which of them it was.
CREATE OR REPLACE FUNCTION public.roll_up_gallery_visits(p_limit integer DEFAULT 5000)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_taken integer;
    -- What is done with a picture, rather than looked at: counted for its albums and its shop as well.
    v_deeds constant text[] := '{try,result,share,click,send}';
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('roll_up_gallery_visits')) THEN
        RETURN 0;
    END IF;
    WITH taken AS (
        DELETE FROM gallery_visits WHERE id IN (SELECT id FROM gallery_visits ORDER BY id LIMIT p_limit)
        RETURNING day, kind, subject_id, visitor, by_vendor_id
    ), known AS (
        SELECT DISTINCT t.day, t.kind, t.subject_id, t.visitor, o.vendor_id, o.thing
          FROM taken t CROSS JOIN LATERAL (
              SELECT i.vendor_id, 'image' AS thing FROM visible_images i WHERE t.kind IN ('image', 'scan') AND i.id = t.subject_id
              UNION ALL
              SELECT a.vendor_id, 'album' FROM visible_albums a WHERE t.kind IN ('album', 'scan') AND a.id = t.subject_id
              UNION ALL
              SELECT v.id, 'vendor' FROM vendors v WHERE t.kind IN ('vendor', 'scan', 'embed') AND v.id = t.subject_id AND v.is_active
              UNION ALL
              -- Only what has an offer can be pressed.
              SELECT f.vendor_id, 'image' FROM offers f JOIN visible_images i ON i.id = f.image_id
               WHERE t.kind = 'click' AND f.image_id = t.subject_id
              UNION ALL
              -- A look that was tried may have been taken back since: it was tried all the same.
              SELECT i.vendor_id, 'image' FROM images i
               WHERE t.kind IN ('try', 'result', 'share', 'send') AND i.id = t.subject_id AND i.type = 'vendor'
          ) o
         WHERE t.by_vendor_id IS DISTINCT FROM o.vendor_id
    ), fresh AS (
        INSERT INTO gallery_seen (day, kind, subject_id, visitor)
        SELECT day, kind, subject_id, visitor FROM known ON CONFLICT DO NOTHING
        RETURNING day, kind, subject_id, visitor
    ), counted AS (
        SELECT k.day, k.kind, k.subject_id, k.vendor_id, k.thing
          FROM fresh f JOIN known k USING (day, kind, subject_id, visitor)
    ), of_things AS (
        SELECT vendor_id, thing AS subject, day, subject_id, kind
          FROM counted
        UNION ALL
        SELECT vendor_id, 'vendor', day, vendor_id, kind FROM counted
         WHERE kind = ANY (v_deeds) OR kind = 'scan' AND thing <> 'vendor'
        UNION ALL
        SELECT c.vendor_id, 'album', c.day, p.album_id, c.kind
          FROM counted c JOIN album_images p ON p.vendor_id = c.vendor_id AND p.image_id = c.subject_id
         WHERE c.kind = ANY (v_deeds)
    ), days AS (
        INSERT INTO gallery_days AS d (vendor_id, subject, day, subject_id, views, tries, results, shares, clicks, sends, scans, embeds)
        SELECT vendor_id, subject, day, subject_id, count(*) FILTER (WHERE kind <> ALL (v_deeds || '{scan,embed}'::text[])),
               count(*) FILTER (WHERE kind = 'try'), count(*) FILTER (WHERE kind = 'result'),
               count(*) FILTER (WHERE kind = 'share'), count(*) FILTER (WHERE kind = 'click'),
               count(*) FILTER (WHERE kind = 'send'), count(*) FILTER (WHERE kind = 'scan'),
               count(*) FILTER (WHERE kind = 'embed')
          FROM of_things GROUP BY vendor_id, subject, day, subject_id ORDER BY vendor_id, subject, day, subject_id
        ON CONFLICT (vendor_id, subject, day, subject_id) DO UPDATE
           SET views = d.views + excluded.views, tries = d.tries + excluded.tries, results = d.results + excluded.results,
               shares = d.shares + excluded.shares, clicks = d.clicks + excluded.clicks, sends = d.sends + excluded.sends,
               scans = d.scans + excluded.scans, embeds = d.embeds + excluded.embeds
    ), images_tried AS (
        INSERT INTO image_tries AS e (image_id, tries, results)
        SELECT subject_id, count(*) FILTER (WHERE kind = 'try'), count(*) FILTER (WHERE kind = 'result')
          FROM counted WHERE kind IN ('try', 'result') GROUP BY subject_id ORDER BY subject_id
        ON CONFLICT (image_id) DO UPDATE SET tries = e.tries + excluded.tries, results = e.results + excluded.results
    )
    SELECT count(*) INTO v_taken FROM taken;
    RETURN v_taken;
END
$function$;
