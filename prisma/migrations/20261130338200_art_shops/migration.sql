-- A shop of paintings and prints is a kind of business of its own: what it shows is painted like, not worn.
CREATE OR REPLACE FUNCTION public.is_profile(p_profile jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
    SELECT jsonb_typeof(p_profile) = 'object' AND length(p_profile::text) <= 4000
       AND NOT jsonb_path_exists(p_profile, 'strict $.* ? (@.type() == "object" || @.type() == "array")', '{}', true)
       AND NOT jsonb_path_exists(p_profile, 'strict $.keyvalue() ? (@.key == "kind" || @.key == "city" || @.key == "phone" || @.key == "email" || @.key == "address").value ? (@.type() != "string" && @.type() != "null")', '{}', true)
       AND coalesce(p_profile ->> 'kind' IN ('boutique', 'salon', 'studio', 'photographer', 'craft', 'art', 'other'), true)
       AND coalesce(length(p_profile ->> 'city') <= 60, true)
       AND coalesce(p_profile ->> 'phone' ~ '^\+?[0-9]{5,15}$', true)
       AND coalesce(p_profile ->> 'email' ~ '^[^\s@]+@[^\s@]+$' AND length(p_profile ->> 'email') <= 120, true)
       AND coalesce(length(p_profile ->> 'address') <= 200, true)
$function$;
