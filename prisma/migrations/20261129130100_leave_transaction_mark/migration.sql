-- A transaction that has written nothing leaves no mark, and one that may only read must not try to.
CREATE FUNCTION leave_transaction_mark(p_mark uuid) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
    INSERT INTO transaction_marks (id, is_done) VALUES (p_mark, true);
  END IF;
END;
$$;
