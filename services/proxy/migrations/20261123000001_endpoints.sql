-- Endpoints that are made at run time, and what went through all endpoints.

-- Each change of an endpoint takes the next number; replicas ask for what is newer than what they have.
CREATE SEQUENCE endpoint_revision;

CREATE TABLE endpoints (
    id           uuid PRIMARY KEY,
    route        text NOT NULL CHECK (route ~ '^/.*[^/]$'),
    target       text NOT NULL,
    -- Everything else of an endpoint, secrets left out.
    settings     jsonb NOT NULL DEFAULT '{}',
    -- Names and values of secret headers, encrypted; null where there are none.
    secrets      bytea,
    disabled     boolean NOT NULL DEFAULT false,
    -- A deleted endpoint stays as a row without a route of its own until every replica has seen it.
    deleted      boolean NOT NULL DEFAULT false,
    revision     bigint NOT NULL DEFAULT nextval('endpoint_revision'),
    time_updated timestamptz NOT NULL DEFAULT now(),
    updated_by   text NOT NULL
);

CREATE UNIQUE INDEX endpoints_by_route ON endpoints (route) WHERE NOT deleted;
CREATE INDEX endpoints_by_revision ON endpoints (revision);

-- One row for each endpoint, length of bucket and stretch of time; replicas add to it.
CREATE TABLE usage (
    route          text NOT NULL,
    bucket_seconds integer NOT NULL CHECK (bucket_seconds > 0),
    time           timestamptz NOT NULL,
    requests       bigint NOT NULL DEFAULT 0,
    client_errors  bigint NOT NULL DEFAULT 0,
    server_errors  bigint NOT NULL DEFAULT 0,
    cache_hits     bigint NOT NULL DEFAULT 0,
    request_bytes  bigint NOT NULL DEFAULT 0,
    response_bytes bigint NOT NULL DEFAULT 0,
    -- How many requests fell into each step of latency; the steps are those of the service.
    latency_counts bigint[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (route, bucket_seconds, time)
);

-- For the clean-up of old buckets.
CREATE INDEX usage_by_age ON usage (bucket_seconds, time);
