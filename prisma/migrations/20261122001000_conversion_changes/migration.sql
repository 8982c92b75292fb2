-- Whoever watches a conversion is told when its status or stage changes; the payload is only its id.
CREATE FUNCTION notify_conversion_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('conversion_changed', NEW.id::text);
  RETURN NULL;
END
$$;

CREATE TRIGGER trg_user_conversions_changed
  AFTER UPDATE OF status, stage, charge_returned_at ON user_conversions
  FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.stage IS DISTINCT FROM NEW.stage
    OR OLD.charge_returned_at IS DISTINCT FROM NEW.charge_returned_at)
  EXECUTE FUNCTION notify_conversion_changed();
