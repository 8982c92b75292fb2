-- The prices of engines, where a day is counted in parts: what changes is taken back and spent anew, never written to the day's row.

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
    UPDATE engine_spendings SET calls = calls + 1, rials = CASE calls WHEN 0 THEN p_price ELSE rials END
     WHERE conversion_id = p_conversion_id;
    IF v_admitted.calls = 0 AND v_admitted.rials = p_price THEN
        RETURN;
    ELSIF v_admitted.calls = 0 THEN
        PERFORM take_back_spending(v_admitted.day, 'engine', v_admitted.rials);
    END IF;
    PERFORM add_spending(visit_day(), 'engine', 1, p_price, p_limit);
END
$function$;

CREATE OR REPLACE FUNCTION public.take_back_engine_call(p_conversion_id uuid, p_price bigint)
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
        PERFORM take_back_spending(visit_day(), 'engine', p_price);
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.release_engine_call(p_conversion_id uuid)
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
        PERFORM take_back_spending(v_back.day, 'engine', v_back.rials);
    END IF;
END
$function$;
