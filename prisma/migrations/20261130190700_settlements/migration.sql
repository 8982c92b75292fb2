-- What the gateway says it has paid out: its settlement report, line by line, beside what we know.
CREATE TABLE settlement_reports (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    gateway TEXT NOT NULL DEFAULT 'zarinpal',
    imported_by UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT settlement_reports_content_hash_key UNIQUE (content_hash),
    CONSTRAINT chk_report CHECK (length(name) BETWEEN 1 AND 200 AND content_hash ~ '^[0-9a-f]{64}$')
);
CREATE INDEX idx_settlement_reports_created ON settlement_reports (created_at DESC, id DESC);

CREATE TABLE settlement_lines (
    report_id UUID NOT NULL REFERENCES settlement_reports(id) ON DELETE CASCADE,
    line INTEGER NOT NULL,
    kind TEXT NOT NULL,
    deposit TEXT,
    dated TEXT,
    authority TEXT,
    ref_number TEXT,
    amount BIGINT NOT NULL,
    fee BIGINT,
    CONSTRAINT settlement_lines_pkey PRIMARY KEY (report_id, line),
    CONSTRAINT chk_settlement_line CHECK (kind IN ('sale', 'refund') AND amount > 0 AND fee >= 0),
    CONSTRAINT chk_settlement_key CHECK (num_nonnulls(authority, ref_number) > 0)
);
-- The same payment in another line.
CREATE INDEX idx_settlement_lines_authority ON settlement_lines (authority) WHERE authority IS NOT NULL;
CREATE INDEX idx_settlement_lines_ref ON settlement_lines (ref_number) WHERE ref_number IS NOT NULL;

-- Read as it stands now: money that comes late matches when it has come.
CREATE VIEW settlement_matches AS
    SELECT l.report_id, l.line, l.kind, l.deposit, l.dated, l.authority, l.ref_number, l.amount, l.fee, p.id AS payment_id,
           CASE WHEN p.id IS NULL THEN 'unknown'
                WHEN p.status <> 'completed' THEN 'unpaid'
                WHEN l.kind = 'refund' AND r.id IS NULL THEN 'notRefunded'
                WHEN l.amount <> CASE l.kind WHEN 'sale' THEN p.amount ELSE r.amount END THEN 'amount'
                WHEN EXISTS (SELECT 1 FROM settlement_lines o
                              WHERE o.kind = l.kind AND (o.report_id, o.line) <> (l.report_id, l.line)
                                AND (o.authority = l.authority OR o.ref_number = l.ref_number)) THEN 'twice'
                ELSE 'matched' END AS state
      FROM settlement_lines l
      JOIN settlement_reports t ON t.id = l.report_id
      LEFT JOIN LATERAL (
          SELECT y.* FROM payments y
           WHERE y.gateway = t.gateway AND (y.gateway_track_id = l.authority OR l.authority IS NULL AND y.gateway_ref_number = l.ref_number)
           ORDER BY y.paid_at NULLS LAST LIMIT 1) p ON true
      LEFT JOIN payment_refunds r ON r.payment_id = p.id;
