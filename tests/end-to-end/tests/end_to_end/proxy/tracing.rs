//! One trace, from the browser to the third party.

use anyhow::{Context, Result};
use callboard_end_to_end::{
    collector::Collector,
    proxy::{
        stack::{JANE, ProxyStack, request},
        third_party::ThirdParty,
    },
    wait::eventually,
};
use http::{Method, StatusCode};
use serde_json::json;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const BROWSERS_SPAN: &str = "00f067aa0ba902b7";

#[tokio::test]
async fn a_browsers_trace_goes_on_to_the_third_party() -> Result<()> {
    let third = ThirdParty::start().await?;
    let collector = Collector::start().await?;
    let portal = ProxyStack::start_in(
        json!({ "endpoints": { "/traced": { "target": third.url(), "allowedHeaders": ["traceparent"] } } }),
        json!({ "backend": { "telemetry": { "otlp": { "endpoint": collector.url() } } } }),
        &[("OTEL_BSP_SCHEDULE_DELAY", "50")],
    )
    .await?;
    let parent = format!("00-{TRACE}-{BROWSERS_SPAN}-01");
    let headers = [("traceparent", parent.as_str())];
    let answer = portal
        .send(request(Method::GET, "/api/proxy/traced/x", Some(JANE), &headers)?)
        .await?;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());

    let span =
        async |name: &str| eventually(&format!("the span {name}"), async || Ok(collector.span(TRACE, name))).await;
    let gateway = span("/api/proxy/{*path}").await?;
    let proxy = span("proxy.forward").await?;
    let upstream = span("proxy.upstream").await?;
    assert_eq!(gateway.parent_id, BROWSERS_SPAN);
    assert_eq!(proxy.parent_id, gateway.span_id);
    assert_eq!(upstream.parent_id, proxy.span_id);
    let echo = answer.json();
    let sent = echo["headers"].as_array().context("headers")?;
    let sent: Vec<_> = sent.iter().filter(|header| header[0] == "traceparent").collect();
    let expected = format!("00-{TRACE}-{}-01", upstream.span_id);
    assert!(
        sent.len() == 1 && sent[0][1] == expected.as_str(),
        "{sent:?}, {expected} expected"
    );
    portal.stop().await;
    Ok(())
}
