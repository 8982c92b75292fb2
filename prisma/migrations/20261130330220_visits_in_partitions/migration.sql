-- Counts by the month, and who was seen by the day: what is over goes as a whole, and the counts have one index to write.
-- contract: tables and function stand under the same names again in the same transaction; the release that still runs sees no difference
ALTER TABLE gallery_days RENAME TO gallery_days_before;
ALTER TABLE gallery_days_before RENAME CONSTRAINT gallery_days_pkey TO gallery_days_before_pkey;
ALTER INDEX idx_gallery_days_day RENAME TO gallery_days_before_day_idx;
CREATE TABLE gallery_days (
    vendor_id uuid NOT NULL,
    subject text NOT NULL,
    day date NOT NULL,
    subject_id uuid NOT NULL,
    views integer DEFAULT 0 NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    results integer DEFAULT 0 NOT NULL,
    shares integer DEFAULT 0 NOT NULL,
    clicks integer DEFAULT 0 NOT NULL,
    sends integer DEFAULT 0 NOT NULL,
    scans integer DEFAULT 0 NOT NULL,
    CONSTRAINT chk_gallery_day_counts CHECK (views >= 0 AND tries >= 0 AND results >= 0),
    CONSTRAINT chk_gallery_day_scans CHECK (scans >= 0),
    CONSTRAINT chk_gallery_day_subject CHECK (subject IN ('vendor', 'album', 'image')),
    CONSTRAINT chk_gallery_day_vendor CHECK (subject <> 'vendor' OR subject_id = vendor_id),
    CONSTRAINT chk_gallery_day_ways CHECK (shares >= 0 AND clicks >= 0 AND sends >= 0),
    CONSTRAINT gallery_days_pkey PRIMARY KEY (vendor_id, subject, day, subject_id) INCLUDE (views, tries, results, shares, clicks, sends),
    CONSTRAINT gallery_days_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors (id) ON DELETE CASCADE
) PARTITION BY RANGE (day);

ALTER TABLE gallery_seen RENAME TO gallery_seen_before;
ALTER TABLE gallery_seen_before RENAME CONSTRAINT gallery_seen_pkey TO gallery_seen_before_pkey;
CREATE TABLE gallery_seen (
    day date NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    visitor bytea NOT NULL,
    CONSTRAINT gallery_seen_pkey PRIMARY KEY (day, kind, subject_id, visitor)
) PARTITION BY RANGE (day);

DO $$
DECLARE
    v_right record;
BEGIN
    -- Whoever may ask may go on doing so: rights are settled only after the last migration.
    FOR v_right IN
        SELECT c.relname, r.privilege_type, g.rolname FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) r
          JOIN pg_roles g ON g.oid = r.grantee AND r.grantee <> c.relowner
         WHERE c.oid IN ('gallery_days_before'::regclass, 'gallery_seen_before'::regclass)
    LOOP
        EXECUTE format('GRANT %s ON %I TO %I', v_right.privilege_type, replace(v_right.relname, '_before', ''), v_right.rolname);
    END LOOP;
    EXECUTE format('ALTER TABLE gallery_days ATTACH PARTITION gallery_days_before FOR VALUES FROM (MINVALUE) TO (%L)', (
        SELECT substring(pg_get_constraintdef(oid) FROM '\d{4}-\d{2}-\d{2}') FROM pg_constraint
         WHERE conname = 'gallery_days_before' AND conrelid = 'gallery_days_before'::regclass));
    -- Of two days, which only the worker asks for.
    EXECUTE format('ALTER TABLE gallery_seen ATTACH PARTITION gallery_seen_before FOR VALUES FROM (MINVALUE) TO (%L)', visit_day() + 2);
END
$$;
ALTER TABLE gallery_days_before DROP CONSTRAINT gallery_days_before;
-- Where days go that nobody made room for: a worker that stood still loses none.
CREATE TABLE gallery_days_rest PARTITION OF gallery_days DEFAULT;
CREATE TABLE gallery_seen_rest PARTITION OF gallery_seen DEFAULT;

