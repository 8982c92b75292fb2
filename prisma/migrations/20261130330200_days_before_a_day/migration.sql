-- What is there becomes the first partition. A constraint that says which days it holds spares the server reading it under a lock.
DO $$
BEGIN
    EXECUTE format('ALTER TABLE gallery_days ADD CONSTRAINT gallery_days_before CHECK (day < %L) NOT VALID',
                   (date_trunc('month', visit_day()) + interval '2 months')::date);
END
$$;
