/**
 * What the program may do with each table when it is connected as the role that it works as, and what the role that only
 * reads may see. Everything else is for the owner of the tables, who migrates, and for SQL functions that run as the owner
 * (docs/decisions/071). Applied after every migration by `settleRights`; `tests/architecture/walls.test.ts` refuses a
 * table, a guarded column or a function that is not here.
 */

/** The roles that carry these rights; who connects is one of them, or a member of it. */
export const roles = { app: 'stayler_app', reader: 'stayler_reader' } as const;

/** Rows that can be charged for or must not be rewritten: written column by column, and else by functions alone. */
export type GuardedTable = {
  readonly insert?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: true;
  /** Written by the owner's functions and triggers only. */
  readonly kept: readonly string[];
};

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const guarded: Readonly<Record<string, GuardedTable>> = {
  users: {
    insert: ['phone', 'password_hash', 'name', 'is_phone_verified'],
    update: words(
      'phone password_hash name avatar_url bio is_active suspended_for last_login_at plan_reminders',
    ),
    kept: ['id', 'free_quota_remaining', 'plan_id', 'created_at', 'updated_at'],
  },
  vendors: {
    insert: ['phone', 'password_hash', 'business_name', 'is_phone_verified'],
    update: words(`
      phone password_hash business_name avatar_url bio profile_info contact_info social_links is_verified
      is_active suspended_for last_login_at plan_reminders handle`),
    kept: ['id', 'free_gallery_remaining', 'plan_id', 'created_at', 'updated_at'],
  },
  images: {
    update: words(`
      original_url thumbnail_url is_public tags shown_tags thumbhash alt_text life expires_at title deleted_at moderation
      scores look_kind look_settings`),
    delete: true,
    kept: words(`
      id user_id vendor_id type file_name file_size mime_type width height metadata quota_pool period_id
      title_search file_search created_at updated_at`),
  },
  user_conversions: {
    update: words(`
      status stage attempts engine completed_at result_image_id output_file_url file_size_bytes
      processing_time_ms failure_code error_message deleted_at lane title is_favourite`),
    kept: words(`
      id user_id conversion_type input_file_url style_name created_at source_image_id style_image_id
      period_id charge_returned_at first_claimed_at claimed_at rerun_of request_key request_place
      look_kind look style_vendor_id`),
  },
  subscription_periods: {
    kept: words(`
      id user_id vendor_id plan_id payment_id anchor_at starts_at ends_at conversions_limit
      conversions_used images_limit images_used replaced_by cut_rest created_at updated_at`),
  },
  payments: {
    insert: words(`
      id user_id vendor_id plan_id amount kind credit discount coupon_id gateway payment_method
      replaces_period_id conversions_limit images_limit description callback_url return_url`),
    update: words(`
      status return_url gateway payment_method callback_url gateway_track_id last_answer next_check_at checking_until check_began_at
      checked_at returned_at unknown_checks gateway_fee card_hash`),
    kept: words(`
      currency gateway_ref_number gateway_card_number paid_at expires_at
      attention_reason vat_rate vat created_at updated_at`),
  },
  payment_refunds: {
    insert: words('id payment_id user_id vendor_id method amount ends_purchase reason requested_by'),
    update: ['state', 'method', 'reference', 'asked_at'],
    kept: ['settled_at', 'created_at', 'updated_at'],
  },
  quota_grants: {
    insert: words('id user_id vendor_id resource amount reason granted_by'),
    kept: ['payment_id', 'created_at'],
  },
  coupons: {
    insert: words(
      'code kind value plan_id audience per_person use_limit starts_at ends_at created_by batch_id',
    ),
    update: ['retired_at'],
    kept: ['id', 'used', 'created_at'],
  },
  coupon_batches: {
    insert: words('id name value audience size starts_at ends_at created_by'),
    update: ['exported_at'],
    kept: ['created_at'],
  },
  circulars: {
    insert: words(`
      id audience user_id vendor_id city shop_kind title_fa title_en text_fa text_en created_by`),
    update: ['stopped_at'],
    kept: words('created_at stage last_id told finished_at'),
  },
  legal_consents: { insert: words('user_id vendor_id page version'), kept: ['id', 'agreed_at'] },
  audit_logs: {
    insert: [
      'user_id',
      'vendor_id',
      'actor_type',
      'action',
      'resource',
      'resource_id',
      'metadata',
      'created_at',
    ],
    kept: ['id'],
  },
};

type Verb = 'insert' | 'update' | 'delete';
const all = ['insert', 'update', 'delete'] as const;

