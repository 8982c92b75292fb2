-- What a signed-in browser was answered when it asked for something: the same wish, sent again because its answer was lost,
-- is answered the same. No answer: it is being carried out by whoever took it. Swept within the hour.
CREATE TABLE wishes (
  id uuid PRIMARY KEY,
  taken_by uuid NOT NULL,
  answer text,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
