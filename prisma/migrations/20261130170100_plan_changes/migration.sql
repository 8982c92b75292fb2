-- Every process hears of a plan's change, so that no kept page shows an old price (lib/db/last-known.ts).

CREATE FUNCTION notify_plans_changed() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
    PERFORM pg_notify('plans_changed', '');
    RETURN NULL;
END
$function$;

CREATE TRIGGER trg_payment_plans_tell AFTER INSERT OR UPDATE OR DELETE ON payment_plans
    FOR EACH STATEMENT EXECUTE FUNCTION notify_plans_changed();
