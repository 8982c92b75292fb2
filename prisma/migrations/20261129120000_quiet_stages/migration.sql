-- A stage is told by the program after its commit (lib/db/announce.ts): a NOTIFY inside a transaction lets only one commit at
-- a time. Whoever waits looks every three seconds all the same. Ends are still told from here, whoever brings them about.
DROP TRIGGER trg_user_conversions_changed ON user_conversions;
CREATE TRIGGER trg_user_conversions_changed AFTER UPDATE OF status, charge_returned_at ON user_conversions FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.charge_returned_at IS DISTINCT FROM NEW.charge_returned_at)
    EXECUTE FUNCTION notify_conversion_changed();
