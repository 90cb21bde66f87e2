-- Sign-ins under way: from the redirect to the provider until it sends the person back. Each is used once.
CREATE TABLE sign_in_attempts (
    state_hash   bytea       PRIMARY KEY, -- SHA-256 of the state parameter
    nonce_hash   bytea       NOT NULL,    -- SHA-256 of the secret in the browser's cookie
    provider     text        NOT NULL,
    scope        text        NOT NULL,
    origin       text        NOT NULL,    -- where a popup's answer goes
    redirect_url text,                    -- where to go back to; NULL for popups
    expires_at   timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_by_expiry ON sign_in_attempts (expires_at);

-- People who are signed in. The browser holds a secret; here is its hash, and what the provider gave, sealed with a key that
-- only the secret gives: a copy of this table opens nothing.
CREATE TABLE sessions (
    session_id       uuid        PRIMARY KEY,
    secret_hash      bytea       NOT NULL UNIQUE, -- SHA-256
    provider         text        NOT NULL,
    user_entity_ref  text,                        -- NULL where the provider is not for signing in
    sealed_grant     bytea       NOT NULL,
    user_agent       text,
    address          text,
    created_at       timestamptz NOT NULL,
    last_used_at     timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    refreshing_until timestamptz                  -- one refresh at a time: a provider may take each refresh token once only
);
CREATE INDEX sessions_by_user ON sessions (user_entity_ref, last_used_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
