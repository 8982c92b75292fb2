-- Room on each page for the next version of a row: then an update of columns that no index has writes to no index.
ALTER TABLE sessions SET (fillfactor = 80);
ALTER TABLE gallery_days SET (fillfactor = 80);
ALTER TABLE user_conversions SET (fillfactor = 80);
