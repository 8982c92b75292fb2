-- What visitors find a business by: its name and address, what it says of itself, its city and where it stands.
CREATE INDEX CONCURRENTLY idx_vendors_found ON vendors USING gin (normalize_search(business_name || ' ' || handle || ' ' || coalesce(bio, '') || ' ' || coalesce(profile_info ->> 'city', '') || ' ' || coalesce(contact_info ->> 'address', '')) gin_trgm_ops) WHERE is_active;