/** The other tables, as a whole; every one may be read. */
export const open: Readonly<Record<string, readonly Verb[]>> = {
  account_notes: ['insert'],
  admin_factors: ['insert', 'update'],
  admin_grants: [],
  admin_recovery_codes: all,
  agreements: ['insert'],
  album_comments: ['delete'],
  album_images: ['delete'],
  album_link_days: ['insert', 'update'],
  album_links: ['insert', 'update'],
  album_picks: [],
  albums: all,
  api_answers: all,
  api_tokens: all,
  audit_origins: ['insert', 'delete'],
  book_terms: ['insert', 'update'],
  bot_chats: all,
  bot_orders: all,
  bot_pollers: ['insert', 'update'],
  bot_updates: all,
  buyer_details: ['insert', 'delete'],
  coupon_uses: [],
  daily_figures: [],
  daily_spending: [],
  conversion_hours: [],
  conversion_times: [],
  engine_figures: [],
  engine_spendings: ['delete'],
  file_orphans: ['insert', 'delete'],
  file_store_marks: ['insert'],
  gallery_days: [],
  gallery_seen: [],
  gallery_visits: ['insert'],
  gateway_circuits: ['insert', 'update'],
  gateway_terms: ['insert', 'update'],
  image_reports: ['insert', 'update'],
  image_tries: [],
  invoice_numbers: [],
  legal_texts: ['insert', 'delete'],
  invoices: [],
  leads: [],
  message_tries: ['insert', 'delete'],
  moderation_cases: ['insert', 'update'],
  notice_mutes: ['insert', 'delete'],
  notifications: all,
  number_changes: ['insert', 'update'],
  offers: all,
  old_numbers_to_tell: ['insert', 'delete'],
  otps: all,
  outbox_messages: ['insert', 'delete'],
  payment_concerns: ['insert', 'delete'],
  payment_plans: ['insert', 'update'],
  phone_tombstones: [],
  plan_prices: all,
  plan_reminders: ['delete'],
  plan_texts: ['insert', 'update'],
  quota_notices: [],
  rate_limits: all,
  sessions: all,
  settlement_lines: ['insert'],
  settlement_reports: ['insert'],
  share_links: ['insert', 'update'],
  spending_parts: [],
  site_banners: ['insert', 'update'],
  sms_circuits: ['insert', 'update'],
  stored_files: all,
  stray_authorities: ['insert', 'update'],
  style_figures: [],
  system_snapshots: [],
  transaction_marks: all,
  trashed_places: [],
  uploads: all,
  vendor_brands: all,
  vendor_embeds: ['insert', 'update'],
  vendor_handles: [],
  visit_salts: [],
  webhook_endpoints: all,
  webhook_messages: all,
  wishes: all,
  _prisma_migrations: [],
};

/** The functions that the program calls. They run as the owner of the tables; others are called by them alone. */
export const callable: readonly string[] = words(`
      find_live_token
      activate_payment admit_conversions answer_lead apply_due_prices pack_left plan_price redeem_gift admit_spending can_user_convert can_vendor_upload_image
      claim_plan_reminders close_spending_days count_hearers comment_on_image concerns_of conversions_ahead count_engine_call decide_moderation_case
      discard_account erase_user erase_vendor find_live_session forget_audit_logs forget_gallery_visitors get_system_stats legal_in_force
      get_sent_space get_user_quota_status get_vendor_quota_status given_back leave_transaction_mark lock_conversion_charge
      lock_payment_owner move_album move_album_images pick_image preview_period put_in_album put_lead_away record_conversion
      record_image_upload refresh_account_plans refund_effect release_engine_call request_conversions rerun_conversion
      return_overdue_charges roll_up_engine_figures roll_up_figures roll_up_gallery_visits
      send_circular send_lead send_picks settle_lost_file take_back_engine_call take_back_spending visit_day visit_salt withdraw_lead`);

/** Called by the policies and by expressions of tables, for whoever asks: they touch no table and run as themselves. */
export const plain: readonly string[] = ['acting_accounts', 'acts_as_system'];

/** What the reading role sees: what everybody may see, and nothing by which somebody could be found or sign in. */
export const readable: Readonly<Record<string, readonly string[] | 'all'>> = {
  visible_images: 'all',
  published_images: 'all',
  visible_albums: 'all',
  payment_plans: 'all',
  image_tries: 'all',
  albums: 'all',
  album_images: 'all',
  vendor_handles: 'all',
  vendors: words(`
      id handle business_name avatar_url bio is_verified is_active contact_info social_links profile_info
      created_at updated_at`),
  daily_figures: 'all',
  engine_figures: 'all',
  style_figures: 'all',
  system_snapshots: 'all',
};
