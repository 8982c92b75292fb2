-- Several engines have several prices: a conversion is admitted at the most that it may cost, its first call sets that to what
-- the engine asked for it costs, and a call that no service took is taken back.

CREATE OR REPLACE FUNCTION public.count_engine_call(p_conversion_id uuid, p_price bigint, p_limit bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_admitted engine_spendings;
BEGIN
    SELECT * INTO v_admitted FROM engine_spendings WHERE conversion_id = p_conversion_id FOR UPDATE;
    IF v_admitted.calls = 0 THEN
        UPDATE engine_spendings SET calls = 1, rials = p_price WHERE conversion_id = p_conversion_id;
        IF p_price > v_admitted.rials THEN
            PERFORM add_spending(v_admitted.day, 'engine', 0, p_price - v_admitted.rials, p_limit);
        ELSIF p_price < v_admitted.rials THEN
            UPDATE daily_spending SET rials = rials - (v_admitted.rials - p_price)
             WHERE day = v_admitted.day AND purpose = 'engine';
        END IF;
        RETURN;
    END IF;
    UPDATE engine_spendings SET calls = calls + 1 WHERE conversion_id = p_conversion_id;
    PERFORM add_spending(visit_day(), 'engine', 1, p_price, p_limit);
END
$function$;

-- Of a conversion's only call its admission is left, at the same price; a further one is taken out of the day.
CREATE FUNCTION public.take_back_engine_call(p_conversion_id uuid, p_price bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_calls integer;
BEGIN
    UPDATE engine_spendings SET calls = calls - 1 WHERE conversion_id = p_conversion_id AND calls > 0
    RETURNING calls INTO v_calls;
    IF v_calls IS DISTINCT FROM 0 THEN
        UPDATE daily_spending SET calls = greatest(calls - 1, 0), rials = greatest(rials - p_price, 0)
         WHERE day = visit_day() AND purpose = 'engine';
    END IF;
END
$function$;

-- What our own engine makes costs nothing: its admission makes room.
CREATE FUNCTION public.release_engine_call(p_conversion_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_back engine_spendings;
BEGIN
    DELETE FROM engine_spendings WHERE conversion_id = p_conversion_id AND calls = 0 RETURNING * INTO v_back;
    IF FOUND THEN
        UPDATE daily_spending SET calls = calls - 1, rials = rials - v_back.rials WHERE day = v_back.day AND purpose = 'engine';
    END IF;
END
$function$;

REVOKE ALL ON FUNCTION take_back_engine_call(uuid, bigint), release_engine_call(uuid) FROM PUBLIC;
