-- Append-only but for what is over: a year is kept whatever anybody says.
CREATE OR REPLACE FUNCTION keep_audit_log() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.created_at < now() - interval '365 days' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - 'user_id' - 'vendor_id' = to_jsonb(OLD) - 'user_id' - 'vendor_id'
       AND (NEW.user_id, NEW.vendor_id) IS DISTINCT FROM (OLD.user_id, OLD.vendor_id)
       AND (NEW.user_id IS NOT DISTINCT FROM OLD.user_id
            OR NEW.user_id IS NULL AND NOT EXISTS (SELECT 1 FROM users WHERE id = OLD.user_id))
       AND (NEW.vendor_id IS NOT DISTINCT FROM OLD.vendor_id
            OR NEW.vendor_id IS NULL AND NOT EXISTS (SELECT 1 FROM vendors WHERE id = OLD.vendor_id))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_logs is append-only' USING ERRCODE = 'ST004';
END
$$;

-- Forgets so many of the oldest events that are older than so many days, at least 365; answers how many.
CREATE FUNCTION forget_audit_logs(p_days integer, p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
DECLARE
    v_gone integer;
BEGIN
    IF p_days IS NULL OR p_days < 365 THEN
        RAISE EXCEPTION 'the audit log is kept for a year at least, not for % days', p_days USING ERRCODE = 'ST004';
    END IF;
    DELETE FROM audit_logs WHERE id = ANY (ARRAY(
        SELECT id FROM audit_logs WHERE created_at < now() - make_interval(days => p_days)
         ORDER BY created_at, id LIMIT p_limit));
    GET DIAGNOSTICS v_gone = ROW_COUNT;
    RETURN v_gone;
END
$$;
