-- Audits, their reports and the schedules that ask for them.

CREATE TABLE schedules (
    id             uuid PRIMARY KEY,
    url            text NOT NULL,
    cron           text NOT NULL,
    time_zone      text NOT NULL DEFAULT 'UTC',
    jitter_seconds integer NOT NULL DEFAULT 0 CHECK (jitter_seconds >= 0),
    options        jsonb NOT NULL DEFAULT '{}',
    enabled        boolean NOT NULL DEFAULT true,
    origin         text NOT NULL CHECK (origin IN ('api', 'configuration', 'catalog')),
    -- The entity it comes from; set for the origin 'catalog' alone.
    entity_ref     text,
    next_run       timestamptz,
    last_run       timestamptz,
    CHECK ((origin = 'catalog') = (entity_ref IS NOT NULL))
);

CREATE INDEX schedules_due ON schedules (next_run) WHERE enabled;
CREATE UNIQUE INDEX schedules_of_entities ON schedules (entity_ref, url) WHERE entity_ref IS NOT NULL;

-- `id`, `url`, `time_created` and `time_completed` are those of lighthouse-audit-service, so that its rows can be copied over.
CREATE TABLE lighthouse_audits (
    id                          uuid PRIMARY KEY,
    url                         text NOT NULL,
    status                      text NOT NULL DEFAULT 'RUNNING' CHECK (status IN ('RUNNING', 'COMPLETED', 'FAILED')),
    time_created                timestamptz NOT NULL DEFAULT now(),
    time_started                timestamptz,
    time_completed              timestamptz,
    options                     jsonb NOT NULL DEFAULT '{}',
    schedule_id                 uuid REFERENCES schedules (id) ON DELETE SET NULL,
    -- A worker holds the audit until its lease runs out; then another may take it.
    lease_owner                 text,
    lease_expires               timestamptz,
    attempts                    integer NOT NULL DEFAULT 0,
    stage                       text,
    failure_kind                text,
    failure_message             text,
    form_factor                 text NOT NULL DEFAULT 'mobile' CHECK (form_factor IN ('mobile', 'desktop')),
    lighthouse_version          text,
    -- [{id, title, score}], so that a list never reads a report.
    categories                  jsonb NOT NULL DEFAULT '[]',
    first_contentful_paint_ms   double precision,
    largest_contentful_paint_ms double precision,
    total_blocking_time_ms      double precision,
    cumulative_layout_shift     double precision,
    speed_index_ms              double precision,
    time_to_interactive_ms      double precision,
    total_bytes                 bigint,
    CHECK ((status = 'RUNNING') = (time_completed IS NULL)),
    CHECK ((status = 'FAILED') = (failure_kind IS NOT NULL)),
    CHECK ((lease_owner IS NULL) = (lease_expires IS NULL))
);

CREATE INDEX lighthouse_audits_newest ON lighthouse_audits (time_created DESC, id);
CREATE INDEX lighthouse_audits_of_website ON lighthouse_audits (url, time_created DESC, id);
-- What workers look for: few rows at any time, however many have ended.
CREATE INDEX lighthouse_audits_unfinished ON lighthouse_audits (time_created, id) WHERE status = 'RUNNING';

-- Apart from the audits, so that nothing reads a report by accident.
CREATE TABLE lighthouse_reports (
    audit_id   uuid PRIMARY KEY REFERENCES lighthouse_audits (id) ON DELETE CASCADE,
    -- Lighthouse's JSON as it wrote it, compressed with zstd.
    compressed bytea NOT NULL
);

-- Compressed already: trying again costs time and gains nothing.
ALTER TABLE lighthouse_reports ALTER COLUMN compressed SET STORAGE EXTERNAL;
