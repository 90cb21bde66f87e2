-- Providers that run on a schedule.
CREATE TABLE provider_run (
    provider      text COLLATE "C" PRIMARY KEY,
    -- What the last run that succeeded noted for the next, JSON.
    cursor        text,
    next_run_at   timestamptz NOT NULL,
    -- Until when a replica runs it; one that died lets go by this.
    leased_until  timestamptz,
    succeeded_at  timestamptz,
    -- What the last run failed with, and since when all of them did; NULL when it succeeded.
    error         text,
    failing_since timestamptz
);
