-- When runs of providers began and ended. Those that run at the start are listed too, and are never due.
ALTER TABLE provider_run
    ALTER COLUMN next_run_at DROP NOT NULL,
    ADD COLUMN started_at  timestamptz,
    ADD COLUMN finished_at timestamptz;
