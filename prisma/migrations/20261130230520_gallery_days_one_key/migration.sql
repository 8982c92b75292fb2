-- A month of a large gallery is read from an index alone: from the table it was ten thousand pages instead of some hundred. The
-- key is that index now, so that there are two to write and not three.
ALTER TABLE gallery_days DROP CONSTRAINT gallery_days_pkey,
    ADD CONSTRAINT gallery_days_pkey PRIMARY KEY USING INDEX gallery_days_key_with_counts;
