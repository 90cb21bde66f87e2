//! Measures what docs/performance.md says of audits: `cargo run --profile local -p callboard-lighthouse-audit --example figures`.
//! The executables of the gateway and of this unit have to be built with the same profile.

#![expect(clippy::unwrap_used, reason = "a measurement that fails is a panic")]
#![expect(clippy::cast_precision_loss, reason = "counts of bytes, for people")]

use std::{
    fmt::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use axum::{Router, response::Html, routing::get};
use callboard_lighthouse_audit::report;
use callboard_local::{Stack, StackOptions, Unit};
use callboard_service_kit::tls;
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::net::TcpListener;

/// Audits by each side, one after the other in turns.
const ROUNDS: usize = 5;
/// Requests of each kind.
const REQUESTS: usize = 300;
const STORED: usize = 10_000;

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// A page with text, pictures, a script that works and mistakes that Lighthouse finds.
fn page(index: usize) -> String {
    let mut page = format!("<!doctype html><html><head><title>Page {index}</title></head><body>");
    for part in 0..30 {
        let words = "Some text about this and that, with <a href='#'>a link</a>. ".repeat(1 + (index + part) % 7);
        write!(
            page,
            "<h4>Part {part}</h4><p style='color:#aaa'>{words}</p><svg viewBox='0 0 300 200' width='300'>"
        )
        .unwrap();
        let seed = index * 30 + part;
        for circle in 0..40 {
            let (x, y, r) = ((seed * 37 + circle * 53) % 300, (circle * 71) % 200, 5 + circle % 30);
            let hue = (seed * circle * 13) % 360;
            write!(page, "<circle cx='{x}' cy='{y}' r='{r}' fill='hsl({hue} 70% 50%)'/>").unwrap();
        }
        page += "</svg>";
    }
    let work = index * 10;
    write!(
        page,
        "<img src='/none.png'><script>for (let i = 0, n = 0; i < {work}e6; i++) n += i; document.body.append('done')</script></body></html>"
    )
    .unwrap();
    page
}

async fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let pages = get(|axum::extract::Path(index): axum::extract::Path<usize>| async move { Html(page(index)) });
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/{index}", pages)).await });
    base
}

struct Portal {
    stack: Stack,
    client: reqwest::Client,
    base: String,
}

impl Portal {
    async fn start(runner: &Path) -> Self {
        tls::install_provider();
        let mut options = StackOptions::for_tests().unwrap();
        options.units = vec![Unit::LighthouseAudit, Unit::Gateway];
        let config = json!({
            "backend": {"auth": {"dangerouslyDisableDefaultAuthPolicy": true}},
            "lighthouse": {
                "runner": {"directory": runner},
                "targets": {"allowPrivate": ["127.0.0.0/8"]},
                "catalog": {"enabled": false},
                "retention": {"maxCount": 1_000_000},
            },
        });
        options.overlays.push(config.to_string());
        let stack = Stack::start(options).await.unwrap();
        Self {
            base: format!("{}/api/lighthouse", stack.gateway_url()),
            stack,
            // What is measured is the service, not the unpacking of what it sends.
            client: reqwest::Client::builder()
                .no_gzip()
                .no_brotli()
                .no_zstd()
                .no_deflate()
                .build()
                .unwrap(),
        }
    }

    /// The time of an audit, as whoever waits for it sees it, and the audit.
    async fn audit(&self, url: &str) -> (Duration, Value) {
        let begun = Instant::now();
        let body = json!({"url": url, "options": {"awaitAuditCompleted": true}});
        let response = self
            .client
            .post(format!("{}/v1/audits", self.base))
            .json(&body)
            .send()
            .await
            .unwrap();
        let audit: Value = response.json().await.unwrap();
        assert_eq!(audit["status"], "COMPLETED", "{}", audit["failure"]);
        (begun.elapsed(), audit)
    }

    /// The median time of a request, one after the other on one connection.
    async fn time(&self, path: &str, encoding: &str) -> (Duration, usize) {
        let mut times = Vec::new();
        let mut size = 0;
        for _ in 0..REQUESTS {
            let begun = Instant::now();
            let request = self
                .client
                .get(format!("{}{path}", self.base))
                .header("accept-encoding", encoding);
            let response = request.send().await.unwrap();
            assert!(response.status().is_success());
            size = response.bytes().await.unwrap().len();
            times.push(begun.elapsed());
        }
        (median(times), size)
    }

