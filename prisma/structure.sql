-- Today's tables, constraints, indexes, views, policies, functions and triggers in one place, written from the migrated database
-- by `npm run db:structure`. To change something, write a migration.

-- Extensions --------------------------------------------------------------------------------------------------

CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;

-- Tables ------------------------------------------------------------------------------------------------------

CREATE TABLE account_notes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    note text NOT NULL,
    written_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT account_notes_pkey PRIMARY KEY (id),
    CONSTRAINT account_notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT account_notes_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE,
    CONSTRAINT account_notes_written_by_fkey FOREIGN KEY (written_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT chk_note_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT chk_note_text CHECK (((length(note) >= 1) AND (length(note) <= 300)))
);

CREATE TABLE admin_factors (
    user_id uuid NOT NULL,
    sealed_secret text NOT NULL,
    last_step bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    confirmed_at timestamp with time zone,
    CONSTRAINT admin_factors_pkey PRIMARY KEY (user_id),
    CONSTRAINT admin_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES admin_grants(user_id) ON DELETE CASCADE,
    CONSTRAINT chk_admin_factor_step CHECK ((last_step >= 0))
);

CREATE TABLE admin_grants (
    user_id uuid NOT NULL,
    granted_by uuid,
    granted_at timestamp with time zone DEFAULT now() NOT NULL,
    role text DEFAULT 'owner'::text NOT NULL,
    CONSTRAINT admin_grants_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT admin_grants_pkey PRIMARY KEY (user_id),
    CONSTRAINT admin_grants_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT chk_admin_role CHECK ((role = ANY (ARRAY['support'::text, 'finance'::text, 'moderator'::text, 'owner'::text])))
);

CREATE TABLE admin_recovery_codes (
    user_id uuid NOT NULL,
    code_hash text NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT admin_recovery_codes_pkey PRIMARY KEY (user_id, code_hash),
    CONSTRAINT admin_recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES admin_factors(user_id) ON DELETE CASCADE
);

CREATE TABLE agreements (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    terms text NOT NULL,
    engine text NOT NULL,
    country text DEFAULT ''::text NOT NULL,
    agreed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agreements_pkey PRIMARY KEY (id),
    CONSTRAINT agreements_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT chk_agreement_country CHECK ((country ~ '^([A-Z]{2})?$'::text)),
    CONSTRAINT chk_agreement_engine CHECK ((engine ~ '^[a-z]+$'::text)),
    CONSTRAINT chk_agreement_terms CHECK ((terms ~ '^[a-z]+-[0-9]+$'::text)),
    CONSTRAINT uq_agreement UNIQUE (user_id, terms, engine, country)
);

CREATE TABLE album_comments (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    link_id uuid NOT NULL,
    image_id uuid NOT NULL,
    name text,
    words text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT album_comments_image_id_fkey FOREIGN KEY (image_id) REFERENCES images(id) ON DELETE CASCADE,
    CONSTRAINT album_comments_link_id_fkey FOREIGN KEY (link_id) REFERENCES album_links(id) ON DELETE CASCADE,
    CONSTRAINT album_comments_pkey PRIMARY KEY (id),
    CONSTRAINT chk_album_comment_name CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60))),
    CONSTRAINT chk_album_comment_words CHECK (((char_length(words) >= 1) AND (char_length(words) <= 500)))
);

CREATE TABLE album_images (
    album_id uuid NOT NULL,
    image_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT album_images_album_fkey FOREIGN KEY (vendor_id, album_id) REFERENCES albums(vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT album_images_image_fkey FOREIGN KEY (vendor_id, image_id) REFERENCES images(vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT album_images_pkey PRIMARY KEY (album_id, image_id),
    CONSTRAINT chk_album_image_position CHECK (("position" >= 0))
);

CREATE TABLE album_link_days (
    link_id uuid NOT NULL,
    day date NOT NULL,
    views integer DEFAULT 0 NOT NULL,
    downloads integer DEFAULT 0 NOT NULL,
    last_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT album_link_days_link_id_fkey FOREIGN KEY (link_id) REFERENCES album_links(id) ON DELETE CASCADE,
    CONSTRAINT album_link_days_pkey PRIMARY KEY (link_id, day),
    CONSTRAINT chk_album_link_day CHECK (((views >= 0) AND (downloads >= 0)))
);

CREATE TABLE album_links (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    vendor_id uuid NOT NULL,
    album_id uuid NOT NULL,
    token_hash text NOT NULL,
    name text,
    password_hash text,
    may_download boolean DEFAULT false NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    has_picks boolean DEFAULT false NOT NULL,
    has_mark boolean DEFAULT false NOT NULL,
    closing_words text,
    picked_at timestamp with time zone,
    gives_sent boolean DEFAULT false NOT NULL,
    CONSTRAINT album_links_album_fkey FOREIGN KEY (vendor_id, album_id) REFERENCES albums(vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT album_links_pkey PRIMARY KEY (id),
    CONSTRAINT album_links_token_hash_key UNIQUE (token_hash),
    CONSTRAINT chk_album_link_closing CHECK (((char_length(closing_words) >= 1) AND (char_length(closing_words) <= 400))),
    CONSTRAINT chk_album_link_expiry CHECK ((expires_at > created_at)),
    CONSTRAINT chk_album_link_name CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80))),
    CONSTRAINT chk_album_link_password CHECK ((password_hash ~~ '$argon2id$%'::text)),
    CONSTRAINT chk_album_link_sent CHECK (((NOT gives_sent) OR may_download)),
    CONSTRAINT chk_album_link_token CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE album_picks (
    link_id uuid NOT NULL,
    image_id uuid NOT NULL,
    picked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT album_picks_image_id_fkey FOREIGN KEY (image_id) REFERENCES images(id) ON DELETE CASCADE,
    CONSTRAINT album_picks_link_id_fkey FOREIGN KEY (link_id) REFERENCES album_links(id) ON DELETE CASCADE,
    CONSTRAINT album_picks_pkey PRIMARY KEY (link_id, image_id)
);

CREATE TABLE albums (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    vendor_id uuid NOT NULL,
    name text NOT NULL,
    description text,
    is_public boolean DEFAULT false NOT NULL,
    image_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    cover_image_id uuid,
    "position" integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    is_style_kit boolean DEFAULT false NOT NULL,
    image_order text DEFAULT 'manual'::text NOT NULL,
    name_search text DEFAULT normalize_search(name),
    keeps_sent boolean DEFAULT false NOT NULL,
    CONSTRAINT albums_cover_image_fkey FOREIGN KEY (vendor_id, cover_image_id) REFERENCES images(vendor_id, id) ON DELETE SET NULL (cover_image_id),
    CONSTRAINT albums_pkey PRIMARY KEY (id),
    CONSTRAINT albums_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE,
    CONSTRAINT albums_vendor_id_id_key UNIQUE (vendor_id, id),
    CONSTRAINT chk_album_image_count CHECK ((image_count >= 0)),
    CONSTRAINT chk_album_image_order CHECK ((image_order = ANY (ARRAY['manual'::text, 'newest'::text, 'oldest'::text, 'title'::text])))
);

CREATE TABLE api_answers (
    id uuid NOT NULL,
    user_id uuid,
    vendor_id uuid,
    request_hash text NOT NULL,
    status smallint,
    body text,
    claimed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT api_answers_pkey PRIMARY KEY (id),
    CONSTRAINT api_answers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT api_answers_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE,
    CONSTRAINT chk_answer_body CHECK ((((body IS NULL) OR (status IS NOT NULL)) AND (char_length(body) <= 65536))),
    CONSTRAINT chk_answer_hash CHECK ((request_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT chk_answer_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT chk_answer_status CHECK (((status >= 200) AND (status <= 499)))
);

CREATE TABLE api_tokens (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    name text NOT NULL,
    token_hash text NOT NULL,
    hint text NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_tokens_pkey PRIMARY KEY (id),
    CONSTRAINT api_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT api_tokens_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE,
    CONSTRAINT chk_token_hash CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT chk_token_hint CHECK ((char_length(hint) = 4)),
    CONSTRAINT chk_token_name CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60))),
    CONSTRAINT chk_token_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT chk_token_scopes CHECK (((cardinality(scopes) > 0) AND (scopes <@
CASE
    WHEN (user_id IS NOT NULL) THEN ARRAY['account:read'::text, 'photos:read'::text, 'photos:write'::text, 'conversions:read'::text, 'conversions:write'::text]
    ELSE ARRAY['account:read'::text, 'gallery:read'::text, 'gallery:write'::text, 'insight:read'::text]
END)))
);

CREATE TABLE audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    actor_type text NOT NULL,
    action text NOT NULL,
    resource text,
    resource_id text,
    metadata jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_logs_actor_type_check CHECK ((actor_type = ANY (ARRAY['system'::text, 'user'::text, 'vendor'::text, 'admin'::text]))),
    CONSTRAINT audit_logs_pkey PRIMARY KEY (id),
    CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT audit_logs_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE SET NULL,
    CONSTRAINT chk_audit_ownership CHECK ((((user_id IS NOT NULL) AND (vendor_id IS NULL)) OR ((vendor_id IS NOT NULL) AND (user_id IS NULL)) OR ((user_id IS NULL) AND (vendor_id IS NULL))))
);

CREATE TABLE audit_origins (
    audit_id uuid NOT NULL,
    account_id uuid,
    phone_key text,
    address inet,
    user_agent text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_origins_audit_id_fkey FOREIGN KEY (audit_id) REFERENCES audit_logs(id) ON DELETE CASCADE,
    CONSTRAINT audit_origins_pkey PRIMARY KEY (audit_id),
    CONSTRAINT chk_audit_origin_agent CHECK ((char_length(user_agent) <= 400))
);

CREATE TABLE book_terms (
    starts_at timestamp with time zone NOT NULL,
    vat_rate integer NOT NULL,
    seller jsonb NOT NULL,
    created_by uuid,
    CONSTRAINT book_terms_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT book_terms_pkey PRIMARY KEY (starts_at),
    CONSTRAINT chk_terms_seller CHECK (((jsonb_typeof(seller) = 'object'::text) AND (length((seller)::text) <= 2000))),
    CONSTRAINT chk_terms_vat CHECK (((vat_rate >= 0) AND (vat_rate <= 10000)))
);

CREATE TABLE bot_chats (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    platform text NOT NULL,
    chat_id bigint NOT NULL,
    user_id uuid,
    language text NOT NULL,
    look_image_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    linked_at timestamp with time zone,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL,
    silent_at timestamp with time zone,
    CONSTRAINT bot_chats_look_image_id_fkey FOREIGN KEY (look_image_id) REFERENCES images(id) ON DELETE SET NULL,
    CONSTRAINT bot_chats_pkey PRIMARY KEY (id),
    CONSTRAINT bot_chats_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT chk_bot_chat_language CHECK ((language = ANY (ARRAY['fa'::text, 'en'::text]))),
    CONSTRAINT chk_bot_chat_linked CHECK (((user_id IS NULL) = (linked_at IS NULL))),
    CONSTRAINT chk_bot_chat_platform CHECK ((platform = ANY (ARRAY['telegram'::text, 'bale'::text])))
);

CREATE TABLE bot_orders (
    conversion_id uuid NOT NULL,
    bot_chat_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    has_picture boolean DEFAULT false NOT NULL,
    CONSTRAINT bot_orders_bot_chat_id_fkey FOREIGN KEY (bot_chat_id) REFERENCES bot_chats(id) ON DELETE CASCADE,
    CONSTRAINT bot_orders_conversion_id_fkey FOREIGN KEY (conversion_id) REFERENCES user_conversions(id) ON DELETE CASCADE,
    CONSTRAINT bot_orders_pkey PRIMARY KEY (conversion_id)
);

CREATE TABLE bot_pollers (
    platform text NOT NULL,
    holder text NOT NULL,
    held_until timestamp with time zone NOT NULL,
    next_update bigint DEFAULT 0 NOT NULL,
    CONSTRAINT bot_pollers_pkey PRIMARY KEY (platform),
    CONSTRAINT chk_bot_poller_platform CHECK ((platform = ANY (ARRAY['telegram'::text, 'bale'::text])))
);

CREATE TABLE bot_updates (
    platform text NOT NULL,
    update_id bigint NOT NULL,
    chat_id bigint,
    body jsonb,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT clock_timestamp(),
    CONSTRAINT bot_updates_pkey PRIMARY KEY (platform, update_id),
    CONSTRAINT chk_bot_update_done CHECK (((next_at IS NULL) = (body IS NULL))),
    CONSTRAINT chk_bot_update_platform CHECK ((platform = ANY (ARRAY['telegram'::text, 'bale'::text])))
);

CREATE TABLE buyer_details (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    name text NOT NULL,
    national_code text NOT NULL,
    economic_code text,
    postal_code text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT buyer_details_pkey PRIMARY KEY (id),
    CONSTRAINT buyer_details_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT buyer_details_user_id_key UNIQUE (user_id),
    CONSTRAINT buyer_details_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE,
    CONSTRAINT buyer_details_vendor_id_key UNIQUE (vendor_id),
    CONSTRAINT chk_buyer_details CHECK ((((length(name) >= 1) AND (length(name) <= 120)) AND (national_code ~ '^[0-9]{10,11}$'::text) AND (economic_code ~ '^[0-9]{11,14}$'::text) AND (postal_code ~ '^[0-9]{10}$'::text))),
    CONSTRAINT chk_buyer_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1))
);

