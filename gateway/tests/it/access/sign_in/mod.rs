//! Signing in at a provider: a real one for OpenID Connect, a simulated one for GitHub.

mod failures;
mod github;
mod oidc;
mod sessions;

use serde_json::{Value, json};

use crate::support::{app::TestApp, fake_catalog::entity};

const BY_NAME: &str = "{resolver: emailLocalPartMatchingUserEntityName}";

/// Puts a user into the catalog, a member of one group.
fn put_user(app: &TestApp, name: &str, group: &str) {
    let mut user: Value = entity("User", name);
    user["spec"] = json!({"profile": {"email": format!("{name}@example.com")}});
    user["relations"] = json!([{"type": "memberOf", "targetRef": format!("group:default/{group}")}]);
    app.catalog.put(&user);
}
