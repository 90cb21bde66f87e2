-- The gateways that run, as each of them says every few seconds, so that any of them can show all.
CREATE TABLE replicas (
    replica_id uuid        PRIMARY KEY,
    address    text        NOT NULL, -- where it listens
    version    text        NOT NULL,
    started_at timestamptz NOT NULL,
    is_ready   boolean     NOT NULL,
    seen_at    timestamptz NOT NULL  -- by the database's clock
);
