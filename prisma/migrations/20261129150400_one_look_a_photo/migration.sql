-- Said that a photo stands in a request once; idx_conversions_request_place says it of each of its looks.
DROP INDEX IF EXISTS idx_conversions_request;
