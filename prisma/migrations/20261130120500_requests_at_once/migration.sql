-- A person's request, whole: charges, conversions, their places in line, jobs, audit rows and today's spending in one
-- statement that is its own transaction. `record_conversion` stays what one charge is.

-- The arrays belong together, one element for each conversion, in the order they were asked for. The ids are the caller's,
-- so that they are known when the answer is lost; p_mark is left for asking whether this happened. Answers with the ids:
-- those that were made for the same key before, if there are any. Refuses with ST001 (hint: conversions, waiting,
-- spending), ST002, ST003; then nothing has happened.
CREATE FUNCTION request_conversions(
    p_user_id uuid, p_ids uuid[], p_photos uuid[], p_styles text[], p_references uuid[], p_looks text[], p_request_key uuid,
    p_waiting integer, p_origin jsonb, p_price bigint, p_limit bigint, p_paid_limit bigint, p_mark uuid
)
-- Its large statement takes longer to plan than to do; one plan is right for all.
RETURNS uuid[] LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    v_count CONSTANT integer := cardinality(p_ids);
    v_now timestamptz := clock_timestamp();
    v_made uuid[];
    v_period_id uuid;
    v_paid integer := 0;
    v_is_charged boolean := false;
    v_lanes smallint[] := '{}';
    v_first integer;
    v_second integer;
    v_waiting integer;
    v_jobs integer;