CREATE TABLE circulars (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    audience text NOT NULL,
    user_id uuid,
    vendor_id uuid,
    city text,
    shop_kind text,
    title_fa text NOT NULL,
    title_en text NOT NULL,
    text_fa text NOT NULL,
    text_en text NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    stage text DEFAULT 'users'::text NOT NULL,
    last_id uuid,
    told bigint DEFAULT 0 NOT NULL,
    stopped_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT chk_circular_audience CHECK ((audience = ANY (ARRAY['one'::text, 'all'::text, 'users'::text, 'vendors'::text, 'planned'::text, 'shops'::text]))),
    CONSTRAINT chk_circular_end CHECK (((stopped_at IS NULL) OR (finished_at IS NULL))),
    CONSTRAINT chk_circular_one CHECK ((num_nonnulls(user_id, vendor_id) =
CASE audience
    WHEN 'one'::text THEN 1
    ELSE 0
END)),
    CONSTRAINT chk_circular_shops CHECK (
CASE audience
    WHEN 'shops'::text THEN (num_nonnulls(city, shop_kind) > 0)
    ELSE (num_nonnulls(city, shop_kind) = 0)
END),
    CONSTRAINT chk_circular_stage CHECK ((stage = ANY (ARRAY['users'::text, 'vendors'::text]))),
    CONSTRAINT chk_circular_text CHECK ((((length(text_fa) >= 1) AND (length(text_fa) <= 1000)) AND ((length(text_en) >= 1) AND (length(text_en) <= 1000)))),
    CONSTRAINT chk_circular_title CHECK ((((length(title_fa) >= 1) AND (length(title_fa) <= 120)) AND ((length(title_en) >= 1) AND (length(title_en) <= 120)))),
    CONSTRAINT chk_circular_told CHECK ((told >= 0)),
    CONSTRAINT circulars_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT circulars_pkey PRIMARY KEY (id),
    CONSTRAINT circulars_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT circulars_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE conversion_hours (
    hour timestamp with time zone NOT NULL,
    completed integer NOT NULL,
    failed integer NOT NULL,
    CONSTRAINT conversion_hours_pkey PRIMARY KEY (hour)
);

CREATE TABLE conversion_times (
    hour timestamp with time zone NOT NULL,
    style_name text NOT NULL,
    engine text NOT NULL,
    outcome text NOT NULL,
    ms integer NOT NULL,
    n integer NOT NULL,
    CONSTRAINT conversion_times_pkey PRIMARY KEY (hour, style_name, engine, outcome, ms)
);

CREATE TABLE coupon_batches (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    value bigint NOT NULL,
    audience text NOT NULL,
    size integer NOT NULL,
    starts_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ends_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    exported_at timestamp with time zone,
    CONSTRAINT chk_batch_audience CHECK ((audience = ANY (ARRAY['user'::text, 'vendor'::text]))),
    CONSTRAINT chk_batch_name CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT chk_batch_size CHECK (((size >= 1) AND (size <= 2000))),
    CONSTRAINT chk_batch_value CHECK (((value >= 1) AND (value <= 1000))),
    CONSTRAINT chk_batch_window CHECK ((ends_at > starts_at)),
    CONSTRAINT coupon_batches_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT coupon_batches_pkey PRIMARY KEY (id)
);

CREATE TABLE coupon_uses (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    code_id uuid NOT NULL,
    user_id uuid,
    vendor_id uuid,
    payment_id uuid,
    grant_id uuid,
    is_over boolean DEFAULT false NOT NULL,
    taken_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    given_back_at timestamp with time zone,
    CONSTRAINT chk_coupon_use_for CHECK ((num_nonnulls(payment_id, grant_id) = 1)),
    CONSTRAINT chk_coupon_use_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT coupon_uses_code_id_fkey FOREIGN KEY (code_id) REFERENCES coupons(id),
    CONSTRAINT coupon_uses_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES quota_grants(id),
    CONSTRAINT coupon_uses_grant_id_key UNIQUE (grant_id),
    CONSTRAINT coupon_uses_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
    CONSTRAINT coupon_uses_payment_id_key UNIQUE (payment_id),
    CONSTRAINT coupon_uses_pkey PRIMARY KEY (id),
    CONSTRAINT coupon_uses_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT coupon_uses_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE coupons (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    value bigint NOT NULL,
    plan_id uuid,
    audience text,
    per_person integer DEFAULT 1 NOT NULL,
    use_limit integer,
    used integer DEFAULT 0 NOT NULL,
    starts_at timestamp with time zone DEFAULT now() NOT NULL,
    ends_at timestamp with time zone,
    retired_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    batch_id uuid,
    CONSTRAINT chk_coupon CHECK ((code ~ '^[A-Z0-9]{4,24}$'::text)),
    CONSTRAINT chk_coupon_audience CHECK ((audience = ANY (ARRAY['user'::text, 'vendor'::text]))),
    CONSTRAINT chk_coupon_batch CHECK (((batch_id IS NULL) OR ((kind = 'gift'::text) AND (use_limit = 1) AND (per_person = 1)))),
    CONSTRAINT chk_coupon_gift CHECK (((kind <> 'gift'::text) OR ((plan_id IS NULL) AND (audience IS NOT NULL) AND (use_limit IS NOT NULL)))),
    CONSTRAINT chk_coupon_use CHECK (((per_person >= 1) AND (0 <= used) AND ((use_limit IS NULL) OR (used <= use_limit)))),
    CONSTRAINT chk_coupon_value CHECK (
CASE kind
    WHEN 'percent'::text THEN ((value >= 1) AND (value <= 100))
    WHEN 'amount'::text THEN ((value >= 1) AND (value <= 1000000000))
    WHEN 'gift'::text THEN ((value >= 1) AND (value <= 1000))
    ELSE false
END),
    CONSTRAINT chk_coupon_window CHECK ((ends_at > starts_at)),
    CONSTRAINT coupons_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES coupon_batches(id),
    CONSTRAINT coupons_code_key UNIQUE (code),
    CONSTRAINT coupons_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT coupons_pkey PRIMARY KEY (id),
    CONSTRAINT coupons_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES payment_plans(id)
);

CREATE TABLE daily_figures (
    day date NOT NULL,
    new_users integer DEFAULT 0 NOT NULL,
    new_vendors integer DEFAULT 0 NOT NULL,
    conversions integer DEFAULT 0 NOT NULL,
    completed integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    payments integer DEFAULT 0 NOT NULL,
    revenue bigint DEFAULT 0 NOT NULL,
    CONSTRAINT chk_daily_figures CHECK (((LEAST(new_users, new_vendors, conversions, completed, failed, payments) >= 0) AND ((completed + failed) <= conversions))),
    CONSTRAINT daily_figures_pkey PRIMARY KEY (day)
);

CREATE TABLE daily_spending (
    day date NOT NULL,
    purpose text NOT NULL,
    calls integer DEFAULT 0 NOT NULL,
    rials bigint DEFAULT 0 NOT NULL,
    warned_at timestamp with time zone,
    paused_at timestamp with time zone,
    CONSTRAINT chk_spending CHECK (((calls >= 0) AND (rials >= 0))),
    CONSTRAINT chk_spending_purpose CHECK ((purpose = ANY (ARRAY['engine'::text, 'sms'::text]))),
    CONSTRAINT daily_spending_pkey PRIMARY KEY (day, purpose)
);

CREATE TABLE engine_figures (
    days smallint NOT NULL,
    engine text NOT NULL,
    total integer NOT NULL,
    completed integer NOT NULL,
    failed integer NOT NULL,
    median_ms integer,
    p95_ms integer,
    CONSTRAINT chk_engine_figures CHECK (((LEAST(completed, failed) >= 0) AND ((completed + failed) <= total) AND ((median_ms IS NULL) OR (median_ms <= p95_ms)))),
    CONSTRAINT chk_engine_figures_days CHECK ((days = ANY (ARRAY[1, 7]))),
    CONSTRAINT engine_figures_pkey PRIMARY KEY (days, engine)
);

CREATE TABLE engine_spendings (
    conversion_id uuid NOT NULL,
    day date NOT NULL,
    rials bigint NOT NULL,
    calls integer DEFAULT 0 NOT NULL,
    CONSTRAINT chk_engine_calls CHECK ((calls >= 0)),
    CONSTRAINT chk_engine_spending CHECK ((rials >= 0)),
    CONSTRAINT engine_spendings_pkey PRIMARY KEY (conversion_id)
);

CREATE TABLE file_orphans (
    id text NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT chk_file_orphan_id CHECK ((id ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT file_orphans_pkey PRIMARY KEY (id)
);

CREATE TABLE file_store_marks (
    is_only boolean DEFAULT true NOT NULL,
    mark text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_store_mark CHECK ((mark ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT chk_store_mark_only CHECK (is_only),
    CONSTRAINT file_store_marks_pkey PRIMARY KEY (is_only)
);

CREATE TABLE gallery_days (
    vendor_id uuid NOT NULL,
    subject text NOT NULL,
    day date NOT NULL,
    subject_id uuid NOT NULL,
    views integer DEFAULT 0 NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    results integer DEFAULT 0 NOT NULL,
    shares integer DEFAULT 0 NOT NULL,
    clicks integer DEFAULT 0 NOT NULL,
    sends integer DEFAULT 0 NOT NULL,
    scans integer DEFAULT 0 NOT NULL,
    embeds integer DEFAULT 0 NOT NULL,
    CONSTRAINT chk_gallery_day_counts CHECK (((views >= 0) AND (tries >= 0) AND (results >= 0))),
    CONSTRAINT chk_gallery_day_embeds CHECK ((embeds >= 0)),
    CONSTRAINT chk_gallery_day_scans CHECK ((scans >= 0)),
    CONSTRAINT chk_gallery_day_subject CHECK ((subject = ANY (ARRAY['vendor'::text, 'album'::text, 'image'::text]))),
    CONSTRAINT chk_gallery_day_vendor CHECK (((subject <> 'vendor'::text) OR (subject_id = vendor_id))),
    CONSTRAINT chk_gallery_day_ways CHECK (((shares >= 0) AND (clicks >= 0) AND (sends >= 0))),
    CONSTRAINT gallery_days_pkey PRIMARY KEY (vendor_id, subject, day, subject_id) INCLUDE (views, tries, results, shares, clicks, sends),
    CONSTRAINT gallery_days_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
) PARTITION BY RANGE (day);

CREATE TABLE gallery_seen (
    day date NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    visitor bytea NOT NULL,
    CONSTRAINT gallery_seen_pkey PRIMARY KEY (day, kind, subject_id, visitor)
) PARTITION BY RANGE (day);

CREATE TABLE gallery_visits (
    id bigint DEFAULT nextval('gallery_visits_id_seq'::regclass) NOT NULL,
    day date NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    visitor bytea NOT NULL,
    by_vendor_id uuid,
    CONSTRAINT chk_visit_kind CHECK ((kind = ANY (ARRAY['vendor'::text, 'album'::text, 'image'::text, 'try'::text, 'result'::text, 'share'::text, 'click'::text, 'send'::text, 'scan'::text, 'embed'::text]))),
    CONSTRAINT chk_visit_visitor CHECK ((octet_length(visitor) = 16)),
    CONSTRAINT gallery_visits_pkey PRIMARY KEY (id)
);

CREATE TABLE gateway_circuits (
    gateway text NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    last_failure_at timestamp(6) with time zone,
    last_success_at timestamp(6) with time zone,
    closed_until timestamp(6) with time zone,
    CONSTRAINT gateway_circuits_pkey PRIMARY KEY (gateway)
);

CREATE TABLE gateway_terms (
    gateway text NOT NULL,
    "position" smallint NOT NULL,
    "least" bigint NOT NULL,
    most bigint NOT NULL,
    is_open boolean DEFAULT true NOT NULL,
    changed_by uuid,
    changed_at timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT chk_gateway_terms_amounts CHECK ((("least" >= 0) AND (most >= "least"))),
    CONSTRAINT chk_gateway_terms_name CHECK ((gateway = ANY (ARRAY['zarinpal'::text, 'zibal'::text]))),
    CONSTRAINT gateway_terms_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT gateway_terms_pkey PRIMARY KEY (gateway)
);

CREATE TABLE image_reports (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    vendor_id uuid NOT NULL,
    image_id uuid,
    reason text NOT NULL,
    note text,
    reporter bytea NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    network bytea,
    about text DEFAULT 'image'::text NOT NULL,
    CONSTRAINT chk_image_report_about CHECK (((about = 'image'::text) OR ((about = 'vendor'::text) AND (image_id IS NULL)))),
    CONSTRAINT chk_image_report_decided CHECK (((state = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT chk_image_report_network CHECK ((octet_length(network) = 16)),
    CONSTRAINT chk_image_report_note CHECK (((char_length(note) >= 1) AND (char_length(note) <= 500))),
    CONSTRAINT chk_image_report_reason CHECK ((reason = ANY (ARRAY['stolen'::text, 'person'::text, 'indecent'::text, 'misleading'::text, 'other'::text]))),
    CONSTRAINT chk_image_report_reporter CHECK ((octet_length(reporter) = 16)),
    CONSTRAINT chk_image_report_state CHECK ((state = ANY (ARRAY['open'::text, 'kept'::text, 'removed'::text]))),
    CONSTRAINT image_reports_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT image_reports_image_id_fkey FOREIGN KEY (image_id) REFERENCES images(id) ON DELETE SET NULL,
    CONSTRAINT image_reports_pkey PRIMARY KEY (id),
    CONSTRAINT image_reports_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE,
    CONSTRAINT uq_image_report UNIQUE (image_id, reporter)
);

CREATE TABLE image_tries (
    image_id uuid NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    results integer DEFAULT 0 NOT NULL,
    CONSTRAINT chk_image_tries CHECK (((tries >= 0) AND (results >= 0))),
    CONSTRAINT image_tries_image_id_fkey FOREIGN KEY (image_id) REFERENCES images(id) ON DELETE CASCADE,
    CONSTRAINT image_tries_pkey PRIMARY KEY (image_id)
);

CREATE TABLE images (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    type character varying(20) NOT NULL,
    file_name text NOT NULL,
    original_url text NOT NULL,
    thumbnail_url text,
    file_size bigint NOT NULL,
    mime_type text NOT NULL,
    width integer,
    height integer,
    is_public boolean DEFAULT false NOT NULL,
    tags text[] DEFAULT '{}'::text[],
    metadata jsonb DEFAULT '{}'::jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    quota_pool text,
    period_id uuid,
    thumbhash text,
    life text DEFAULT 'keep'::text NOT NULL,
    expires_at timestamp with time zone,
    title text,
    deleted_at timestamp with time zone,
    moderation text DEFAULT 'accepted'::text NOT NULL,
    title_search text DEFAULT normalize_search(title),
    file_search text DEFAULT 
CASE
    WHEN ((type)::text = 'vendor'::text) THEN normalize_search(file_name)
    ELSE NULL::text
END,
    scores jsonb,
    look_kind text DEFAULT 'light'::text NOT NULL,
    look_settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    alt_text text,
    shown_tags text[],
    CONSTRAINT chk_image_alt_text CHECK (((alt_text IS NULL) OR (((type)::text = 'vendor'::text) AND ((char_length(alt_text) >= 1) AND (char_length(alt_text) <= 300))))),
    CONSTRAINT chk_image_life CHECK ((life = ANY (ARRAY['keep'::text, 'month'::text, 'day'::text]))),
    CONSTRAINT chk_image_life_end CHECK (((life = 'keep'::text) = (expires_at IS NULL))),
    CONSTRAINT chk_image_life_type CHECK (((life = 'keep'::text) OR ((type)::text = 'user'::text))),
    CONSTRAINT chk_image_moderation CHECK ((moderation = ANY (ARRAY['accepted'::text, 'waiting'::text, 'refused'::text]))),
    CONSTRAINT chk_image_ownership CHECK (((((type)::text = 'user'::text) AND (user_id IS NOT NULL) AND (vendor_id IS NULL)) OR (((type)::text = 'vendor'::text) AND (vendor_id IS NOT NULL) AND (user_id IS NULL)) OR (((type)::text = 'result'::text) AND ((user_id IS NOT NULL) OR (vendor_id IS NOT NULL))))),
    CONSTRAINT chk_image_pool CHECK (((quota_pool = ANY (ARRAY['free'::text, 'period'::text])) AND ((quota_pool IS NULL) OR ((type)::text <> 'result'::text)) AND ((quota_pool IS DISTINCT FROM 'free'::text) OR ((type)::text = 'vendor'::text)) AND ((NOT (quota_pool IS DISTINCT FROM 'period'::text)) = (period_id IS NOT NULL)))),
    CONSTRAINT chk_image_public_accepted CHECK (((NOT is_public) OR (moderation = 'accepted'::text))),
    CONSTRAINT chk_image_result_owner CHECK ((((type)::text <> 'result'::text) OR (num_nonnulls(user_id, vendor_id) = 1))),
    CONSTRAINT chk_image_scores CHECK (((scores IS NULL) OR ((type)::text = 'vendor'::text))),
    CONSTRAINT chk_image_size CHECK (((file_size >= 0) AND (COALESCE(width, 1) > 0) AND (COALESCE(height, 1) > 0))),
    CONSTRAINT chk_image_title CHECK (((char_length(title) >= 1) AND (char_length(title) <= 120))),
    CONSTRAINT chk_image_trash CHECK (((deleted_at IS NULL) OR (((type)::text = 'vendor'::text) AND (NOT is_public)))),
    CONSTRAINT chk_images_look CHECK ((is_look(look_settings) AND (NOT (look_settings ?| '{taps,strength}'::text[])))),
    CONSTRAINT chk_images_look_kind CHECK ((look_kind = ANY (ARRAY['fabric'::text, 'garment'::text, 'hair'::text, 'makeup'::text, 'place'::text, 'painting'::text, 'light'::text]))),
    CONSTRAINT images_period_id_fkey FOREIGN KEY (period_id) REFERENCES subscription_periods(id),
    CONSTRAINT images_pkey PRIMARY KEY (id),
    CONSTRAINT images_type_check CHECK (((type)::text = ANY ((ARRAY['user'::character varying, 'vendor'::character varying, 'result'::character varying])::text[]))),
    CONSTRAINT images_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT images_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE,
    CONSTRAINT images_vendor_id_id_key UNIQUE (vendor_id, id)
);

CREATE TABLE invoice_numbers (
    is_only boolean DEFAULT true NOT NULL,
    last bigint DEFAULT 0 NOT NULL,
    CONSTRAINT chk_invoice_numbers CHECK ((is_only AND (last >= 0))),
    CONSTRAINT invoice_numbers_pkey PRIMARY KEY (is_only)
);

CREATE TABLE invoices (
    number bigint NOT NULL,
    kind text NOT NULL,
    payment_id uuid,
    corrects bigint,
    issued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    amount bigint NOT NULL,
    vat_rate integer NOT NULL,
    vat bigint NOT NULL,
    goods text NOT NULL,
    seller jsonb NOT NULL,
    buyer jsonb NOT NULL,
    CONSTRAINT chk_invoice_amount CHECK (((number > 0) AND (amount > 0) AND ((vat >= 0) AND (vat <= amount)))),
    CONSTRAINT chk_invoice_kind CHECK (((kind = ANY (ARRAY['sale'::text, 'correction'::text])) AND ((kind = 'correction'::text) = (corrects IS NOT NULL)))),
    CONSTRAINT invoices_corrects_fkey FOREIGN KEY (corrects) REFERENCES invoices(number),
    CONSTRAINT invoices_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id) ON DELETE SET NULL,
    CONSTRAINT invoices_pkey PRIMARY KEY (number)
);

CREATE TABLE leads (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    conversion_id uuid NOT NULL,
    user_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    words text,
    with_phone boolean DEFAULT false NOT NULL,
    sent_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    withdrawn_at timestamp with time zone,
    put_away_at timestamp with time zone,
    answer text,
    answered_at timestamp with time zone,
    CONSTRAINT chk_lead_answer CHECK (((((length(answer) >= 1) AND (length(answer) <= 500)) AND (answered_at IS NOT NULL)) OR ((answer IS NULL) AND (answered_at IS NULL)))),
    CONSTRAINT chk_lead_withdrawn CHECK (((withdrawn_at IS NULL) OR ((num_nonnulls(words, answer) = 0) AND (NOT with_phone)))),
    CONSTRAINT chk_lead_words CHECK (((length(words) >= 1) AND (length(words) <= 300))),
    CONSTRAINT leads_conversion_id_fkey FOREIGN KEY (conversion_id) REFERENCES user_conversions(id) ON DELETE CASCADE,
    CONSTRAINT leads_conversion_id_key UNIQUE (conversion_id),
    CONSTRAINT leads_pkey PRIMARY KEY (id),
    CONSTRAINT leads_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT leads_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE legal_consents (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    page text NOT NULL,
    version integer NOT NULL,
    agreed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_legal_consent_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT legal_consents_pkey PRIMARY KEY (id),
    CONSTRAINT legal_consents_text_fkey FOREIGN KEY (page, version) REFERENCES legal_texts(page, version),
    CONSTRAINT legal_consents_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT legal_consents_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE,
    CONSTRAINT uq_legal_consent_user UNIQUE (user_id, page, version),
    CONSTRAINT uq_legal_consent_vendor UNIQUE (vendor_id, page, version)
);

CREATE TABLE legal_texts (
    page text NOT NULL,
    version integer NOT NULL,
    fa text NOT NULL,
    en text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_legal_page CHECK ((page = ANY (ARRAY['terms'::text, 'privacy'::text]))),
    CONSTRAINT chk_legal_text CHECK ((((length(fa) >= 1) AND (length(fa) <= 40000)) AND ((length(en) >= 1) AND (length(en) <= 40000)))),
    CONSTRAINT legal_texts_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT legal_texts_pkey PRIMARY KEY (page, version)
);

CREATE TABLE message_tries (
    id bigint NOT NULL,
    message_id uuid NOT NULL,
    phone_key text NOT NULL,
    phone_mask text NOT NULL,
    about text NOT NULL,
    provider text,
    outcome text NOT NULL,
    detail text NOT NULL,
    tried_at timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT chk_message_try_detail CHECK ((length(detail) <= 200)),
    CONSTRAINT chk_message_try_mask CHECK ((phone_mask ~ '\*{3}'::text)),
    CONSTRAINT chk_message_try_outcome CHECK ((outcome = ANY (ARRAY['sent'::text, 'retry'::text, 'refuse'::text, 'elsewhere'::text, 'misconfigured'::text, 'held'::text]))),
    CONSTRAINT message_tries_pkey PRIMARY KEY (id)
);

CREATE TABLE moderation_cases (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    image_id uuid NOT NULL,
    reason text NOT NULL,
    scores jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    decision text,
    decided_at timestamp with time zone,
    why text,
    CONSTRAINT chk_case_decided CHECK (((decision IS NULL) = (decided_at IS NULL))),
    CONSTRAINT chk_case_decision CHECK ((decision = ANY (ARRAY['accepted'::text, 'refused'::text]))),
    CONSTRAINT chk_case_reason CHECK ((reason = ANY (ARRAY['uncertain'::text, 'unchecked'::text, 'first'::text, 'suggestive'::text, 'reported'::text]))),
    CONSTRAINT chk_case_why CHECK (((why IS NULL) OR (decision = 'refused'::text))),
    CONSTRAINT moderation_cases_image_id_fkey FOREIGN KEY (image_id) REFERENCES images(id) ON DELETE CASCADE,
    CONSTRAINT moderation_cases_pkey PRIMARY KEY (id)
);

CREATE TABLE notice_mutes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    topic text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_mute_conversions CHECK (((topic <> 'conversions'::text) OR (user_id IS NOT NULL))),
    CONSTRAINT chk_mute_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT chk_mute_topic CHECK ((topic = ANY (ARRAY['conversions'::text, 'quota'::text]))),
    CONSTRAINT notice_mutes_pkey PRIMARY KEY (id),
    CONSTRAINT notice_mutes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT notice_mutes_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE notifications (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    kind text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT chk_notification_kind CHECK ((kind ~ '^[a-z]+\.[a-zA-Z]+$'::text)),
    CONSTRAINT chk_notification_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT notifications_pkey PRIMARY KEY (id),
    CONSTRAINT notifications_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT notifications_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE number_changes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    to_phone text NOT NULL,
    asked_by uuid,
    agreed_by uuid,
    state text DEFAULT 'asked'::text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    waits_until timestamp with time zone,
    settled_at timestamp with time zone,
    CONSTRAINT chk_number_agreed CHECK (((state <> ALL (ARRAY['agreed'::text, 'done'::text])) OR (waits_until IS NOT NULL))),
    CONSTRAINT chk_number_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT chk_number_state CHECK (((state = ANY (ARRAY['asked'::text, 'agreed'::text, 'done'::text, 'withdrawn'::text])) AND ((settled_at IS NOT NULL) = (state = ANY (ARRAY['done'::text, 'withdrawn'::text]))))),
    CONSTRAINT chk_number_two CHECK ((agreed_by <> asked_by)),
    CONSTRAINT number_changes_agreed_by_fkey FOREIGN KEY (agreed_by) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT number_changes_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT number_changes_pkey PRIMARY KEY (id),
    CONSTRAINT number_changes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT number_changes_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE offers (
    image_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    price_rials bigint,
    variants text[] DEFAULT '{}'::text[] NOT NULL,
    in_stock boolean DEFAULT true NOT NULL,
    link text,
    booking text,
    contact text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_offer_booking CHECK (((booking ~ '^https://[^/]'::text) AND (length(booking) <= 200))),
    CONSTRAINT chk_offer_contact CHECK ((contact = ANY (ARRAY['whatsapp'::text, 'telegram'::text, 'bale'::text, 'instagram'::text, 'phone'::text]))),
    CONSTRAINT chk_offer_link CHECK (((link ~ '^https://[^/]'::text) AND (length(link) <= 200))),
    CONSTRAINT chk_offer_price CHECK ((((price_rials >= 10) AND (price_rials <= '1000000000000'::bigint)) AND ((price_rials % (10)::bigint) = 0))),
    CONSTRAINT chk_offer_variants CHECK (((cardinality(variants) <= 12) AND (array_position(variants, NULL::text) IS NULL) AND (array_position(variants, ''::text) IS NULL) AND (length(array_to_string(variants, ''::text)) <= 360))),
    CONSTRAINT offers_image_fkey FOREIGN KEY (vendor_id, image_id) REFERENCES images(vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT offers_pkey PRIMARY KEY (image_id)
);

CREATE TABLE old_numbers_to_tell (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    phone text NOT NULL,
    account_type text NOT NULL,
    to_mask text NOT NULL,
    created_at timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT chk_old_number_type CHECK ((account_type = ANY (ARRAY['user'::text, 'vendor'::text]))),
    CONSTRAINT old_numbers_to_tell_pkey PRIMARY KEY (id)
);

CREATE TABLE otps (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    phone text NOT NULL,
    code text NOT NULL,
    purpose text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    consumed_at timestamp with time zone,
    attempt_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    account_type text DEFAULT 'user'::text NOT NULL,
    account_id uuid,
    browser_hash text,
    pending jsonb,
    step text DEFAULT 'account'::text NOT NULL,
    send_failed_at timestamp with time zone,
    standing text DEFAULT 'stranger'::text NOT NULL,
    has_message boolean DEFAULT true NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT chk_otp_account_type CHECK ((account_type = ANY (ARRAY['user'::text, 'vendor'::text]))),
    CONSTRAINT chk_otp_attempts CHECK ((attempt_count >= 0)),
    CONSTRAINT chk_otp_standing CHECK ((standing = ANY (ARRAY['stranger'::text, 'waiting'::text, 'known'::text]))),
    CONSTRAINT chk_otp_step CHECK ((step = ANY (ARRAY['account'::text, 'old_phone'::text, 'new_phone'::text, 'sign_in'::text, 'messenger'::text]))),
    CONSTRAINT otps_pkey PRIMARY KEY (id),
    CONSTRAINT otps_purpose_check CHECK ((purpose = ANY (ARRAY['phone_verify'::text, 'password_reset'::text])))
);

CREATE TABLE outbox_messages (
    id uuid NOT NULL,
    phone text NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_outbox_text CHECK ((text <> ''::text)),
    CONSTRAINT outbox_messages_pkey PRIMARY KEY (id)
);

CREATE TABLE payment_concerns (
    payment_id uuid NOT NULL,
    reason text NOT NULL,
    raised_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT chk_concern_reason CHECK (((length(reason) >= 1) AND (length(reason) <= 60))),
    CONSTRAINT payment_concerns_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id) ON DELETE CASCADE,
    CONSTRAINT payment_concerns_pkey PRIMARY KEY (payment_id, reason)
);

CREATE TABLE payment_plans (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    display_name text NOT NULL,
    description text,
    price_per_month_cents bigint DEFAULT 0 NOT NULL,
    monthly_conversions_limit integer DEFAULT 0 NOT NULL,
    monthly_images_limit integer DEFAULT 0 NOT NULL,
    features text[] DEFAULT '{}'::text[] NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    audience text DEFAULT 'user'::text NOT NULL,
    term text DEFAULT 'month'::text NOT NULL,
    CONSTRAINT chk_plan_audience CHECK ((audience = ANY (ARRAY['user'::text, 'vendor'::text]))),
    CONSTRAINT chk_plan_not_negative CHECK (((price_per_month_cents >= 0) AND (monthly_conversions_limit >= 0) AND (monthly_images_limit >= 0))),
    CONSTRAINT chk_plan_payable CHECK (((price_per_month_cents = 0) OR ((price_per_month_cents >= 10000) AND (price_per_month_cents <= 1000000000)))) NOT VALID,
    CONSTRAINT chk_plan_term CHECK (((term = 'month'::text) OR ((term = 'once'::text) AND (price_per_month_cents > 0) AND
CASE audience
    WHEN 'user'::text THEN ((monthly_conversions_limit > 0) AND (monthly_images_limit = 0))
    ELSE ((monthly_images_limit > 0) AND (monthly_conversions_limit = 0))
END))),
    CONSTRAINT payment_plans_name_key UNIQUE (name),
    CONSTRAINT payment_plans_pkey PRIMARY KEY (id)
);

CREATE TABLE payment_refunds (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    payment_id uuid NOT NULL,
    user_id uuid,
    vendor_id uuid,
    method text NOT NULL,
    amount bigint NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    reason text,
    reference text,
    requested_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    settled_at timestamp with time zone,
    asked_at timestamp with time zone,
    ends_purchase boolean DEFAULT true NOT NULL,
    CONSTRAINT chk_refund_amount CHECK ((amount > 0)),
    CONSTRAINT chk_refund_method CHECK ((method = ANY (ARRAY['reversal'::text, 'transfer'::text]))),
    CONSTRAINT chk_refund_ownership CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT chk_refund_state CHECK ((state = ANY (ARRAY['pending'::text, 'completed'::text, 'failed'::text]))),
    CONSTRAINT payment_refunds_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
    CONSTRAINT payment_refunds_pkey PRIMARY KEY (id),
    CONSTRAINT payment_refunds_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT payment_refunds_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT payment_refunds_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE payments (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    plan_id uuid NOT NULL,
    amount bigint NOT NULL,
    currency text DEFAULT 'IRR'::text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    payment_method text DEFAULT 'zarinpal'::text NOT NULL,
    gateway text DEFAULT 'zarinpal'::text NOT NULL,
    gateway_track_id text,
    gateway_ref_number text,
    gateway_card_number text,
    description text,
    callback_url text NOT NULL,
    return_url text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    paid_at timestamp with time zone,
    expires_at timestamp with time zone,
    kind text DEFAULT 'new'::text NOT NULL,
    credit bigint DEFAULT 0 NOT NULL,
    replaces_period_id uuid,
    conversions_limit integer NOT NULL,
    images_limit integer NOT NULL,
    attention_reason text,
    next_check_at timestamp with time zone,
    checking_until timestamp with time zone,
    check_began_at timestamp with time zone,
    checked_at timestamp with time zone,
    returned_at timestamp with time zone,
    last_answer text,
    unknown_checks integer DEFAULT 0 NOT NULL,
    coupon_id uuid,
    discount bigint DEFAULT 0 NOT NULL,
    gateway_fee bigint,
    card_hash text,
    vat_rate integer DEFAULT 0 NOT NULL,
    vat bigint DEFAULT 0 NOT NULL,
    CONSTRAINT chk_payment_amount CHECK (((((amount > 0) AND (gateway <> 'code'::text)) OR ((amount = 0) AND (discount > 0) AND (gateway = 'code'::text))) AND (credit >= 0) AND (conversions_limit >= 0) AND (images_limit >= 0))),
    CONSTRAINT chk_payment_card_hash CHECK ((card_hash ~ '^[0-9A-F]{64}$'::text)),
    CONSTRAINT chk_payment_credit CHECK ((((credit = 0) AND (replaces_period_id IS NULL)) OR (kind = ANY (ARRAY['upgrade'::text, 'downgrade'::text])))),
    CONSTRAINT chk_payment_currency CHECK ((currency = 'IRR'::text)),
    CONSTRAINT chk_payment_discount CHECK (((discount >= 0) AND ((discount > 0) = (coupon_id IS NOT NULL)))),
    CONSTRAINT chk_payment_fee CHECK ((gateway_fee >= 0)),
    CONSTRAINT chk_payment_kind CHECK ((kind = ANY (ARRAY['new'::text, 'renewal'::text, 'upgrade'::text, 'downgrade'::text, 'pack'::text]))),
    CONSTRAINT chk_payment_ownership CHECK ((((user_id IS NOT NULL) AND (vendor_id IS NULL)) OR ((vendor_id IS NOT NULL) AND (user_id IS NULL)))),
    CONSTRAINT chk_payment_paid_at CHECK (((paid_at IS NULL) OR (status = 'completed'::text))),
    CONSTRAINT payments_coupon_id_fkey FOREIGN KEY (coupon_id) REFERENCES coupons(id),
    CONSTRAINT payments_gateway_track_key UNIQUE (gateway, gateway_track_id),
    CONSTRAINT payments_pkey PRIMARY KEY (id),
    CONSTRAINT payments_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES payment_plans(id) ON DELETE RESTRICT,
    CONSTRAINT payments_replaces_period_id_fkey FOREIGN KEY (replaces_period_id) REFERENCES subscription_periods(id),
    CONSTRAINT payments_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'completed'::text, 'failed'::text, 'cancelled'::text, 'expired'::text]))),
    CONSTRAINT payments_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT payments_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE phone_tombstones (
    phone_hash text NOT NULL,
    account_type text NOT NULL,
    free_used integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_tombstone_account_type CHECK ((account_type = ANY (ARRAY['user'::text, 'vendor'::text]))),
    CONSTRAINT chk_tombstone_free_used CHECK ((free_used >= 0)),
    CONSTRAINT phone_tombstones_pkey PRIMARY KEY (phone_hash, account_type)
);

CREATE TABLE plan_prices (
    plan_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    price bigint NOT NULL,
    created_by uuid,
    CONSTRAINT chk_price_payable CHECK (((price = 0) OR ((price >= 10000) AND (price <= 1000000000)))),
    CONSTRAINT plan_prices_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT plan_prices_pkey PRIMARY KEY (plan_id, starts_at),
    CONSTRAINT plan_prices_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES payment_plans(id) ON DELETE CASCADE
);

CREATE TABLE plan_reminders (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    period_id uuid NOT NULL,
    user_id uuid,
    vendor_id uuid,
    ends_at timestamp with time zone NOT NULL,
    days_before integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_reminder_days CHECK ((days_before = ANY (ARRAY[0, 1, 3, 7]))),
    CONSTRAINT chk_reminder_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT plan_reminders_key UNIQUE (period_id, ends_at, days_before),
    CONSTRAINT plan_reminders_period_id_fkey FOREIGN KEY (period_id) REFERENCES subscription_periods(id),
    CONSTRAINT plan_reminders_pkey PRIMARY KEY (id),
    CONSTRAINT plan_reminders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT plan_reminders_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE plan_texts (
    plan_id uuid NOT NULL,
    locale text NOT NULL,
    name text NOT NULL,
    description text,
    CONSTRAINT chk_plan_text CHECK (((locale = ANY (ARRAY['fa'::text, 'en'::text])) AND ((length(name) >= 1) AND (length(name) <= 60)) AND ((length(description) >= 1) AND (length(description) <= 300)))),
    CONSTRAINT plan_texts_pkey PRIMARY KEY (plan_id, locale),
    CONSTRAINT plan_texts_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES payment_plans(id) ON DELETE CASCADE
);

CREATE TABLE quota_grants (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    resource text NOT NULL,
    amount integer NOT NULL,
    reason text NOT NULL,
    granted_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    payment_id uuid,
    CONSTRAINT chk_grant_amount CHECK ((amount <> 0)),
    CONSTRAINT chk_grant_ownership CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT chk_grant_resource CHECK ((((user_id IS NOT NULL) AND (resource = 'conversions'::text)) OR ((vendor_id IS NOT NULL) AND (resource = 'images'::text)))),
    CONSTRAINT quota_grants_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT quota_grants_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
    CONSTRAINT quota_grants_pkey PRIMARY KEY (id),
    CONSTRAINT quota_grants_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT quota_grants_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE quota_notices (
    scope uuid NOT NULL,
    resource text NOT NULL,
    level text NOT NULL,
    told_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_quota_notice_level CHECK ((level = ANY (ARRAY['low'::text, 'used'::text]))),
    CONSTRAINT chk_quota_notice_resource CHECK ((resource = ANY (ARRAY['conversions'::text, 'images'::text]))),
    CONSTRAINT quota_notices_pkey PRIMARY KEY (scope, resource, level)
);

CREATE TABLE rate_limits (
    id bigint DEFAULT nextval('rate_limits_id_seq'::regclass) NOT NULL,
    key text NOT NULL,
    window_start timestamp with time zone NOT NULL,
    count integer NOT NULL,
    CONSTRAINT chk_rate_limit_count CHECK ((count >= 0)),
    CONSTRAINT rate_limits_pkey PRIMARY KEY (id),
    CONSTRAINT rate_limits_unique_key_window UNIQUE (key, window_start)
);

CREATE TABLE sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    refresh_token_hash text NOT NULL,
    user_agent text,
    ip inet,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    rotation_counter integer DEFAULT 0 NOT NULL,
    token_salt text DEFAULT replace(((gen_random_uuid())::text || (gen_random_uuid())::text), '-'::text, ''::text) NOT NULL,
    rotated_at timestamp with time zone,
    current_used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    absolute_expires_at timestamp with time zone DEFAULT (now() + '90 days'::interval) NOT NULL,
    factor_proved_at timestamp with time zone,
    CONSTRAINT chk_session_counter CHECK ((rotation_counter >= 0)),
    CONSTRAINT chk_session_factor CHECK (((factor_proved_at IS NULL) OR (user_id IS NOT NULL))),
    CONSTRAINT chk_session_ownership CHECK ((((user_id IS NOT NULL) AND (vendor_id IS NULL)) OR ((vendor_id IS NOT NULL) AND (user_id IS NULL)))),
    CONSTRAINT sessions_pkey PRIMARY KEY (id),
    CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT sessions_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
) WITH (fillfactor=80);

CREATE TABLE settlement_lines (
    report_id uuid NOT NULL,
    line integer NOT NULL,
    kind text NOT NULL,
    deposit text,
    dated text,
    authority text,
    ref_number text,
    amount bigint NOT NULL,
    fee bigint,
    CONSTRAINT chk_settlement_key CHECK ((num_nonnulls(authority, ref_number) > 0)),
    CONSTRAINT chk_settlement_line CHECK (((kind = ANY (ARRAY['sale'::text, 'refund'::text])) AND (amount > 0) AND (fee >= 0))),
    CONSTRAINT settlement_lines_pkey PRIMARY KEY (report_id, line),
    CONSTRAINT settlement_lines_report_id_fkey FOREIGN KEY (report_id) REFERENCES settlement_reports(id) ON DELETE CASCADE
);

CREATE TABLE settlement_reports (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    content_hash text NOT NULL,
    gateway text DEFAULT 'zarinpal'::text NOT NULL,
    imported_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_report CHECK ((((length(name) >= 1) AND (length(name) <= 200)) AND (content_hash ~ '^[0-9a-f]{64}$'::text))),
    CONSTRAINT settlement_reports_content_hash_key UNIQUE (content_hash),
    CONSTRAINT settlement_reports_imported_by_fkey FOREIGN KEY (imported_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT settlement_reports_pkey PRIMARY KEY (id)
);

CREATE TABLE share_links (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    conversion_id uuid NOT NULL,
    token_hash text NOT NULL,
    password_hash text,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    view_count integer DEFAULT 0 NOT NULL,
    last_viewed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT chk_share_expiry CHECK ((expires_at > created_at)),
    CONSTRAINT chk_share_password_hash CHECK ((password_hash ~~ '$argon2id$%'::text)),
    CONSTRAINT chk_share_token_hash CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT chk_share_views CHECK (((view_count >= 0) AND ((view_count > 0) = (last_viewed_at IS NOT NULL)))),
    CONSTRAINT share_links_conversion_id_fkey FOREIGN KEY (conversion_id) REFERENCES user_conversions(id) ON DELETE CASCADE,
    CONSTRAINT share_links_pkey PRIMARY KEY (id),
    CONSTRAINT share_links_token_hash_key UNIQUE (token_hash)
);

CREATE TABLE site_banners (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    fa text NOT NULL,
    en text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT chk_banner_kind CHECK ((kind = ANY (ARRAY['news'::text, 'maintenance'::text]))),
    CONSTRAINT chk_banner_text CHECK ((((length(fa) >= 1) AND (length(fa) <= 300)) AND ((length(en) >= 1) AND (length(en) <= 300)))),
    CONSTRAINT chk_banner_window CHECK ((ends_at > starts_at)),
    CONSTRAINT site_banners_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT site_banners_pkey PRIMARY KEY (id)
);

CREATE TABLE sms_circuits (
    provider text NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    last_failure_at timestamp with time zone,
    last_success_at timestamp with time zone,
    closed_until timestamp with time zone,
    CONSTRAINT chk_sms_circuit_failures CHECK ((failures >= 0)),
    CONSTRAINT sms_circuits_pkey PRIMARY KEY (provider)
);

CREATE TABLE spending_parts (
    day date NOT NULL,
    purpose text NOT NULL,
    part smallint NOT NULL,
    calls integer DEFAULT 0 NOT NULL,
    rials bigint DEFAULT 0 NOT NULL,
    allowed bigint DEFAULT 0 NOT NULL,
    bound bigint DEFAULT 0 NOT NULL,
    for_limit bigint,
    CONSTRAINT chk_spending_part CHECK (((part >= 0) AND (part <= 15))),
    CONSTRAINT chk_spending_part_allowed CHECK ((allowed >= 0)),
    CONSTRAINT spending_parts_day_fkey FOREIGN KEY (day, purpose) REFERENCES daily_spending(day, purpose) ON DELETE CASCADE,
    CONSTRAINT spending_parts_pkey PRIMARY KEY (day, purpose, part)
) WITH (fillfactor=25);

CREATE TABLE stored_files (
    id text NOT NULL,
    image_id uuid,
    user_id uuid,
    vendor_id uuid,
    is_public boolean DEFAULT false NOT NULL,
    byte_size bigint NOT NULL,
    sha256 text NOT NULL,
    variants jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    later_tries smallint DEFAULT 0 NOT NULL,
    later_tried_at timestamp with time zone,
    missing_at timestamp with time zone,
    lost_at timestamp with time zone,
    sent_sha256 text,
    sent_of uuid,
    sent_type text,
    CONSTRAINT chk_stored_file_digest CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT chk_stored_file_id CHECK ((id ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT chk_stored_file_owner CHECK (((user_id IS NULL) <> (vendor_id IS NULL))),
    CONSTRAINT chk_stored_file_sent CHECK ((sent_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT chk_stored_file_sent_of CHECK (((sent_of IS NULL) OR ((image_id IS NULL) AND (vendor_id IS NOT NULL) AND (NOT is_public)))),
    CONSTRAINT chk_stored_file_sent_type CHECK ((((sent_of IS NULL) = (sent_type IS NULL)) AND (sent_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'image/avif'::text, 'image/gif'::text])))),
    CONSTRAINT chk_stored_file_size CHECK ((byte_size > 0)),
    CONSTRAINT chk_stored_file_tries CHECK (((later_tries >= 0) AND (later_tries <= 3))),
    CONSTRAINT chk_stored_file_variants CHECK ((variants ? 'original'::text)),
    CONSTRAINT stored_files_image_id_fkey FOREIGN KEY (image_id) REFERENCES images(id) ON DELETE CASCADE,
    CONSTRAINT stored_files_image_id_key UNIQUE (image_id),
    CONSTRAINT stored_files_pkey PRIMARY KEY (id),
    CONSTRAINT stored_files_sent_of_fkey FOREIGN KEY (vendor_id, sent_of) REFERENCES images(vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT stored_files_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT stored_files_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE stray_authorities (
    authority text NOT NULL,
    amount bigint NOT NULL,
    first_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    dismissed_at timestamp with time zone,
    CONSTRAINT chk_stray_authority CHECK ((authority ~ '^[0-9A-Za-z]{1,64}$'::text)),
    CONSTRAINT stray_authorities_pkey PRIMARY KEY (authority)
);

CREATE TABLE style_figures (
    days smallint NOT NULL,
    style_name text NOT NULL,
    total integer NOT NULL,
    completed integer NOT NULL,
    failed integer NOT NULL,
    median_ms integer,
    p95_ms integer,
    CONSTRAINT chk_style_figures CHECK (((LEAST(completed, failed) >= 0) AND ((completed + failed) <= total) AND ((median_ms IS NULL) OR (median_ms <= p95_ms)))),
    CONSTRAINT chk_style_figures_days CHECK ((days = ANY (ARRAY[1, 7]))),
    CONSTRAINT style_figures_pkey PRIMARY KEY (days, style_name)
);

CREATE TABLE subscription_periods (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    plan_id uuid NOT NULL,
    payment_id uuid,
    anchor_at timestamp with time zone NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    conversions_limit integer NOT NULL,
    conversions_used integer DEFAULT 0 NOT NULL,
    images_limit integer NOT NULL,
    images_used integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    replaced_by uuid,
    cut_rest interval,
    CONSTRAINT chk_period_conversions CHECK (((0 <= conversions_used) AND (conversions_used <= conversions_limit))),
    CONSTRAINT chk_period_images CHECK (((0 <= images_used) AND (images_used <= images_limit))),
    CONSTRAINT chk_period_ownership CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT chk_period_range CHECK (((starts_at <= ends_at) AND (anchor_at <= starts_at))),
    CONSTRAINT chk_period_replaced CHECK (((replaced_by IS NULL) = (cut_rest IS NULL))),
    CONSTRAINT excl_period_overlap EXCLUDE USING gist (COALESCE(user_id, vendor_id) WITH =, tstzrange(starts_at, ends_at) WITH &&),
    CONSTRAINT subscription_periods_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
    CONSTRAINT subscription_periods_payment_id_key UNIQUE (payment_id),
    CONSTRAINT subscription_periods_pkey PRIMARY KEY (id),
    CONSTRAINT subscription_periods_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES payment_plans(id),
    CONSTRAINT subscription_periods_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES payments(id),
    CONSTRAINT subscription_periods_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT subscription_periods_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE system_snapshots (
    is_only boolean DEFAULT true NOT NULL,
    figures jsonb NOT NULL,
    taken_at timestamp with time zone DEFAULT now() NOT NULL,
    rolled_at timestamp with time zone DEFAULT now() NOT NULL,
    took_ms integer DEFAULT 0 NOT NULL,
    CONSTRAINT chk_system_snapshot_only CHECK (is_only),
    CONSTRAINT system_snapshots_pkey PRIMARY KEY (is_only)
);

CREATE TABLE transaction_marks (
    id uuid NOT NULL,
    is_done boolean NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT transaction_marks_pkey PRIMARY KEY (id)
);

CREATE TABLE trashed_places (
    album_id uuid NOT NULL,
    image_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    "position" integer NOT NULL,
    added_at timestamp with time zone NOT NULL,
    was_cover boolean DEFAULT false NOT NULL,
    CONSTRAINT trashed_places_album_fkey FOREIGN KEY (vendor_id, album_id) REFERENCES albums(vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT trashed_places_image_fkey FOREIGN KEY (vendor_id, image_id) REFERENCES images(vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT trashed_places_pkey PRIMARY KEY (album_id, image_id)
);

CREATE TABLE uploads (
    id text NOT NULL,
    key text NOT NULL,
    slug text NOT NULL,
    user_id uuid,
    vendor_id uuid,
    file_name text NOT NULL,
    file_size bigint NOT NULL,
    mime_type text NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    received_bytes bigint DEFAULT 0 NOT NULL,
    claimed_at timestamp with time zone,
    answer jsonb,
    image_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '24:00:00'::interval) NOT NULL,
    touched_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_upload_answer CHECK (((state = ANY (ARRAY['done'::text, 'refused'::text])) = (answer IS NOT NULL))),
    CONSTRAINT chk_upload_claimed CHECK (((state = 'accepting'::text) = (claimed_at IS NOT NULL))),
    CONSTRAINT chk_upload_id CHECK ((id ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT chk_upload_image CHECK (((image_id IS NULL) OR (state = 'done'::text))),
    CONSTRAINT chk_upload_owner CHECK (((user_id IS NULL) <> (vendor_id IS NULL))),
    CONSTRAINT chk_upload_received CHECK (((received_bytes >= 0) AND (received_bytes <= file_size))),
    CONSTRAINT chk_upload_size CHECK (((file_size >= 1) AND (file_size <= 33554432))),
    CONSTRAINT chk_upload_slug CHECK ((((slug = 'photo'::text) AND (user_id IS NOT NULL)) OR ((slug = 'gallery'::text) AND (vendor_id IS NOT NULL)))),
    CONSTRAINT chk_upload_state CHECK ((state = ANY (ARRAY['open'::text, 'accepting'::text, 'done'::text, 'refused'::text]))),
    CONSTRAINT uploads_image_id_fkey FOREIGN KEY (image_id) REFERENCES images(id) ON DELETE SET NULL,
    CONSTRAINT uploads_key_key UNIQUE (key),
    CONSTRAINT uploads_pkey PRIMARY KEY (id),
    CONSTRAINT uploads_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT uploads_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE user_conversions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    conversion_type text NOT NULL,
    input_file_url text NOT NULL,
    output_file_url text,
    style_name text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    error_message text,
    processing_time_ms integer,
    file_size_bytes bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    completed_at timestamp with time zone,
    source_image_id uuid,
    style_image_id uuid,
    result_image_id uuid,
    period_id uuid,
    charge_returned_at timestamp with time zone,
    failure_code text,
    attempts integer DEFAULT 0 NOT NULL,
    first_claimed_at timestamp with time zone,
    claimed_at timestamp with time zone,
    stage text,
    deleted_at timestamp with time zone,
    lane smallint DEFAULT 0 NOT NULL,
    title text,
    is_favourite boolean DEFAULT false NOT NULL,
    engine text,
    rerun_of uuid,
    request_key uuid,
    request_place smallint DEFAULT 0 NOT NULL,
    look_kind text,
    look jsonb,
    style_vendor_id uuid,
    CONSTRAINT chk_conversion_completed CHECK ((((status = 'completed'::text) = (completed_at IS NOT NULL)) AND ((status = 'completed'::text) = (output_file_url IS NOT NULL)))),
    CONSTRAINT chk_conversion_counts CHECK (((attempts >= 0) AND (COALESCE(processing_time_ms, 0) >= 0) AND (COALESCE(file_size_bytes, (0)::bigint) >= 0))),
    CONSTRAINT chk_conversion_deleted CHECK (((deleted_at IS NULL) OR ((status = ANY (ARRAY['completed'::text, 'failed'::text])) AND (title IS NULL) AND (NOT is_favourite) AND (result_image_id IS NULL)))),
    CONSTRAINT chk_conversion_engine CHECK ((engine ~ '^[a-z0-9][a-z0-9._-]{0,39}$'::text)),
    CONSTRAINT chk_conversion_failed CHECK ((((status = 'failed'::text) = (error_message IS NOT NULL)) AND ((failure_code IS NULL) OR (status = 'failed'::text)))),
    CONSTRAINT chk_conversion_failure_code CHECK ((failure_code = ANY (ARRAY['cancelled'::text, 'deadline'::text, 'engine'::text, 'refused'::text, 'input'::text, 'internal'::text]))),
    CONSTRAINT chk_conversion_lane CHECK ((lane = ANY (ARRAY[0, 1]))),
    CONSTRAINT chk_conversion_paid_period CHECK (((conversion_type <> 'paid'::text) OR (period_id IS NOT NULL))),
    CONSTRAINT chk_conversion_pool CHECK (((conversion_type = 'paid'::text) OR (period_id IS NULL))),
    CONSTRAINT chk_conversion_reference CHECK (((style_image_id IS NULL) OR (style_name = 'reference'::text))),
    CONSTRAINT chk_conversion_request_place CHECK (((request_place >= 0) AND (request_place <= 99))),
    CONSTRAINT chk_conversion_result CHECK (((result_image_id IS NULL) OR (status = 'completed'::text))),
    CONSTRAINT chk_conversion_title CHECK (((char_length(title) >= 1) AND (char_length(title) <= 80))),
    CONSTRAINT chk_conversions_look CHECK (((look IS NULL) OR (is_look(look) AND ((look_kind IS NOT NULL) OR ((look - 'strength'::text) = '{}'::jsonb))))),
    CONSTRAINT chk_conversions_look_kind CHECK (((look_kind IS NULL) OR ((style_name = 'reference'::text) AND (look_kind = ANY (ARRAY['fabric'::text, 'garment'::text, 'hair'::text, 'makeup'::text, 'place'::text, 'painting'::text, 'light'::text]))))),
    CONSTRAINT user_conversions_conversion_type_check CHECK ((conversion_type = ANY (ARRAY['free'::text, 'paid'::text]))),
    CONSTRAINT user_conversions_period_id_fkey FOREIGN KEY (period_id) REFERENCES subscription_periods(id),
    CONSTRAINT user_conversions_pkey PRIMARY KEY (id),
    CONSTRAINT user_conversions_rerun_of_fkey FOREIGN KEY (rerun_of) REFERENCES user_conversions(id) ON DELETE SET NULL,
    CONSTRAINT user_conversions_result_image_id_fkey FOREIGN KEY (result_image_id) REFERENCES images(id) ON DELETE SET NULL,
    CONSTRAINT user_conversions_source_image_id_fkey FOREIGN KEY (source_image_id) REFERENCES images(id) ON DELETE SET NULL,
    CONSTRAINT user_conversions_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'processing'::text, 'completed'::text, 'failed'::text]))),
    CONSTRAINT user_conversions_style_image_id_fkey FOREIGN KEY (style_image_id) REFERENCES images(id) ON DELETE SET NULL,
    CONSTRAINT user_conversions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
) WITH (fillfactor=80);

CREATE TABLE users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    phone text NOT NULL,
    password_hash text NOT NULL,
    free_quota_remaining integer DEFAULT 2 NOT NULL,
    plan_id uuid,
    name text,
    avatar_url text,
    bio text,
    is_phone_verified boolean DEFAULT false NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    last_login_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    plan_reminders boolean DEFAULT true NOT NULL,
    suspended_for text,
    CONSTRAINT chk_user_free_quota CHECK ((free_quota_remaining >= 0)),
    CONSTRAINT chk_user_shell CHECK (((phone !~~ 'deleted:%'::text) OR ((phone = ('deleted:'::text || (id)::text)) AND (NOT is_active)))),
    CONSTRAINT chk_user_suspended_for CHECK ((suspended_for = ANY (ARRAY['pictures'::text, 'abuse'::text, 'payment'::text, 'safety'::text, 'request'::text]))),
    CONSTRAINT users_phone_key UNIQUE (phone),
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES payment_plans(id) ON DELETE SET NULL
);

CREATE TABLE vendor_brands (
    vendor_id uuid NOT NULL,
    colour text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_brand_colour CHECK ((colour ~ '^#[0-9a-f]{6}$'::text)),
    CONSTRAINT vendor_brands_pkey PRIMARY KEY (vendor_id),
    CONSTRAINT vendor_brands_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE vendor_embeds (
    vendor_id uuid NOT NULL,
    hosts text[] DEFAULT '{}'::text[] NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chk_embed_hosts CHECK (((cardinality(hosts) <= 10) AND (array_position(hosts, NULL::text) IS NULL) AND ((hosts = '{}'::text[]) OR (array_to_string(hosts, ' '::text) ~ '^([a-z0-9-]+(\.[a-z0-9-]+)+)( [a-z0-9-]+(\.[a-z0-9-]+)+)*$'::text)))),
    CONSTRAINT vendor_embeds_pkey PRIMARY KEY (vendor_id),
    CONSTRAINT vendor_embeds_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE vendor_handles (
    handle text NOT NULL,
    vendor_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT vendor_handles_pkey PRIMARY KEY (handle),
    CONSTRAINT vendor_handles_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE vendors (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    phone text NOT NULL,
    password_hash text NOT NULL,
    free_gallery_remaining integer DEFAULT 10 NOT NULL,
    plan_id uuid,
    profile_info jsonb DEFAULT '{}'::jsonb NOT NULL,
    business_name text NOT NULL,
    avatar_url text,
    bio text,
    contact_info jsonb DEFAULT '{}'::jsonb NOT NULL,
    social_links jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_verified boolean DEFAULT false NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    last_login_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    is_phone_verified boolean DEFAULT false NOT NULL,
    plan_reminders boolean DEFAULT true NOT NULL,
    handle text DEFAULT ('g'::text || substr(replace((gen_random_uuid())::text, '-'::text, ''::text), 1, 12)) NOT NULL,
    suspended_for text,
    CONSTRAINT chk_vendor_contact_info CHECK (is_profile(contact_info)),
    CONSTRAINT chk_vendor_free_gallery CHECK ((free_gallery_remaining >= 0)),
    CONSTRAINT chk_vendor_handle CHECK ((handle ~ '^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]$'::text)),
    CONSTRAINT chk_vendor_handle_reserved CHECK ((handle <> ALL (ARRAY['about'::text, 'account'::text, 'admin'::text, 'administrator'::text, 'aistayler'::text, 'ai-stayler'::text, 'ai_stayler'::text, 'api'::text, 'billing'::text, 'contact'::text, 'dev'::text, 'explore'::text, 'gallery'::text, 'help'::text, 'home'::text, 'login'::text, 'logout'::text, 'moderator'::text, 'new'::text, 'official'::text, 'plans'::text, 'privacy'::text, 'root'::text, 'search'::text, 'security'::text, 'settings'::text, 'signup'::text, 'stayler'::text, 'studio'::text, 'styles'::text, 'support'::text, 'system'::text, 'terms'::text, 'vendor'::text, 'vendors'::text, 'verify'::text, 'www'::text, 'zarinpal'::text]))),
    CONSTRAINT chk_vendor_profile_info CHECK (is_profile(profile_info)),
    CONSTRAINT chk_vendor_shell CHECK (((phone !~~ 'deleted:%'::text) OR ((phone = ('deleted:'::text || (id)::text)) AND (NOT is_active)))),
    CONSTRAINT chk_vendor_social_links CHECK (((jsonb_typeof(social_links) = 'object'::text) AND (NOT jsonb_path_exists(social_links, '$.keyvalue()?(@."value".type() != "string" || !(@."value" like_regex "^https://[^/]"))'::jsonpath)))),
    CONSTRAINT chk_vendor_suspended_for CHECK ((suspended_for = ANY (ARRAY['pictures'::text, 'abuse'::text, 'payment'::text, 'safety'::text, 'request'::text]))),
    CONSTRAINT vendors_handle_key UNIQUE (handle),
    CONSTRAINT vendors_phone_key UNIQUE (phone),
    CONSTRAINT vendors_pkey PRIMARY KEY (id),
    CONSTRAINT vendors_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES payment_plans(id) ON DELETE SET NULL
);

CREATE TABLE visit_salts (
    day date NOT NULL,
    salt bytea DEFAULT decode(replace(((gen_random_uuid())::text || (gen_random_uuid())::text), '-'::text, ''::text), 'hex'::text) NOT NULL,
    CONSTRAINT chk_visit_salt CHECK ((octet_length(salt) = 32)),
    CONSTRAINT visit_salts_pkey PRIMARY KEY (day)
);

CREATE TABLE webhook_endpoints (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    vendor_id uuid,
    url text NOT NULL,
    events text[] NOT NULL,
    secret_version integer DEFAULT 1 NOT NULL,
    rotated_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    failing_since timestamp with time zone,
    disabled_at timestamp with time zone,
    CONSTRAINT chk_webhook_disabled CHECK (((disabled_at IS NULL) OR (failing_since IS NOT NULL))),
    CONSTRAINT chk_webhook_events CHECK (((cardinality(events) > 0) AND (events <@
CASE
    WHEN (user_id IS NOT NULL) THEN ARRAY['conversion.completed'::text, 'conversion.failed'::text, 'payment.completed'::text]
    ELSE ARRAY['picture.published'::text, 'picture.unpublished'::text, 'lead.received'::text, 'payment.completed'::text]
END))),
    CONSTRAINT chk_webhook_owner CHECK ((num_nonnulls(user_id, vendor_id) = 1)),
    CONSTRAINT chk_webhook_url CHECK (((char_length(url) <= 500) AND (url ~ '^https://'::text))),
    CONSTRAINT chk_webhook_version CHECK ((secret_version > 0)),
    CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id),
    CONSTRAINT webhook_endpoints_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT webhook_endpoints_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors(id) ON DELETE CASCADE
);

CREATE TABLE webhook_messages (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    endpoint_id uuid NOT NULL,
    event text NOT NULL,
    subject_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT clock_timestamp(),
    delivered_at timestamp with time zone,
    last_status smallint,
    last_error text,
    CONSTRAINT chk_webhook_message_delivered CHECK (((delivered_at IS NULL) OR (next_at IS NULL))),
    CONSTRAINT webhook_messages_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints(id) ON DELETE CASCADE,
    CONSTRAINT webhook_messages_pkey PRIMARY KEY (id)
);

CREATE TABLE wishes (
    id uuid NOT NULL,
    taken_by uuid NOT NULL,
    answer text,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT wishes_pkey PRIMARY KEY (id)
);

-- Indexes -----------------------------------------------------------------------------------------------------

CREATE INDEX idx_account_notes_user ON public.account_notes USING btree (user_id, created_at DESC) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_account_notes_vendor ON public.account_notes USING btree (vendor_id, created_at DESC) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_admin_grants_granted_by ON public.admin_grants USING btree (granted_by) WHERE (granted_by IS NOT NULL);
CREATE INDEX idx_album_comments_image ON public.album_comments USING btree (image_id);
CREATE INDEX idx_album_comments_link ON public.album_comments USING btree (link_id, image_id, created_at, id);
CREATE INDEX idx_album_images_album ON public.album_images USING btree (vendor_id, album_id);
CREATE INDEX idx_album_images_image ON public.album_images USING btree (vendor_id, image_id) INCLUDE (album_id);
CREATE INDEX idx_album_images_position ON public.album_images USING btree (album_id, "position", image_id);
CREATE INDEX idx_album_links_album ON public.album_links USING btree (vendor_id, album_id, created_at DESC, id DESC);
CREATE INDEX idx_album_picks_image ON public.album_picks USING btree (image_id);
CREATE INDEX idx_albums_cover ON public.albums USING btree (vendor_id, cover_image_id) WHERE (cover_image_id IS NOT NULL);
CREATE INDEX idx_albums_kits ON public.albums USING btree (created_at DESC, id DESC) WHERE (is_public AND is_style_kit);
CREATE INDEX idx_albums_name_trgm ON public.albums USING gin (name gin_trgm_ops);
CREATE INDEX idx_albums_public ON public.albums USING btree (created_at DESC, id DESC) WHERE is_public;
CREATE INDEX idx_albums_search ON public.albums USING gin (name_search gin_trgm_ops) WHERE is_public;
CREATE INDEX idx_albums_vendor ON public.albums USING btree (vendor_id, created_at DESC, id DESC);
CREATE INDEX idx_albums_vendor_order ON public.albums USING btree (vendor_id, "position", created_at DESC, id DESC);
CREATE INDEX idx_api_answers_claimed ON public.api_answers USING btree (claimed_at);
CREATE INDEX idx_api_answers_user ON public.api_answers USING btree (user_id);
CREATE INDEX idx_api_answers_vendor ON public.api_answers USING btree (vendor_id);
CREATE INDEX idx_api_tokens_user ON public.api_tokens USING btree (user_id);
CREATE INDEX idx_api_tokens_vendor ON public.api_tokens USING btree (vendor_id);
CREATE UNIQUE INDEX uq_api_tokens_hash ON public.api_tokens USING btree (token_hash);
CREATE INDEX idx_audit_action ON public.audit_logs USING btree (action, created_at DESC, id DESC);
CREATE INDEX idx_audit_admin ON public.audit_logs USING btree (created_at DESC, id DESC) WHERE (actor_type = 'admin'::text);
CREATE INDEX idx_audit_created ON public.audit_logs USING btree (created_at DESC, id DESC);
CREATE INDEX idx_audit_resource ON public.audit_logs USING btree (resource, resource_id, created_at DESC, id DESC) WHERE (resource_id IS NOT NULL);
CREATE INDEX idx_audit_user ON public.audit_logs USING btree (user_id, created_at DESC, id DESC) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_audit_vendor ON public.audit_logs USING btree (vendor_id, created_at DESC, id DESC) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_audit_origins_account ON public.audit_origins USING btree (account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX idx_audit_origins_created ON public.audit_origins USING btree (created_at);
CREATE INDEX idx_audit_origins_phone ON public.audit_origins USING btree (phone_key) WHERE (phone_key IS NOT NULL);
CREATE INDEX idx_bot_chats_look ON public.bot_chats USING btree (look_image_id) WHERE (look_image_id IS NOT NULL);
CREATE INDEX idx_bot_chats_stranger ON public.bot_chats USING btree (last_used_at) WHERE (user_id IS NULL);
CREATE UNIQUE INDEX uq_bot_chats_chat ON public.bot_chats USING btree (platform, chat_id);
CREATE UNIQUE INDEX uq_bot_chats_user ON public.bot_chats USING btree (user_id, platform);
CREATE INDEX idx_bot_orders_chat ON public.bot_orders USING btree (bot_chat_id);
CREATE INDEX idx_bot_orders_due ON public.bot_orders USING btree (next_at);
CREATE INDEX idx_bot_updates_due ON public.bot_updates USING btree (next_at) WHERE (next_at IS NOT NULL);
CREATE INDEX idx_bot_updates_line ON public.bot_updates USING btree (platform, chat_id, update_id) WHERE (next_at IS NOT NULL);
CREATE INDEX idx_bot_updates_received ON public.bot_updates USING btree (received_at);
CREATE INDEX idx_circulars_created ON public.circulars USING btree (created_at DESC, id DESC);
CREATE INDEX idx_circulars_created_by ON public.circulars USING btree (created_by) WHERE (created_by IS NOT NULL);
CREATE INDEX idx_circulars_open ON public.circulars USING btree (created_at, id) WHERE ((stopped_at IS NULL) AND (finished_at IS NULL));
CREATE INDEX idx_circulars_user ON public.circulars USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_circulars_vendor ON public.circulars USING btree (vendor_id) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_coupon_batches_created ON public.coupon_batches USING btree (created_at DESC, id DESC);
CREATE INDEX idx_coupon_batches_created_by ON public.coupon_batches USING btree (created_by) WHERE (created_by IS NOT NULL);
CREATE INDEX idx_coupon_uses_code ON public.coupon_uses USING btree (code_id, COALESCE(user_id, vendor_id));
CREATE INDEX idx_coupon_uses_user ON public.coupon_uses USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_coupon_uses_vendor ON public.coupon_uses USING btree (vendor_id) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_coupons_batch ON public.coupons USING btree (batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX file_orphans_seen_idx ON public.file_orphans USING btree (seen_at);
CREATE INDEX idx_image_reports_decided_by ON public.image_reports USING btree (decided_by) WHERE (decided_by IS NOT NULL);
CREATE INDEX idx_image_reports_open ON public.image_reports USING btree (created_at, id) WHERE (state = 'open'::text);
CREATE INDEX idx_image_reports_vendor ON public.image_reports USING btree (vendor_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX uq_vendor_report ON public.image_reports USING btree (vendor_id, reporter) WHERE (about = 'vendor'::text);
CREATE INDEX idx_image_tries_most ON public.image_tries USING btree (tries DESC, image_id DESC);
CREATE INDEX idx_images_expires ON public.images USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE INDEX idx_images_metadata ON public.images USING gin (metadata jsonb_path_ops);
CREATE INDEX idx_images_moderation_waiting ON public.images USING btree (created_at, id) WHERE (moderation = 'waiting'::text);
CREATE INDEX idx_images_period ON public.images USING btree (period_id) WHERE (period_id IS NOT NULL);
CREATE INDEX idx_images_public ON public.images USING btree (created_at DESC, id DESC) WHERE (is_public AND ((type)::text = 'vendor'::text));
CREATE INDEX idx_images_public_kind ON public.images USING btree (look_kind, created_at DESC, id DESC) WHERE (is_public AND ((type)::text = 'vendor'::text));
CREATE INDEX idx_images_search ON public.images USING gin (title_search gin_trgm_ops) WHERE (is_public AND ((type)::text = 'vendor'::text) AND (title_search IS NOT NULL));
CREATE INDEX idx_images_tags ON public.images USING gin (tags);
CREATE INDEX idx_images_trash ON public.images USING btree (vendor_id, deleted_at DESC, id DESC) WHERE (deleted_at IS NOT NULL);
CREATE INDEX idx_images_trash_end ON public.images USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);
CREATE INDEX idx_images_user ON public.images USING btree (user_id, type, created_at DESC, id DESC) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_images_vendor ON public.images USING btree (vendor_id, created_at DESC, id DESC) INCLUDE (user_id, type, is_public, deleted_at, moderation, quota_pool, title) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_images_vendor_hidden ON public.images USING btree (vendor_id, created_at DESC, id DESC) WHERE (((type)::text = 'vendor'::text) AND (NOT is_public) AND (deleted_at IS NULL));
CREATE INDEX idx_images_vendor_public ON public.images USING btree (vendor_id, created_at DESC, id DESC) WHERE (is_public AND ((type)::text = 'vendor'::text));
CREATE INDEX idx_images_wordless ON public.images USING btree (vendor_id, created_at DESC, id DESC) INCLUDE (user_id, is_public) WHERE (((type)::text = 'vendor'::text) AND (alt_text IS NULL) AND (deleted_at IS NULL));
CREATE INDEX idx_invoices_corrects ON public.invoices USING btree (corrects) WHERE (corrects IS NOT NULL);
CREATE INDEX idx_invoices_issued ON public.invoices USING btree (issued_at, number);
CREATE INDEX idx_invoices_payment ON public.invoices USING btree (payment_id);
CREATE UNIQUE INDEX invoices_sale_key ON public.invoices USING btree (payment_id) WHERE (kind = 'sale'::text);
CREATE INDEX idx_leads_user ON public.leads USING btree (user_id, sent_at);
CREATE INDEX idx_leads_vendor ON public.leads USING btree (vendor_id, sent_at DESC, id DESC);
CREATE INDEX idx_message_tries_age ON public.message_tries USING btree (tried_at);
CREATE INDEX idx_message_tries_phone ON public.message_tries USING btree (phone_key, tried_at DESC, id DESC);
CREATE INDEX idx_cases_image ON public.moderation_cases USING btree (image_id);
CREATE UNIQUE INDEX idx_cases_one_waiting ON public.moderation_cases USING btree (image_id) WHERE (decision IS NULL);
CREATE INDEX idx_cases_waiting ON public.moderation_cases USING btree (created_at, id) WHERE (decision IS NULL);
CREATE UNIQUE INDEX idx_mutes_user ON public.notice_mutes USING btree (user_id, topic) WHERE (user_id IS NOT NULL);
CREATE UNIQUE INDEX idx_mutes_vendor ON public.notice_mutes USING btree (vendor_id, topic) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_notifications_age ON public.notifications USING brin (created_at);
CREATE UNIQUE INDEX idx_notifications_unread_conversions ON public.notifications USING btree (user_id, kind) WHERE ((read_at IS NULL) AND (kind = ANY (ARRAY['conversion.complete'::text, 'conversion.fail'::text])));
CREATE INDEX idx_notifications_user ON public.notifications USING btree (user_id, created_at DESC, id DESC);
CREATE INDEX idx_notifications_vendor ON public.notifications USING btree (vendor_id, created_at DESC, id DESC);
CREATE INDEX idx_number_changes_user ON public.number_changes USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_number_changes_vendor ON public.number_changes USING btree (vendor_id) WHERE (vendor_id IS NOT NULL);
CREATE UNIQUE INDEX number_changes_user_key ON public.number_changes USING btree (user_id) WHERE ((settled_at IS NULL) AND (user_id IS NOT NULL));
CREATE UNIQUE INDEX number_changes_vendor_key ON public.number_changes USING btree (vendor_id) WHERE ((settled_at IS NULL) AND (vendor_id IS NOT NULL));
CREATE INDEX idx_offers_vendor ON public.offers USING btree (vendor_id, image_id);
CREATE INDEX idx_otps_browser ON public.otps USING btree (browser_hash, purpose, account_type, created_at DESC) WHERE (browser_hash IS NOT NULL);
CREATE INDEX idx_otps_expires ON public.otps USING btree (expires_at);
CREATE INDEX idx_otps_phone ON public.otps USING btree (phone, account_type, purpose, created_at DESC);
CREATE INDEX idx_otps_sent ON public.otps USING btree (sent_at) WHERE (sent_at IS NOT NULL);
CREATE INDEX idx_otps_unsent ON public.otps USING btree (created_at) WHERE ((sent_at IS NULL) AND has_message AND (send_failed_at IS NULL) AND (consumed_at IS NULL));
CREATE INDEX idx_outbox_created ON public.outbox_messages USING btree (created_at DESC, id DESC);
CREATE INDEX idx_refunds_created ON public.payment_refunds USING btree (created_at);
CREATE INDEX idx_refunds_open ON public.payment_refunds USING btree (created_at, id) WHERE (state <> 'completed'::text);
CREATE INDEX idx_refunds_payment ON public.payment_refunds USING btree (payment_id);
CREATE INDEX idx_refunds_requested_by ON public.payment_refunds USING btree (requested_by) WHERE (requested_by IS NOT NULL);
CREATE INDEX idx_refunds_user ON public.payment_refunds USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_refunds_vendor ON public.payment_refunds USING btree (vendor_id) WHERE (vendor_id IS NOT NULL);
CREATE UNIQUE INDEX payment_refunds_end_key ON public.payment_refunds USING btree (payment_id) WHERE ends_purchase;
CREATE INDEX idx_payments_attention ON public.payments USING btree (created_at DESC, id DESC) WHERE (attention_reason IS NOT NULL);
CREATE INDEX idx_payments_created ON public.payments USING btree (created_at DESC, id DESC);
CREATE INDEX idx_payments_next_check ON public.payments USING btree (next_check_at, id) WHERE (next_check_at IS NOT NULL);
CREATE INDEX idx_payments_paid ON public.payments USING btree (paid_at) WHERE (status = 'completed'::text);
CREATE INDEX idx_payments_pending_expiry ON public.payments USING btree (expires_at, id) WHERE (status = 'pending'::text);
CREATE INDEX idx_payments_plan ON public.payments USING btree (plan_id);
CREATE INDEX idx_payments_ref_number ON public.payments USING btree (gateway_ref_number) WHERE (gateway_ref_number IS NOT NULL);
CREATE INDEX idx_payments_replaces_period ON public.payments USING btree (replaces_period_id) WHERE (replaces_period_id IS NOT NULL);
CREATE INDEX idx_payments_user ON public.payments USING btree (user_id, created_at DESC, id DESC) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_payments_vendor ON public.payments USING btree (vendor_id, created_at DESC, id DESC) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_reminders_user ON public.plan_reminders USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_reminders_vendor ON public.plan_reminders USING btree (vendor_id) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_grants_granted_by ON public.quota_grants USING btree (granted_by) WHERE (granted_by IS NOT NULL);
CREATE INDEX idx_grants_user ON public.quota_grants USING btree (user_id, created_at DESC, id DESC) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_grants_vendor ON public.quota_grants USING btree (vendor_id, created_at DESC, id DESC) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_quota_grants_payment ON public.quota_grants USING btree (payment_id) WHERE (payment_id IS NOT NULL);
CREATE INDEX idx_rate_limits_window ON public.rate_limits USING btree (window_start);
CREATE INDEX idx_sessions_of_user ON public.sessions USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_sessions_of_vendor ON public.sessions USING btree (vendor_id) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_sessions_over ON public.sessions USING btree (LEAST(expires_at, absolute_expires_at, COALESCE(revoked_at, 'infinity'::timestamp with time zone)));
CREATE INDEX idx_settlement_lines_authority ON public.settlement_lines USING btree (authority) WHERE (authority IS NOT NULL);
CREATE INDEX idx_settlement_lines_ref ON public.settlement_lines USING btree (ref_number) WHERE (ref_number IS NOT NULL);
CREATE INDEX idx_settlement_reports_created ON public.settlement_reports USING btree (created_at DESC, id DESC);
CREATE INDEX idx_share_links_conversion ON public.share_links USING btree (conversion_id, created_at DESC, id DESC);
CREATE INDEX idx_files_later ON public.stored_files USING btree (created_at) WHERE ((NOT (variants ? 'a320'::text)) AND (later_tries < 3) AND ((vendor_id IS NOT NULL) OR is_public));
CREATE INDEX idx_stored_files_missing ON public.stored_files USING btree (missing_at) WHERE (missing_at IS NOT NULL);
CREATE UNIQUE INDEX idx_stored_files_sent_of ON public.stored_files USING btree (sent_of) WHERE (sent_of IS NOT NULL);
CREATE INDEX idx_stored_files_user_sent ON public.stored_files USING btree (user_id, sent_sha256) WHERE ((user_id IS NOT NULL) AND (sent_sha256 IS NOT NULL));
CREATE INDEX idx_stored_files_vendor_content ON public.stored_files USING btree (vendor_id, sha256) INCLUDE (image_id) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_stored_files_vendor_sent ON public.stored_files USING btree (vendor_id) INCLUDE (byte_size) WHERE (sent_of IS NOT NULL);
CREATE INDEX stored_files_user_idx ON public.stored_files USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_stray_authorities_seen ON public.stray_authorities USING btree (last_seen_at DESC, authority DESC);
CREATE INDEX idx_periods_ended ON public.subscription_periods USING btree (ends_at, id);
CREATE INDEX idx_periods_plan ON public.subscription_periods USING btree (plan_id);
CREATE INDEX idx_periods_replaced_by ON public.subscription_periods USING btree (replaced_by) WHERE (replaced_by IS NOT NULL);
CREATE INDEX idx_periods_user ON public.subscription_periods USING btree (user_id, ends_at) WHERE (user_id IS NOT NULL);
CREATE INDEX idx_periods_vendor ON public.subscription_periods USING btree (vendor_id, ends_at) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_transaction_marks_age ON public.transaction_marks USING brin (made_at);
CREATE INDEX idx_trashed_places_album ON public.trashed_places USING btree (vendor_id, album_id);
CREATE INDEX idx_trashed_places_image ON public.trashed_places USING btree (vendor_id, image_id);
CREATE INDEX uploads_expires_idx ON public.uploads USING btree (expires_at);
CREATE INDEX uploads_image_idx ON public.uploads USING btree (image_id) WHERE (image_id IS NOT NULL);
CREATE INDEX uploads_unfinished_idx ON public.uploads USING btree (COALESCE(user_id, vendor_id)) WHERE (state = ANY (ARRAY['open'::text, 'accepting'::text]));
CREATE INDEX uploads_user_idx ON public.uploads USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX uploads_vendor_idx ON public.uploads USING btree (vendor_id) WHERE (vendor_id IS NOT NULL);
CREATE INDEX idx_conversions_created ON public.user_conversions USING btree (created_at DESC, id DESC);
CREATE INDEX idx_conversions_failed ON public.user_conversions USING btree (created_at DESC, id DESC) WHERE (status = 'failed'::text);
CREATE INDEX idx_conversions_period ON public.user_conversions USING btree (period_id) WHERE (period_id IS NOT NULL);
CREATE UNIQUE INDEX idx_conversions_request_place ON public.user_conversions USING btree (user_id, request_key, source_image_id, request_place) WHERE (request_key IS NOT NULL);
CREATE UNIQUE INDEX idx_conversions_rerun ON public.user_conversions USING btree (rerun_of) WHERE (rerun_of IS NOT NULL);
CREATE INDEX idx_conversions_result_image ON public.user_conversions USING btree (result_image_id) WHERE (result_image_id IS NOT NULL);
CREATE INDEX idx_conversions_running ON public.user_conversions USING btree (first_claimed_at, id) WHERE (status = 'processing'::text);
CREATE INDEX idx_conversions_source_image ON public.user_conversions USING btree (source_image_id) WHERE (source_image_id IS NOT NULL);
CREATE INDEX idx_conversions_style_image ON public.user_conversions USING btree (style_image_id) WHERE (style_image_id IS NOT NULL);
CREATE INDEX idx_conversions_user ON public.user_conversions USING btree (user_id);
CREATE INDEX idx_conversions_user_failed ON public.user_conversions USING btree (user_id, created_at DESC, id DESC) WHERE ((status = 'failed'::text) AND (deleted_at IS NULL));
CREATE INDEX idx_conversions_user_favourites ON public.user_conversions USING btree (user_id, created_at DESC, id DESC) WHERE (is_favourite AND (deleted_at IS NULL));
CREATE INDEX idx_conversions_user_history ON public.user_conversions USING btree (user_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);
CREATE INDEX idx_conversions_user_open ON public.user_conversions USING btree (user_id) WHERE (status = ANY (ARRAY['pending'::text, 'processing'::text]));
CREATE INDEX idx_conversions_user_style ON public.user_conversions USING btree (user_id, style_name, created_at DESC, id DESC) WHERE (deleted_at IS NULL);
CREATE INDEX idx_conversions_waiting ON public.user_conversions USING btree (conversion_turn(created_at, conversion_type), created_at, id) WHERE (status = 'pending'::text);
CREATE INDEX idx_users_created ON public.users USING btree (created_at DESC, id DESC);
CREATE INDEX idx_users_name_search ON public.users USING gin (normalize_search(name) gin_trgm_ops) WHERE (name IS NOT NULL);
CREATE INDEX idx_users_plan ON public.users USING btree (plan_id) WHERE (plan_id IS NOT NULL);
CREATE INDEX idx_vendor_handles_vendor ON public.vendor_handles USING btree (vendor_id);
CREATE INDEX idx_vendors_business_name_trgm ON public.vendors USING gin (business_name gin_trgm_ops);
CREATE INDEX idx_vendors_city ON public.vendors USING btree (normalize_search((profile_info ->> 'city'::text)), created_at DESC, id DESC) WHERE is_active;
CREATE INDEX idx_vendors_created ON public.vendors USING btree (created_at DESC, id DESC);
CREATE INDEX idx_vendors_found ON public.vendors USING gin (normalize_search(((((((((business_name || ' '::text) || handle) || ' '::text) || COALESCE(bio, ''::text)) || ' '::text) || COALESCE((profile_info ->> 'city'::text), ''::text)) || ' '::text) || COALESCE((contact_info ->> 'address'::text), ''::text))) gin_trgm_ops) WHERE is_active;
CREATE INDEX idx_vendors_kind ON public.vendors USING btree (((profile_info ->> 'kind'::text)), created_at DESC, id DESC) WHERE is_active;
CREATE INDEX idx_vendors_name_search ON public.vendors USING gin (normalize_search(((business_name || ' '::text) || handle)) gin_trgm_ops);
CREATE INDEX idx_vendors_plan ON public.vendors USING btree (plan_id) WHERE (plan_id IS NOT NULL);
CREATE INDEX idx_vendors_profile_info ON public.vendors USING gin (profile_info jsonb_path_ops);
CREATE INDEX idx_webhook_endpoints_user ON public.webhook_endpoints USING btree (user_id);
CREATE INDEX idx_webhook_endpoints_vendor ON public.webhook_endpoints USING btree (vendor_id);
CREATE INDEX idx_webhook_messages_age ON public.webhook_messages USING brin (created_at);
CREATE INDEX idx_webhook_messages_due ON public.webhook_messages USING btree (next_at);
CREATE INDEX idx_webhook_messages_endpoint ON public.webhook_messages USING btree (endpoint_id, created_at);
CREATE INDEX idx_wishes_age ON public.wishes USING brin (made_at);

-- Views -------------------------------------------------------------------------------------------------------

CREATE VIEW linked_album_images AS
 SELECT p.album_id,
    p."position",
    i.id,
    i.title,
    i.file_name,
    i.width,
    i.height,
    i.thumbhash,
    i.created_at,
    f.id AS file_id,
    f.variants,
    f.byte_size,
    i.alt_text,
    s.id AS sent_id,
    s.sent_type,
    s.byte_size AS sent_bytes
   FROM (((album_images p
     JOIN images i ON (((i.id = p.image_id) AND (i.vendor_id = p.vendor_id))))
     JOIN stored_files f ON ((f.image_id = i.id)))
     LEFT JOIN stored_files s ON (((s.sent_of = i.id) AND (s.missing_at IS NULL))))
  WHERE ((i.deleted_at IS NULL) AND (i.moderation = 'accepted'::text));

CREATE VIEW live_album_links AS
 SELECT l.id,
    l.vendor_id,
    l.album_id,
    l.token_hash,
    l.password_hash,
    l.may_download,
    l.expires_at,
    a.name AS album_name,
    a.description AS album_description,
    a.image_order,
    v.business_name,
    l.has_picks,
    l.has_mark,
    l.closing_words,
    l.picked_at,
    v.avatar_url,
    b.colour,
    l.gives_sent
   FROM (((album_links l
     JOIN albums a ON (((a.id = l.album_id) AND (a.vendor_id = l.vendor_id))))
     JOIN vendors v ON ((v.id = l.vendor_id)))
     LEFT JOIN vendor_brands b ON ((b.vendor_id = l.vendor_id)))
  WHERE ((l.revoked_at IS NULL) AND ((l.expires_at IS NULL) OR (l.expires_at > clock_timestamp())) AND v.is_active);

CREATE VIEW live_share_links AS
 SELECT l.id,
    l.conversion_id,
    l.token_hash,
    l.password_hash,
    l.expires_at,
    l.created_at,
    c.user_id,
    c.style_name,
    c.title,
    c.result_image_id
   FROM (((share_links l
     JOIN user_conversions c ON ((c.id = l.conversion_id)))
     JOIN images i ON ((i.id = c.result_image_id)))
     JOIN users u ON ((u.id = c.user_id)))
  WHERE ((l.revoked_at IS NULL) AND ((l.expires_at IS NULL) OR (l.expires_at > clock_timestamp())) AND (c.status = 'completed'::text) AND (c.deleted_at IS NULL) AND (i.moderation = 'accepted'::text) AND (i.deleted_at IS NULL) AND u.is_active);

CREATE VIEW look_credits AS
 SELECT c.id AS conversion_id,
    COALESCE(c.look_kind, 'light'::text) AS kind,
    (c.look -> 'shades'::text) AS shades,
    p.id AS picture_id,
    p.title,
    v.handle,
    v.business_name
   FROM ((user_conversions c
     LEFT JOIN vendors v ON ((v.is_active AND (v.id = COALESCE(c.style_vendor_id, ( SELECT i.vendor_id
           FROM images i
          WHERE (i.id = c.style_image_id)))))))
     LEFT JOIN visible_images p ON ((p.id = c.style_image_id)))
  WHERE (c.style_name = 'reference'::text);

CREATE VIEW open_concerns AS


CREATE VIEW published_images AS
 SELECT id,
    vendor_id,
    title,
    tags,
    file_name,
    original_url,
    thumbnail_url,
    width,
    height,
    thumbhash,
    created_at,
    updated_at,
    title_search,
    look_kind,
    look_settings,
    alt_text,
    COALESCE(shown_tags, tags) AS shown_tags
   FROM images i
  WHERE (is_public AND ((type)::text = 'vendor'::text) AND (deleted_at IS NULL) AND (moderation = 'accepted'::text));

CREATE VIEW received_leads AS
 SELECT l.id,
    l.vendor_id,
    l.words,
        CASE
            WHEN l.with_phone THEN u.phone
            ELSE NULL::text
        END AS phone,
    l.sent_at,
    l.put_away_at,
    l.answer,
    l.answered_at,
    COALESCE(c.look_kind, 'light'::text) AS kind,
    p.id AS picture_id,
    p.title,
    c.user_id,
    i.width,
    i.height,
    i.thumbhash,
    f.id AS file_id,
    f.variants
   FROM (((((leads l
     JOIN user_conversions c ON ((c.id = l.conversion_id)))
     JOIN users u ON ((u.id = c.user_id)))
     JOIN images i ON ((i.id = c.result_image_id)))
     JOIN stored_files f ON ((f.image_id = i.id)))
     LEFT JOIN images p ON (((p.id = c.style_image_id) AND (p.vendor_id = l.vendor_id) AND (p.deleted_at IS NULL))))
  WHERE ((l.withdrawn_at IS NULL) AND (c.status = 'completed'::text) AND (c.deleted_at IS NULL) AND (i.moderation = 'accepted'::text) AND (i.deleted_at IS NULL) AND u.is_active AND (( SELECT acts_as_system() AS acts_as_system) OR (l.vendor_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));

CREATE VIEW settlement_matches AS
 SELECT l.report_id,
    l.line,
    l.kind,
    l.deposit,
    l.dated,
    l.authority,
    l.ref_number,
    l.amount,
    l.fee,
    p.id AS payment_id,
        CASE
            WHEN (p.id IS NULL) THEN 'unknown'::text
            WHEN (p.status <> 'completed'::text) THEN 'unpaid'::text
            WHEN ((l.kind = 'refund'::text) AND (r.parts = 0)) THEN 'notRefunded'::text
            WHEN
            CASE l.kind
                WHEN 'sale'::text THEN (l.amount <> p.amount)
                ELSE (r.fitting = 0)
            END THEN 'amount'::text
            WHEN (
            CASE l.kind
                WHEN 'sale'::text THEN (1)::bigint
                ELSE r.fitting
            END < ( SELECT count(*) AS count
               FROM settlement_lines o
              WHERE ((o.kind = l.kind) AND ((o.kind = 'sale'::text) OR (o.amount = l.amount)) AND ((o.authority = l.authority) OR (o.ref_number = l.ref_number))))) THEN 'twice'::text
            ELSE 'matched'::text
        END AS state
   FROM (((settlement_lines l
     JOIN settlement_reports t ON ((t.id = l.report_id)))
     LEFT JOIN LATERAL ( SELECT y.id,
            y.user_id,
            y.vendor_id,
            y.plan_id,
            y.amount,
            y.currency,
            y.status,
            y.payment_method,
            y.gateway,
            y.gateway_track_id,
            y.gateway_ref_number,
            y.gateway_card_number,
            y.description,
            y.callback_url,
            y.return_url,
            y.created_at,
            y.updated_at,
            y.paid_at,
            y.expires_at,
            y.kind,
            y.credit,
            y.replaces_period_id,
            y.conversions_limit,
            y.images_limit,
            y.attention_reason,
            y.next_check_at,
            y.checking_until,
            y.check_began_at,
            y.checked_at,
            y.returned_at,
            y.last_answer,
            y.unknown_checks,
            y.coupon_id,
            y.discount,
            y.gateway_fee,
            y.card_hash,
            y.vat_rate,
            y.vat
           FROM payments y
          WHERE ((y.gateway = t.gateway) AND ((y.gateway_track_id = l.authority) OR ((l.authority IS NULL) AND (y.gateway_ref_number = l.ref_number))))
          ORDER BY y.paid_at
         LIMIT 1) p ON (true))
     LEFT JOIN LATERAL ( SELECT count(*) AS parts,
            count(*) FILTER (WHERE (payment_refunds.amount = l.amount)) AS fitting
           FROM payment_refunds
          WHERE (payment_refunds.payment_id = p.id)) r ON (true));

CREATE VIEW shown_offers AS
 SELECT o.image_id,
    o.vendor_id,
    jsonb_build_object('priceRials', o.price_rials, 'variants', to_jsonb(o.variants), 'inStock', o.in_stock, 'link', o.link, 'booking', o.booking, 'contact',
        CASE
            WHEN (w.way IS NOT NULL) THEN jsonb_build_object('kind', o.contact, 'to', w.way)
            ELSE NULL::jsonb
        END) AS offer
   FROM ((offers o
     JOIN vendors v ON ((v.id = o.vendor_id)))
     CROSS JOIN LATERAL ( SELECT
                CASE o.contact
                    WHEN 'phone'::text THEN (v.contact_info ->> 'phone'::text)
                    ELSE (v.social_links ->> o.contact)
                END AS way) w);

CREATE VIEW spent_days AS
 SELECT d.day,
    d.purpose,
    (GREATEST((0)::bigint, (d.calls + p.calls)))::integer AS calls,
    (GREATEST((0)::numeric, ((d.rials)::numeric + p.rials)))::bigint AS rials,
    d.warned_at,
    d.paused_at
   FROM (daily_spending d
     CROSS JOIN LATERAL ( SELECT COALESCE(sum(s.calls), (0)::bigint) AS calls,
            COALESCE(sum(s.rials), (0)::numeric) AS rials
           FROM spending_parts s
          WHERE ((s.day = d.day) AND (s.purpose = d.purpose))) p);

CREATE VIEW visible_albums AS
 SELECT a.id,
    a.vendor_id,
    a.name,
    a.description,
    a.cover_image_id,
    a."position",
    a.is_style_kit,
    a.image_order,
    a.created_at,
    a.updated_at,
    v.handle,
    v.business_name,
    v.is_verified,
    a.name_search
   FROM (albums a
     JOIN vendors v ON ((v.id = a.vendor_id)))
  WHERE (a.is_public AND v.is_active);

CREATE VIEW visible_images AS
 SELECT i.id,
    i.vendor_id,
    i.title,
    i.tags,
    i.file_name,
    i.original_url,
    i.thumbnail_url,
    i.width,
    i.height,
    i.thumbhash,
    i.created_at,
    i.updated_at,
    v.handle,
    v.business_name,
    v.is_verified,
    i.title_search,
    i.look_kind,
    i.look_settings,
    i.alt_text,
    i.shown_tags
   FROM (published_images i
     JOIN vendors v ON ((v.id = i.vendor_id)))
  WHERE v.is_active;

-- Row-level security ------------------------------------------------------------------------------------------

ALTER TABLE api_answers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON api_answers USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[])) OR (vendor_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));
ALTER TABLE api_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON api_tokens USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[])) OR (vendor_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));
ALTER TABLE audit_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON audit_logs FOR SELECT USING (true);
CREATE POLICY said_when_it_was ON audit_logs FOR INSERT WITH CHECK (((created_at >= now()) AND (created_at <= clock_timestamp())));
ALTER TABLE bot_chats ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON bot_chats USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));
ALTER TABLE images ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON images USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[])) OR (vendor_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));
CREATE POLICY public_rows ON images FOR SELECT USING (is_public);
ALTER TABLE leads ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON leads USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[])) OR ((withdrawn_at IS NULL) AND (vendor_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[])))));
ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON payments USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[])) OR (vendor_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON sessions USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[])) OR (vendor_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));
ALTER TABLE subscription_periods ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON subscription_periods USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[])) OR (vendor_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));
ALTER TABLE user_conversions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON user_conversions USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));
ALTER TABLE webhook_endpoints ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON webhook_endpoints USING ((( SELECT acts_as_system() AS acts_as_system) OR (user_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[])) OR (vendor_id = ANY (( SELECT acting_accounts() AS acting_accounts)::uuid[]))));

