//! Waits until a website answers, before a browser is bothered.

use std::time::Duration;

use reqwest::{Client, Proxy, redirect};
use tokio::time::{Instant, sleep, timeout_at};
use url::Url;

use crate::{
    audit::{AuditFailure, FailureKind, Target},
    guard::Guard,
};

const PAUSE: Duration = Duration::from_millis(250);
const MAX_REDIRECTS: usize = 10;

/// Asks until the website answers with a 2xx. Redirects are followed; every hop has to be one that may be audited.
pub(crate) async fn wait_until_up(target: &Target, guard: &Guard, limit: Duration) -> Result<(), AuditFailure> {
    let unreachable = |message: String| AuditFailure::new(FailureKind::WebsiteUnreachable, message);
    let client = client(target, guard).map_err(|error| unreachable(format!("No HTTP client: {error}")))?;
    let mut url = Url::parse(&target.for_browser()).map_err(|error| unreachable(error.to_string()))?;
    url.set_fragment(None);
    let deadline = Instant::now() + limit;
    let mut last = "it did not answer".to_owned();
    loop {
        match timeout_at(deadline, client.get(url.clone()).send()).await {
            Ok(Ok(response)) if response.status().is_success() && guard.refusal().is_none() => return Ok(()),
            Ok(Ok(response)) => last = format!("it answered {}", response.status()),
            Ok(Err(error)) => last = describe(&error),
            Err(_) => {}
        }
        if let Some(refusal) = guard.refusal() {
            return Err(AuditFailure::new(FailureKind::AddressRefused, refusal));
        }
        // The proxy answers for a website that it cannot reach; it knows better why.
        last = guard.failure().unwrap_or(last);
        if Instant::now() + PAUSE >= deadline {
            let seconds = limit.as_secs_f64();
            return Err(unreachable(format!(
                "{} was not up within {seconds} s: {last}",
                target.url
            )));
        }
        sleep(PAUSE).await;
    }
}

fn client(target: &Target, guard: &Guard) -> Result<Client, reqwest::Error> {
    Client::builder()
        .proxy(Proxy::all(format!("http://127.0.0.1:{}", guard.port()))?)
        .redirect(redirect::Policy::limited(MAX_REDIRECTS))
        // A website that needs a certificate of its own is up all the same; the browser judges it. Not with a password at stake.
        .tls_danger_accept_invalid_certs(target.credentials.is_none())
        .user_agent(concat!("callboard-lighthouse-audit/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// The innermost cause, without the URL, which may carry credentials.
fn describe(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let text = cause.to_string();
    if text.contains("://") {
        "it could not be reached".to_owned()
    } else {
        text
    }
}
