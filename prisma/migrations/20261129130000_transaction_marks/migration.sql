-- A commit whose answer was lost can be asked for: a transaction leaves its mark, and whoever asks inserts the same one.
-- Done: the transaction was committed. Not done: whoever asked was first, and it never will be. Swept after a day.
CREATE TABLE transaction_marks (
  id uuid PRIMARY KEY,
  is_done boolean NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