-- Functions ---------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION public.acting_accounts()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  SELECT CASE current_setting('app.account', true) WHEN 'system' THEN '{}'::uuid[]
    ELSE coalesce(nullif(current_setting('app.account', true), ''), '{}')::uuid[] END
$function$;

CREATE OR REPLACE FUNCTION public.activate_month(p_payment_id uuid, p_ref_number text DEFAULT NULL::text, p_card_number text DEFAULT NULL::text)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_payment payments;
    v_owner_id uuid;
    v_now timestamptz;
    v_running subscription_periods;
    v_replaced subscription_periods;
    v_last subscription_periods;
    v_starts_now boolean;
    v_anchor timestamptz;
    v_month integer := 0;
    v_conversions integer;
    v_images integer;
    v_value bigint;
    v_left integer;
    v_of integer;
    v_short integer;
    v_attention text;
    v_period_id uuid;
BEGIN
    -- Read without a lock to learn the owner, who never changes.
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'payment % does not exist', p_payment_id USING ERRCODE = 'ST003';
    END IF;
    v_owner_id := coalesce(v_payment.user_id, v_payment.vendor_id);
    PERFORM lock_payment_owner(v_payment);
    SELECT * INTO v_replaced FROM subscription_periods WHERE id = v_payment.replaces_period_id FOR NO KEY UPDATE;
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id FOR NO KEY UPDATE;

    SELECT id INTO v_period_id FROM subscription_periods WHERE payment_id = p_payment_id;
    IF FOUND THEN
        RETURN v_period_id;
    END IF;

    v_now := clock_timestamp();
    SELECT * INTO v_running FROM subscription_periods
     WHERE coalesce(user_id, vendor_id) = v_owner_id AND ends_at > v_now AND starts_at <= v_now;

    v_starts_now := v_running.id IS NULL OR v_running.payment_id IS NULL
        OR (v_payment.kind = 'upgrade' OR v_payment.credit > 0)
           AND coalesce(v_payment.replaces_period_id, v_running.id) = v_running.id;
    IF v_payment.credit > 0 AND v_payment.replaces_period_id IS DISTINCT FROM v_running.id THEN
        v_attention := 'credit_period_over';
    ELSIF EXISTS (SELECT 1 FROM users WHERE id = v_owner_id AND NOT is_active)
       OR EXISTS (SELECT 1 FROM vendors WHERE id = v_owner_id AND NOT is_active) THEN
        v_attention := 'account_inactive';
    END IF;

    v_conversions := v_payment.conversions_limit;
    v_images := v_payment.images_limit;
    IF v_payment.credit > 0 THEN
        SELECT amount - given_back(id) + credit INTO v_value FROM payments WHERE id = v_replaced.payment_id
           AND v_replaced.replaced_by IS NULL AND NOT EXISTS (SELECT 1 FROM payment_refunds WHERE payment_id = v_replaced.payment_id AND ends_purchase);
        IF FOUND THEN
            -- So much of the quota must be left for the credit to be worth what it is.
            SELECT left_over, of_all INTO v_left, v_of FROM quota_left(v_replaced);
            v_short := greatest(ceil(v_of::numeric * v_payment.credit / v_value) - v_left, 0);
            IF v_payment.conversions_limit > 0 THEN
                v_conversions := greatest(v_conversions - v_short, 0);
            ELSE
                v_images := greatest(v_images - v_short, 0);
            END IF;
            -- One that ended by itself meanwhile is spent as well.
            IF v_replaced.ends_at <= v_now THEN
                UPDATE subscription_periods SET replaced_by = p_payment_id, cut_rest = INTERVAL '0' WHERE id = v_replaced.id;
            END IF;
        ELSE
            v_conversions := ceil(v_conversions::numeric * v_payment.amount / (v_payment.amount + v_payment.credit));
            v_images := ceil(v_images::numeric * v_payment.amount / (v_payment.amount + v_payment.credit));
        END IF;
    END IF;

    IF v_starts_now THEN
        v_anchor := v_now;
        UPDATE subscription_periods
           SET ends_at = v_now,
               replaced_by = CASE WHEN payment_id IS NOT NULL THEN p_payment_id END,
               cut_rest = CASE WHEN payment_id IS NOT NULL THEN ends_at - v_now END
         WHERE id = v_running.id;
        PERFORM rechain_periods(v_owner_id, v_now, CASE WHEN v_running.payment_id IS NOT NULL THEN v_running.ends_at END);
    ELSE
        SELECT * INTO v_last FROM subscription_periods
         WHERE coalesce(user_id, vendor_id) = v_owner_id AND ends_at > v_now AND ends_at > starts_at
         ORDER BY ends_at DESC LIMIT 1;
        -- The next month of the same anchor, so that a subscription of the 31st stays one of the 31st.
        v_anchor := v_last.anchor_at;
        v_month := (
            SELECT (extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a)
              FROM (SELECT v_anchor AT TIME ZONE 'Asia/Tehran' AS a, v_last.ends_at AT TIME ZONE 'Asia/Tehran' AS b) t
        );
        IF period_month(v_anchor, v_month) <> v_last.ends_at THEN
            v_anchor := v_last.ends_at;
            v_month := 0;
        END IF;
    END IF;

    INSERT INTO subscription_periods
        (user_id, vendor_id, plan_id, payment_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
    VALUES
        (v_payment.user_id, v_payment.vendor_id, v_payment.plan_id, p_payment_id, v_anchor,
         period_month(v_anchor, v_month), period_month(v_anchor, v_month + 1), v_conversions, v_images)
    RETURNING id INTO v_period_id;

    UPDATE payments
       SET status = 'completed',
           gateway_ref_number = coalesce(p_ref_number, gateway_ref_number),
           gateway_card_number = coalesce(p_card_number, gateway_card_number),
           paid_at = coalesce(paid_at, v_now)
     WHERE id = p_payment_id;
    IF v_attention IS NOT NULL THEN
        INSERT INTO payment_concerns (payment_id, reason) VALUES (p_payment_id, v_attention) ON CONFLICT DO NOTHING;
    END IF;
    PERFORM show_current_plan(v_owner_id);
    RETURN v_period_id;
END
$function$;

CREATE OR REPLACE FUNCTION public.activate_pack(p_payment_id uuid, p_ref_number text, p_card_number text)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_payment payments;
    v_period_id uuid;
    v_now timestamptz;
BEGIN
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id;
    PERFORM lock_payment_owner(v_payment);
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id FOR NO KEY UPDATE;
    SELECT id INTO v_period_id FROM subscription_periods WHERE payment_id = p_payment_id;
    IF FOUND THEN
        RETURN v_period_id;
    END IF;
    v_now := clock_timestamp();
    INSERT INTO subscription_periods
        (user_id, vendor_id, plan_id, payment_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
    VALUES
        (v_payment.user_id, v_payment.vendor_id, v_payment.plan_id, p_payment_id, v_now, v_now, v_now,
         v_payment.conversions_limit, v_payment.images_limit)
    RETURNING id INTO v_period_id;
    INSERT INTO quota_grants (user_id, vendor_id, resource, amount, reason, payment_id)
    VALUES (v_payment.user_id, v_payment.vendor_id,
            CASE WHEN v_payment.user_id IS NOT NULL THEN 'conversions' ELSE 'images' END,
            CASE WHEN v_payment.user_id IS NOT NULL THEN v_payment.conversions_limit ELSE v_payment.images_limit END,
            'pack', p_payment_id);
    UPDATE payments
       SET status = 'completed',
           gateway_ref_number = coalesce(p_ref_number, gateway_ref_number),
           gateway_card_number = coalesce(p_card_number, gateway_card_number),
           paid_at = coalesce(paid_at, v_now)
     WHERE id = p_payment_id;
    IF EXISTS (SELECT 1 FROM users WHERE id = v_payment.user_id AND NOT is_active)
       OR EXISTS (SELECT 1 FROM vendors WHERE id = v_payment.vendor_id AND NOT is_active) THEN
        INSERT INTO payment_concerns (payment_id, reason) VALUES (p_payment_id, 'account_inactive') ON CONFLICT DO NOTHING;
    END IF;
    RETURN v_period_id;
END
$function$;

CREATE OR REPLACE FUNCTION public.activate_payment(p_payment_id uuid, p_ref_number text DEFAULT NULL::text, p_card_number text DEFAULT NULL::text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF (SELECT kind FROM payments WHERE id = p_payment_id) = 'pack' THEN
        RETURN activate_pack(p_payment_id, p_ref_number, p_card_number);
    END IF;
    RETURN activate_month(p_payment_id, p_ref_number, p_card_number);
END
$function$;

CREATE OR REPLACE FUNCTION public.acts_as_system()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  SELECT coalesce(current_setting('app.account', true) = 'system', false)
$function$;

CREATE OR REPLACE FUNCTION public.add_spending(p_day date, p_purpose text, p_calls integer, p_rials bigint, p_limit bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF NOT spend_in_part(p_day, p_purpose, p_calls, p_rials, p_limit, NULL) THEN
        PERFORM settle_spending(p_day, p_purpose, p_calls, p_rials, p_limit, NULL);
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.admit_conversions(p_ids uuid[], p_price bigint, p_limit bigint, p_paid_limit bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_count integer := cardinality(p_ids);
    v_is_paid boolean;
BEGIN
    SELECT bool_and(conversion_type = 'paid') INTO v_is_paid FROM user_conversions WHERE id = ANY (p_ids);
    IF NOT admit_spending('engine', v_count, p_price * v_count, p_limit, CASE WHEN v_is_paid THEN p_paid_limit ELSE p_limit END) THEN
        RETURN false;
    END IF;
    INSERT INTO engine_spendings (conversion_id, day, rials) SELECT unnest(p_ids), visit_day(), p_price;
    RETURN true;
END
$function$;

CREATE OR REPLACE FUNCTION public.admit_spending(p_purpose text, p_calls integer, p_rials bigint, p_limit bigint, p_ceiling bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_day date := visit_day();
BEGIN
    IF spend_in_part(v_day, p_purpose, p_calls, p_rials, p_limit, p_ceiling) THEN
        RETURN true;
    END IF;
    -- What is written already does not fit: nobody has to wait in order to hear that.
    IF EXISTS (SELECT 1 FROM spent_days WHERE day = v_day AND purpose = p_purpose AND rials + p_rials > p_ceiling) THEN
        RETURN false;
    END IF;
    RETURN settle_spending(v_day, p_purpose, p_calls, p_rials, p_limit, p_ceiling);
END
$function$;

CREATE OR REPLACE FUNCTION public.agree_at_sign_up()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    INSERT INTO legal_consents (user_id, vendor_id, page, version)
    SELECT CASE TG_TABLE_NAME WHEN 'users' THEN NEW.id END, CASE TG_TABLE_NAME WHEN 'vendors' THEN NEW.id END,
           f.page, f.version FROM legal_in_force() f;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.announce_banner()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    PERFORM tell_change('banners_changed', '');
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.announce_legal_text()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    PERFORM tell_change('legal_changed', '');
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.answer_lead(p_vendor_id uuid, p_lead_id uuid, p_answer text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_lead leads;
BEGIN
    SELECT l.* INTO v_lead FROM leads l JOIN received_leads r USING (id)
     WHERE l.id = p_lead_id AND l.vendor_id = p_vendor_id AND l.withdrawn_at IS NULL FOR NO KEY UPDATE OF l;
    IF NOT FOUND THEN
        RETURN 'missing';
    ELSIF v_lead.answer = p_answer THEN
        RETURN 'answered';
    ELSIF v_lead.answer IS NOT NULL THEN
        RETURN 'before';
    END IF;
    UPDATE leads SET answer = p_answer, answered_at = clock_timestamp() WHERE id = p_lead_id;
    INSERT INTO notifications (user_id, kind, data)
    VALUES (v_lead.user_id, 'lead.answer', jsonb_build_object('id', v_lead.conversion_id));
    RETURN 'answered';
END
$function$;

CREATE OR REPLACE FUNCTION public.apply_due_prices()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_changed integer;
BEGIN
    UPDATE payment_plans SET price_per_month_cents = plan_price(id, v_now)
     WHERE price_per_month_cents <> plan_price(id, v_now);
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    RETURN v_changed;
END
$function$;

CREATE OR REPLACE FUNCTION public.apply_quota_grant()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.user_id IS NOT NULL THEN
        UPDATE users SET free_quota_remaining = free_quota_remaining + NEW.amount WHERE id = NEW.user_id;
    ELSE
        UPDATE vendors SET free_gallery_remaining = free_gallery_remaining + NEW.amount WHERE id = NEW.vendor_id;
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.apply_refund()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_payment payments;
    v_rest bigint;
    v_spent_on uuid;
BEGIN
    SELECT * INTO v_payment FROM payments WHERE id = NEW.payment_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'payment % does not exist', NEW.payment_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM lock_payment_owner(v_payment);
    SELECT * INTO v_payment FROM payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
    v_rest := v_payment.amount - given_back(NEW.payment_id);
    IF v_payment.status <> 'completed' THEN
        RAISE EXCEPTION 'payment % was not paid', NEW.payment_id USING ERRCODE = 'ST004';
    ELSIF NEW.amount > v_rest THEN
        RAISE EXCEPTION 'less than this refund is left of payment %', NEW.payment_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chk_refund_amount';
    ELSIF coalesce(NEW.user_id, v_payment.user_id) IS DISTINCT FROM v_payment.user_id
       OR coalesce(NEW.vendor_id, v_payment.vendor_id) IS DISTINCT FROM v_payment.vendor_id THEN
        RAISE EXCEPTION 'payment % is not of the refund''s owner', NEW.payment_id USING ERRCODE = 'ST005';
    END IF;
    NEW.user_id := v_payment.user_id;
    NEW.vendor_id := v_payment.vendor_id;
    IF NEW.ends_purchase THEN
        PERFORM give_period_back(NEW.payment_id, clock_timestamp());
        PERFORM show_current_plan(coalesce(NEW.user_id, NEW.vendor_id));
        RETURN NEW;
    END IF;
    -- What is taken off another purchase by its worth stays worth that.
    SELECT blocked_by INTO v_spent_on FROM refund_effect(NEW.payment_id, clock_timestamp());
    IF v_spent_on IS NOT NULL THEN
        RAISE EXCEPTION 'the rest of payment % went into %', NEW.payment_id, v_spent_on USING ERRCODE = 'ST004', HINT = 'credit';
    ELSIF NEW.amount = v_rest AND NOT EXISTS (SELECT 1 FROM payment_refunds WHERE payment_id = NEW.payment_id AND ends_purchase) THEN
        RAISE EXCEPTION 'nothing of payment % stays, so it ends', NEW.payment_id USING ERRCODE = 'ST004', HINT = 'end';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.can_user_convert(p_user_id uuid, p_conversion_type text DEFAULT NULL::text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM users u
         WHERE u.id = p_user_id AND u.is_active AND u.is_phone_verified
           AND (coalesce(p_conversion_type, 'free') = 'free' AND u.free_quota_remaining > 0
                OR coalesce(p_conversion_type, 'paid') = 'paid' AND EXISTS (
                    SELECT 1 FROM user_period_at(p_user_id, v_now) p WHERE p.conversions_used < p.conversions_limit
                ))
    );
END
$function$;

CREATE OR REPLACE FUNCTION public.can_vendor_upload_image(p_vendor_id uuid, p_is_free boolean DEFAULT NULL::boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM vendors v
         WHERE v.id = p_vendor_id AND v.is_active AND v.is_phone_verified
           AND (coalesce(p_is_free, true) AND v.free_gallery_remaining > 0
                OR NOT coalesce(p_is_free, false) AND EXISTS (
                    SELECT 1 FROM vendor_period_at(p_vendor_id, v_now) p WHERE p.images_used < p.images_limit
                ))
    );
END
$function$;

CREATE OR REPLACE FUNCTION public.check_account_plan()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    PERFORM require_audience(NEW.plan_id, TG_ARGV[0]);
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.check_conversion_images(p_user_id uuid, p_source_image_id uuid, p_style_image_id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_owner uuid;
BEGIN
    IF p_source_image_id IS NOT NULL THEN
        SELECT user_id INTO v_owner FROM images WHERE id = p_source_image_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'image % does not exist', p_source_image_id USING ERRCODE = 'ST003';
        ELSIF v_owner IS DISTINCT FROM p_user_id THEN
            RAISE EXCEPTION 'image % does not belong to user %', p_source_image_id, p_user_id USING ERRCODE = 'ST005';
        END IF;
    END IF;
    IF p_style_image_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM visible_images WHERE id = p_style_image_id) THEN
        RAISE EXCEPTION 'reference image % does not exist', p_style_image_id USING ERRCODE = 'ST003';
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.check_owner_plan()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    PERFORM require_audience(NEW.plan_id, CASE WHEN NEW.user_id IS NOT NULL THEN 'user' ELSE 'vendor' END);
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.check_payment_goods()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    -- An unknown plan is left to the foreign key.
    IF EXISTS (SELECT 1 FROM payment_plans WHERE id = NEW.plan_id AND (term = 'once') <> (NEW.kind = 'pack')) THEN
        RAISE EXCEPTION 'a pack is bought as one, and a month as one' USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.claim_plan_reminders(p_limit integer DEFAULT 200)
 RETURNS SETOF plan_reminders
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
    INSERT INTO plan_reminders (period_id, user_id, vendor_id, ends_at, days_before)
    SELECT due.id, due.user_id, due.vendor_id, due.ends_at, due.days_before FROM (
        SELECT p.id, p.user_id, p.vendor_id, p.ends_at,
               CASE WHEN p.ends_at <= v_now THEN 0
                    WHEN p.ends_at <= v_now + INTERVAL '1 day' THEN 1
                    WHEN p.ends_at <= v_now + INTERVAL '3 days' THEN 3
                    ELSE 7 END AS days_before
          FROM subscription_periods p
          LEFT JOIN users u ON u.id = p.user_id
          LEFT JOIN vendors v ON v.id = p.vendor_id
         WHERE p.ends_at > v_now - INTERVAL '1 day' AND p.ends_at <= v_now + INTERVAL '7 days'
           AND p.payment_id IS NOT NULL AND p.ends_at > p.starts_at AND p.starts_at <= v_now
           AND coalesce(u.is_active AND u.plan_reminders, v.is_active AND v.plan_reminders)
           AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.payment_id AND r.ends_purchase)
           AND NOT EXISTS (
               SELECT 1 FROM subscription_periods f
                WHERE coalesce(f.user_id, f.vendor_id) = coalesce(p.user_id, p.vendor_id)
                  AND f.payment_id IS NOT NULL AND f.ends_at > p.ends_at AND f.ends_at > f.starts_at
           )
    ) due
     WHERE NOT EXISTS (
        SELECT 1 FROM plan_reminders r
         WHERE r.period_id = due.id AND r.ends_at = due.ends_at AND r.days_before <= due.days_before
     )
     ORDER BY due.ends_at, due.id LIMIT p_limit
    ON CONFLICT ON CONSTRAINT plan_reminders_key DO NOTHING
    RETURNING *;
END
$function$;

CREATE OR REPLACE FUNCTION public.close_spending_days()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_day record;
    v_closed integer := 0;
BEGIN
    FOR v_day IN
        SELECT d.day, d.purpose FROM daily_spending d
         WHERE d.day < visit_day() - 1
           AND EXISTS (SELECT 1 FROM spending_parts s WHERE s.day = d.day AND s.purpose = d.purpose)
         ORDER BY d.day, d.purpose FOR UPDATE
    LOOP
        WITH gone AS (
            DELETE FROM spending_parts WHERE day = v_day.day AND purpose = v_day.purpose RETURNING calls, rials
        ), back AS (
            SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(rials), 0) AS rials FROM gone
        )
        UPDATE daily_spending d SET calls = greatest(0, d.calls + back.calls), rials = greatest(0, d.rials + back.rials)
          FROM back WHERE d.day = v_day.day AND d.purpose = v_day.purpose;
        v_closed := v_closed + 1;
    END LOOP;
    RETURN v_closed;
END
$function$;

CREATE OR REPLACE FUNCTION public.comment_on_image(p_id uuid, p_link_id uuid, p_image_id uuid, p_name text, p_words text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_all integer;
    v_here integer;
BEGIN
    -- Counted one after the other.
    PERFORM 1 FROM album_links WHERE id = p_link_id FOR NO KEY UPDATE;
    PERFORM 1 FROM live_album_links l JOIN linked_album_images i ON i.album_id = l.album_id
     WHERE l.id = p_link_id AND l.has_picks AND i.id = p_image_id;
    IF NOT FOUND THEN
        RETURN 'missing';
    END IF;
    IF EXISTS (SELECT 1 FROM album_comments WHERE id = p_id AND link_id = p_link_id) THEN
        RETURN 'said';
    END IF;
    SELECT count(*), count(*) FILTER (WHERE image_id = p_image_id) INTO v_all, v_here FROM album_comments WHERE link_id = p_link_id;
    IF v_all >= 500 OR v_here >= 30 THEN
        RETURN 'many';
    END IF;
    INSERT INTO album_comments (id, link_id, image_id, name, words) VALUES (p_id, p_link_id, p_image_id, p_name, p_words);
    RETURN 'said';
END
$function$;

CREATE OR REPLACE FUNCTION public.concerns_of(p_payment_id uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'since', raised_at,
               'isDismissible', reason NOT IN ('refund_transfer', 'refund_unknown')) ORDER BY raised_at, reason), '[]')
      FROM open_concerns WHERE payment_id = p_payment_id
$function$;

CREATE OR REPLACE FUNCTION public.conversion_counts()
 RETURNS TABLE(total bigint, pending bigint, processing bigint, completed bigint, failed bigint, last_24h bigint, last_30d bigint)
 LANGUAGE plpgsql
 STABLE
AS $function$
DECLARE
    v_edge timestamptz := coalesce((SELECT max(hour) + interval '1 hour' FROM conversion_hours), '-infinity');
    v_day timestamptz := now() - interval '24 hours';
    v_month timestamptz := now() - interval '30 days';
BEGIN
    RETURN QUERY
    SELECT (f.completed + f.failed + t.total)::bigint, t.pending, t.processing, (f.completed + t.completed)::bigint,
           (f.failed + t.failed)::bigint, (f.day + t.day + d.n)::bigint, (f.month + t.month + m.n)::bigint
      FROM (SELECT coalesce(sum(h.completed), 0) AS completed, coalesce(sum(h.failed), 0) AS failed,
                   coalesce(sum(h.completed + h.failed) FILTER (WHERE hour > v_day), 0) AS day,
                   coalesce(sum(h.completed + h.failed) FILTER (WHERE hour > v_month), 0) AS month
              FROM conversion_hours h) f,
           (SELECT count(*) AS total, count(*) FILTER (WHERE status = 'pending') AS pending,
                   count(*) FILTER (WHERE status = 'processing') AS processing,
                   count(*) FILTER (WHERE status = 'completed') AS completed, count(*) FILTER (WHERE status = 'failed') AS failed,
                   count(*) FILTER (WHERE created_at > v_day) AS day, count(*) FILTER (WHERE created_at > v_month) AS month
              FROM user_conversions WHERE created_at >= v_edge) t,
           (SELECT count(*) AS n FROM user_conversions
             WHERE created_at > v_day AND created_at < least(v_edge, date_trunc('hour', v_day, 'UTC') + interval '1 hour')) d,
           (SELECT count(*) AS n FROM user_conversions
             WHERE created_at > v_month AND created_at < least(v_edge, date_trunc('hour', v_month, 'UTC') + interval '1 hour')) m;
END
$function$;

CREATE OR REPLACE FUNCTION public.conversion_figures(p_by text)
 RETURNS TABLE(days smallint, name text, total integer, completed integer, failed integer, refused integer, median_ms integer, p95_ms integer)
 LANGUAGE plpgsql
 STABLE
AS $function$
DECLARE
    v_edge timestamptz := coalesce((SELECT max(hour) + interval '1 hour' FROM conversion_hours), '-infinity');
BEGIN
    RETURN QUERY
    WITH windows AS (
        SELECT w.days, now() - make_interval(days => w.days) AS since,
               date_trunc('hour', now() - make_interval(days => w.days), 'UTC') + interval '1 hour' AS whole
          FROM (VALUES (1::smallint), (7::smallint)) w (days)
    ), times AS (
        SELECT w.days, t.style_name, t.engine, t.outcome, nullif(t.ms, -1) AS ms, t.n
          FROM windows w JOIN conversion_times t ON t.hour > w.since
        UNION ALL
        SELECT w.days, c.style_name, coalesce(c.engine, ''), conversion_outcome(c.status, c.failure_code), c.processing_time_ms, 1
          FROM windows w JOIN user_conversions c ON c.created_at > w.since AND c.created_at >= v_edge
        UNION ALL
        SELECT w.days, c.style_name, coalesce(c.engine, ''), conversion_outcome(c.status, c.failure_code), c.processing_time_ms, 1
          FROM windows w JOIN user_conversions c ON c.created_at > w.since AND c.created_at < least(v_edge, w.whole)
    ), named AS (
        SELECT t.days, CASE p_by WHEN 'engine' THEN t.engine ELSE t.style_name END AS name, t.outcome, t.ms, sum(t.n) AS n
          FROM times t GROUP BY 1, 2, 3, 4
    ), counts AS (
        SELECT c.days, c.name, sum(c.n) AS total, coalesce(sum(c.n) FILTER (WHERE c.outcome = 'completed'), 0) AS completed,
               coalesce(sum(c.n) FILTER (WHERE c.outcome = 'failed'), 0) AS failed,
               coalesce(sum(c.n) FILTER (WHERE c.outcome = 'refused'), 0) AS refused
          FROM named c GROUP BY c.days, c.name
    ), placed AS (
        SELECT p.days, p.name, p.ms, sum(p.n) OVER (PARTITION BY p.days, p.name ORDER BY p.ms) AS upto,
               sum(p.n) OVER (PARTITION BY p.days, p.name) - 1 AS last
          FROM named p WHERE p.outcome = 'completed' AND p.ms IS NOT NULL
    ), quantiles AS (
        SELECT q.days, q.name, s.share, s.share * q.last - floor(s.share * q.last) AS part,
               min(q.ms) FILTER (WHERE q.upto > floor(s.share * q.last)) AS below,
               min(q.ms) FILTER (WHERE q.upto > ceil(s.share * q.last)) AS above
          FROM placed q CROSS JOIN (VALUES (0.5), (0.95)) s (share) GROUP BY q.days, q.name, q.last, s.share
    )
    SELECT c.days, c.name, c.total::integer, c.completed::integer, c.failed::integer, c.refused::integer,
           (SELECT round(q.below + q.part * (q.above - q.below)) FROM quantiles q
             WHERE q.days = c.days AND q.name = c.name AND q.share = 0.5)::integer,
           (SELECT round(q.below + q.part * (q.above - q.below)) FROM quantiles q
             WHERE q.days = c.days AND q.name = c.name AND q.share = 0.95)::integer
      FROM counts c;
END
$function$;

CREATE OR REPLACE FUNCTION public.conversion_outcome(p_status text, p_code text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
    SELECT CASE WHEN p_status = 'failed' AND p_code NOT IN ('engine', 'deadline', 'internal') THEN 'refused'
                WHEN p_status IN ('completed', 'failed') THEN p_status ELSE 'open' END
$function$;

CREATE OR REPLACE FUNCTION public.conversion_turn(p_created_at timestamp with time zone, p_conversion_type text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT floor(extract(epoch FROM p_created_at - TIMESTAMPTZ '2026-01-01 00:00:00+00'))::integer
           - CASE WHEN p_conversion_type = 'paid' THEN 120 ELSE 0 END
$function$;

CREATE OR REPLACE FUNCTION public.conversions_ahead(p_created_at timestamp with time zone, p_conversion_type text, p_id uuid, p_bound integer)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  RETURN (
    SELECT count(*)::integer FROM (
      SELECT 1 FROM user_conversions ahead
      WHERE ahead.status = 'pending'
        AND (conversion_turn(ahead.created_at, ahead.conversion_type), ahead.created_at, ahead.id)
          <= (conversion_turn(p_created_at, p_conversion_type), p_created_at, p_id)
      LIMIT p_bound) places);
END
$function$;

CREATE OR REPLACE FUNCTION public.count_album_images()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_albums uuid[];
    v_changes bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(c.album_id), array_agg(c.change) INTO v_albums, v_changes FROM (
            SELECT album_id, count(*) AS change FROM added GROUP BY album_id
        ) c;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(c.album_id), array_agg(c.change) INTO v_albums, v_changes FROM (
            SELECT album_id, -count(*) AS change FROM removed GROUP BY album_id
        ) c;
    ELSE
        SELECT array_agg(c.album_id), array_agg(c.change) INTO v_albums, v_changes FROM (
            SELECT m.album_id, sum(m.change)::bigint AS change FROM (
                SELECT album_id, 1 AS change FROM added UNION ALL SELECT album_id, -1 FROM removed
            ) m GROUP BY m.album_id HAVING sum(m.change) <> 0
        ) c;
    END IF;
    IF v_albums IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM albums WHERE id = ANY (v_albums) ORDER BY id FOR NO KEY UPDATE;
    UPDATE albums a SET image_count = a.image_count + c.change
      FROM unnest(v_albums, v_changes) AS c(album_id, change)
     WHERE a.id = c.album_id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.count_coupon_use()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_before integer := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE (OLD.given_back_at IS NULL AND NOT OLD.is_over)::integer END;
    v_after integer := CASE WHEN TG_OP = 'DELETE' THEN 0 ELSE (NEW.given_back_at IS NULL AND NOT NEW.is_over)::integer END;
BEGIN
    IF v_after <> v_before THEN
        UPDATE coupons SET used = used + v_after - v_before WHERE id = coalesce(NEW.code_id, OLD.code_id);
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.count_engine_call(p_conversion_id uuid, p_price bigint, p_limit bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_admitted engine_spendings;
BEGIN
    SELECT * INTO v_admitted FROM engine_spendings WHERE conversion_id = p_conversion_id FOR UPDATE;
    UPDATE engine_spendings SET calls = calls + 1, rials = CASE calls WHEN 0 THEN p_price ELSE rials END
     WHERE conversion_id = p_conversion_id;
    IF v_admitted.calls = 0 AND v_admitted.rials = p_price THEN
        RETURN;
    ELSIF v_admitted.calls = 0 THEN
        PERFORM take_back_spending(v_admitted.day, 'engine', v_admitted.rials);
    END IF;
    PERFORM add_spending(visit_day(), 'engine', 1, p_price, p_limit);
END
$function$;

CREATE OR REPLACE FUNCTION public.count_hearers(p_audience text, p_city text, p_kind text)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT CASE p_audience WHEN 'one' THEN 1 ELSE
        (SELECT count(*) FROM users u WHERE hears_as_user(p_audience, clock_timestamp(), u))
        + (SELECT count(*) FROM vendors v WHERE hears_as_vendor(p_audience, clock_timestamp(), p_city, p_kind, v)) END
$function$;

CREATE OR REPLACE FUNCTION public.decide_moderation_case(p_case_id uuid, p_decision text, p_why text DEFAULT NULL::text)
 RETURNS TABLE(image_id uuid, reason text, file_id text, charge_returned boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_image_id uuid;
    v_conversion_id uuid;
    v_is_private boolean;
BEGIN
    SELECT c.image_id, c.reason, c.reason IN ('uncertain', 'unchecked') INTO v_image_id, reason, v_is_private
      FROM moderation_cases c WHERE c.id = p_case_id AND c.decision IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Owner, period, conversion, image: the order that all keep.
    SELECT u.id INTO v_conversion_id FROM user_conversions u
     WHERE u.result_image_id = v_image_id AND u.charge_returned_at IS NULL;
    IF p_decision = 'refused' AND v_conversion_id IS NOT NULL THEN
        PERFORM lock_conversion_charge(v_conversion_id);
        PERFORM 1 FROM user_conversions u WHERE u.id = v_conversion_id FOR NO KEY UPDATE;
    END IF;
    PERFORM 1 FROM images i WHERE i.id = v_image_id FOR NO KEY UPDATE;
    UPDATE moderation_cases c
       SET decision = p_decision, decided_at = clock_timestamp(),
           why = CASE WHEN p_decision = 'refused' THEN p_why END
     WHERE c.id = p_case_id AND c.decision IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE images i SET moderation = p_decision WHERE i.id = v_image_id;
    charge_returned := false;
    IF p_decision = 'refused' AND v_conversion_id IS NOT NULL THEN
        UPDATE user_conversions u SET charge_returned_at = clock_timestamp()
         WHERE u.id = v_conversion_id AND u.charge_returned_at IS NULL;
        charge_returned := FOUND;
    END IF;
    image_id := v_image_id;
    file_id := NULL;
    IF p_decision = 'refused' AND v_is_private THEN
        DELETE FROM stored_files f WHERE f.image_id = v_image_id RETURNING f.id INTO file_id;
    END IF;
    RETURN NEXT;
END
$function$;

CREATE OR REPLACE FUNCTION public.discard_account(p_account_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  IF EXISTS (SELECT 1 FROM payments WHERE p_account_id IN (user_id, vendor_id)) THEN
    RAISE EXCEPTION 'account % has payments and is kept', p_account_id USING ERRCODE = 'ST004';
  END IF;
  DELETE FROM users WHERE id = p_account_id;
  DELETE FROM vendors WHERE id = p_account_id;
END
$function$;

CREATE OR REPLACE FUNCTION public.drop_left_cover()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    UPDATE albums a SET cover_image_id = NULL FROM removed r
     WHERE a.id = r.album_id AND a.cover_image_id = r.image_id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.end_bot_links()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  DELETE FROM bot_chats WHERE user_id = NEW.id;
  RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.end_tokens()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  IF NEW.phone LIKE 'deleted:%' THEN
    DELETE FROM api_tokens WHERE NEW.id IN (user_id, vendor_id);
    DELETE FROM api_answers WHERE NEW.id IN (user_id, vendor_id);
  ELSE
    UPDATE api_tokens SET revoked_at = clock_timestamp()
     WHERE NEW.id IN (user_id, vendor_id) AND revoked_at IS NULL;
  END IF;
  RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.erase_user(p_user_id uuid, p_phone_hash text)
 RETURNS SETOF text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_phone text;
    v_files text[];
BEGIN
    SELECT phone INTO v_phone FROM users WHERE id = p_user_id AND phone NOT LIKE 'deleted:%' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'user % is not there', p_user_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM refuse_while_paying(p_user_id);
    PERFORM 1 FROM subscription_periods WHERE user_id = p_user_id ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM user_conversions WHERE user_id = p_user_id ORDER BY id FOR NO KEY UPDATE;

    -- What has not been made yet is not made any more, and not charged.
    UPDATE user_conversions SET status = 'failed', failure_code = 'cancelled', error_message = 'the account was deleted'
     WHERE user_id = p_user_id AND status IN ('pending', 'processing');
    PERFORM keep_tombstone(p_phone_hash, 'user', least(2, greatest(0, (
        (SELECT count(*) FROM user_conversions
          WHERE user_id = p_user_id AND conversion_type = 'free' AND charge_returned_at IS NULL)
        - (SELECT coalesce(sum(amount), 0) FROM quota_grants WHERE user_id = p_user_id AND amount < 0)
    )))::integer);

    v_files := ARRAY(SELECT id FROM stored_files WHERE user_id = p_user_id);
    DELETE FROM share_links WHERE conversion_id IN (SELECT id FROM user_conversions WHERE user_id = p_user_id);
    DELETE FROM images WHERE user_id = p_user_id;
    DELETE FROM stored_files WHERE user_id = p_user_id;
    -- The charges stay for the accounts, without what was converted.
    UPDATE user_conversions SET input_file_url = '', deleted_at = coalesce(deleted_at, clock_timestamp()), title = NULL,
           is_favourite = false,
           output_file_url = CASE WHEN output_file_url IS NOT NULL THEN '' END
     WHERE user_id = p_user_id;
    DELETE FROM uploads WHERE user_id = p_user_id;
    DELETE FROM sessions WHERE user_id = p_user_id;
    DELETE FROM notifications WHERE user_id = p_user_id;
    DELETE FROM agreements WHERE user_id = p_user_id;
    DELETE FROM admin_grants WHERE user_id = p_user_id;
    DELETE FROM otps WHERE phone = v_phone AND account_type = 'user' OR account_id = p_user_id;
    DELETE FROM outbox_messages WHERE phone = v_phone;
    UPDATE users SET phone = 'deleted:' || id, password_hash = '', name = NULL, avatar_url = NULL, bio = NULL,
           is_phone_verified = false, is_active = false, last_login_at = NULL
     WHERE id = p_user_id;
    RETURN QUERY SELECT unnest(v_files);
END
$function$;

CREATE OR REPLACE FUNCTION public.erase_vendor(p_vendor_id uuid, p_phone_hash text)
 RETURNS SETOF text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_phone text;
    v_files text[];
BEGIN
    SELECT phone INTO v_phone FROM vendors WHERE id = p_vendor_id AND phone NOT LIKE 'deleted:%' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'vendor % is not there', p_vendor_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM refuse_while_paying(p_vendor_id);
    PERFORM 1 FROM subscription_periods WHERE vendor_id = p_vendor_id ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM user_conversions c JOIN images i ON i.id = c.style_image_id
     WHERE i.vendor_id = p_vendor_id ORDER BY c.id FOR NO KEY UPDATE OF c;

    PERFORM keep_tombstone(p_phone_hash, 'vendor', least(10, greatest(0, (
        (SELECT count(*) FROM images WHERE vendor_id = p_vendor_id AND quota_pool = 'free')
        - (SELECT coalesce(sum(amount), 0) FROM quota_grants WHERE vendor_id = p_vendor_id AND amount < 0)
    )))::integer);

    v_files := ARRAY(SELECT id FROM stored_files WHERE vendor_id = p_vendor_id);
    DELETE FROM images WHERE vendor_id = p_vendor_id;
    DELETE FROM stored_files WHERE vendor_id = p_vendor_id;
    DELETE FROM albums WHERE vendor_id = p_vendor_id;
    DELETE FROM uploads WHERE vendor_id = p_vendor_id;
    DELETE FROM sessions WHERE vendor_id = p_vendor_id;
    DELETE FROM notifications WHERE vendor_id = p_vendor_id;
    DELETE FROM gallery_days WHERE vendor_id = p_vendor_id;
    DELETE FROM otps WHERE phone = v_phone AND account_type = 'vendor' OR account_id = p_vendor_id;
    DELETE FROM outbox_messages WHERE phone = v_phone;
    UPDATE vendors SET phone = 'deleted:' || id, password_hash = '', business_name = '', avatar_url = NULL, bio = NULL,
           profile_info = '{}', contact_info = '{}', social_links = '{}', is_verified = false,
           is_phone_verified = false, is_active = false, last_login_at = NULL,
           handle = 'g' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)
     WHERE id = p_vendor_id;
    RETURN QUERY SELECT unnest(v_files);
END
$function$;

CREATE OR REPLACE FUNCTION public.find_live_session(p_kind text, p_session_id uuid, p_grace_seconds integer)
 RETURNS TABLE(session_id uuid, account_id uuid, phone text, name text, avatar_url text, generation integer, is_stale boolean, is_fresh boolean, is_grace boolean, token_salt text, ends_in_seconds integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
BEGIN
  IF p_kind = 'user' THEN
    RETURN QUERY
      SELECT s.id, a.id, a.phone, a.name, a.avatar_url, s.rotation_counter,
        s.last_used_at < clock_timestamp() - interval '1 minute', s.current_used_at IS NULL,
        s.current_used_at IS NULL OR s.current_used_at > clock_timestamp() - make_interval(secs => p_grace_seconds),
        s.token_salt, ceil(extract(epoch FROM s.absolute_expires_at - clock_timestamp()))::integer
      FROM sessions s JOIN users a ON a.id = s.user_id
      WHERE s.id = p_session_id AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp()
        AND s.absolute_expires_at > clock_timestamp() AND a.is_active AND a.is_phone_verified;
  ELSE
    RETURN QUERY
      SELECT s.id, a.id, a.phone, a.business_name, a.avatar_url, s.rotation_counter,
        s.last_used_at < clock_timestamp() - interval '1 minute', s.current_used_at IS NULL,
        s.current_used_at IS NULL OR s.current_used_at > clock_timestamp() - make_interval(secs => p_grace_seconds),
        s.token_salt, ceil(extract(epoch FROM s.absolute_expires_at - clock_timestamp()))::integer
      FROM sessions s JOIN vendors a ON a.id = s.vendor_id
      WHERE s.id = p_session_id AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp()
        AND s.absolute_expires_at > clock_timestamp() AND a.is_active AND a.is_phone_verified;
  END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.find_live_token(p_hash text)
 RETURNS TABLE(token_id uuid, kind text, account_id uuid, scopes text[], is_stale boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT t.id, CASE WHEN t.user_id IS NULL THEN 'vendor' ELSE 'user' END, coalesce(u.id, v.id), t.scopes,
      t.last_used_at IS NULL OR t.last_used_at < clock_timestamp() - interval '1 minute'
    FROM api_tokens t LEFT JOIN users u ON u.id = t.user_id LEFT JOIN vendors v ON v.id = t.vendor_id
    WHERE t.token_hash = p_hash AND t.revoked_at IS NULL
      AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
      AND coalesce(u.is_active AND u.is_phone_verified, v.is_active AND v.is_phone_verified);
END
$function$;

CREATE OR REPLACE FUNCTION public.fold_conversions()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_from timestamptz;
    v_to timestamptz;
BEGIN
    SELECT coalesce((SELECT max(hour) + interval '1 hour' FROM conversion_hours),
                    (SELECT date_trunc('hour', min(created_at), 'UTC') FROM user_conversions)) INTO v_from;
    -- No transaction takes an hour: whatever was asked for before that is seen.
    SELECT date_trunc('hour', least(now() - interval '1 hour', v_from + interval '30 days', min(created_at)), 'UTC') INTO v_to
      FROM user_conversions WHERE status IN ('pending', 'processing');
    IF v_from IS NULL OR v_to <= v_from THEN
        RETURN;
    END IF;
    INSERT INTO conversion_times (hour, style_name, engine, outcome, ms, n)
    SELECT date_trunc('hour', created_at, 'UTC'), style_name, coalesce(engine, ''), conversion_outcome(status, failure_code),
           -- Steps of a twentieth of the leading digit.
           coalesce(round(processing_time_ms / s.step) * s.step, -1)::integer, count(*)
      FROM user_conversions
     CROSS JOIN LATERAL (SELECT greatest(1, 10 ^ (length(processing_time_ms::text) - 1) / 20) AS step) s
     WHERE created_at >= greatest(v_from, now() - interval '8 days') AND created_at < v_to
     GROUP BY 1, 2, 3, 4, 5;
    DELETE FROM conversion_times WHERE hour < now() - interval '8 days 1 hour';
    INSERT INTO conversion_hours (hour, completed, failed)
    SELECT h, coalesce(c.completed, 0), coalesce(c.failed, 0)
      FROM generate_series(v_from, v_to - interval '1 hour', interval '1 hour') h
      LEFT JOIN (SELECT date_trunc('hour', created_at, 'UTC') AS hour, count(*) FILTER (WHERE status = 'completed') AS completed,
                        count(*) FILTER (WHERE status = 'failed') AS failed
                   FROM user_conversions WHERE created_at >= v_from AND created_at < v_to GROUP BY 1) c ON c.hour = h;
END
$function$;

CREATE OR REPLACE FUNCTION public.follow_shown_tags()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.shown_tags IS DISTINCT FROM OLD.shown_tags THEN
        NEW.tags := ARRAY(
            SELECT normalize_search(tag) FROM unnest(NEW.shown_tags) WITH ORDINALITY AS u (tag, place)
             GROUP BY normalize_search(tag) ORDER BY min(place));
    ELSIF NEW.tags IS DISTINCT FROM OLD.tags THEN
        NEW.shown_tags := NULL;
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.forget_account_notes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    DELETE FROM account_notes WHERE user_id = NEW.id OR vendor_id = NEW.id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.forget_audit_logs(p_days integer, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_gone integer;
BEGIN
    IF p_days IS NULL OR p_days < 365 THEN
        RAISE EXCEPTION 'the audit log is kept for a year at least, not for % days', p_days USING ERRCODE = 'ST004';
    END IF;
    DELETE FROM audit_logs WHERE id = ANY (ARRAY(
        SELECT id FROM audit_logs WHERE created_at < now() - make_interval(days => p_days)
         ORDER BY created_at, id LIMIT p_limit));
    GET DIAGNOSTICS v_gone = ROW_COUNT;
    RETURN v_gone;
END
$function$;

CREATE OR REPLACE FUNCTION public.forget_buyer()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    DELETE FROM buyer_details WHERE user_id = NEW.id OR vendor_id = NEW.id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.forget_gallery_visitors(p_limit integer DEFAULT 5000)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_today date := visit_day();
    v_table text;
    v_count integer;
    v_gone integer := 0;
BEGIN
    DELETE FROM visit_salts WHERE day < v_today;
    PERFORM keep_gallery_partitions(v_today);
    FOREACH v_table IN ARRAY '{gallery_seen_before,gallery_seen_rest,gallery_days_before,gallery_days_rest}'::text[] LOOP
        CONTINUE WHEN to_regclass(v_table) IS NULL;
        -- What arrived at the last moment may be counted a little later.
        EXECUTE format('DELETE FROM public.%1$I WHERE ctid = ANY (ARRAY(SELECT ctid FROM public.%1$I WHERE day < %2$L LIMIT %3$s))',
                       v_table, v_today - CASE WHEN v_table LIKE 'gallery_seen%' THEN 1 ELSE 400 END, p_limit);
        GET DIAGNOSTICS v_count = ROW_COUNT;
        v_gone := greatest(v_gone, v_count);
    END LOOP;
    RETURN v_gone;
END
$function$;

CREATE OR REPLACE FUNCTION public.forget_leads()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    DELETE FROM leads WHERE user_id = NEW.id OR vendor_id = NEW.id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.forget_leads_of_conversion()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    DELETE FROM leads WHERE conversion_id = NEW.id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.forget_quota_notices()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    DELETE FROM quota_notices WHERE scope = coalesce(NEW.user_id, NEW.vendor_id);
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.forget_shop_front()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    DELETE FROM vendor_embeds WHERE vendor_id = NEW.id;
    DELETE FROM vendor_brands WHERE vendor_id = NEW.id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.forget_webhooks()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  DELETE FROM webhook_endpoints WHERE NEW.id IN (user_id, vendor_id);
  RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.freeze_look()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_image images;
BEGIN
    IF NEW.style_name <> 'reference' THEN
        NEW.look := CASE WHEN NEW.look ? 'strength' THEN jsonb_build_object('strength', NEW.look -> 'strength') END;
        NEW.style_vendor_id := NULL;
        RETURN NEW;
    END IF;
    SELECT * INTO v_image FROM images WHERE id = NEW.style_image_id;
    NEW.style_vendor_id := v_image.vendor_id;
    IF NEW.look_kind IS NULL THEN
        NEW.look := v_image.look_settings || coalesce(NEW.look, '{}');
        NEW.look_kind := coalesce(v_image.look_kind, 'light');
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.freeze_payment_vat()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'the VAT of payment % is frozen', OLD.id USING ERRCODE = 'ST004';
    END IF;
    NEW.vat_rate := coalesce((SELECT vat_rate FROM book_terms WHERE starts_at <= clock_timestamp() ORDER BY starts_at DESC LIMIT 1), 0);
    NEW.vat := vat_within(NEW.amount, NEW.vat_rate);
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.get_sent_space(p_vendor_id uuid)
 RETURNS TABLE(space bigint, used bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT 52428800::bigint * greatest(10, coalesce((SELECT images_limit FROM vendor_period_at(p_vendor_id, clock_timestamp())), 0)),
           coalesce((SELECT sum(byte_size)::bigint FROM stored_files WHERE vendor_id = p_vendor_id AND sent_of IS NOT NULL), 0)
$function$;

CREATE OR REPLACE FUNCTION public.get_system_stats()
 RETURNS TABLE(total_users bigint, active_users bigint, total_vendors bigint, active_vendors bigint, total_conversions bigint, pending_conversions bigint, processing_conversions bigint, completed_conversions bigint, failed_conversions bigint, total_images bigint, user_images bigint, vendor_images bigint, result_images bigint, total_albums bigint, total_payments bigint, pending_payments bigint, completed_payments bigint, failed_payments bigint, cancelled_payments bigint, expired_payments bigint, total_revenue bigint, storage_bytes bigint, conversions_last_24h bigint, conversions_last_30d bigint, revenue_last_24h bigint, revenue_last_30d bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT u.total, u.active, v.total, v.active,
           c.total, c.pending, c.processing, c.completed, c.failed,
           i.total, i.of_users, i.of_vendors, i.results,
           (SELECT count(*) FROM albums),
           p.total, p.pending, p.completed, p.failed, p.cancelled, p.expired,
           p.taken - r.given, i.bytes,
           c.last_24h, c.last_30d, p.taken_24h - r.given_24h, p.taken_30d - r.given_30d
      FROM (SELECT count(*) AS total, count(*) FILTER (WHERE is_active) AS active
              FROM users WHERE phone NOT LIKE 'deleted:%') u,
           (SELECT count(*) AS total, count(*) FILTER (WHERE is_active) AS active
              FROM vendors WHERE phone NOT LIKE 'deleted:%') v,
           conversion_counts() c,
           (SELECT count(*) AS total,
                   count(*) FILTER (WHERE type = 'user') AS of_users,
                   count(*) FILTER (WHERE type = 'vendor') AS of_vendors,
                   count(*) FILTER (WHERE type = 'result') AS results,
                   coalesce(sum(file_size), 0)::bigint AS bytes
              FROM images) i,
           (SELECT count(*) AS total,
                   count(*) FILTER (WHERE status = 'pending') AS pending,
                   count(*) FILTER (WHERE status = 'completed') AS completed,
                   count(*) FILTER (WHERE status = 'failed') AS failed,
                   count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
                   count(*) FILTER (WHERE status = 'expired') AS expired,
                   coalesce(sum(amount) FILTER (WHERE status = 'completed'), 0)::bigint AS taken,
                   coalesce(sum(amount) FILTER (WHERE status = 'completed' AND paid_at > now() - INTERVAL '24 hours'), 0)::bigint AS taken_24h,
                   coalesce(sum(amount) FILTER (WHERE status = 'completed' AND paid_at > now() - INTERVAL '30 days'), 0)::bigint AS taken_30d
              FROM payments) p,
           (SELECT coalesce(sum(amount), 0)::bigint AS given,
                   coalesce(sum(amount) FILTER (WHERE created_at > now() - INTERVAL '24 hours'), 0)::bigint AS given_24h,
                   coalesce(sum(amount) FILTER (WHERE created_at > now() - INTERVAL '30 days'), 0)::bigint AS given_30d
              FROM payment_refunds WHERE state <> 'failed') r
$function$;

CREATE OR REPLACE FUNCTION public.get_user_quota_status(p_user_id uuid)
 RETURNS TABLE(plan_name text, free_remaining integer, paid_limit integer, paid_used integer, paid_remaining integer, total_remaining integer, images_limit integer, images_used integer, images_remaining integer, period_start timestamp with time zone, period_end timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    -- Without a period the free plan speaks: its period is opened at the first upload.
    RETURN QUERY
    SELECT coalesce(own.name, free.name),
           u.free_quota_remaining,
           coalesce(p.conversions_limit, 0),
           coalesce(p.conversions_used, 0),
           coalesce(p.conversions_limit - p.conversions_used, 0),
           u.free_quota_remaining + coalesce(p.conversions_limit - p.conversions_used, 0),
           coalesce(p.images_limit, free.monthly_images_limit, 0),
           coalesce(p.images_used, 0),
           coalesce(p.images_limit - p.images_used, free.monthly_images_limit, 0),
           p.starts_at,
           p.ends_at
      FROM users u
      LEFT JOIN user_period_at(p_user_id, v_now) p ON true
      LEFT JOIN payment_plans own ON own.id = p.plan_id
      LEFT JOIN payment_plans free ON free.name = 'free'
     WHERE u.id = p_user_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'user % does not exist', p_user_id USING ERRCODE = 'ST003';
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.get_vendor_quota_status(p_vendor_id uuid)
 RETURNS TABLE(plan_name text, free_remaining integer, paid_limit integer, paid_used integer, paid_remaining integer, total_remaining integer, period_start timestamp with time zone, period_end timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
    SELECT coalesce(own.name, free.name),
           v.free_gallery_remaining,
           coalesce(p.images_limit, 0),
           coalesce(p.images_used, 0),
           coalesce(p.images_limit - p.images_used, 0),
           v.free_gallery_remaining + coalesce(p.images_limit - p.images_used, 0),
           p.starts_at,
           p.ends_at
      FROM vendors v
      LEFT JOIN vendor_period_at(p_vendor_id, v_now) p ON true
      LEFT JOIN payment_plans own ON own.id = p.plan_id
      LEFT JOIN payment_plans free ON free.name = 'vendor_free'
     WHERE v.id = p_vendor_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'vendor % does not exist', p_vendor_id USING ERRCODE = 'ST003';
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.give_period_back(p_payment_id uuid, p_now timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_effect record;
    v_back subscription_periods;
    v_gone subscription_periods;
    v_end timestamptz;
    v_month integer;
BEGIN
    SELECT * INTO v_effect FROM refund_effect(p_payment_id, p_now);
    IF v_effect.blocked_by IS NOT NULL THEN
        RAISE EXCEPTION 'the rest of payment % went into %', p_payment_id, v_effect.blocked_by USING ERRCODE = 'ST004', HINT = 'credit';
    END IF;
    v_gone := v_effect.gone;
    v_back := v_effect.back;
    IF v_gone.id IS NULL THEN
        RETURN;
    END IF;
    IF v_back.id IS NOT NULL THEN
        v_end := whole_end(v_back);
        UPDATE subscription_periods SET ends_at = starts_at WHERE id = v_gone.id;
        UPDATE subscription_periods SET ends_at = v_end, replaced_by = NULL, cut_rest = NULL WHERE id = v_back.id;
        v_month := month_of_anchor(v_back.anchor_at, v_end);
        IF period_month(v_back.anchor_at, v_month) = v_end THEN
            PERFORM place_periods(v_effect.followers, v_back.anchor_at, v_month);
        ELSE
            PERFORM place_periods(v_effect.followers, v_end, 0);
        END IF;
        RETURN;
    END IF;
    UPDATE subscription_periods SET ends_at = greatest(starts_at, p_now) WHERE id = v_gone.id;
    IF v_gone.starts_at <= p_now THEN
        PERFORM place_periods(v_effect.followers, p_now, 0);
    ELSE
        PERFORM place_periods(v_effect.followers, v_gone.anchor_at, month_of_anchor(v_gone.anchor_at, v_gone.starts_at));
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.given_back(p_payment_id uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT coalesce(sum(amount), 0)::bigint FROM payment_refunds WHERE payment_id = p_payment_id
$function$;

CREATE OR REPLACE FUNCTION public.guard_account_shell()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF OLD.phone LIKE 'deleted:%' THEN
        RAISE EXCEPTION 'account % is deleted', OLD.id USING ERRCODE = 'ST004';
    END IF;
    PERFORM refuse_while_paying(OLD.id);
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_book_terms()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF OLD.starts_at <= clock_timestamp()
       AND (TG_OP = 'DELETE' OR (NEW.starts_at, NEW.vat_rate, NEW.seller) IS DISTINCT FROM (OLD.starts_at, OLD.vat_rate, OLD.seller)) THEN
        RAISE EXCEPTION 'terms that have begun are kept' USING ERRCODE = 'ST004';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_circular()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('circulars', 0));
        IF NEW.audience <> 'one' AND 6 <= (
            SELECT count(*) FROM circulars WHERE audience <> 'one' AND created_at > clock_timestamp() - INTERVAL '24 hours') THEN
            RAISE EXCEPTION 'six circulars a day' USING ERRCODE = 'ST004', HINT = 'often';
        END IF;
        RETURN NEW;
    END IF;
    -- Only its author may go, with their account.
    IF to_jsonb(NEW) - 'created_by' IS NOT DISTINCT FROM to_jsonb(OLD) - 'created_by' THEN
        RETURN NEW;
    END IF;
    IF OLD.stopped_at IS NOT NULL OR OLD.finished_at IS NOT NULL OR NEW.told < OLD.told
       OR to_jsonb(NEW) - '{stage,last_id,told,stopped_at,finished_at}'::text[]
          IS DISTINCT FROM to_jsonb(OLD) - '{stage,last_id,told,stopped_at,finished_at}'::text[] THEN
        RAISE EXCEPTION 'circular % is said as it was', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_conversion_charge()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF (NEW.user_id, NEW.conversion_type, NEW.period_id) IS DISTINCT FROM (OLD.user_id, OLD.conversion_type, OLD.period_id)
       OR OLD.charge_returned_at IS NOT NULL AND NEW.charge_returned_at IS DISTINCT FROM OLD.charge_returned_at
       OR NEW.charge_returned_at IS NOT NULL AND OLD.charge_returned_at IS NULL AND OLD.status = 'completed'
          AND NOT EXISTS (SELECT 1 FROM images WHERE id = OLD.result_image_id AND moderation = 'refused')
          AND NOT EXISTS (SELECT 1 FROM stored_files WHERE image_id = OLD.result_image_id AND lost_at IS NOT NULL)
    THEN
        RAISE EXCEPTION 'the charge of conversion % is made once and returned at most once', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_conversion_state()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.status = 'processing' AND OLD.status = 'pending' AND NEW.attempts = OLD.attempts THEN
        NEW.attempts := OLD.attempts + 1;
    END IF;

    IF NEW.status = 'processing' AND OLD.status IN ('pending', 'processing') AND NEW.attempts = OLD.attempts + 1 THEN
        NEW.claimed_at := clock_timestamp();
        NEW.first_claimed_at := coalesce(OLD.first_claimed_at, NEW.claimed_at);
        RETURN NEW;
    END IF;

    IF NEW.attempts = OLD.attempts AND NEW.status = 'completed' AND OLD.status = 'processing' THEN
        NEW.completed_at := coalesce(NEW.completed_at, clock_timestamp());
        IF NEW.result_image_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM images WHERE id = NEW.result_image_id AND type = 'result' AND user_id = NEW.user_id
        ) THEN
            RAISE EXCEPTION 'image % is not a result of user %', NEW.result_image_id, NEW.user_id USING ERRCODE = 'ST005';
        END IF;
        RETURN NEW;
    END IF;

    IF NEW.attempts = OLD.attempts AND NEW.status = 'failed' AND OLD.status IN ('pending', 'processing') THEN
        NEW.failure_code := coalesce(NEW.failure_code, 'internal');
        NEW.error_message := coalesce(NEW.error_message, NEW.failure_code);
        -- A failed conversion is never the customer's loss; unless the deadline returned the charge before.
        NEW.charge_returned_at := coalesce(NEW.charge_returned_at, clock_timestamp());
        RETURN NEW;
    END IF;

    RAISE EXCEPTION 'conversion %: % (attempt %) -> % (attempt %) is not a step',
        OLD.id, OLD.status, OLD.attempts, NEW.status, NEW.attempts USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_coupon()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF (NEW.code, NEW.kind, NEW.value, NEW.plan_id, NEW.audience, NEW.starts_at, NEW.batch_id)
       IS DISTINCT FROM (OLD.code, OLD.kind, OLD.value, OLD.plan_id, OLD.audience, OLD.starts_at, OLD.batch_id) THEN
        RAISE EXCEPTION 'what code % gives is frozen', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_coupon_batch()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF to_jsonb(NEW) - '{exported_at,created_by}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{exported_at,created_by}'::text[]
       OR OLD.exported_at IS NOT NULL AND NEW.exported_at IS DISTINCT FROM OLD.exported_at THEN
        RAISE EXCEPTION 'batch % stays as it was made', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_legal_text()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    last legal_texts;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.page, NEW.version, NEW.fa, NEW.en, NEW.starts_at, NEW.created_at)
           IS DISTINCT FROM (OLD.page, OLD.version, OLD.fa, OLD.en, OLD.starts_at, OLD.created_at) THEN
            RAISE EXCEPTION 'a legal text is not rewritten' USING ERRCODE = 'ST004';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('legal_texts', 0));
    SELECT * INTO last FROM legal_texts
     WHERE page = CASE TG_OP WHEN 'DELETE' THEN OLD.page ELSE NEW.page END ORDER BY version DESC LIMIT 1;
    IF TG_OP = 'DELETE' THEN
        IF OLD.starts_at <= clock_timestamp() OR OLD.version <> last.version THEN
            RAISE EXCEPTION 'a legal text that has begun is kept' USING ERRCODE = 'ST004';
        END IF;
        RETURN OLD;
    END IF;
    NEW.version := coalesce(last.version, 0) + 1;
    NEW.starts_at := greatest(coalesce(NEW.starts_at, clock_timestamp()), clock_timestamp());
    IF NEW.starts_at <= last.starts_at THEN
        RAISE EXCEPTION 'a version to come begins later' USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_number_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    IF (NEW.user_id, NEW.vendor_id, NEW.to_phone, NEW.asked_by, NEW.created_at)
       IS DISTINCT FROM (OLD.user_id, OLD.vendor_id, OLD.to_phone, OLD.asked_by, OLD.created_at)
       OR OLD.agreed_by IS NOT NULL AND (NEW.agreed_by, NEW.waits_until) IS DISTINCT FROM (OLD.agreed_by, OLD.waits_until)
       OR OLD.settled_at IS NOT NULL THEN
        RAISE EXCEPTION 'number change % stays as it is', OLD.id USING ERRCODE = 'ST004';
    END IF;
    IF NEW.state = 'agreed' AND OLD.state = 'asked' THEN
        IF NEW.agreed_by IS NULL THEN
            RAISE EXCEPTION 'number change % needs somebody who agrees', OLD.id USING ERRCODE = 'ST004';
        END IF;
        NEW.waits_until := v_now + INTERVAL '48 hours';
    ELSIF NEW.state = 'done' AND (OLD.state <> 'agreed' OR OLD.waits_until > v_now) THEN
        RAISE EXCEPTION 'number change % waits until %', OLD.id, OLD.waits_until USING ERRCODE = 'ST004', HINT = 'number_waits';
    ELSIF NEW.state = 'asked' AND OLD.state <> 'asked' THEN
        RAISE EXCEPTION 'number change % does not go back', OLD.id USING ERRCODE = 'ST004';
    END IF;
    IF NEW.state IN ('done', 'withdrawn') THEN
        NEW.settled_at := v_now;
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_payment()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_open CONSTANT text[] := '{attention_reason,next_check_at,checking_until,check_began_at,checked_at,returned_at,last_answer,unknown_checks,updated_at}';
BEGIN
    IF (NEW.user_id, NEW.vendor_id, NEW.plan_id, NEW.amount, NEW.currency, NEW.kind, NEW.credit,
        NEW.replaces_period_id, NEW.conversions_limit, NEW.images_limit)
       IS DISTINCT FROM
       (OLD.user_id, OLD.vendor_id, OLD.plan_id, OLD.amount, OLD.currency, OLD.kind, OLD.credit,
        OLD.replaces_period_id, OLD.conversions_limit, OLD.images_limit)
    THEN
        RAISE EXCEPTION 'what payment % bought is frozen', OLD.id USING ERRCODE = 'ST004';
    END IF;
    IF NEW.status <> OLD.status THEN
        IF NOT (OLD.status = 'pending' AND NEW.status IN ('completed', 'failed', 'cancelled', 'expired')
                OR OLD.status IN ('failed', 'cancelled', 'expired') AND NEW.status = 'completed') THEN
            RAISE EXCEPTION 'payment %: % -> % is not a step', OLD.id, OLD.status, NEW.status USING ERRCODE = 'ST004';
        END IF;
        IF NEW.status = 'completed' THEN
            NEW.paid_at := coalesce(NEW.paid_at, clock_timestamp());
        END IF;
    ELSIF OLD.status = 'completed' THEN
        OLD.gateway_card_number := masked_card(OLD.gateway_card_number);
        IF NOT to_jsonb(NEW) @> jsonb_strip_nulls(to_jsonb(OLD) - v_open) THEN
            RAISE EXCEPTION 'payment % was paid and stays as it is', OLD.id USING ERRCODE = 'ST004';
        END IF;
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_payment_gateway()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF OLD.gateway_track_id IS NOT NULL OR OLD.status <> 'pending' OR 'code' IN (OLD.gateway, NEW.gateway) THEN
        RAISE EXCEPTION 'payment % stays with its gateway', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_period()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.payment_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM payments p
             WHERE p.id = NEW.payment_id AND (p.user_id, p.vendor_id) IS DISTINCT FROM (NEW.user_id, NEW.vendor_id)
        ) THEN
            RAISE EXCEPTION 'payment % is not of the period''s owner', NEW.payment_id USING ERRCODE = 'ST005';
        END IF;
        IF NEW.payment_id IS NOT NULL
           AND NEW.ends_at > period_month(NEW.anchor_at, month_of_anchor(NEW.anchor_at, NEW.starts_at) + 1) THEN
            RAISE EXCEPTION 'a period that was paid for is a month' USING ERRCODE = 'ST004';
        END IF;
    ELSIF (NEW.user_id, NEW.vendor_id, NEW.plan_id, NEW.payment_id, NEW.conversions_limit, NEW.images_limit)
          IS DISTINCT FROM
          (OLD.user_id, OLD.vendor_id, OLD.plan_id, OLD.payment_id, OLD.conversions_limit, OLD.images_limit)
    THEN
        RAISE EXCEPTION 'what period % grants is frozen', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_period_cut()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.replaced_by IS NOT NULL AND (OLD.replaced_by IS NOT NULL OR NEW.cut_rest <> OLD.ends_at - NEW.ends_at)
       OR NEW.replaced_by IS NULL AND NEW.ends_at <> whole_end(OLD) THEN
        RAISE EXCEPTION 'period % was cut by something else, or elsewhere', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_period_time()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_is_longer boolean := NEW.ends_at > OLD.ends_at OR NEW.ends_at - NEW.starts_at > OLD.ends_at - OLD.starts_at;
    v_comes_back boolean := OLD.replaced_by IS NOT NULL AND NEW.replaced_by IS NULL AND NEW.starts_at = OLD.starts_at
        AND NEW.anchor_at = OLD.anchor_at AND NEW.ends_at = whole_end(OLD);
BEGIN
    IF OLD.starts_at <= clock_timestamp() AND NEW.ends_at > OLD.ends_at AND NOT v_comes_back
       OR v_is_longer AND (
           NOT v_comes_back
           AND NEW.ends_at > period_month(NEW.anchor_at, month_of_anchor(NEW.anchor_at, NEW.starts_at) + 1)
           OR EXISTS (SELECT 1 FROM payment_refunds WHERE payment_id = NEW.payment_id AND ends_purchase))
    THEN
        RAISE EXCEPTION 'period % cannot last longer', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_plan_price()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.plan_id, OLD.starts_at, OLD.price) IS NOT DISTINCT FROM (NEW.plan_id, NEW.starts_at, NEW.price) THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.starts_at <= v_now AND EXISTS (SELECT 1 FROM payment_plans WHERE id = OLD.plan_id) THEN
        RAISE EXCEPTION 'a price of % that has begun is kept', OLD.plan_id USING ERRCODE = 'ST004';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.starts_at > v_now AND EXISTS (
        SELECT 1 FROM payment_plans WHERE id = NEW.plan_id AND (price_per_month_cents = 0) <> (NEW.price = 0)
    ) THEN
        RAISE EXCEPTION 'plan % stays free, or paid for', NEW.plan_id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.guard_refund()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF (NEW.payment_id, NEW.user_id, NEW.vendor_id, NEW.amount, NEW.ends_purchase)
       IS DISTINCT FROM (OLD.payment_id, OLD.user_id, OLD.vendor_id, OLD.amount, OLD.ends_purchase)
       OR OLD.state = 'completed' AND NEW.state <> 'completed' THEN
        RAISE EXCEPTION 'refund %: % -> % is not a step', OLD.id, OLD.state, NEW.state USING ERRCODE = 'ST004';
    END IF;
    IF NEW.state = 'completed' THEN
        NEW.settled_at := coalesce(NEW.settled_at, clock_timestamp());
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.hears_as_user(p_audience text, p_moment timestamp with time zone, p_user users)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
    SELECT p_user.is_active AND p_user.created_at <= p_moment AND CASE p_audience
        WHEN 'all' THEN true
        WHEN 'users' THEN true
        WHEN 'planned' THEN EXISTS (
            SELECT 1 FROM subscription_periods s
             WHERE s.user_id = p_user.id AND s.payment_id IS NOT NULL AND s.starts_at <= p_moment AND s.ends_at > p_moment)
        ELSE false END
$function$;

CREATE OR REPLACE FUNCTION public.hears_as_vendor(p_audience text, p_moment timestamp with time zone, p_city text, p_kind text, p_vendor vendors)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
    SELECT p_vendor.is_active AND p_vendor.created_at <= p_moment AND CASE p_audience
        WHEN 'all' THEN true
        WHEN 'vendors' THEN true
        WHEN 'planned' THEN EXISTS (
            SELECT 1 FROM subscription_periods s
             WHERE s.vendor_id = p_vendor.id AND s.payment_id IS NOT NULL AND s.starts_at <= p_moment AND s.ends_at > p_moment)
        WHEN 'shops' THEN (p_city IS NULL OR normalize_search(p_vendor.profile_info ->> 'city') = normalize_search(p_city))
            AND (p_kind IS NULL OR p_vendor.profile_info ->> 'kind' = p_kind)
        ELSE false END
$function$;

CREATE OR REPLACE FUNCTION public.hold_conversion_images(p_source_image_id uuid, p_style_image_id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_found integer;
BEGIN
    PERFORM 1 FROM images WHERE id IN (p_source_image_id, p_style_image_id) ORDER BY id FOR KEY SHARE;
    GET DIAGNOSTICS v_found = ROW_COUNT;
    IF v_found < num_nonnulls(p_source_image_id, p_style_image_id) THEN
        RAISE EXCEPTION 'image % or % is gone', p_source_image_id, p_style_image_id USING ERRCODE = 'ST003';
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.hold_sent_file()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_space bigint;
    v_used bigint;
BEGIN
    PERFORM 1 FROM vendors WHERE id = NEW.vendor_id FOR NO KEY UPDATE;
    SELECT space, used INTO v_space, v_used FROM get_sent_space(NEW.vendor_id);
    IF v_used + NEW.byte_size > v_space THEN
        RAISE EXCEPTION '% of % bytes are used, % more do not fit', v_used, v_space, NEW.byte_size
            USING ERRCODE = 'ST001', HINT = 'originals';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.international_phone(p_text text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
    SELECT CASE
        WHEN d ~ '^\+980[1-9]\d{9}$' THEN '+98' || substr(d, 5)
        WHEN d ~ '^00980?[1-9]\d{9}$' THEN '+98' || right(d, 10)
        WHEN d ~ '^00[1-9]\d{6,14}$' THEN '+' || substr(d, 3)
        WHEN d ~ '^980?[1-9]\d{9}$' THEN '+98' || right(d, 10)
        WHEN d ~ '^0[1-9]\d{9}$' THEN '+98' || substr(d, 2)
        WHEN d ~ '^9\d{9}$' THEN '+98' || d
        WHEN d ~ '^\+?\d{4,15}$' THEN d
    END
    FROM (SELECT regexp_replace(translate(p_text,
        U&'\06F0\06F1\06F2\06F3\06F4\06F5\06F6\06F7\06F8\06F9\0660\0661\0662\0663\0664\0665\0666\0667\0668\0669',
        '01234567890123456789'), '[^0-9+]', '', 'g') AS d) typed
$function$;

CREATE OR REPLACE FUNCTION public.is_look(p_look jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
    SELECT jsonb_typeof(p_look) = 'object'
       AND p_look - '{region,repeatCm,shades,taps,strength}'::text[] = '{}'
       AND (NOT p_look ? 'region' OR coalesce(jsonb_path_match(p_look,
            '$.region.type() == "object" && $.region.x >= 0 && $.region.y >= 0 && $.region.width >= 0.02 && $.region.height >= 0.02 && $.region.x + $.region.width <= 1.0001 && $.region.y + $.region.height <= 1.0001', '{}', true), false))
       AND (NOT p_look ? 'repeatCm' OR coalesce(jsonb_path_match(p_look, '$.repeatCm >= 1 && $.repeatCm <= 400', '{}', true), false))
       AND (NOT p_look ? 'strength' OR coalesce(jsonb_path_match(p_look, '$.strength >= 0.1 && $.strength <= 1', '{}', true), false))
       AND (NOT p_look ? 'shades' OR jsonb_typeof(p_look -> 'shades') = 'object'
            AND (p_look -> 'shades') - '{hair,lips,eyes,cheeks}'::text[] = '{}'
            AND NOT jsonb_path_exists(p_look, '$.shades.* ? (@.type() != "string" || !(@ like_regex "^#[0-9a-fA-F]{6}$"))'))
       AND (NOT p_look ? 'taps' OR jsonb_typeof(p_look -> 'taps') = 'array'
            AND jsonb_path_match(p_look, '$.taps.size() <= 24')
            AND NOT EXISTS (
                SELECT 1 FROM jsonb_array_elements(CASE jsonb_typeof(p_look -> 'taps') WHEN 'array' THEN p_look -> 'taps' ELSE '[]' END) AS tap
                WHERE NOT coalesce(tap ->> 'part' IN ('clothes', 'hair', 'covering', 'skin', 'background', 'person')
                    AND jsonb_path_match(tap, '$.x >= 0 && $.x <= 1 && $.y >= 0 && $.y <= 1', '{}', true), false)))
$function$;

CREATE OR REPLACE FUNCTION public.is_muted(p_user_id uuid, p_vendor_id uuid, p_topic text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
    SELECT EXISTS (SELECT 1 FROM notice_mutes
                    WHERE topic = p_topic AND (user_id = p_user_id OR vendor_id = p_vendor_id))
$function$;

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

CREATE OR REPLACE FUNCTION public.keep_account_note()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.written_by IS NULL AND to_jsonb(NEW) - 'written_by' = to_jsonb(OLD) - 'written_by' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'note % is kept as it is', OLD.id USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_account_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_row jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        v_row := to_jsonb(OLD);
        IF NOT EXISTS (SELECT 1 FROM users WHERE id = (v_row ->> 'user_id')::uuid)
           AND NOT EXISTS (SELECT 1 FROM vendors WHERE id = (v_row ->> 'vendor_id')::uuid) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % stay as long as their account', TG_TABLE_NAME USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_album_count()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.image_count := 0;
    ELSIF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'image_count of album % is counted, not set', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_audit_log()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.created_at < now() - interval '365 days' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - 'user_id' - 'vendor_id' = to_jsonb(OLD) - 'user_id' - 'vendor_id'
       AND (NEW.user_id, NEW.vendor_id) IS DISTINCT FROM (OLD.user_id, OLD.vendor_id)
       AND (NEW.user_id IS NOT DISTINCT FROM OLD.user_id
            OR NEW.user_id IS NULL AND NOT EXISTS (SELECT 1 FROM users WHERE id = OLD.user_id))
       AND (NEW.vendor_id IS NOT DISTINCT FROM OLD.vendor_id
            OR NEW.vendor_id IS NULL AND NOT EXISTS (SELECT 1 FROM vendors WHERE id = OLD.vendor_id))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_logs is append-only' USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_gallery_partitions(p_today date)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_done integer := 0;
    v_part record;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('keep_gallery_partitions')) THEN
        RETURN 0;
    END IF;
    PERFORM set_config('lock_timeout', '100ms', true);
    FOR v_part IN
        WITH parts AS (
            SELECT inhparent::regclass::text AS parent, relname::text AS name,
                   substring(pg_get_expr(relpartbound, c.oid) FROM 'TO \(''(\d{4}-\d{2}-\d{2})')::date AS ends
              FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
             WHERE inhparent IN ('gallery_seen'::regclass, 'gallery_days'::regclass)
        ), wanted AS (
            SELECT 'gallery_seen' AS parent, 'gallery_seen_' || to_char(d, 'YYYYMMDD') AS name, d::date AS begins, d::date + 1 AS ends
              FROM generate_series(p_today::timestamp, p_today + interval '2 days', interval '1 day') d
            UNION ALL
            SELECT 'gallery_days', 'gallery_days_' || to_char(m, 'YYYYMM'), m::date, (m + interval '1 month')::date
              FROM generate_series(date_trunc('month', p_today::timestamp), p_today + interval '1 month', interval '1 month') m
        )
        SELECT w.*, true AS is_new FROM wanted w
         WHERE NOT EXISTS (SELECT 1 FROM parts p WHERE p.parent = w.parent AND p.ends > w.begins)
        UNION ALL
        SELECT p.parent, p.name, NULL, p.ends, false FROM parts p
         WHERE p.ends <= p_today - CASE p.parent WHEN 'gallery_seen' THEN 1 ELSE 400 END
         ORDER BY is_new DESC, ends
    LOOP
        IF v_part.is_new THEN
            EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING ALL) WITH (fillfactor = 80)', v_part.name, v_part.parent);
            EXECUTE format('WITH moved AS (DELETE FROM public.%I WHERE day >= %L AND day < %L RETURNING *) INSERT INTO public.%I SELECT * FROM moved',
                           v_part.parent || '_rest', v_part.begins, v_part.ends, v_part.name);
            EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                           v_part.parent, v_part.name, v_part.begins, v_part.ends);
        ELSE
            EXECUTE format('DROP TABLE public.%I', v_part.name);
        END IF;
        v_done := v_done + 1;
    END LOOP;
    RETURN v_done;
EXCEPTION WHEN lock_not_available THEN
    RETURN 0;
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_image_charge()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    RAISE EXCEPTION 'owner, type and charge of image % never change', OLD.id USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_invoice()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.payment_id IS NULL AND to_jsonb(NEW) - 'payment_id' = to_jsonb(OLD) - 'payment_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'invoices are kept as they are' USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_look()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    RAISE EXCEPTION 'the look of conversion % was charged for and stays', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'chk_conversion_look_stays';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_payment_discount()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    RAISE EXCEPTION 'what a code took off payment % is frozen', OLD.id USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_plan_audience()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    RAISE EXCEPTION 'the audience of plan % never changes', OLD.name USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_plan_term()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    RAISE EXCEPTION 'the name and the term of plan % never change', OLD.name USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_quota_grant()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM users WHERE id = OLD.user_id)
           AND NOT EXISTS (SELECT 1 FROM vendors WHERE id = OLD.vendor_id) THEN
            RETURN OLD;
        END IF;
    ELSIF NEW.granted_by IS NULL AND to_jsonb(NEW) - 'granted_by' = to_jsonb(OLD) - 'granted_by' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'quota grant % is kept as it is', OLD.id USING ERRCODE = 'ST004';
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_tombstone(p_phone_hash text, p_account_type text, p_free_used integer)
 RETURNS void
 LANGUAGE sql
AS $function$
    INSERT INTO phone_tombstones (phone_hash, account_type, free_used) VALUES (p_phone_hash, p_account_type, p_free_used)
    ON CONFLICT (phone_hash, account_type)
    DO UPDATE SET free_used = greatest(phone_tombstones.free_used, EXCLUDED.free_used)
$function$;

CREATE OR REPLACE FUNCTION public.keep_trashed_places()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.deleted_at IS NOT NULL THEN
        -- The albums before their rows, as everybody who moves pictures does.
        PERFORM 1 FROM albums WHERE id IN (
            SELECT album_id FROM album_images WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id
        ) ORDER BY id FOR NO KEY UPDATE;
        INSERT INTO trashed_places (album_id, image_id, vendor_id, position, added_at, was_cover)
        SELECT m.album_id, m.image_id, m.vendor_id, m.position, m.added_at, a.cover_image_id IS NOT DISTINCT FROM NEW.id
          FROM album_images m JOIN albums a ON a.id = m.album_id WHERE m.image_id = NEW.id AND m.vendor_id = NEW.vendor_id;
        DELETE FROM album_images WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id;
    ELSE
        PERFORM 1 FROM albums WHERE id IN (
            SELECT album_id FROM trashed_places WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id
        ) ORDER BY id FOR NO KEY UPDATE;
        INSERT INTO album_images (album_id, image_id, vendor_id, position, added_at)
        SELECT album_id, image_id, vendor_id, position, added_at
          FROM trashed_places WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id
        ON CONFLICT DO NOTHING;
        UPDATE albums a SET cover_image_id = NEW.id FROM trashed_places p
         WHERE p.image_id = NEW.id AND p.vendor_id = NEW.vendor_id AND p.was_cover
           AND a.id = p.album_id AND a.cover_image_id IS NULL;
        DELETE FROM trashed_places WHERE image_id = NEW.id AND vendor_id = NEW.vendor_id;
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.keep_vendor_handle()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    INSERT INTO vendor_handles (handle, vendor_id) VALUES (NEW.handle, NEW.id) ON CONFLICT (handle) DO NOTHING;
    IF NOT EXISTS (SELECT 1 FROM vendor_handles WHERE handle = NEW.handle AND vendor_id = NEW.id) THEN
        RAISE EXCEPTION 'the handle % was somebody else''s', NEW.handle
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'vendors_handle_key', TABLE = 'vendors';
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.leave_transaction_mark(p_mark uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
    INSERT INTO transaction_marks (id, is_done) VALUES (p_mark, true);
  END IF;
END;
$function$;

CREATE OR REPLACE FUNCTION public.legal_in_force()
 RETURNS TABLE(page text, version integer, starts_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT DISTINCT ON (t.page) t.page, t.version, t.starts_at FROM legal_texts t
     WHERE t.starts_at <= clock_timestamp() ORDER BY t.page, t.version DESC
$function$;

CREATE OR REPLACE FUNCTION public.lock_active_user(p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_is_active boolean;
    v_is_verified boolean;
BEGIN
    SELECT is_active, is_phone_verified INTO v_is_active, v_is_verified
      FROM users WHERE id = p_user_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'user % does not exist', p_user_id USING ERRCODE = 'ST003';
    ELSIF NOT v_is_active THEN
        RAISE EXCEPTION 'user % is not active', p_user_id USING ERRCODE = 'ST002', HINT = 'inactive';
    ELSIF NOT v_is_verified THEN
        RAISE EXCEPTION 'the phone of user % is not verified', p_user_id USING ERRCODE = 'ST002', HINT = 'unverified';
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.lock_active_vendor(p_vendor_id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_is_active boolean;
    v_is_verified boolean;
BEGIN
    SELECT is_active, is_phone_verified INTO v_is_active, v_is_verified
      FROM vendors WHERE id = p_vendor_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'vendor % does not exist', p_vendor_id USING ERRCODE = 'ST003';
    ELSIF NOT v_is_active THEN
        RAISE EXCEPTION 'vendor % is not active', p_vendor_id USING ERRCODE = 'ST002', HINT = 'inactive';
    ELSIF NOT v_is_verified THEN
        RAISE EXCEPTION 'the phone of vendor % is not verified', p_vendor_id USING ERRCODE = 'ST002', HINT = 'unverified';
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.lock_album(p_vendor_id uuid, p_album_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_version integer;
BEGIN
    SELECT version INTO v_version FROM albums WHERE id = p_album_id AND vendor_id = p_vendor_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no album % of vendor %', p_album_id, p_vendor_id USING ERRCODE = 'ST003';
    END IF;
    RETURN v_version;
END
$function$;

CREATE OR REPLACE FUNCTION public.lock_conversion_charge(p_conversion_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_user_id uuid;
    v_period_id uuid;
BEGIN
    SELECT user_id, period_id INTO v_user_id, v_period_id FROM user_conversions WHERE id = p_conversion_id;
    PERFORM 1 FROM users WHERE id = v_user_id FOR NO KEY UPDATE;
    PERFORM 1 FROM subscription_periods WHERE id = v_period_id FOR NO KEY UPDATE;
END
$function$;

CREATE OR REPLACE FUNCTION public.lock_payment_owner(p_payment payments)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz;
BEGIN
    IF p_payment.user_id IS NOT NULL THEN
        PERFORM 1 FROM users WHERE id = p_payment.user_id FOR NO KEY UPDATE;
    ELSE
        PERFORM 1 FROM vendors WHERE id = p_payment.vendor_id FOR NO KEY UPDATE;
    END IF;
    v_now := clock_timestamp();
    PERFORM 1 FROM subscription_periods
      WHERE coalesce(user_id, vendor_id) = coalesce(p_payment.user_id, p_payment.vendor_id) AND ends_at > v_now
      ORDER BY starts_at, id
        FOR NO KEY UPDATE;
END
$function$;

CREATE OR REPLACE FUNCTION public.mask_payment_card()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    NEW.gateway_card_number := masked_card(NEW.gateway_card_number);
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.masked_card(p_card text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT CASE WHEN length(regexp_replace(p_card, '[^0-9]', '', 'g')) <= 10 THEN p_card
                ELSE left(c, 6) || repeat('*', length(c) - 10) || right(c, 4) END
      FROM regexp_replace(p_card, '[^0-9*xX]', '', 'g') c
$function$;

CREATE OR REPLACE FUNCTION public.month_of_anchor(p_anchor timestamp with time zone, p_at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT n - (period_month(p_anchor, n) > p_at)::integer
      FROM (SELECT ((extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a))::integer AS n
              FROM (SELECT p_anchor AT TIME ZONE 'Asia/Tehran' AS a, p_at AT TIME ZONE 'Asia/Tehran' AS b) t) m
$function$;

CREATE OR REPLACE FUNCTION public.move_album(p_vendor_id uuid, p_album_id uuid, p_before uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    PERFORM 1 FROM vendors WHERE id = p_vendor_id FOR NO KEY UPDATE;
    PERFORM 1 FROM albums WHERE vendor_id = p_vendor_id ORDER BY id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT 1 FROM albums WHERE id = p_album_id AND vendor_id = p_vendor_id)
       OR p_before IS NOT NULL AND NOT EXISTS (SELECT 1 FROM albums WHERE id = p_before AND vendor_id = p_vendor_id) THEN
        RAISE EXCEPTION 'no album % of vendor %', p_album_id, p_vendor_id USING ERRCODE = 'ST003';
    END IF;
    WITH others AS (
        SELECT id, 2 * row_number() OVER (ORDER BY position, created_at DESC, id DESC) AS place
          FROM albums WHERE vendor_id = p_vendor_id AND id <> p_album_id
    ), placed AS (
        SELECT id, place FROM others
        UNION ALL
        SELECT p_album_id, coalesce((SELECT place - 1 FROM others WHERE id = p_before), (SELECT count(*) * 2 + 1 FROM others))
    ), numbered AS (
        SELECT id, row_number() OVER (ORDER BY place)::integer AS position FROM placed
    )
    UPDATE albums a SET position = n.position FROM numbered n WHERE a.id = n.id AND a.position <> n.position;
END
$function$;

CREATE OR REPLACE FUNCTION public.move_album_images(p_vendor_id uuid, p_album_id uuid, p_image_ids uuid[], p_before uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_moved uuid[];
    v_count integer;
    v_prev integer;
    v_next integer;
BEGIN
    PERFORM lock_album(p_vendor_id, p_album_id);
    -- Whatever left the album meanwhile is left out; what stays keeps the order it was named in.
    SELECT array_agg(w.image_id ORDER BY w.place) INTO v_moved
      FROM (SELECT image_id, min(place) AS place FROM unnest(p_image_ids) WITH ORDINALITY AS u (image_id, place) GROUP BY image_id) w
      JOIN album_images m ON m.album_id = p_album_id AND m.image_id = w.image_id;
    v_count := coalesce(array_length(v_moved, 1), 0);
    IF v_count = 0 OR p_before = ANY (v_moved)
       OR p_before IS NOT NULL AND NOT EXISTS (SELECT 1 FROM album_images WHERE album_id = p_album_id AND image_id = p_before) THEN
        RAISE EXCEPTION 'the album has changed: nothing to move, or nothing to move it to' USING ERRCODE = 'ST004';
    END IF;
    FOR attempt IN 1..2 LOOP
        SELECT position INTO v_next FROM album_images WHERE album_id = p_album_id AND image_id = p_before;
        SELECT max(position) INTO v_prev FROM album_images
         WHERE album_id = p_album_id AND image_id <> ALL (v_moved)
           AND (p_before IS NULL OR (position, image_id) < (v_next, p_before));
        v_prev := coalesce(v_prev, 0);
        v_next := coalesce(v_next, v_prev + 1024 * (v_count + 1));
        EXIT WHEN v_next - v_prev > v_count AND v_next < 1000000000;
        PERFORM space_album_images(p_album_id);
        -- Among a thousand others there is room for a thousand; for more, everything after them makes room.
        IF v_count >= 1023 AND p_before IS NOT NULL THEN
            SELECT position INTO v_next FROM album_images WHERE album_id = p_album_id AND image_id = p_before;
            UPDATE album_images SET position = position + v_count + 1 WHERE album_id = p_album_id AND position >= v_next;
            UPDATE trashed_places SET position = position + v_count + 1 WHERE album_id = p_album_id AND position >= v_next;
        END IF;
    END LOOP;
    UPDATE album_images m
       SET position = v_prev + ((v_next - v_prev)::bigint * u.place / (v_count + 1))::integer
      FROM unnest(v_moved) WITH ORDINALITY AS u (image_id, place)
     WHERE m.album_id = p_album_id AND m.image_id = u.image_id;
    UPDATE albums SET version = version + 1 WHERE id = p_album_id RETURNING version INTO v_next;
    RETURN v_next;
END
$function$;

CREATE OR REPLACE FUNCTION public.next_invoice_number()
 RETURNS bigint
 LANGUAGE sql
AS $function$
    UPDATE invoice_numbers SET last = last + 1 RETURNING last
$function$;

CREATE OR REPLACE FUNCTION public.normalize_search(p_text text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
    SELECT btrim(regexp_replace(
        translate(
            -- Vowel signs, the stretching line and bidirectional marks go; a zero-width non-joiner parts two words.
            regexp_replace(replace(lower(p_text), U&'\200C', ' '), U&'[\064B-\065F\0670\0640\200B\200D-\200F\202A-\202E\2066-\2069]', '', 'g'),
            U&'\064A\0649\0643\0629\06C0\0623\0625\0671\06F0\06F1\06F2\06F3\06F4\06F5\06F6\06F7\06F8\06F9\0660\0661\0662\0663\0664\0665\0666\0667\0668\0669',
            U&'\06CC\06CC\06A9\0647\0647\0627\0627\0627' || '01234567890123456789'
        ), '\s+', ' ', 'g'))
$function$;

CREATE OR REPLACE FUNCTION public.note_image_share()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_day date := visit_day();
BEGIN
    INSERT INTO gallery_visits (day, kind, subject_id, visitor)
    SELECT v_day, 'share', c.style_image_id, substr(sha256(visit_salt(v_day) || convert_to('user|' || c.user_id, 'UTF8')), 1, 16)
      FROM user_conversions c WHERE c.id = NEW.conversion_id AND c.style_image_id IS NOT NULL;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.note_image_try()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_day date := visit_day();
BEGIN
    INSERT INTO gallery_visits (day, kind, subject_id, visitor)
    VALUES (v_day, CASE WHEN TG_OP = 'INSERT' THEN 'try' ELSE 'result' END, NEW.style_image_id,
            substr(sha256(visit_salt(v_day) || convert_to('user|' || NEW.user_id, 'UTF8')), 1, 16));
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.note_plan_price()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    IF plan_price(NEW.id, v_now) <> NEW.price_per_month_cents
       OR NOT EXISTS (SELECT 1 FROM plan_prices WHERE plan_id = NEW.id AND starts_at <= v_now) THEN
        INSERT INTO plan_prices (plan_id, starts_at, price) VALUES (NEW.id, v_now, NEW.price_per_month_cents);
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.notify_conversion_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM tell_change('conversion_changed', NEW.id::text);
  RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.notify_gallery_places()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_change('gallery_changed', c.vendor_id::text) FROM (SELECT DISTINCT vendor_id FROM added) c;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM tell_change('gallery_changed', c.vendor_id::text) FROM (SELECT DISTINCT vendor_id FROM removed) c;
    ELSE
        PERFORM tell_change('gallery_changed', c.vendor_id::text)
           FROM (SELECT vendor_id FROM added UNION SELECT vendor_id FROM removed) c;
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.notify_gallery_rows()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM tell_change('gallery_changed', c.vendor_id::text)
           FROM (SELECT DISTINCT vendor_id FROM added WHERE is_public AND vendor_id IS NOT NULL) c;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM tell_change('gallery_changed', c.vendor_id::text)
           FROM (SELECT DISTINCT vendor_id FROM removed WHERE is_public AND vendor_id IS NOT NULL) c;
    ELSE
        PERFORM tell_change('gallery_changed', c.vendor_id::text)
           FROM (SELECT vendor_id FROM added WHERE is_public AND vendor_id IS NOT NULL
                 UNION SELECT vendor_id FROM removed WHERE is_public AND vendor_id IS NOT NULL) c;
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.notify_gallery_vendor()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    PERFORM tell_change('gallery_changed', OLD.id::text);
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.notify_plans_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    PERFORM tell_change('plans_changed', '');
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.open_user_period(p_user_id uuid, p_now timestamp with time zone)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_period_id uuid;
BEGIN
    SELECT id INTO v_period_id FROM user_period_at(p_user_id, p_now);
    IF v_period_id IS NULL THEN
        INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
        SELECT p_user_id, free.id, p_now, p_now,
               least(period_month(p_now, 1), (
                   SELECT min(p.starts_at) FROM subscription_periods p
                    WHERE p.user_id = p_user_id AND p.ends_at > p.starts_at AND p.starts_at > p_now
               )),
               0, free.monthly_images_limit
          FROM payment_plans free
         WHERE free.name = 'free'
        RETURNING id INTO v_period_id;
    END IF;
    RETURN v_period_id;
END
$function$;

CREATE OR REPLACE FUNCTION public.own_spending_part()
 RETURNS smallint
 LANGUAGE sql
 STABLE
AS $function$ SELECT (pg_backend_pid() % 16)::smallint $function$;

CREATE OR REPLACE FUNCTION public.pack_left(p_payment_id uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT least(g.amount, coalesce(u.free_quota_remaining, v.free_gallery_remaining))
      FROM quota_grants g
      LEFT JOIN users u ON u.id = g.user_id
      LEFT JOIN vendors v ON v.id = g.vendor_id
     WHERE g.payment_id = p_payment_id AND g.amount > 0
$function$;

CREATE OR REPLACE FUNCTION public.period_month(p_anchor timestamp with time zone, p_month integer)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT ((p_anchor AT TIME ZONE 'Asia/Tehran') + make_interval(months => p_month)) AT TIME ZONE 'Asia/Tehran'
$function$;

CREATE OR REPLACE FUNCTION public.pick_image(p_link_id uuid, p_image_id uuid, p_is_picked boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    PERFORM 1 FROM live_album_links l JOIN linked_album_images i ON i.album_id = l.album_id
     WHERE l.id = p_link_id AND l.has_picks AND i.id = p_image_id;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF p_is_picked THEN
        INSERT INTO album_picks (link_id, image_id) VALUES (p_link_id, p_image_id) ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM album_picks WHERE link_id = p_link_id AND image_id = p_image_id;
    END IF;
    RETURN true;
END
$function$;

CREATE OR REPLACE FUNCTION public.place_periods(p_ids uuid[], p_anchor timestamp with time zone, p_first integer)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
    UPDATE subscription_periods SET ends_at = starts_at WHERE id = ANY (p_ids);
    UPDATE subscription_periods p
       SET anchor_at = p_anchor,
           starts_at = period_month(p_anchor, p_first + moved.n::integer - 1),
           ends_at = period_month(p_anchor, p_first + moved.n::integer)
      FROM unnest(p_ids) WITH ORDINALITY AS moved(id, n)
     WHERE p.id = moved.id;
END
$function$;

CREATE OR REPLACE FUNCTION public.plan_price(p_plan_id uuid, p_at timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT coalesce((SELECT price FROM plan_prices WHERE plan_id = p_plan_id AND starts_at <= p_at ORDER BY starts_at DESC LIMIT 1),
                    (SELECT price_per_month_cents FROM payment_plans WHERE id = p_plan_id))
$function$;

CREATE OR REPLACE FUNCTION public.prepare_payment()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    IF NEW.conversions_limit IS NULL OR NEW.images_limit IS NULL THEN
        SELECT coalesce(NEW.conversions_limit, monthly_conversions_limit), coalesce(NEW.images_limit, monthly_images_limit)
          INTO NEW.conversions_limit, NEW.images_limit
          FROM payment_plans WHERE id = NEW.plan_id;
        -- An unknown plan is left to the foreign key.
        NEW.conversions_limit := coalesce(NEW.conversions_limit, 0);
        NEW.images_limit := coalesce(NEW.images_limit, 0);
    END IF;
    IF NEW.status = 'pending' THEN
        NEW.expires_at := coalesce(NEW.expires_at, v_now + INTERVAL '30 minutes');
        IF NEW.replaces_period_id IS NULL AND (NEW.kind = 'upgrade' OR NEW.credit > 0) THEN
            SELECT id INTO NEW.replaces_period_id FROM subscription_periods
             WHERE coalesce(user_id, vendor_id) = coalesce(NEW.user_id, NEW.vendor_id) AND payment_id IS NOT NULL
               AND ends_at > v_now AND starts_at <= v_now;
        END IF;
    ELSIF NEW.status = 'completed' THEN
        NEW.paid_at := coalesce(NEW.paid_at, v_now);
    END IF;
    IF NEW.replaces_period_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM subscription_periods
         WHERE id = NEW.replaces_period_id AND (user_id = NEW.user_id OR vendor_id = NEW.vendor_id)
    ) THEN
        RAISE EXCEPTION 'period % does not belong to the payer', NEW.replaces_period_id USING ERRCODE = 'ST005';
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.preview_period(p_owner_id uuid, p_starts_now boolean)
 RETURNS TABLE(starts_at timestamp with time zone, ends_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_last subscription_periods;
    v_month integer;
BEGIN
    SELECT * INTO v_last FROM subscription_periods p
     WHERE coalesce(p.user_id, p.vendor_id) = p_owner_id AND p.ends_at > v_now AND p.ends_at > p.starts_at
     ORDER BY p.ends_at DESC LIMIT 1;
    IF p_starts_now OR v_last.id IS NULL THEN
        RETURN QUERY SELECT v_now, period_month(v_now, 1);
        RETURN;
    END IF;
    v_month := (
        SELECT (extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a)
          FROM (SELECT v_last.anchor_at AT TIME ZONE 'Asia/Tehran' AS a, v_last.ends_at AT TIME ZONE 'Asia/Tehran' AS b) t
    );
    IF period_month(v_last.anchor_at, v_month) <> v_last.ends_at THEN
        RETURN QUERY SELECT v_last.ends_at, period_month(v_last.ends_at, 1);
    ELSE
        RETURN QUERY SELECT period_month(v_last.anchor_at, v_month), period_month(v_last.anchor_at, v_month + 1);
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.put_in_album(p_vendor_id uuid, p_album_id uuid, p_image_ids uuid[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_last integer;
    v_added integer;
BEGIN
    PERFORM 1 FROM images WHERE vendor_id = p_vendor_id AND id = ANY (p_image_ids) ORDER BY id FOR SHARE;
    PERFORM lock_album(p_vendor_id, p_album_id);
    SELECT coalesce(max(position), 0) INTO v_last FROM album_images WHERE album_id = p_album_id;
    IF v_last > 1000000000 THEN
        -- The end of the numbers is far away and still an end.
        PERFORM space_album_images(p_album_id);
        SELECT max(position) INTO v_last FROM album_images WHERE album_id = p_album_id;
    END IF;
    INSERT INTO album_images (album_id, image_id, vendor_id, position)
    SELECT p_album_id, i.id, p_vendor_id, (v_last + 1024 * row_number() OVER (ORDER BY w.place))::integer
      FROM (SELECT image_id, min(place) AS place FROM unnest(p_image_ids) WITH ORDINALITY AS u (image_id, place) GROUP BY image_id) w
      JOIN images i ON i.id = w.image_id AND i.vendor_id = p_vendor_id AND i.type = 'vendor' AND i.deleted_at IS NULL
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_added = ROW_COUNT;
    IF v_added > 0 THEN
        UPDATE albums SET version = version + 1 WHERE id = p_album_id;
    END IF;
    RETURN v_added;
END
$function$;

CREATE OR REPLACE FUNCTION public.put_lead_away(p_vendor_id uuid, p_lead_id uuid, p_is_away boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    UPDATE leads SET put_away_at = CASE WHEN p_is_away THEN coalesce(put_away_at, clock_timestamp()) END
     WHERE id = p_lead_id AND vendor_id = p_vendor_id AND withdrawn_at IS NULL;
    RETURN FOUND;
END
$function$;

CREATE OR REPLACE FUNCTION public.queue_webhooks(p_user_id uuid, p_vendor_id uuid, p_event text, p_subject_id uuid)
 RETURNS void
 LANGUAGE sql
AS $function$
  INSERT INTO webhook_messages (endpoint_id, event, subject_id)
  SELECT id, p_event, p_subject_id FROM webhook_endpoints
   WHERE (user_id = p_user_id OR vendor_id = p_vendor_id) AND p_event = ANY (events) AND disabled_at IS NULL
$function$;

CREATE OR REPLACE FUNCTION public.quota_left(p_period subscription_periods, OUT left_over integer, OUT of_all integer)
 RETURNS record
 LANGUAGE sql
 STABLE
AS $function$
    SELECT CASE WHEN y.conversions_limit > 0 THEN p_period.conversions_limit - p_period.conversions_used
                ELSE p_period.images_limit - p_period.images_used END,
           CASE WHEN y.conversions_limit > 0 THEN y.conversions_limit ELSE y.images_limit END
      FROM payments y WHERE y.id = p_period.payment_id
$function$;

CREATE OR REPLACE FUNCTION public.raise_concern_of_payment()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    INSERT INTO payment_concerns (payment_id, reason) VALUES (NEW.id, NEW.attention_reason) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.rechain_periods(p_owner_id uuid, p_anchor timestamp with time zone, p_cut_end timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_period subscription_periods;
    v_ids uuid[] := '{}';
    v_old_end timestamptz := p_cut_end;
BEGIN
    FOR v_period IN
        SELECT * FROM subscription_periods
         WHERE coalesce(user_id, vendor_id) = p_owner_id AND starts_at > p_anchor AND ends_at > starts_at
         ORDER BY starts_at
    LOOP
        EXIT WHEN v_period.starts_at IS DISTINCT FROM v_old_end
              AND v_period.starts_at >= period_month(p_anchor, cardinality(v_ids) + 1);
        v_ids := v_ids || v_period.id;
        v_old_end := v_period.ends_at;
    END LOOP;
    PERFORM place_periods(v_ids, p_anchor, 1);
END
$function$;

CREATE OR REPLACE FUNCTION public.record_conversion(p_user_id uuid, p_conversion_type text, p_input_file_url text, p_style_name text, p_source_image_id uuid DEFAULT NULL::uuid, p_style_image_id uuid DEFAULT NULL::uuid)
 RETURNS uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT record_look_conversion(p_user_id, p_conversion_type, p_input_file_url, p_style_name, p_source_image_id,
                                  p_style_image_id, NULL)
$function$;

CREATE OR REPLACE FUNCTION public.record_image_upload(p_user_id uuid, p_vendor_id uuid, p_type character varying, p_file_name text, p_original_url text, p_thumbnail_url text, p_file_size bigint, p_mime_type text, p_width integer DEFAULT NULL::integer, p_height integer DEFAULT NULL::integer, p_is_public boolean DEFAULT false, p_tags text[] DEFAULT '{}'::text[], p_metadata jsonb DEFAULT '{}'::jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_id uuid;
    v_now timestamptz;
    v_pool text;
    v_period_id uuid;
BEGIN
    IF p_type = 'user' AND p_user_id IS NOT NULL THEN
        PERFORM lock_active_user(p_user_id);
        v_now := clock_timestamp();
        v_period_id := open_user_period(p_user_id, v_now);
        UPDATE subscription_periods SET images_used = images_used + 1
         WHERE id = v_period_id AND images_used < images_limit
        RETURNING id INTO v_period_id;
    ELSIF p_type = 'vendor' AND p_vendor_id IS NOT NULL THEN
        PERFORM lock_active_vendor(p_vendor_id);
        v_now := clock_timestamp();
        UPDATE vendors SET free_gallery_remaining = free_gallery_remaining - 1
         WHERE id = p_vendor_id AND free_gallery_remaining > 0;
        IF FOUND THEN
            v_pool := 'free';
        ELSE
            UPDATE subscription_periods SET images_used = images_used + 1
             WHERE vendor_id = p_vendor_id AND ends_at > v_now AND starts_at <= v_now AND images_used < images_limit
            RETURNING id INTO v_period_id;
        END IF;
    END IF;
    IF v_period_id IS NOT NULL THEN
        v_pool := 'period';
    ELSIF v_pool IS NULL AND (p_type = 'user' AND p_user_id IS NOT NULL OR p_type = 'vendor' AND p_vendor_id IS NOT NULL) THEN
        RAISE EXCEPTION '% % has no images left', p_type, coalesce(p_user_id, p_vendor_id)
            USING ERRCODE = 'ST001', HINT = 'images';
    END IF;

    -- A wrong type or owner is left to the CHECKs of the table: the charge is rolled back with the statement.
    INSERT INTO images
        (user_id, vendor_id, type, file_name, original_url, thumbnail_url, file_size, mime_type, width, height,
         is_public, tags, metadata, quota_pool, period_id)
    VALUES
        (p_user_id, p_vendor_id, p_type, p_file_name, p_original_url, p_thumbnail_url, p_file_size, p_mime_type,
         p_width, p_height, p_is_public, p_tags, p_metadata, v_pool, v_period_id)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$function$;

CREATE OR REPLACE FUNCTION public.record_look_conversion(p_user_id uuid, p_conversion_type text, p_input_file_url text, p_style_name text, p_source_image_id uuid, p_style_image_id uuid, p_look jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_id uuid;
    v_period_id uuid;
    v_charged boolean;
    v_now timestamptz := clock_timestamp();
BEGIN
    IF p_conversion_type NOT IN ('free', 'paid') THEN
        RAISE EXCEPTION 'conversion type % is neither free nor paid', p_conversion_type USING ERRCODE = 'check_violation';
    END IF;
    IF p_source_image_id IS NOT NULL OR p_style_image_id IS NOT NULL THEN
        PERFORM check_conversion_images(p_user_id, p_source_image_id, p_style_image_id);
    END IF;

    -- The common cases, in one statement each: the conditional UPDATE takes the lock of the row that is charged and
    -- looks again at its counter, so nothing is overspent; whatever another session does meanwhile counts as done
    -- after us. The pictures are held after the owner, in the order of the house. Only a charge may succeed here.
    -- Refusals are made below, in statements that begin after the owner's lock was taken: a period that another session
    -- opens meanwhile would make a false one here.
    IF p_conversion_type IS DISTINCT FROM 'free' THEN
        -- The period first: it lapses, free conversions do not.
        SELECT id INTO v_period_id FROM subscription_periods
         WHERE user_id = p_user_id AND ends_at > v_now AND starts_at <= v_now AND conversions_used < conversions_limit;
    END IF;
    IF v_period_id IS NOT NULL THEN
        -- The owner's lock comes before the period's in this statement too: a row that an UPDATE waited for stays
        -- locked even when it no longer fits, and taking the owner's lock only after that would be a deadlock.
        WITH owner AS MATERIALIZED (
            SELECT id FROM users WHERE id = p_user_id AND is_active AND is_phone_verified FOR NO KEY UPDATE
        ), charged AS (
            UPDATE subscription_periods p SET conversions_used = p.conversions_used + 1
              FROM owner
             WHERE p.id = v_period_id AND p.user_id = owner.id AND p.ends_at > v_now AND p.starts_at <= v_now
               AND p.conversions_used < p.conversions_limit
            RETURNING p.id, p.user_id
        )
        INSERT INTO user_conversions
            (user_id, conversion_type, period_id, input_file_url, style_name, source_image_id, style_image_id, look)
        SELECT p_user_id, 'paid', charged.id, p_input_file_url, p_style_name, p_source_image_id, p_style_image_id, p_look
          FROM charged
         WHERE (p_source_image_id IS NULL OR EXISTS (
               SELECT 1 FROM images i WHERE i.id = p_source_image_id AND i.user_id = charged.user_id FOR KEY SHARE))
           AND (p_style_image_id IS NULL OR EXISTS (
               SELECT 1 FROM images i WHERE i.id = p_style_image_id AND i.vendor_id <> charged.user_id FOR KEY SHARE))
        RETURNING id INTO v_id;
    ELSIF p_conversion_type IS DISTINCT FROM 'paid' THEN
        WITH charged AS (
            UPDATE users SET free_quota_remaining = free_quota_remaining - 1
             WHERE id = p_user_id AND free_quota_remaining > 0 AND is_active AND is_phone_verified
            RETURNING id AS user_id
        )
        INSERT INTO user_conversions
            (user_id, conversion_type, input_file_url, style_name, source_image_id, style_image_id, look)
        SELECT charged.user_id, 'free', p_input_file_url, p_style_name, p_source_image_id, p_style_image_id, p_look
          FROM charged
         WHERE (p_source_image_id IS NULL OR EXISTS (
               SELECT 1 FROM images i WHERE i.id = p_source_image_id AND i.user_id = charged.user_id FOR KEY SHARE))
           AND (p_style_image_id IS NULL OR EXISTS (
               SELECT 1 FROM images i WHERE i.id = p_style_image_id AND i.vendor_id <> charged.user_id FOR KEY SHARE))
        RETURNING id INTO v_id;
    END IF;
    IF v_id IS NOT NULL THEN
        RETURN v_id;
    END IF;

    PERFORM lock_active_user(p_user_id);
    -- Whoever was charged above and got nothing has lost a picture meanwhile: refused here, the charge is undone.
    PERFORM hold_conversion_images(p_source_image_id, p_style_image_id);
    -- The moment after the lock: what others did before us is visible, and they can do nothing more.
    v_now := clock_timestamp();
    v_period_id := NULL;
    IF p_conversion_type IS DISTINCT FROM 'free' THEN
        UPDATE subscription_periods SET conversions_used = conversions_used + 1
         WHERE user_id = p_user_id AND ends_at > v_now AND starts_at <= v_now AND conversions_used < conversions_limit
        RETURNING id INTO v_period_id;
    END IF;
    v_charged := v_period_id IS NOT NULL;
    IF NOT v_charged AND p_conversion_type IS DISTINCT FROM 'paid' THEN
        UPDATE users SET free_quota_remaining = free_quota_remaining - 1
         WHERE id = p_user_id AND free_quota_remaining > 0;
        v_charged := FOUND;
    END IF;
    IF NOT v_charged THEN
        RAISE EXCEPTION 'user % has no conversions left', p_user_id USING ERRCODE = 'ST001', HINT = 'conversions';
    END IF;

    INSERT INTO user_conversions
        (user_id, conversion_type, period_id, input_file_url, style_name, source_image_id, style_image_id, look)
    VALUES
        (p_user_id, CASE WHEN v_period_id IS NULL THEN 'free' ELSE 'paid' END, v_period_id,
         p_input_file_url, p_style_name, p_source_image_id, p_style_image_id, p_look)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$function$;

CREATE OR REPLACE FUNCTION public.redeem_gift(p_user_id uuid, p_vendor_id uuid, p_code text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_code coupons;
    v_grant_id uuid;
BEGIN
    IF p_user_id IS NOT NULL THEN
        PERFORM lock_active_user(p_user_id);
    ELSE
        PERFORM lock_active_vendor(p_vendor_id);
    END IF;
    SELECT * INTO v_code FROM coupons WHERE code = p_code;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such code' USING ERRCODE = 'ST004', HINT = 'coupon_unknown';
    ELSIF v_code.kind <> 'gift' THEN
        RAISE EXCEPTION 'code % is for something else', v_code.id USING ERRCODE = 'ST004', HINT = 'coupon_unfit';
    END IF;
    INSERT INTO quota_grants (user_id, vendor_id, resource, amount, reason)
    VALUES (p_user_id, p_vendor_id, CASE WHEN p_user_id IS NOT NULL THEN 'conversions' ELSE 'images' END, v_code.value, 'gift code')
    RETURNING id INTO v_grant_id;
    PERFORM take_coupon(v_code.id, p_user_id, p_vendor_id, NULL, NULL, v_grant_id);
    RETURN v_code.value;
END
$function$;

CREATE OR REPLACE FUNCTION public.refresh_account_plans(p_limit integer DEFAULT 1000)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_owner_id uuid;
    v_count integer := 0;
BEGIN
    FOR v_owner_id IN
        SELECT stale.id FROM (
            -- Shows a plan without being in a paid period of it.
            SELECT u.id FROM users u
             WHERE u.plan_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM user_period_at(u.id, v_now) p WHERE p.payment_id IS NOT NULL AND p.plan_id = u.plan_id
             )
            UNION
            SELECT v.id FROM vendors v
             WHERE v.plan_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM vendor_period_at(v.id, v_now) p WHERE p.payment_id IS NOT NULL AND p.plan_id = v.plan_id
             )
            UNION
            -- Is in a paid period and does not show it.
            SELECT coalesce(p.user_id, p.vendor_id) FROM subscription_periods p
              LEFT JOIN users u ON u.id = p.user_id
              LEFT JOIN vendors v ON v.id = p.vendor_id
             WHERE p.payment_id IS NOT NULL AND p.ends_at > v_now AND p.starts_at <= v_now
               AND coalesce(u.plan_id, v.plan_id) IS DISTINCT FROM p.plan_id
        ) stale ORDER BY stale.id LIMIT p_limit
    LOOP
        PERFORM show_current_plan(v_owner_id);
        v_count := v_count + 1;
    END LOOP;
    RETURN v_count;
END
$function$;

CREATE OR REPLACE FUNCTION public.refund_effect(p_payment_id uuid, p_now timestamp with time zone, OUT blocked_by uuid, OUT gone subscription_periods, OUT back subscription_periods, OUT followers uuid[])
 RETURNS record
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_next subscription_periods;
    v_end timestamptz;
BEGIN
    -- A purchase that took nothing off blocks only what would be brought back over it.
    SELECT x.id INTO blocked_by FROM subscription_periods s JOIN payments x ON x.id = s.replaced_by
     WHERE s.payment_id = p_payment_id AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = x.id AND r.ends_purchase)
       AND (x.credit > 0 OR EXISTS (SELECT 1 FROM subscription_periods o WHERE o.replaced_by = p_payment_id AND whole_end(o) > p_now));
    followers := '{}';
    SELECT * INTO gone FROM subscription_periods WHERE payment_id = p_payment_id AND ends_at > p_now;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT * INTO back FROM subscription_periods s
     WHERE s.replaced_by = p_payment_id AND whole_end(s) > p_now
       AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = s.payment_id AND r.ends_purchase);
    v_end := gone.ends_at;
    FOR v_next IN
        SELECT * FROM subscription_periods
         WHERE coalesce(user_id, vendor_id) = coalesce(gone.user_id, gone.vendor_id)
           AND starts_at >= gone.ends_at AND ends_at > starts_at
         ORDER BY starts_at
    LOOP
        EXIT WHEN v_next.starts_at <> v_end;
        followers := followers || v_next.id;
        v_end := v_next.ends_at;
    END LOOP;
END
$function$;

CREATE OR REPLACE FUNCTION public.refund_goods()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NOT NEW.ends_purchase THEN
        RETURN NULL;
    END IF;
    INSERT INTO quota_grants (user_id, vendor_id, resource, amount, reason, payment_id)
    SELECT user_id, vendor_id, resource, -pack_left(NEW.payment_id), 'pack refunded', payment_id
      FROM quota_grants WHERE payment_id = NEW.payment_id AND amount > 0 AND pack_left(NEW.payment_id) > 0;
    UPDATE coupon_uses SET given_back_at = clock_timestamp() WHERE payment_id = NEW.payment_id AND given_back_at IS NULL;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.refuse_trashed_image()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    PERFORM 1 FROM images WHERE id IN (SELECT image_id FROM added) ORDER BY id FOR SHARE;
    IF EXISTS (SELECT 1 FROM images i JOIN added a ON a.image_id = i.id WHERE i.deleted_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a picture in the trash stands in no album' USING ERRCODE = 'ST004';
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.refuse_while_paying(p_owner_id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF EXISTS (SELECT 1 FROM payments WHERE user_id = p_owner_id AND status = 'pending')
       OR EXISTS (SELECT 1 FROM payments WHERE vendor_id = p_owner_id AND status = 'pending') THEN
        RAISE EXCEPTION 'a payment of % is open at the gateway', p_owner_id USING ERRCODE = 'ST004', HINT = 'payment';
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.release_engine_call(p_conversion_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_back engine_spendings;
BEGIN
    DELETE FROM engine_spendings WHERE conversion_id = p_conversion_id AND calls = 0 RETURNING * INTO v_back;
    IF FOUND THEN
        PERFORM take_back_spending(v_back.day, 'engine', v_back.rials);
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.request_conversions(p_user_id uuid, p_ids uuid[], p_photos uuid[], p_styles text[], p_references uuid[], p_looks text[], p_request_key uuid, p_waiting integer, p_origin jsonb, p_price bigint, p_limit bigint, p_paid_limit bigint, p_mark uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_count CONSTANT integer := cardinality(p_ids);
    v_now timestamptz := clock_timestamp();
    v_made uuid[];
    v_period_id uuid;
    v_paid integer := 0;
    v_is_charged boolean := false;
    v_lanes smallint[] := '{}';
    v_first integer;
    v_second integer;
    v_waiting integer;
    v_jobs integer;
BEGIN
    -- Whoever asks at the same moment under the same key is refused by the unique index, and asks again.
    IF p_request_key IS NOT NULL THEN
        SELECT array_agg(id ORDER BY request_place) INTO v_made
          FROM user_conversions WHERE user_id = p_user_id AND request_key = p_request_key;
        IF v_made IS NOT NULL THEN
            RETURN v_made;
        END IF;
    END IF;

    -- The common cases as `record_conversion` charges them: locked and charged in one statement, all from one pool. Only a
    -- charge may succeed here.
    SELECT id, least(v_count, conversions_limit - conversions_used) INTO v_period_id, v_paid FROM subscription_periods
     WHERE user_id = p_user_id AND ends_at > v_now AND starts_at <= v_now AND conversions_used < conversions_limit;
    v_paid := coalesce(v_paid, 0);
    IF v_paid = v_count THEN
        WITH owner AS MATERIALIZED (
            SELECT id FROM users WHERE id = p_user_id AND is_active AND is_phone_verified FOR NO KEY UPDATE
        )
        UPDATE subscription_periods p SET conversions_used = p.conversions_used + v_count FROM owner
         WHERE p.id = v_period_id AND p.user_id = owner.id AND p.ends_at > v_now AND p.starts_at <= v_now
           AND p.conversions_used + v_count <= p.conversions_limit;
        v_is_charged := FOUND;
    ELSIF v_paid = 0 THEN
        UPDATE users SET free_quota_remaining = free_quota_remaining - v_count
         WHERE id = p_user_id AND free_quota_remaining >= v_count AND is_active AND is_phone_verified;
        v_is_charged := FOUND;
    END IF;
    IF NOT v_is_charged THEN
        -- Refused, or from both pools: said by statements that begin after the owner's lock was taken.
        PERFORM lock_active_user(p_user_id);
        v_now := clock_timestamp();
        SELECT id, least(v_count, conversions_limit - conversions_used) INTO v_period_id, v_paid FROM subscription_periods
         WHERE user_id = p_user_id AND ends_at > v_now AND starts_at <= v_now AND conversions_used < conversions_limit
           FOR NO KEY UPDATE;
        v_paid := coalesce(v_paid, 0);
        UPDATE subscription_periods SET conversions_used = conversions_used + v_paid WHERE id = v_period_id;
        UPDATE users SET free_quota_remaining = free_quota_remaining - (v_count - v_paid)
         WHERE id = p_user_id AND free_quota_remaining >= v_count - v_paid;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'user % has fewer than % conversions left', p_user_id, v_count
                USING ERRCODE = 'ST001', HINT = 'conversions';
        END IF;
    END IF;

    -- Each joins the shorter of the account's lanes; nothing else of the account joins until the end.
    SELECT count(*) FILTER (WHERE lane = 0), count(*) FILTER (WHERE lane = 1), count(*) FILTER (WHERE status = 'pending')
      INTO v_first, v_second, v_waiting
      FROM user_conversions WHERE user_id = p_user_id AND status IN ('pending', 'processing');
    IF v_waiting + v_count > p_waiting THEN
        RAISE EXCEPTION 'more than % of user % would wait', p_waiting, p_user_id USING ERRCODE = 'ST001', HINT = 'waiting';
    END IF;
    FOR n IN 1..v_count LOOP
        v_lanes := v_lanes || (v_second < v_first)::integer::smallint;
        v_second := v_second + v_lanes[n];
        v_first := v_first + 1 - v_lanes[n];
    END LOOP;

    -- The pictures are held after the owner and the period, in the order of the house.
    IF array_remove(p_references, NULL) <> '{}' THEN
        PERFORM 1 FROM images WHERE id = ANY (p_references) ORDER BY id FOR KEY SHARE;
    END IF;
    WITH photos AS MATERIALIZED (
        SELECT id, original_url FROM images WHERE id = ANY (p_photos) AND user_id = p_user_id AND type = 'user' FOR KEY SHARE
    ), made AS (
        INSERT INTO user_conversions
            (id, user_id, conversion_type, period_id, input_file_url, style_name, source_image_id, style_image_id, look, lane,
             request_key, request_place)
        SELECT w.id, p_user_id, CASE WHEN w.place <= v_paid THEN 'paid' ELSE 'free' END,
               CASE WHEN w.place <= v_paid THEN v_period_id END, i.original_url, w.style, w.photo, w.reference, w.look::jsonb,
               w.lane, p_request_key, w.place - 1
          FROM unnest(p_ids, p_photos, p_styles, p_references, p_looks, v_lanes)
               WITH ORDINALITY AS w (id, photo, style, reference, look, lane, place)
          JOIN photos i ON i.id = w.photo
         WHERE w.reference IS NULL OR EXISTS (SELECT 1 FROM visible_images v WHERE v.id = w.reference)
        RETURNING id, created_at, conversion_type, style_name, lane
    ), jobs AS (
        -- As the queue's own client writes a job: what is not said is the queue's. Told of by the caller, after the commit.
        INSERT INTO pgboss.job
            (name, data, priority, singleton_key, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay,
             retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
        SELECT q.name, jsonb_build_object('conversionId', m.id) || p_origin, -conversion_turn(m.created_at, m.conversion_type),
               p_user_id || '/' || m.lane, q.expire_seconds, q.deletion_seconds,
               now() + q.retention_seconds * INTERVAL '1 second', q.retry_limit, q.retry_delay, q.retry_backoff,
               q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
          FROM made m, pgboss.queue q WHERE q.name = 'conversion.run'
        RETURNING id
    ), events AS (
        INSERT INTO audit_logs (user_id, actor_type, action, resource, resource_id, metadata)
        SELECT p_user_id, 'user', 'conversion.request', 'conversion', m.id, jsonb_build_object('style', m.style_name) FROM made m
    ), mark AS (
        INSERT INTO transaction_marks (id, is_done) VALUES (p_mark, true)
    )
    SELECT array_agg(id), (SELECT count(*) FROM jobs) INTO v_made, v_jobs FROM made;
    IF coalesce(cardinality(v_made), 0) < v_count THEN
        RAISE EXCEPTION 'a photo of % or a reference of % is not there for user %', p_photos, p_references, p_user_id
            USING ERRCODE = 'ST003';
    ELSIF v_jobs < v_count THEN
        RAISE EXCEPTION 'the queue conversion.run took no job';
    END IF;
    -- Last, because everybody waits for these rows: they are held until the end.
    IF p_price IS NOT NULL AND NOT admit_conversions(p_ids, p_price, p_limit, p_paid_limit) THEN
        RAISE EXCEPTION 'no more is spent on the engine today' USING ERRCODE = 'ST001', HINT = 'spending';
    END IF;
    RETURN p_ids;
END
$function$;

CREATE OR REPLACE FUNCTION public.require_audience(p_plan_id uuid, p_audience text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
AS $function$
BEGIN
    -- An unknown plan is left to the foreign key.
    IF EXISTS (SELECT 1 FROM payment_plans WHERE id = p_plan_id AND audience <> p_audience) THEN
        RAISE EXCEPTION 'plan % is not for a %', p_plan_id, p_audience
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chk_plan_audience_fits';
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.require_payment_period()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_payment_id uuid := CASE WHEN TG_TABLE_NAME = 'payments' THEN to_jsonb(NEW) ->> 'id'
                              ELSE coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> 'payment_id' END;
    v_status text;
    v_periods integer;
BEGIN
    SELECT status, (SELECT count(*) FROM subscription_periods p WHERE p.payment_id = y.id) INTO v_status, v_periods
      FROM payments y WHERE y.id = v_payment_id;
    IF FOUND AND v_periods <> (v_status = 'completed')::integer THEN
        RAISE EXCEPTION 'payment % is % and has % periods', v_payment_id, v_status, v_periods
            USING ERRCODE = 'check_violation', CONSTRAINT = 'trg_payments_period';
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.rerun_conversion(p_conversion_id uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_failed user_conversions;
    v_id uuid;
BEGIN
    SELECT * INTO v_failed FROM user_conversions WHERE id = p_conversion_id AND deleted_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'conversion % does not exist', p_conversion_id USING ERRCODE = 'ST003';
    ELSIF v_failed.status <> 'failed' THEN
        RAISE EXCEPTION 'conversion % has not failed', p_conversion_id USING ERRCODE = 'ST004';
    ELSIF v_failed.source_image_id IS NULL OR v_failed.style_name = 'reference' AND v_failed.style_image_id IS NULL THEN
        RAISE EXCEPTION 'what conversion % was made of is gone', p_conversion_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM lock_active_user(v_failed.user_id);
    IF EXISTS (SELECT 1 FROM user_conversions WHERE rerun_of = p_conversion_id) THEN
        RAISE EXCEPTION 'conversion % was run again before', p_conversion_id USING ERRCODE = 'ST004';
    END IF;
    PERFORM check_conversion_images(v_failed.user_id, v_failed.source_image_id, v_failed.style_image_id);
    PERFORM hold_conversion_images(v_failed.source_image_id, v_failed.style_image_id);
    INSERT INTO user_conversions
        (user_id, conversion_type, input_file_url, style_name, source_image_id, style_image_id, charge_returned_at, rerun_of, look_kind, look)
    VALUES
        (v_failed.user_id, 'free', v_failed.input_file_url, v_failed.style_name, v_failed.source_image_id,
         v_failed.style_image_id, clock_timestamp(), p_conversion_id, v_failed.look_kind, v_failed.look)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$function$;

CREATE OR REPLACE FUNCTION public.return_conversion_charge()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.conversion_type = 'free' THEN
        UPDATE users SET free_quota_remaining = free_quota_remaining + 1 WHERE id = NEW.user_id;
    ELSE
        UPDATE subscription_periods SET conversions_used = conversions_used - 1 WHERE id = NEW.period_id;
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.return_gallery_slot()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    UPDATE vendors SET free_gallery_remaining = free_gallery_remaining + 1 WHERE id = OLD.vendor_id;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.return_overdue_charges(p_limit integer DEFAULT 100)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_id uuid;
    v_deadline timestamptz := clock_timestamp() - INTERVAL '3 minutes';
BEGIN
    FOR v_id IN
        SELECT id FROM user_conversions
         WHERE status = 'processing' AND first_claimed_at < v_deadline
           AND charge_returned_at IS NULL
         ORDER BY user_id
         LIMIT p_limit
    LOOP
        PERFORM lock_conversion_charge(v_id);
        UPDATE user_conversions SET charge_returned_at = clock_timestamp()
         WHERE id = v_id AND status = 'processing' AND charge_returned_at IS NULL;
        IF FOUND THEN
            RETURN NEXT v_id;
        END IF;
    END LOOP;
END
$function$;

CREATE OR REPLACE FUNCTION public.return_spending()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_back engine_spendings;
BEGIN
    DELETE FROM engine_spendings WHERE conversion_id = NEW.id AND calls = 0 RETURNING * INTO v_back;
    IF FOUND THEN
        PERFORM take_back_spending(v_back.day, 'engine', v_back.rials);
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.revoke_links_of_conversion()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    UPDATE share_links SET revoked_at = clock_timestamp() WHERE conversion_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.roll_up_engine_figures()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    DELETE FROM engine_figures;
    INSERT INTO engine_figures (days, engine, total, completed, failed, median_ms, p95_ms)
    SELECT f.days, f.name, f.total, f.completed, f.failed, f.median_ms, f.p95_ms FROM conversion_figures('engine') f WHERE f.name <> '';
END
$function$;

CREATE OR REPLACE FUNCTION public.roll_up_figures(p_min_age interval DEFAULT '00:05:00'::interval)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_today date := visit_day();
    v_from date;
    v_since timestamptz;
    v_begun timestamptz := clock_timestamp();
    v_took_ms integer;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('roll_up_figures', 0))
       OR EXISTS (SELECT 1 FROM system_snapshots WHERE rolled_at > v_begun - p_min_age) THEN
        RETURN false;
    END IF;
    SELECT greatest(coalesce(max(day) - 1, v_today - 90), v_today - 90) INTO v_from FROM daily_figures;
    v_since := v_from::timestamp AT TIME ZONE 'Asia/Tehran';

    INSERT INTO daily_figures AS f (day, new_users, new_vendors, conversions, completed, failed, payments, revenue)
    SELECT d.day, coalesce(u.n, 0), coalesce(v.n, 0), coalesce(c.n, 0), coalesce(c.completed, 0), coalesce(c.failed, 0),
           coalesce(p.n, 0), coalesce(p.amount, 0) - coalesce(r.amount, 0)
      FROM (SELECT v_from + n AS day FROM generate_series(0, v_today - v_from) n) d
      LEFT JOIN (SELECT (created_at AT TIME ZONE 'Asia/Tehran')::date AS day, count(*)::int AS n
                   FROM users WHERE created_at >= v_since GROUP BY 1) u USING (day)
      LEFT JOIN (SELECT (created_at AT TIME ZONE 'Asia/Tehran')::date AS day, count(*)::int AS n
                   FROM vendors WHERE created_at >= v_since GROUP BY 1) v USING (day)
      LEFT JOIN (SELECT (created_at AT TIME ZONE 'Asia/Tehran')::date AS day, count(*)::int AS n,
                        (count(*) FILTER (WHERE status = 'completed'))::int AS completed,
                        (count(*) FILTER (WHERE status = 'failed'))::int AS failed
                   FROM user_conversions WHERE created_at >= v_since GROUP BY 1) c USING (day)
      LEFT JOIN (SELECT (paid_at AT TIME ZONE 'Asia/Tehran')::date AS day, count(*)::int AS n, sum(amount)::bigint AS amount
                   FROM payments WHERE status = 'completed' AND paid_at >= v_since GROUP BY 1) p USING (day)
      LEFT JOIN (SELECT (created_at AT TIME ZONE 'Asia/Tehran')::date AS day, sum(amount)::bigint AS amount
                   FROM payment_refunds WHERE created_at >= v_since GROUP BY 1) r USING (day)
    ON CONFLICT (day) DO UPDATE SET new_users = EXCLUDED.new_users, new_vendors = EXCLUDED.new_vendors,
        conversions = EXCLUDED.conversions, completed = EXCLUDED.completed, failed = EXCLUDED.failed,
        payments = EXCLUDED.payments, revenue = EXCLUDED.revenue;

    -- The days above are those that can still change. What follows reads all accounts, pictures and payments: a hundred times as long as it takes is
    -- waited before it is done again, so that it takes a hundredth of one core, however many rows there are.
    UPDATE system_snapshots SET rolled_at = v_begun;
    IF p_min_age > interval '0' AND EXISTS (SELECT 1 FROM system_snapshots WHERE taken_at > v_begun - greatest(p_min_age, make_interval(secs => took_ms / 10.0))) THEN
        RETURN true;
    END IF;

    v_begun := clock_timestamp();
    PERFORM fold_conversions();
    DELETE FROM style_figures;
    INSERT INTO style_figures (days, style_name, total, completed, failed, median_ms, p95_ms)
    SELECT f.days, f.name, f.total, f.completed, f.failed + f.refused, f.median_ms, f.p95_ms FROM conversion_figures('style') f;

    INSERT INTO system_snapshots (figures, taken_at)
    SELECT to_jsonb(s), clock_timestamp() FROM get_system_stats() s
    ON CONFLICT (is_only) DO UPDATE SET figures = EXCLUDED.figures, taken_at = EXCLUDED.taken_at;
    v_took_ms := ceil(extract(epoch FROM clock_timestamp() - v_begun) * 1000);
    UPDATE system_snapshots SET took_ms = v_took_ms;
    RETURN true;
END
$function$;

CREATE OR REPLACE FUNCTION public.roll_up_gallery_visits(p_limit integer DEFAULT 5000)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_taken integer;
    -- What is done with a picture, rather than looked at: counted for its albums and its shop as well.
    v_deeds constant text[] := '{try,result,share,click,send}';
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('roll_up_gallery_visits')) THEN
        RETURN 0;
    END IF;
    WITH taken AS (
        DELETE FROM gallery_visits WHERE id IN (SELECT id FROM gallery_visits ORDER BY id LIMIT p_limit)
        RETURNING day, kind, subject_id, visitor, by_vendor_id
    ), known AS (
        SELECT DISTINCT t.day, t.kind, t.subject_id, t.visitor, o.vendor_id, o.thing
          FROM taken t CROSS JOIN LATERAL (
              SELECT i.vendor_id, 'image' AS thing FROM visible_images i WHERE t.kind IN ('image', 'scan') AND i.id = t.subject_id
              UNION ALL
              SELECT a.vendor_id, 'album' FROM visible_albums a WHERE t.kind IN ('album', 'scan') AND a.id = t.subject_id
              UNION ALL
              SELECT v.id, 'vendor' FROM vendors v WHERE t.kind IN ('vendor', 'scan', 'embed') AND v.id = t.subject_id AND v.is_active
              UNION ALL
              -- Only what has an offer can be pressed.
              SELECT f.vendor_id, 'image' FROM offers f JOIN visible_images i ON i.id = f.image_id
               WHERE t.kind = 'click' AND f.image_id = t.subject_id
              UNION ALL
              -- A look that was tried may have been taken back since: it was tried all the same.
              SELECT i.vendor_id, 'image' FROM images i
               WHERE t.kind IN ('try', 'result', 'share', 'send') AND i.id = t.subject_id AND i.type = 'vendor'
          ) o
         WHERE t.by_vendor_id IS DISTINCT FROM o.vendor_id
    ), fresh AS (
        INSERT INTO gallery_seen (day, kind, subject_id, visitor)
        SELECT day, kind, subject_id, visitor FROM known ON CONFLICT DO NOTHING
        RETURNING day, kind, subject_id, visitor
    ), counted AS (
        SELECT k.day, k.kind, k.subject_id, k.vendor_id, k.thing
          FROM fresh f JOIN known k USING (day, kind, subject_id, visitor)
    ), of_things AS (
        SELECT vendor_id, thing AS subject, day, subject_id, kind
          FROM counted
        UNION ALL
        SELECT vendor_id, 'vendor', day, vendor_id, kind FROM counted
         WHERE kind = ANY (v_deeds) OR kind = 'scan' AND thing <> 'vendor'
        UNION ALL
        SELECT c.vendor_id, 'album', c.day, p.album_id, c.kind
          FROM counted c JOIN album_images p ON p.vendor_id = c.vendor_id AND p.image_id = c.subject_id
         WHERE c.kind = ANY (v_deeds)
    ), days AS (
        INSERT INTO gallery_days AS d (vendor_id, subject, day, subject_id, views, tries, results, shares, clicks, sends, scans, embeds)
        SELECT vendor_id, subject, day, subject_id, count(*) FILTER (WHERE kind <> ALL (v_deeds || '{scan,embed}'::text[])),
               count(*) FILTER (WHERE kind = 'try'), count(*) FILTER (WHERE kind = 'result'),
               count(*) FILTER (WHERE kind = 'share'), count(*) FILTER (WHERE kind = 'click'),
               count(*) FILTER (WHERE kind = 'send'), count(*) FILTER (WHERE kind = 'scan'),
               count(*) FILTER (WHERE kind = 'embed')
          FROM of_things GROUP BY vendor_id, subject, day, subject_id ORDER BY vendor_id, subject, day, subject_id
        ON CONFLICT (vendor_id, subject, day, subject_id) DO UPDATE
           SET views = d.views + excluded.views, tries = d.tries + excluded.tries, results = d.results + excluded.results,
               shares = d.shares + excluded.shares, clicks = d.clicks + excluded.clicks, sends = d.sends + excluded.sends,
               scans = d.scans + excluded.scans, embeds = d.embeds + excluded.embeds
    ), images_tried AS (
        INSERT INTO image_tries AS e (image_id, tries, results)
        SELECT subject_id, count(*) FILTER (WHERE kind = 'try'), count(*) FILTER (WHERE kind = 'result')
          FROM counted WHERE kind IN ('try', 'result') GROUP BY subject_id ORDER BY subject_id
        ON CONFLICT (image_id) DO UPDATE SET tries = e.tries + excluded.tries, results = e.results + excluded.results
    )
    SELECT count(*) INTO v_taken FROM taken;
    RETURN v_taken;
END
$function$;

CREATE OR REPLACE FUNCTION public.send_circular(p_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v circulars;
    v_ids uuid[];
    v_data jsonb := jsonb_build_object('circular', p_id);
    v_is_over boolean;
BEGIN
    SELECT * INTO v FROM circulars WHERE id = p_id AND stopped_at IS NULL AND finished_at IS NULL FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF v.audience = 'one' THEN
        INSERT INTO notifications (user_id, vendor_id, kind, data) VALUES (v.user_id, v.vendor_id, 'operator.tell', v_data);
        UPDATE circulars SET told = 1, finished_at = clock_timestamp() WHERE id = p_id;
        RETURN 1;
    END IF;
    IF v.stage = 'users' THEN
        v_ids := ARRAY(SELECT u.id FROM users u
                        WHERE u.id > coalesce(v.last_id, '00000000-0000-0000-0000-000000000000')
                          AND hears_as_user(v.audience, v.created_at, u)
                        ORDER BY u.id LIMIT p_limit);
        INSERT INTO notifications (user_id, kind, data) SELECT id, 'operator.tell', v_data FROM unnest(v_ids) id;
    ELSE
        v_ids := ARRAY(SELECT o.id FROM vendors o
                        WHERE o.id > coalesce(v.last_id, '00000000-0000-0000-0000-000000000000')
                          AND hears_as_vendor(v.audience, v.created_at, v.city, v.shop_kind, o)
                        ORDER BY o.id LIMIT p_limit);
        INSERT INTO notifications (vendor_id, kind, data) SELECT id, 'operator.tell', v_data FROM unnest(v_ids) id;
    END IF;
    v_is_over := cardinality(v_ids) < p_limit;
    UPDATE circulars
       SET told = told + cardinality(v_ids),
           stage = CASE WHEN v_is_over THEN 'vendors' ELSE stage END,
           last_id = CASE WHEN v_is_over THEN NULL ELSE v_ids[cardinality(v_ids)] END,
           finished_at = CASE WHEN v_is_over AND v.stage = 'vendors' THEN clock_timestamp() END
     WHERE id = p_id;
    RETURN cardinality(v_ids);
END
$function$;

CREATE OR REPLACE FUNCTION public.send_lead(p_id uuid, p_user_id uuid, p_conversion_id uuid, p_words text, p_with_phone boolean)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_conversion user_conversions;
    v_vendor_id uuid;
    v_old leads;
    v_today integer;
    v_of_shop integer;
    v_day date := visit_day();
BEGIN
    -- The person first: two results that are sent at once are counted one after the other.
    PERFORM 1 FROM users WHERE id = p_user_id AND is_active FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN 'missing';
    END IF;
    SELECT c.* INTO v_conversion FROM user_conversions c JOIN images i ON i.id = c.result_image_id
     WHERE c.id = p_conversion_id AND c.user_id = p_user_id AND c.deleted_at IS NULL AND c.status = 'completed'
       AND c.style_name = 'reference' AND i.moderation = 'accepted' AND i.deleted_at IS NULL
       FOR NO KEY UPDATE OF c;
    SELECT id INTO v_vendor_id FROM vendors WHERE is_active AND id = coalesce(v_conversion.style_vendor_id,
        (SELECT vendor_id FROM images WHERE id = v_conversion.style_image_id));
    IF v_vendor_id IS NULL THEN
        RETURN 'missing';
    END IF;
    SELECT * INTO v_old FROM leads WHERE conversion_id = p_conversion_id;
    IF v_old.id IS NOT NULL AND v_old.withdrawn_at IS NULL THEN
        RETURN 'sent';
    END IF;
    SELECT count(*), count(*) FILTER (WHERE vendor_id = v_vendor_id) INTO v_today, v_of_shop
      FROM leads WHERE user_id = p_user_id AND sent_at > clock_timestamp() - interval '1 day';
    IF v_today >= 20 OR v_of_shop >= 5 OR v_old.sent_at > clock_timestamp() - interval '1 day' THEN
        RETURN 'many';
    END IF;
    INSERT INTO leads (id, conversion_id, user_id, vendor_id, words, with_phone)
    VALUES (p_id, p_conversion_id, p_user_id, v_vendor_id, p_words, p_with_phone)
    ON CONFLICT (conversion_id) DO UPDATE SET words = EXCLUDED.words, with_phone = EXCLUDED.with_phone,
        sent_at = clock_timestamp(), withdrawn_at = NULL, put_away_at = NULL;
    -- Who sent it counts once a day, as who tried it does.
    IF v_conversion.style_image_id IS NOT NULL THEN
        INSERT INTO gallery_visits (day, kind, subject_id, visitor)
        VALUES (v_day, 'send', v_conversion.style_image_id,
                substr(sha256(visit_salt(v_day) || convert_to('user|' || p_user_id, 'UTF8')), 1, 16));
    END IF;
    -- One notice for all that was not looked at yet.
    PERFORM pg_advisory_xact_lock(hashtext('lead|' || v_vendor_id));
    UPDATE notifications SET created_at = clock_timestamp(),
           data = jsonb_build_object('count', ((data ->> 'count')::integer + 1)::text)
     WHERE vendor_id = v_vendor_id AND kind = 'lead.receive' AND read_at IS NULL;
    IF NOT FOUND THEN
        INSERT INTO notifications (vendor_id, kind, data) VALUES (v_vendor_id, 'lead.receive', '{"count": "1"}');
    END IF;
    RETURN 'sent';
END
$function$;

CREATE OR REPLACE FUNCTION public.send_picks(p_link_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_link album_links;
    v_count integer;
BEGIN
    SELECT a.* INTO v_link FROM album_links a JOIN live_album_links l USING (id)
     WHERE a.id = p_link_id AND a.has_picks FOR NO KEY UPDATE OF a;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT count(*) INTO v_count FROM album_picks p JOIN linked_album_images i ON i.id = p.image_id AND i.album_id = v_link.album_id
     WHERE p.link_id = p_link_id;
    UPDATE album_links SET picked_at = clock_timestamp() WHERE id = p_link_id;
    IF v_link.picked_at IS NULL OR v_link.picked_at < clock_timestamp() - interval '1 hour' THEN
        INSERT INTO notifications (vendor_id, kind, data) VALUES (v_link.vendor_id, 'album.pick',
            jsonb_build_object('id', v_link.album_id, 'link', p_link_id, 'count', v_count::text));
    END IF;
    RETURN v_count;
END
$function$;

CREATE OR REPLACE FUNCTION public.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.settle_lost_file(p_file_id text)
 RETURNS TABLE(image_id uuid, user_id uuid, vendor_id uuid, image_type text, conversion_id uuid, charge_returned boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_image images%ROWTYPE;
BEGIN
    SELECT i.* INTO v_image FROM images i JOIN stored_files f ON f.image_id = i.id WHERE f.id = p_file_id;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT u.id INTO conversion_id FROM user_conversions u WHERE u.result_image_id = v_image.id;
    -- Owner, period, conversion, image: the order that all keep.
    IF conversion_id IS NOT NULL THEN
        PERFORM lock_conversion_charge(conversion_id);
        PERFORM 1 FROM user_conversions u WHERE u.id = conversion_id FOR NO KEY UPDATE;
    ELSE
        PERFORM 1 FROM users u WHERE u.id = v_image.user_id FOR NO KEY UPDATE;
        PERFORM 1 FROM vendors v WHERE v.id = v_image.vendor_id FOR NO KEY UPDATE;
        PERFORM 1 FROM subscription_periods p WHERE p.id = v_image.period_id FOR NO KEY UPDATE;
        PERFORM 1 FROM user_conversions u WHERE u.source_image_id = v_image.id OR u.style_image_id = v_image.id
          ORDER BY u.id FOR NO KEY UPDATE;
    END IF;
    UPDATE stored_files f SET lost_at = clock_timestamp()
     WHERE f.id = p_file_id AND f.missing_at IS NOT NULL AND f.lost_at IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF v_image.type = 'result' THEN
        UPDATE user_conversions u SET charge_returned_at = clock_timestamp()
         WHERE u.id = conversion_id AND u.status = 'completed' AND u.charge_returned_at IS NULL;
        charge_returned := FOUND;
    ELSE
        UPDATE subscription_periods p SET images_used = p.images_used - 1 WHERE p.id = v_image.period_id;
        DELETE FROM images i WHERE i.id = v_image.id;
        charge_returned := v_image.quota_pool IS NOT NULL;
    END IF;
    image_id := v_image.id;
    user_id := v_image.user_id;
    vendor_id := v_image.vendor_id;
    image_type := v_image.type;
    RETURN NEXT;
END
$function$;

CREATE OR REPLACE FUNCTION public.settle_number_changes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.phone LIKE 'deleted:%' THEN
        DELETE FROM number_changes WHERE user_id = NEW.id OR vendor_id = NEW.id;
    ELSE
        UPDATE number_changes SET state = 'withdrawn'
         WHERE (user_id = NEW.id OR vendor_id = NEW.id) AND settled_at IS NULL AND to_phone <> NEW.phone;
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.settle_payment_coupon()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_code coupons;
    v_is_over boolean;
BEGIN
    IF NEW.status <> 'completed' THEN
        UPDATE coupon_uses SET given_back_at = clock_timestamp() WHERE payment_id = NEW.id AND given_back_at IS NULL;
    ELSIF OLD.status <> 'pending' THEN
        SELECT * INTO v_code FROM coupons WHERE id = NEW.coupon_id FOR NO KEY UPDATE;
        v_is_over := coalesce(v_code.used >= v_code.use_limit, false);
        UPDATE coupon_uses SET given_back_at = NULL, is_over = v_is_over WHERE payment_id = NEW.id AND given_back_at IS NOT NULL;
        IF v_is_over THEN
            INSERT INTO payment_concerns (payment_id, reason) VALUES (NEW.id, 'coupon_over') ON CONFLICT DO NOTHING;
        END IF;
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.settle_spending(p_day date, p_purpose text, p_calls integer, p_rials bigint, p_limit bigint, p_ceiling bigint)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_day daily_spending;
    v_calls integer;
    v_rials bigint;
    v_level text;
    v_bound bigint;
BEGIN
    INSERT INTO daily_spending (day, purpose) VALUES (p_day, p_purpose) ON CONFLICT DO NOTHING;
    SELECT * INTO v_day FROM daily_spending WHERE day = p_day AND purpose = p_purpose FOR UPDATE;
    INSERT INTO spending_parts (day, purpose, part)
    SELECT p_day, p_purpose, n FROM generate_series(0, 15) n ON CONFLICT DO NOTHING;
    PERFORM 1 FROM spending_parts WHERE day = p_day AND purpose = p_purpose ORDER BY part FOR UPDATE;
    SELECT greatest(0, v_day.calls + sum(calls)), greatest(0, v_day.rials + sum(rials)) INTO v_calls, v_rials
      FROM spending_parts WHERE day = p_day AND purpose = p_purpose;
    IF v_rials + p_rials > p_ceiling THEN
        RETURN false;
    END IF;
    v_calls := v_calls + p_calls;
    v_rials := v_rials + p_rials;
    IF v_rials >= p_limit AND v_day.paused_at IS NULL THEN
        v_level := 'spending.pause';
    ELSIF v_rials * 5 >= p_limit * 4 AND v_day.warned_at IS NULL THEN
        v_level := 'spending.warn';
    END IF;
    -- The next thing that all have to be asked for; a limit is reached by the last Rial before it, a ceiling is not.
    SELECT coalesce(min(b), v_rials + (1::bigint << 50)) INTO v_bound
      FROM (VALUES ((p_limit * 4 + 4) / 5 - 1), (p_limit - 1), (p_ceiling)) next (b) WHERE b >= v_rials;
    UPDATE daily_spending
       SET calls = v_calls, rials = v_rials,
           warned_at = CASE WHEN v_level IS NULL THEN warned_at ELSE coalesce(warned_at, clock_timestamp()) END,
           paused_at = CASE WHEN v_level = 'spending.pause' THEN clock_timestamp() ELSE paused_at END
     WHERE day = p_day AND purpose = p_purpose;
    UPDATE spending_parts
       SET calls = 0, rials = 0, allowed = (v_bound - v_rials) / 16, bound = v_bound, for_limit = p_limit
     WHERE day = p_day AND purpose = p_purpose;
    IF v_level IS NOT NULL THEN
        INSERT INTO notifications (user_id, kind, data)
        SELECT user_id, v_level, jsonb_build_object('purpose', p_purpose) FROM admin_grants;
    END IF;
    RETURN true;
END
$function$;

CREATE OR REPLACE FUNCTION public.show_current_plan(p_owner_id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_plan_id uuid;
BEGIN
    SELECT plan_id INTO v_plan_id FROM subscription_periods
     WHERE coalesce(user_id, vendor_id) = p_owner_id AND payment_id IS NOT NULL AND ends_at > v_now AND starts_at <= v_now;
    UPDATE users SET plan_id = v_plan_id WHERE id = p_owner_id AND plan_id IS DISTINCT FROM v_plan_id;
    UPDATE vendors SET plan_id = v_plan_id WHERE id = p_owner_id AND plan_id IS DISTINCT FROM v_plan_id;
END
$function$;

CREATE OR REPLACE FUNCTION public.show_first_concern()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_id uuid := coalesce(NEW.payment_id, OLD.payment_id);
    v_first text;
BEGIN
    SELECT reason INTO v_first FROM payment_concerns WHERE payment_id = v_id ORDER BY raised_at, reason LIMIT 1;
    UPDATE payments SET attention_reason = v_first WHERE id = v_id AND attention_reason IS DISTINCT FROM v_first;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.space_album_images(p_album_id uuid)
 RETURNS void
 LANGUAGE sql
AS $function$
    WITH places AS (
        SELECT image_id, position FROM album_images WHERE album_id = p_album_id
        UNION ALL
        SELECT image_id, position FROM trashed_places WHERE album_id = p_album_id
    ), numbered AS (
        SELECT image_id, (1024 * row_number() OVER (ORDER BY position, image_id))::integer AS position FROM places
    ), trashed AS (
        UPDATE trashed_places t SET position = n.position FROM numbered n
         WHERE t.album_id = p_album_id AND t.image_id = n.image_id
    )
    UPDATE album_images m SET position = n.position FROM numbered n
     WHERE m.album_id = p_album_id AND m.image_id = n.image_id AND m.position <> n.position
$function$;

CREATE OR REPLACE FUNCTION public.spend_in_part(p_day date, p_purpose text, p_calls integer, p_rials bigint, p_limit bigint, p_ceiling bigint)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
BEGIN
    UPDATE spending_parts SET calls = calls + p_calls, rials = rials + p_rials
     WHERE day = p_day AND purpose = p_purpose AND part = own_spending_part()
       AND rials + p_rials <= allowed AND for_limit IS NOT DISTINCT FROM p_limit
       AND (p_ceiling IS NULL OR bound <= p_ceiling);
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'ST101';
    END IF;
    RETURN true;
EXCEPTION WHEN SQLSTATE 'ST101' THEN
    RETURN false;
END
$function$;

CREATE OR REPLACE FUNCTION public.take_back_engine_call(p_conversion_id uuid, p_price bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_calls integer;
BEGIN
    UPDATE engine_spendings SET calls = calls - 1 WHERE conversion_id = p_conversion_id AND calls > 0
    RETURNING calls INTO v_calls;
    IF v_calls IS DISTINCT FROM 0 THEN
        PERFORM take_back_spending(visit_day(), 'engine', p_price);
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.take_back_spending(p_day date, p_purpose text, p_rials bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    UPDATE spending_parts SET calls = calls - 1, rials = rials - p_rials
     WHERE day = p_day AND purpose = p_purpose AND part = own_spending_part();
    IF NOT FOUND THEN
        UPDATE daily_spending SET calls = greatest(0, calls - 1), rials = greatest(0, rials - p_rials)
         WHERE day = p_day AND purpose = p_purpose;
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.take_coupon(p_code_id uuid, p_user_id uuid, p_vendor_id uuid, p_plan_id uuid, p_payment_id uuid, p_grant_id uuid)
 RETURNS coupons
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_code coupons;
    v_now timestamptz;
BEGIN
    SELECT * INTO v_code FROM coupons WHERE id = p_code_id FOR NO KEY UPDATE;
    v_now := clock_timestamp();
    IF v_code.id IS NULL OR v_code.retired_at IS NOT NULL OR v_code.starts_at > v_now OR v_code.ends_at <= v_now THEN
        RAISE EXCEPTION 'code % is not to be used now', p_code_id USING ERRCODE = 'ST004', HINT = 'coupon_unknown';
    ELSIF (v_code.kind = 'gift') <> (p_grant_id IS NOT NULL)
       OR v_code.audience <> (CASE WHEN p_user_id IS NOT NULL THEN 'user' ELSE 'vendor' END)
       OR v_code.plan_id <> p_plan_id THEN
        RAISE EXCEPTION 'code % is for something else', p_code_id USING ERRCODE = 'ST004', HINT = 'coupon_unfit';
    ELSIF v_code.used >= v_code.use_limit THEN
        RAISE EXCEPTION 'code % is used up', p_code_id USING ERRCODE = 'ST004', HINT = 'coupon_over';
    ELSIF (SELECT count(*) FROM coupon_uses WHERE code_id = p_code_id AND given_back_at IS NULL
              AND coalesce(user_id, vendor_id) = coalesce(p_user_id, p_vendor_id)) >= v_code.per_person THEN
        RAISE EXCEPTION 'code % was used by this person', p_code_id USING ERRCODE = 'ST004', HINT = 'coupon_mine';
    END IF;
    INSERT INTO coupon_uses (code_id, user_id, vendor_id, payment_id, grant_id)
    VALUES (p_code_id, p_user_id, p_vendor_id, p_payment_id, p_grant_id);
    RETURN v_code;
END
$function$;

CREATE OR REPLACE FUNCTION public.take_payment_coupon()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_code coupons;
    v_price bigint := NEW.amount + NEW.credit + NEW.discount;
BEGIN
    v_code := take_coupon(NEW.coupon_id, NEW.user_id, NEW.vendor_id, NEW.plan_id, NEW.id, NULL);
    IF NEW.discount > (CASE v_code.kind WHEN 'percent' THEN (v_price * v_code.value + 99) / 100 ELSE v_code.value END) THEN
        RAISE EXCEPTION 'code % gives less', v_code.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.tell_change(p_channel text, p_payload text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF current_setting('application_name') = 'ai-stayler' THEN
        RAISE NOTICE USING ERRCODE = 'ST100', MESSAGE = p_channel, DETAIL = p_payload;
    ELSE
        PERFORM pg_notify(p_channel, p_payload);
    END IF;
END $function$;

CREATE OR REPLACE FUNCTION public.tell_of_conversion()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    -- Whoever took it back, or is gone, knows.
    IF NEW.failure_code = 'cancelled' OR is_muted(NEW.user_id, NULL, 'conversions')
       OR NOT EXISTS (SELECT 1 FROM users WHERE id = NEW.user_id AND is_active) THEN
        RETURN NULL;
    END IF;
    INSERT INTO notifications AS n (user_id, kind, data)
    VALUES (NEW.user_id, CASE NEW.status WHEN 'completed' THEN 'conversion.complete' ELSE 'conversion.fail' END,
            jsonb_build_object('count', '1', 'id', NEW.id::text))
    ON CONFLICT (user_id, kind) WHERE read_at IS NULL AND kind IN ('conversion.complete', 'conversion.fail')
    DO UPDATE SET created_at = clock_timestamp(),
        data = jsonb_build_object('count', ((n.data ->> 'count')::integer + 1)::text, 'id', EXCLUDED.data -> 'id');
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.tell_of_free_conversions()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF EXISTS (SELECT 1 FROM user_conversions WHERE user_id = NEW.id)
       AND NOT EXISTS (SELECT 1 FROM user_period_at(NEW.id, clock_timestamp()) p WHERE p.conversions_used < p.conversions_limit) THEN
        PERFORM tell_of_quota(NEW.id, NULL, NEW.id, 'conversions', 0);
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.tell_of_free_images()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM subscription_periods
                    WHERE vendor_id = NEW.id AND starts_at <= clock_timestamp() AND ends_at > clock_timestamp()
                      AND images_used < images_limit) THEN
        PERFORM tell_of_quota(NULL, NEW.id, NEW.id, 'images', NEW.free_gallery_remaining);
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.tell_of_period()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF NEW.conversions_used > OLD.conversions_used AND NEW.conversions_used * 5 >= NEW.conversions_limit * 4 THEN
        PERFORM tell_of_quota(NEW.user_id, NEW.vendor_id, NEW.id, 'conversions', NEW.conversions_limit - NEW.conversions_used);
    END IF;
    IF NEW.images_used > OLD.images_used AND NEW.images_used * 5 >= NEW.images_limit * 4 THEN
        PERFORM tell_of_quota(NEW.user_id, NEW.vendor_id, NEW.id, 'images', NEW.images_limit - NEW.images_used);
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.tell_of_quota(p_user_id uuid, p_vendor_id uuid, p_scope uuid, p_resource text, p_left integer)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_level text := CASE WHEN p_left > 0 THEN 'low' ELSE 'used' END;
BEGIN
    INSERT INTO quota_notices (scope, resource, level) VALUES (p_scope, p_resource, v_level) ON CONFLICT DO NOTHING;
    IF NOT FOUND OR is_muted(p_user_id, p_vendor_id, 'quota') THEN
        RETURN;
    END IF;
    INSERT INTO notifications (user_id, vendor_id, kind, data)
    VALUES (p_user_id, p_vendor_id, 'quota.' || v_level,
            jsonb_build_object('resource', p_resource, 'left', p_left::text,
                               'pool', CASE WHEN p_scope IN (p_user_id, p_vendor_id) THEN 'free' ELSE 'period' END));
END
$function$;

CREATE OR REPLACE FUNCTION public.tell_webhooks()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'user_conversions' THEN
      PERFORM queue_webhooks(NEW.user_id, NULL, 'conversion.' || NEW.status, NEW.id);
    WHEN 'images' THEN
      PERFORM queue_webhooks(NULL, NEW.vendor_id,
        CASE WHEN NEW.is_public THEN 'picture.published' ELSE 'picture.unpublished' END, NEW.id);
    WHEN 'payments' THEN
      PERFORM queue_webhooks(NEW.user_id, NEW.vendor_id, 'payment.completed', NEW.id);
    ELSE
      PERFORM queue_webhooks(NULL, NEW.vendor_id, 'lead.received', NEW.id);
  END CASE;
  RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.user_period_at(p_user_id uuid, p_at timestamp with time zone)
 RETURNS SETOF subscription_periods
 LANGUAGE sql
 STABLE
AS $function$
    SELECT * FROM subscription_periods WHERE user_id = p_user_id AND ends_at > p_at AND starts_at <= p_at
$function$;

CREATE OR REPLACE FUNCTION public.vat_within(p_amount bigint, p_rate integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT round(p_amount::numeric * p_rate / (10000 + p_rate))::bigint
$function$;

CREATE OR REPLACE FUNCTION public.vendor_period_at(p_vendor_id uuid, p_at timestamp with time zone)
 RETURNS SETOF subscription_periods
 LANGUAGE sql
 STABLE
AS $function$
    SELECT * FROM subscription_periods WHERE vendor_id = p_vendor_id AND ends_at > p_at AND starts_at <= p_at
$function$;

CREATE OR REPLACE FUNCTION public.visit_day()
 RETURNS date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    SELECT (clock_timestamp() AT TIME ZONE 'Asia/Tehran')::date
$function$;

CREATE OR REPLACE FUNCTION public.visit_salt(p_day date)
 RETURNS bytea
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_salt bytea;
BEGIN
    SELECT salt INTO v_salt FROM visit_salts WHERE day = p_day;
    IF NOT FOUND THEN
        INSERT INTO visit_salts (day) VALUES (p_day) ON CONFLICT (day) DO NOTHING;
        SELECT salt INTO STRICT v_salt FROM visit_salts WHERE day = p_day;
    END IF;
    RETURN v_salt;
END
$function$;

CREATE OR REPLACE FUNCTION public.whole_end(p_period subscription_periods)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE
AS $function$
    SELECT (p_period.ends_at AT TIME ZONE 'UTC' + coalesce(p_period.cut_rest, INTERVAL '0')) AT TIME ZONE 'UTC'
$function$;

CREATE OR REPLACE FUNCTION public.withdraw_lead(p_user_id uuid, p_conversion_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    UPDATE leads SET withdrawn_at = clock_timestamp(), words = NULL, with_phone = false, answer = NULL, answered_at = NULL
     WHERE user_id = p_user_id AND conversion_id = p_conversion_id AND withdrawn_at IS NULL;
    RETURN FOUND;
END
$function$;

CREATE OR REPLACE FUNCTION public.write_contact_numbers()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_number text := international_phone(NEW.contact_info ->> 'phone');
    v_whatsapp text := international_phone(substring(NEW.social_links ->> 'whatsapp' from '(?:wa\.me/|[?&]phone=)(?:%2B)?(\+?\d+)'));
BEGIN
    IF v_number IS NOT NULL THEN
        NEW.contact_info := jsonb_set(NEW.contact_info, '{phone}', to_jsonb(v_number));
    END IF;
    IF v_whatsapp IS NOT NULL THEN
        NEW.social_links := jsonb_set(NEW.social_links, '{whatsapp}', to_jsonb('https://wa.me/' || ltrim(v_whatsapp, '+')));
    END IF;
    RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.write_correction()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_given bigint := given_back(NEW.payment_id);
BEGIN
    INSERT INTO invoices (number, kind, payment_id, corrects, amount, vat_rate, vat, goods, seller, buyer)
    SELECT next_invoice_number(), 'correction', i.payment_id, i.number, NEW.amount, i.vat_rate,
           vat_within(v_given, i.vat_rate) - vat_within(v_given - NEW.amount, i.vat_rate),
           i.goods, i.seller, i.buyer
      FROM invoices i WHERE i.payment_id = NEW.payment_id AND i.kind = 'sale';
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.write_invoice()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    IF EXISTS (SELECT 1 FROM invoices WHERE payment_id = NEW.id AND kind = 'sale') THEN
        RETURN NULL;
    END IF;
    INSERT INTO invoices (number, kind, payment_id, amount, vat_rate, vat, goods, seller, buyer)
    SELECT next_invoice_number(), 'sale', NEW.id, NEW.amount, NEW.vat_rate, NEW.vat, p.name,
           coalesce((SELECT seller FROM book_terms WHERE starts_at <= clock_timestamp() ORDER BY starts_at DESC LIMIT 1), '{}'),
           coalesce((SELECT jsonb_strip_nulls(jsonb_build_object('name', b.name, 'nationalCode', b.national_code,
                            'economicCode', b.economic_code, 'postalCode', b.postal_code))
                       FROM buyer_details b WHERE b.user_id = NEW.user_id OR b.vendor_id = NEW.vendor_id), '{}')
      FROM payment_plans p WHERE p.id = NEW.plan_id;
    RETURN NULL;
END
$function$;

-- Triggers ----------------------------------------------------------------------------------------------------

CREATE TRIGGER trg_account_notes_keep BEFORE UPDATE ON public.account_notes FOR EACH ROW EXECUTE FUNCTION keep_account_note();
CREATE TRIGGER trg_album_images_accept AFTER INSERT ON public.album_images REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_trashed_image();
CREATE TRIGGER trg_album_images_added AFTER INSERT ON public.album_images REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_album_images();
CREATE TRIGGER trg_album_images_moved AFTER UPDATE ON public.album_images REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_album_images();
CREATE TRIGGER trg_album_images_removed AFTER DELETE ON public.album_images REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_album_images();
CREATE TRIGGER trg_album_images_tell_added AFTER INSERT ON public.album_images REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_album_images_tell_changed AFTER UPDATE ON public.album_images REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_album_images_tell_removed AFTER DELETE ON public.album_images REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_album_images_uncover AFTER DELETE ON public.album_images REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION drop_left_cover();
CREATE TRIGGER trg_albums_keep_count BEFORE UPDATE OF image_count ON public.albums FOR EACH ROW WHEN ((old.image_count IS DISTINCT FROM new.image_count)) EXECUTE FUNCTION keep_album_count();
CREATE TRIGGER trg_albums_start_count BEFORE INSERT ON public.albums FOR EACH ROW EXECUTE FUNCTION keep_album_count();
CREATE TRIGGER trg_albums_tell_added AFTER INSERT ON public.albums REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_albums_tell_changed AFTER UPDATE ON public.albums REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_albums_tell_removed AFTER DELETE ON public.albums REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_albums_updated_at BEFORE UPDATE ON public.albums FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_audit_logs_keep BEFORE DELETE OR UPDATE ON public.audit_logs FOR EACH ROW EXECUTE FUNCTION keep_audit_log();
CREATE TRIGGER trg_audit_logs_keep_all BEFORE TRUNCATE ON public.audit_logs FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();
CREATE TRIGGER trg_book_terms_guard BEFORE DELETE OR UPDATE ON public.book_terms FOR EACH ROW EXECUTE FUNCTION guard_book_terms();
CREATE TRIGGER trg_circulars_guard BEFORE INSERT OR UPDATE ON public.circulars FOR EACH ROW EXECUTE FUNCTION guard_circular();
CREATE TRIGGER trg_coupon_batches_guard BEFORE UPDATE ON public.coupon_batches FOR EACH ROW EXECUTE FUNCTION guard_coupon_batch();
CREATE TRIGGER trg_coupon_uses_count AFTER INSERT OR DELETE OR UPDATE OF given_back_at, is_over ON public.coupon_uses FOR EACH ROW EXECUTE FUNCTION count_coupon_use();
CREATE TRIGGER trg_coupons_guard BEFORE UPDATE ON public.coupons FOR EACH ROW EXECUTE FUNCTION guard_coupon();
CREATE TRIGGER trg_images_follow_shown_tags BEFORE UPDATE OF tags, shown_tags ON public.images FOR EACH ROW EXECUTE FUNCTION follow_shown_tags();
CREATE TRIGGER trg_images_keep_charge BEFORE UPDATE OF user_id, vendor_id, type, quota_pool, period_id ON public.images FOR EACH ROW WHEN ((((((old.user_id IS DISTINCT FROM new.user_id) OR (old.vendor_id IS DISTINCT FROM new.vendor_id)) OR ((old.type)::text IS DISTINCT FROM (new.type)::text)) OR (old.quota_pool IS DISTINCT FROM new.quota_pool)) OR (old.period_id IS DISTINCT FROM new.period_id))) EXECUTE FUNCTION keep_image_charge();
CREATE TRIGGER trg_images_keep_places AFTER UPDATE OF deleted_at ON public.images FOR EACH ROW WHEN (((old.deleted_at IS NULL) <> (new.deleted_at IS NULL))) EXECUTE FUNCTION keep_trashed_places();
CREATE TRIGGER trg_images_return_slot AFTER DELETE ON public.images FOR EACH ROW WHEN ((old.quota_pool = 'free'::text)) EXECUTE FUNCTION return_gallery_slot();
CREATE TRIGGER trg_images_tell_added AFTER INSERT ON public.images REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_images_tell_changed AFTER UPDATE ON public.images REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_images_tell_removed AFTER DELETE ON public.images REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_rows();
CREATE TRIGGER trg_images_updated_at BEFORE UPDATE ON public.images FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_images_webhooks AFTER UPDATE OF is_public ON public.images FOR EACH ROW WHEN ((((new.type)::text = 'vendor'::text) AND (new.vendor_id IS NOT NULL) AND (old.is_public <> new.is_public))) EXECUTE FUNCTION tell_webhooks();
CREATE TRIGGER trg_invoices_keep BEFORE DELETE OR UPDATE ON public.invoices FOR EACH ROW EXECUTE FUNCTION keep_invoice();
CREATE TRIGGER trg_leads_webhooks AFTER INSERT ON public.leads FOR EACH ROW EXECUTE FUNCTION tell_webhooks();
CREATE TRIGGER trg_legal_text_announce AFTER INSERT OR DELETE ON public.legal_texts FOR EACH ROW EXECUTE FUNCTION announce_legal_text();
CREATE TRIGGER trg_legal_text_guard BEFORE INSERT OR DELETE OR UPDATE ON public.legal_texts FOR EACH ROW EXECUTE FUNCTION guard_legal_text();
CREATE TRIGGER trg_number_changes_guard BEFORE UPDATE ON public.number_changes FOR EACH ROW EXECUTE FUNCTION guard_number_change();
CREATE TRIGGER trg_offers_tell_added AFTER INSERT ON public.offers REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_offers_tell_changed AFTER UPDATE ON public.offers REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_offers_tell_removed AFTER DELETE ON public.offers REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_offers_updated_at BEFORE UPDATE ON public.offers FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_payment_concerns_shown AFTER INSERT OR DELETE ON public.payment_concerns FOR EACH ROW EXECUTE FUNCTION show_first_concern();
CREATE TRIGGER trg_payment_plans_audience BEFORE UPDATE OF audience ON public.payment_plans FOR EACH ROW WHEN ((old.audience IS DISTINCT FROM new.audience)) EXECUTE FUNCTION keep_plan_audience();
CREATE TRIGGER trg_payment_plans_keep_term BEFORE UPDATE OF term, name ON public.payment_plans FOR EACH ROW WHEN (((old.term IS DISTINCT FROM new.term) OR (old.name IS DISTINCT FROM new.name))) EXECUTE FUNCTION keep_plan_term();
CREATE TRIGGER trg_payment_plans_price AFTER UPDATE OF price_per_month_cents ON public.payment_plans FOR EACH ROW WHEN ((new.price_per_month_cents <> old.price_per_month_cents)) EXECUTE FUNCTION note_plan_price();
CREATE TRIGGER trg_payment_plans_tell AFTER INSERT OR DELETE OR UPDATE ON public.payment_plans FOR EACH STATEMENT EXECUTE FUNCTION notify_plans_changed();
CREATE TRIGGER trg_payment_plans_updated_at BEFORE UPDATE ON public.payment_plans FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_payment_refunds_apply BEFORE INSERT ON public.payment_refunds FOR EACH ROW EXECUTE FUNCTION apply_refund();
CREATE TRIGGER trg_payment_refunds_goods AFTER INSERT ON public.payment_refunds FOR EACH ROW EXECUTE FUNCTION refund_goods();
CREATE TRIGGER trg_payment_refunds_guard BEFORE UPDATE ON public.payment_refunds FOR EACH ROW EXECUTE FUNCTION guard_refund();
CREATE TRIGGER trg_payment_refunds_keep BEFORE DELETE ON public.payment_refunds FOR EACH ROW EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_payment_refunds_keep_all BEFORE TRUNCATE ON public.payment_refunds FOR EACH STATEMENT EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_payment_refunds_updated_at BEFORE UPDATE ON public.payment_refunds FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_payment_refunds_write_correction AFTER INSERT ON public.payment_refunds FOR EACH ROW EXECUTE FUNCTION write_correction();
CREATE TRIGGER trg_payments_card BEFORE INSERT OR UPDATE OF gateway_card_number ON public.payments FOR EACH ROW WHEN ((new.gateway_card_number IS NOT NULL)) EXECUTE FUNCTION mask_payment_card();
CREATE TRIGGER trg_payments_concern AFTER INSERT OR UPDATE OF attention_reason ON public.payments FOR EACH ROW WHEN (((new.attention_reason IS NOT NULL) AND (new.attention_reason <> ALL (ARRAY['refund_transfer'::text, 'refund_unknown'::text])))) EXECUTE FUNCTION raise_concern_of_payment();
CREATE TRIGGER trg_payments_gateway BEFORE UPDATE OF gateway ON public.payments FOR EACH ROW WHEN ((old.gateway IS DISTINCT FROM new.gateway)) EXECUTE FUNCTION guard_payment_gateway();
CREATE TRIGGER trg_payments_goods BEFORE INSERT ON public.payments FOR EACH ROW EXECUTE FUNCTION check_payment_goods();
CREATE TRIGGER trg_payments_guard BEFORE UPDATE ON public.payments FOR EACH ROW EXECUTE FUNCTION guard_payment();
CREATE TRIGGER trg_payments_keep BEFORE DELETE ON public.payments FOR EACH ROW EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_payments_keep_all BEFORE TRUNCATE ON public.payments FOR EACH STATEMENT EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_payments_keep_discount BEFORE UPDATE OF coupon_id, discount ON public.payments FOR EACH ROW WHEN (((old.coupon_id IS DISTINCT FROM new.coupon_id) OR (old.discount IS DISTINCT FROM new.discount))) EXECUTE FUNCTION keep_payment_discount();
CREATE CONSTRAINT TRIGGER trg_payments_period AFTER INSERT OR UPDATE OF status ON public.payments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.status = 'completed'::text)) EXECUTE FUNCTION require_payment_period();
CREATE TRIGGER trg_payments_plan BEFORE INSERT OR UPDATE OF plan_id, user_id, vendor_id ON public.payments FOR EACH ROW EXECUTE FUNCTION check_owner_plan();
CREATE TRIGGER trg_payments_prepare BEFORE INSERT ON public.payments FOR EACH ROW EXECUTE FUNCTION prepare_payment();
CREATE TRIGGER trg_payments_settle_coupon AFTER UPDATE OF status ON public.payments FOR EACH ROW WHEN (((new.coupon_id IS NOT NULL) AND (new.status <> old.status))) EXECUTE FUNCTION settle_payment_coupon();
CREATE TRIGGER trg_payments_take_coupon AFTER INSERT ON public.payments FOR EACH ROW WHEN ((new.coupon_id IS NOT NULL)) EXECUTE FUNCTION take_payment_coupon();
CREATE TRIGGER trg_payments_updated_at BEFORE UPDATE ON public.payments FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_payments_vat BEFORE INSERT ON public.payments FOR EACH ROW EXECUTE FUNCTION freeze_payment_vat();
CREATE TRIGGER trg_payments_vat_kept BEFORE UPDATE OF vat_rate, vat ON public.payments FOR EACH ROW WHEN (((old.vat_rate IS DISTINCT FROM new.vat_rate) OR (old.vat IS DISTINCT FROM new.vat))) EXECUTE FUNCTION freeze_payment_vat();
CREATE TRIGGER trg_payments_webhooks AFTER UPDATE OF status ON public.payments FOR EACH ROW WHEN (((new.status = 'completed'::text) AND (old.status <> 'completed'::text))) EXECUTE FUNCTION tell_webhooks();
CREATE TRIGGER trg_payments_write_invoice AFTER UPDATE OF status ON public.payments FOR EACH ROW WHEN (((new.status = 'completed'::text) AND (old.status <> 'completed'::text) AND (new.amount > 0))) EXECUTE FUNCTION write_invoice();
CREATE TRIGGER trg_plan_prices_guard BEFORE INSERT OR DELETE OR UPDATE ON public.plan_prices FOR EACH ROW EXECUTE FUNCTION guard_plan_price();
CREATE TRIGGER trg_plan_prices_tell AFTER INSERT OR DELETE OR UPDATE ON public.plan_prices FOR EACH STATEMENT EXECUTE FUNCTION notify_plans_changed();
CREATE TRIGGER trg_plan_texts_tell AFTER INSERT OR DELETE OR UPDATE ON public.plan_texts FOR EACH STATEMENT EXECUTE FUNCTION notify_plans_changed();
CREATE TRIGGER trg_grants_forget AFTER INSERT ON public.quota_grants FOR EACH ROW WHEN ((new.amount > 0)) EXECUTE FUNCTION forget_quota_notices();
CREATE TRIGGER trg_quota_grants_apply AFTER INSERT ON public.quota_grants FOR EACH ROW EXECUTE FUNCTION apply_quota_grant();
CREATE TRIGGER trg_quota_grants_keep BEFORE DELETE OR UPDATE ON public.quota_grants FOR EACH ROW EXECUTE FUNCTION keep_quota_grant();
CREATE TRIGGER trg_share_links_note AFTER INSERT ON public.share_links FOR EACH ROW EXECUTE FUNCTION note_image_share();
CREATE TRIGGER trg_site_banners_announce AFTER INSERT OR UPDATE ON public.site_banners FOR EACH ROW EXECUTE FUNCTION announce_banner();
CREATE TRIGGER trg_stored_files_hold_sent BEFORE INSERT ON public.stored_files FOR EACH ROW WHEN ((new.sent_of IS NOT NULL)) EXECUTE FUNCTION hold_sent_file();
CREATE TRIGGER trg_periods_tell AFTER UPDATE OF conversions_used, images_used ON public.subscription_periods FOR EACH ROW WHEN ((((new.conversions_used > old.conversions_used) AND ((new.conversions_used * 5) >= (new.conversions_limit * 4))) OR ((new.images_used > old.images_used) AND ((new.images_used * 5) >= (new.images_limit * 4))))) EXECUTE FUNCTION tell_of_period();
CREATE TRIGGER trg_subscription_periods_created BEFORE INSERT ON public.subscription_periods FOR EACH ROW EXECUTE FUNCTION guard_period();
CREATE TRIGGER trg_subscription_periods_cut BEFORE UPDATE OF replaced_by, cut_rest ON public.subscription_periods FOR EACH ROW WHEN (((old.replaced_by IS DISTINCT FROM new.replaced_by) OR (old.cut_rest IS DISTINCT FROM new.cut_rest))) EXECUTE FUNCTION guard_period_cut();
CREATE TRIGGER trg_subscription_periods_guard BEFORE UPDATE OF user_id, vendor_id, plan_id, payment_id, conversions_limit, images_limit ON public.subscription_periods FOR EACH ROW EXECUTE FUNCTION guard_period();
CREATE TRIGGER trg_subscription_periods_keep BEFORE DELETE ON public.subscription_periods FOR EACH ROW EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_subscription_periods_keep_all BEFORE TRUNCATE ON public.subscription_periods FOR EACH STATEMENT EXECUTE FUNCTION keep_account_row();
CREATE CONSTRAINT TRIGGER trg_subscription_periods_payment AFTER INSERT ON public.subscription_periods DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.payment_id IS NOT NULL)) EXECUTE FUNCTION require_payment_period();
CREATE TRIGGER trg_subscription_periods_plan BEFORE INSERT OR UPDATE OF plan_id, user_id, vendor_id ON public.subscription_periods FOR EACH ROW EXECUTE FUNCTION check_owner_plan();
CREATE TRIGGER trg_subscription_periods_time BEFORE UPDATE OF anchor_at, starts_at, ends_at ON public.subscription_periods FOR EACH ROW WHEN ((((old.anchor_at IS DISTINCT FROM new.anchor_at) OR (old.starts_at IS DISTINCT FROM new.starts_at)) OR (old.ends_at IS DISTINCT FROM new.ends_at))) EXECUTE FUNCTION guard_period_time();
CREATE TRIGGER trg_subscription_periods_updated_at BEFORE UPDATE ON public.subscription_periods FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_conversions_note_result AFTER UPDATE OF status ON public.user_conversions FOR EACH ROW WHEN (((new.style_image_id IS NOT NULL) AND (new.status = 'completed'::text) AND (old.status <> 'completed'::text))) EXECUTE FUNCTION note_image_try();
CREATE TRIGGER trg_conversions_note_try AFTER INSERT ON public.user_conversions FOR EACH ROW WHEN ((new.style_image_id IS NOT NULL)) EXECUTE FUNCTION note_image_try();
CREATE TRIGGER trg_user_conversions_1_state BEFORE UPDATE OF status, attempts ON public.user_conversions FOR EACH ROW EXECUTE FUNCTION guard_conversion_state();
CREATE TRIGGER trg_user_conversions_2_charge BEFORE UPDATE OF status, user_id, conversion_type, period_id, charge_returned_at ON public.user_conversions FOR EACH ROW EXECUTE FUNCTION guard_conversion_charge();
CREATE TRIGGER trg_user_conversions_changed AFTER UPDATE OF status, charge_returned_at ON public.user_conversions FOR EACH ROW WHEN (((old.status IS DISTINCT FROM new.status) OR (old.charge_returned_at IS DISTINCT FROM new.charge_returned_at))) EXECUTE FUNCTION notify_conversion_changed();
CREATE TRIGGER trg_user_conversions_forget_leads AFTER UPDATE OF deleted_at ON public.user_conversions FOR EACH ROW WHEN (((old.deleted_at IS NULL) AND (new.deleted_at IS NOT NULL))) EXECUTE FUNCTION forget_leads_of_conversion();
CREATE TRIGGER trg_user_conversions_freeze_look BEFORE INSERT ON public.user_conversions FOR EACH ROW EXECUTE FUNCTION freeze_look();
CREATE TRIGGER trg_user_conversions_keep BEFORE DELETE ON public.user_conversions FOR EACH ROW EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_user_conversions_keep_all BEFORE TRUNCATE ON public.user_conversions FOR EACH STATEMENT EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_user_conversions_keep_look BEFORE UPDATE OF look_kind, look, style_vendor_id ON public.user_conversions FOR EACH ROW WHEN (((old.look_kind IS DISTINCT FROM new.look_kind) OR (old.look IS DISTINCT FROM new.look) OR (old.style_vendor_id IS DISTINCT FROM new.style_vendor_id))) EXECUTE FUNCTION keep_look();
CREATE TRIGGER trg_user_conversions_return_charge AFTER UPDATE OF status, charge_returned_at ON public.user_conversions FOR EACH ROW WHEN (((old.charge_returned_at IS NULL) AND (new.charge_returned_at IS NOT NULL))) EXECUTE FUNCTION return_conversion_charge();
CREATE TRIGGER trg_user_conversions_return_spending AFTER UPDATE OF status ON public.user_conversions FOR EACH ROW WHEN (((new.status = 'failed'::text) AND (old.status IS DISTINCT FROM new.status))) EXECUTE FUNCTION return_spending();
CREATE TRIGGER trg_user_conversions_revoke_links AFTER UPDATE OF deleted_at ON public.user_conversions FOR EACH ROW WHEN (((old.deleted_at IS NULL) AND (new.deleted_at IS NOT NULL))) EXECUTE FUNCTION revoke_links_of_conversion();
CREATE TRIGGER trg_user_conversions_tell AFTER UPDATE OF status ON public.user_conversions FOR EACH ROW WHEN (((new.status = ANY (ARRAY['completed'::text, 'failed'::text])) AND (old.status IS DISTINCT FROM new.status))) EXECUTE FUNCTION tell_of_conversion();
CREATE TRIGGER trg_user_conversions_webhooks AFTER UPDATE OF status ON public.user_conversions FOR EACH ROW WHEN (((new.status = ANY (ARRAY['completed'::text, 'failed'::text])) AND (old.status IS DISTINCT FROM new.status))) EXECUTE FUNCTION tell_webhooks();
CREATE TRIGGER trg_users_agree AFTER INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION agree_at_sign_up();
CREATE TRIGGER trg_users_end_bot_links AFTER UPDATE OF phone ON public.users FOR EACH ROW WHEN ((old.phone IS DISTINCT FROM new.phone)) EXECUTE FUNCTION end_bot_links();
CREATE TRIGGER trg_users_end_tokens AFTER UPDATE OF password_hash ON public.users FOR EACH ROW WHEN ((old.password_hash IS DISTINCT FROM new.password_hash)) EXECUTE FUNCTION end_tokens();
CREATE TRIGGER trg_users_forget_buyer AFTER UPDATE OF phone ON public.users FOR EACH ROW WHEN ((new.phone ~~ 'deleted:%'::text)) EXECUTE FUNCTION forget_buyer();
CREATE TRIGGER trg_users_forget_leads AFTER UPDATE OF phone ON public.users FOR EACH ROW WHEN ((new.phone ~~ 'deleted:%'::text)) EXECUTE FUNCTION forget_leads();
CREATE TRIGGER trg_users_forget_notes AFTER UPDATE OF phone ON public.users FOR EACH ROW WHEN ((new.phone ~~ 'deleted:%'::text)) EXECUTE FUNCTION forget_account_notes();
CREATE TRIGGER trg_users_forget_webhooks AFTER UPDATE OF phone ON public.users FOR EACH ROW WHEN ((new.phone ~~ 'deleted:%'::text)) EXECUTE FUNCTION forget_webhooks();
CREATE TRIGGER trg_users_number_changes AFTER UPDATE OF phone ON public.users FOR EACH ROW WHEN ((new.phone <> old.phone)) EXECUTE FUNCTION settle_number_changes();
CREATE TRIGGER trg_users_plan BEFORE INSERT OR UPDATE OF plan_id ON public.users FOR EACH ROW WHEN ((new.plan_id IS NOT NULL)) EXECUTE FUNCTION check_account_plan('user');
CREATE TRIGGER trg_users_shell BEFORE UPDATE OF phone, is_active ON public.users FOR EACH ROW WHEN ((((old.phone ~~ 'deleted:%'::text) AND ((old.phone IS DISTINCT FROM new.phone) OR (old.is_active IS DISTINCT FROM new.is_active))) OR ((new.phone ~~ 'deleted:%'::text) AND (old.phone !~~ 'deleted:%'::text)))) EXECUTE FUNCTION guard_account_shell();
CREATE TRIGGER trg_users_tell AFTER UPDATE OF free_quota_remaining ON public.users FOR EACH ROW WHEN (((new.free_quota_remaining = 0) AND (old.free_quota_remaining > 0))) EXECUTE FUNCTION tell_of_free_conversions();
CREATE TRIGGER trg_users_updated_at BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_vendor_brands_updated_at BEFORE UPDATE ON public.vendor_brands FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_vendor_embeds_updated_at BEFORE UPDATE ON public.vendor_embeds FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_vendors_agree AFTER INSERT ON public.vendors FOR EACH ROW EXECUTE FUNCTION agree_at_sign_up();
CREATE TRIGGER trg_vendors_end_tokens AFTER UPDATE OF password_hash ON public.vendors FOR EACH ROW WHEN ((old.password_hash IS DISTINCT FROM new.password_hash)) EXECUTE FUNCTION end_tokens();
CREATE TRIGGER trg_vendors_forget_buyer AFTER UPDATE OF phone ON public.vendors FOR EACH ROW WHEN ((new.phone ~~ 'deleted:%'::text)) EXECUTE FUNCTION forget_buyer();
CREATE TRIGGER trg_vendors_forget_front AFTER UPDATE OF phone ON public.vendors FOR EACH ROW WHEN ((new.phone ~~ 'deleted:%'::text)) EXECUTE FUNCTION forget_shop_front();
CREATE TRIGGER trg_vendors_forget_leads AFTER UPDATE OF phone ON public.vendors FOR EACH ROW WHEN ((new.phone ~~ 'deleted:%'::text)) EXECUTE FUNCTION forget_leads();
CREATE TRIGGER trg_vendors_forget_notes AFTER UPDATE OF phone ON public.vendors FOR EACH ROW WHEN ((new.phone ~~ 'deleted:%'::text)) EXECUTE FUNCTION forget_account_notes();
CREATE TRIGGER trg_vendors_forget_webhooks AFTER UPDATE OF phone ON public.vendors FOR EACH ROW WHEN ((new.phone ~~ 'deleted:%'::text)) EXECUTE FUNCTION forget_webhooks();
CREATE TRIGGER trg_vendors_keep_handle AFTER INSERT OR UPDATE OF handle ON public.vendors FOR EACH ROW EXECUTE FUNCTION keep_vendor_handle();
CREATE TRIGGER trg_vendors_number_changes AFTER UPDATE OF phone ON public.vendors FOR EACH ROW WHEN ((new.phone <> old.phone)) EXECUTE FUNCTION settle_number_changes();
CREATE TRIGGER trg_vendors_numbers BEFORE INSERT OR UPDATE OF contact_info, social_links ON public.vendors FOR EACH ROW EXECUTE FUNCTION write_contact_numbers();
CREATE TRIGGER trg_vendors_plan BEFORE INSERT OR UPDATE OF plan_id ON public.vendors FOR EACH ROW WHEN ((new.plan_id IS NOT NULL)) EXECUTE FUNCTION check_account_plan('vendor');
CREATE TRIGGER trg_vendors_shell BEFORE UPDATE OF phone, is_active ON public.vendors FOR EACH ROW WHEN ((((old.phone ~~ 'deleted:%'::text) AND ((old.phone IS DISTINCT FROM new.phone) OR (old.is_active IS DISTINCT FROM new.is_active))) OR ((new.phone ~~ 'deleted:%'::text) AND (old.phone !~~ 'deleted:%'::text)))) EXECUTE FUNCTION guard_account_shell();
CREATE TRIGGER trg_vendors_tell AFTER UPDATE OF free_gallery_remaining ON public.vendors FOR EACH ROW WHEN (((new.free_gallery_remaining < old.free_gallery_remaining) AND (new.free_gallery_remaining <= 2))) EXECUTE FUNCTION tell_of_free_images();
CREATE TRIGGER trg_vendors_tell_changed AFTER UPDATE ON public.vendors FOR EACH ROW WHEN ((((((((((old.handle IS DISTINCT FROM new.handle) OR (old.business_name IS DISTINCT FROM new.business_name)) OR (old.avatar_url IS DISTINCT FROM new.avatar_url)) OR (old.bio IS DISTINCT FROM new.bio)) OR (old.profile_info IS DISTINCT FROM new.profile_info)) OR (old.contact_info IS DISTINCT FROM new.contact_info)) OR (old.social_links IS DISTINCT FROM new.social_links)) OR (old.is_verified IS DISTINCT FROM new.is_verified)) OR (old.is_active IS DISTINCT FROM new.is_active))) EXECUTE FUNCTION notify_gallery_vendor();
CREATE TRIGGER trg_vendors_tell_removed AFTER DELETE ON public.vendors FOR EACH ROW EXECUTE FUNCTION notify_gallery_vendor();
CREATE TRIGGER trg_vendors_updated_at BEFORE UPDATE ON public.vendors FOR EACH ROW EXECUTE FUNCTION set_updated_at();