    async fn database(&self) -> PgPool {
        let options = self.stack.options();
        let server = self.stack.database_url().rsplit_once('/').unwrap().0;
        PgPool::connect(&format!("{server}/{}lighthouse_audit", options.database_prefix))
            .await
            .unwrap()
    }
}

/// The time of Lighthouse's own command line.
fn command_line(runner: &Path, chromium: &str, url: &str) -> Duration {
    let begun = Instant::now();
    let status = Command::new("node")
        .arg("node_modules/lighthouse-12/cli/index.js")
        .args([
            url,
            "--output=json",
            "--output-path=/dev/null",
            "--quiet",
            "--chrome-flags=--headless=new --no-sandbox",
        ])
        .current_dir(runner)
        .env("CHROME_PATH", chromium)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    begun.elapsed()
}

#[tokio::main]
async fn main() {
    let runner = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("runner");
    let chromium = std::env::var("CHROMIUM_PATH").unwrap_or_else(|_| "chromium".to_owned());
    let (website, portal) = (site().await, Portal::start(&runner).await);

    // Beside the command line, in turns, so that both have the machine in the same moods.
    let (mut ours, mut theirs, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
    let mut last = Value::Null;
    for round in 0..ROUNDS {
        let url = format!("{website}/{round}");
        theirs.push(tokio::task::block_in_place(|| command_line(&runner, &chromium, &url)));
        let (time, audit) = portal.audit(&url).await;
        ours.push(time);
        println!("round {round}: command line {:?}, service {time:?}", theirs[round]);
        last = audit;
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "audit, median of {ROUNDS}: command line {:.2} s, service {:.2} s ({:+.1} %)",
        theirs.as_secs_f64(),
        ours.as_secs_f64(),
        (ours.as_secs_f64() / theirs.as_secs_f64() - 1.0) * 100.0
    );

    let pool = portal.database().await;
    let stored: Vec<(i32,)> = sqlx::query_as("SELECT length(compressed) FROM lighthouse_reports")
        .fetch_all(&pool)
        .await
        .unwrap();
    sizes.extend(stored.into_iter().map(|(size,)| size));
    let json = last["report"].to_string();
    println!(
        "stored report: mean {:.1} KB of {} reports, largest {:.1} KB; the last is {:.0} KB as JSON, {:.1} KB without the dictionary",
        f64::from(sizes.iter().sum::<i32>()) / 1000.0 / sizes.len() as f64,
        sizes.len(),
        f64::from(*sizes.iter().max().unwrap()) / 1000.0,
        json.len() as f64 / 1000.0,
        zstd::bulk::compress(json.as_bytes(), 19).unwrap().len() as f64 / 1000.0,
    );
    let begun = Instant::now();
    let compressed = report::compress(json.as_bytes()).unwrap();
    println!(
        "compressing one: {}, to {} bytes",
        milliseconds(begun.elapsed()),
        compressed.compressed.len()
    );

    let path = format!("/v1/audits/{}", last["id"].as_str().unwrap());
    for encoding in ["gzip", "identity"] {
        let (time, size) = portal.time(&path, encoding).await;
        println!("warm page ({encoding}): {}, {size} bytes", milliseconds(time));
    }

    sqlx::query(
        "INSERT INTO lighthouse_audits (id, url, status, time_created, time_completed, categories)
         SELECT gen_random_uuid(), 'http://site-' || n % 500 || '.example', 'COMPLETED', now() - n * interval '1 minute',
                now() - n * interval '1 minute', (SELECT categories FROM lighthouse_audits WHERE status = 'COMPLETED' LIMIT 1)
           FROM generate_series(1, $1) AS n",
    )
    .bind(i32::try_from(STORED).unwrap())
    .execute(&pool)
    .await
    .unwrap();
    sqlx::query("INSERT INTO lighthouse_reports SELECT a.id, r.compressed, r.dictionary FROM lighthouse_audits a, (SELECT * FROM lighthouse_reports LIMIT 1) r ON CONFLICT DO NOTHING")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("VACUUM ANALYZE").execute(&pool).await.unwrap();
    for path in [
        "/v1/audits",
        "/v1/audits?offset=9000",
        "/v1/websites?limit=10",
        "/v2/audits?status=completed",
    ] {
        let (time, size) = portal.time(path, "identity").await;
        println!(
            "{path} with {STORED} audits and their reports stored: {}, {size} bytes",
            milliseconds(time)
        );
    }
    pool.close().await;
    portal.stack.stop().await;
}