BEGIN
    -- Whoever asks at the same moment under the same key is refused by the unique index, and asks again.
    IF p_request_key IS NOT NULL THEN
        SELECT array_agg(id ORDER BY request_place) INTO v_made
          FROM user_conversions WHERE user_id = p_user_id AND request_key = p_request_key;
        IF v_made IS NOT NULL THEN
            RETURN v_made;
        END IF;
    END IF;

    -- The common cases as `record_conversion` charges them: locked and charged in one statement, all from one pool. Only a
    -- charge may succeed here.
    SELECT id, least(v_count, conversions_limit - conversions_used) INTO v_period_id, v_paid FROM subscription_periods
     WHERE user_id = p_user_id AND ends_at > v_now AND starts_at <= v_now AND conversions_used < conversions_limit;
    v_paid := coalesce(v_paid, 0);
    IF v_paid = v_count THEN
        WITH owner AS MATERIALIZED (
            SELECT id FROM users WHERE id = p_user_id AND is_active AND is_phone_verified FOR NO KEY UPDATE
        )
        UPDATE subscription_periods p SET conversions_used = p.conversions_used + v_count FROM owner
         WHERE p.id = v_period_id AND p.user_id = owner.id AND p.ends_at > v_now AND p.starts_at <= v_now
           AND p.conversions_used + v_count <= p.conversions_limit;
        v_is_charged := FOUND;
    ELSIF v_paid = 0 THEN
        UPDATE users SET free_quota_remaining = free_quota_remaining - v_count
         WHERE id = p_user_id AND free_quota_remaining >= v_count AND is_active AND is_phone_verified;
        v_is_charged := FOUND;
    END IF;
    IF NOT v_is_charged THEN
        -- Refused, or from both pools: said by statements that begin after the owner's lock was taken.
        PERFORM lock_active_user(p_user_id);
        v_now := clock_timestamp();
        SELECT id, least(v_count, conversions_limit - conversions_used) INTO v_period_id, v_paid FROM subscription_periods
         WHERE user_id = p_user_id AND ends_at > v_now AND starts_at <= v_now AND conversions_used < conversions_limit
           FOR NO KEY UPDATE;
        v_paid := coalesce(v_paid, 0);
        UPDATE subscription_periods SET conversions_used = conversions_used + v_paid WHERE id = v_period_id;
        UPDATE users SET free_quota_remaining = free_quota_remaining - (v_count - v_paid)
         WHERE id = p_user_id AND free_quota_remaining >= v_count - v_paid;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'user % has fewer than % conversions left', p_user_id, v_count
                USING ERRCODE = 'ST001', HINT = 'conversions';
        END IF;
    END IF;

    -- Each joins the shorter of the account's lanes; nothing else of the account joins until the end.
    SELECT count(*) FILTER (WHERE lane = 0), count(*) FILTER (WHERE lane = 1), count(*) FILTER (WHERE status = 'pending')
      INTO v_first, v_second, v_waiting
      FROM user_conversions WHERE user_id = p_user_id AND status IN ('pending', 'processing');
    IF v_waiting + v_count > p_waiting THEN
        RAISE EXCEPTION 'more than % of user % would wait', p_waiting, p_user_id USING ERRCODE = 'ST001', HINT = 'waiting';
    END IF;
    FOR n IN 1..v_count LOOP
        v_lanes := v_lanes || (v_second < v_first)::integer::smallint;
        v_second := v_second + v_lanes[n];
        v_first := v_first + 1 - v_lanes[n];
    END LOOP;

    -- The pictures are held after the owner and the period, in the order of the house.
    IF array_remove(p_references, NULL) <> '{}' THEN
        PERFORM 1 FROM images WHERE id = ANY (p_references) ORDER BY id FOR KEY SHARE;
    END IF;
    WITH photos AS MATERIALIZED (
        SELECT id, original_url FROM images WHERE id = ANY (p_photos) AND user_id = p_user_id AND type = 'user' FOR KEY SHARE
    ), made AS (
        INSERT INTO user_conversions
            (id, user_id, conversion_type, period_id, input_file_url, style_name, source_image_id, style_image_id, look, lane,
             request_key, request_place)
        SELECT w.id, p_user_id, CASE WHEN w.place <= v_paid THEN 'paid' ELSE 'free' END,
               CASE WHEN w.place <= v_paid THEN v_period_id END, i.original_url, w.style, w.photo, w.reference, w.look::jsonb,
               w.lane, p_request_key, w.place - 1
          FROM unnest(p_ids, p_photos, p_styles, p_references, p_looks, v_lanes)
               WITH ORDINALITY AS w (id, photo, style, reference, look, lane, place)
          JOIN photos i ON i.id = w.photo
         WHERE w.reference IS NULL OR EXISTS (SELECT 1 FROM visible_images v WHERE v.id = w.reference)
        RETURNING id, created_at, conversion_type, style_name, lane
    ), jobs AS (
        -- As the queue's own client writes a job: what is not said is the queue's. Told of by the caller, after the commit.
        INSERT INTO pgboss.job
            (name, data, priority, singleton_key, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay,
             retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
        SELECT q.name, jsonb_build_object('conversionId', m.id) || p_origin, -conversion_turn(m.created_at, m.conversion_type),
               p_user_id || '/' || m.lane, q.expire_seconds, q.deletion_seconds,
               now() + q.retention_seconds * INTERVAL '1 second', q.retry_limit, q.retry_delay, q.retry_backoff,
               q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
          FROM made m, pgboss.queue q WHERE q.name = 'conversion.run'
        RETURNING id
    ), events AS (
        INSERT INTO audit_logs (user_id, actor_type, action, resource, resource_id, metadata)
        SELECT p_user_id, 'user', 'conversion.request', 'conversion', m.id, jsonb_build_object('style', m.style_name) FROM made m
    ), mark AS (
        INSERT INTO transaction_marks (id, is_done) VALUES (p_mark, true)
    )
    SELECT array_agg(id), (SELECT count(*) FROM jobs) INTO v_made, v_jobs FROM made;
    IF coalesce(cardinality(v_made), 0) < v_count THEN
        RAISE EXCEPTION 'a photo of % or a reference of % is not there for user %', p_photos, p_references, p_user_id
            USING ERRCODE = 'ST003';
    ELSIF v_jobs < v_count THEN
        RAISE EXCEPTION 'the queue conversion.run took no job';
    END IF;
    -- Last, because everybody waits for these rows: they are held until the end.
    IF p_price IS NOT NULL AND NOT admit_conversions(p_ids, p_price, p_limit, p_paid_limit) THEN
        RAISE EXCEPTION 'no more is spent on the engine today' USING ERRCODE = 'ST001', HINT = 'spending';
    END IF;
    RETURN p_ids;
END
$$;