-- Makes the partitions of this day and the next two, of this month and the next, and drops those that are over: days after two,
-- months after four hundred days. Answers how many it made or dropped. Whatever it would have to wait for is left to the next time.
CREATE FUNCTION keep_gallery_partitions(p_today date) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    v_done integer := 0;
    v_part record;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('keep_gallery_partitions')) THEN
        RETURN 0;
    END IF;
    PERFORM set_config('lock_timeout', '100ms', true);
    FOR v_part IN
        WITH parts AS (
            SELECT inhparent::regclass::text AS parent, relname::text AS name,
                   substring(pg_get_expr(relpartbound, c.oid) FROM 'TO \(''(\d{4}-\d{2}-\d{2})')::date AS ends
              FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
             WHERE inhparent IN ('gallery_seen'::regclass, 'gallery_days'::regclass)
        ), wanted AS (
            SELECT 'gallery_seen' AS parent, 'gallery_seen_' || to_char(d, 'YYYYMMDD') AS name, d::date AS begins, d::date + 1 AS ends
              FROM generate_series(p_today::timestamp, p_today + interval '2 days', interval '1 day') d
            UNION ALL
            SELECT 'gallery_days', 'gallery_days_' || to_char(m, 'YYYYMM'), m::date, (m + interval '1 month')::date
              FROM generate_series(date_trunc('month', p_today::timestamp), p_today + interval '1 month', interval '1 month') m
        )
        SELECT w.*, true AS is_new FROM wanted w
         WHERE NOT EXISTS (SELECT 1 FROM parts p WHERE p.parent = w.parent AND p.ends > w.begins)
        UNION ALL
        SELECT p.parent, p.name, NULL, p.ends, false FROM parts p
         WHERE p.ends <= p_today - CASE p.parent WHEN 'gallery_seen' THEN 1 ELSE 400 END
         ORDER BY is_new DESC, ends
    LOOP
        IF v_part.is_new THEN
            EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING ALL) WITH (fillfactor = 80)', v_part.name, v_part.parent);
            EXECUTE format('WITH moved AS (DELETE FROM public.%I WHERE day >= %L AND day < %L RETURNING *) INSERT INTO public.%I SELECT * FROM moved',
                           v_part.parent || '_rest', v_part.begins, v_part.ends, v_part.name);
            EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                           v_part.parent, v_part.name, v_part.begins, v_part.ends);
        ELSE
            EXECUTE format('DROP TABLE public.%I', v_part.name);
        END IF;
        v_done := v_done + 1;
    END LOOP;
    RETURN v_done;
EXCEPTION WHEN lock_not_available THEN
    RETURN 0;
END
$$;

-- Forgets days that are over, and of what lies outside the partitions of days and months so many rows. Answers how many of these.
DROP FUNCTION forget_gallery_visitors();
CREATE FUNCTION forget_gallery_visitors(p_limit integer DEFAULT 5000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
DECLARE
    v_today date := visit_day();
    v_table text;
    v_count integer;
    v_gone integer := 0;
BEGIN
    DELETE FROM visit_salts WHERE day < v_today;
    PERFORM keep_gallery_partitions(v_today);
    FOREACH v_table IN ARRAY '{gallery_seen_before,gallery_seen_rest,gallery_days_before,gallery_days_rest}'::text[] LOOP
        CONTINUE WHEN to_regclass(v_table) IS NULL;
        -- What arrived at the last moment may be counted a little later.
        EXECUTE format('DELETE FROM public.%1$I WHERE ctid = ANY (ARRAY(SELECT ctid FROM public.%1$I WHERE day < %2$L LIMIT %3$s))',
                       v_table, v_today - CASE WHEN v_table LIKE 'gallery_seen%' THEN 1 ELSE 400 END, p_limit);
        GET DIAGNOSTICS v_count = ROW_COUNT;
        v_gone := greatest(v_gone, v_count);
    END LOOP;
    RETURN v_gone;
END
$$;
