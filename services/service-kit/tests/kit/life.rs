use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use callboard_service_kit::{
    admin::{self, AdminServer},
    config::Config,
    lifecycle::Lifecycle,
    telemetry::TelemetryGuard,
};

use crate::support::{UNIT, free_port};

#[tokio::test]
async fn the_admin_port_tells_life_readiness_and_metrics() {
    let yaml = format!(
        "backend: {{services: {{{UNIT}: {{adminListen: '127.0.0.1:{}'}}}}}}",
        free_port()
    );
    let config = Config::from_yaml(&yaml).unwrap();
    let error = admin::healthcheck(&config, UNIT).await.unwrap_err().to_string();
    assert!(error.contains("127.0.0.1"), "{error}");

    let lifecycle = Lifecycle::from_config(&config).unwrap();
    let telemetry = TelemetryGuard::for_tests().unwrap();
    let server = AdminServer::bind(&config, UNIT, &telemetry).await.unwrap();
    let address = server.local_address().unwrap();
    server.serve(&lifecycle);
    let get = async |path: &str| {
        let output = tokio::process::Command::new("curl")
            .args(["-s", "-w", "\n%{http_code}", &format!("http://{address}{path}")])
            .output()
            .await
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(get("/livez").await.ends_with("\n200"));
    assert!(get("/readyz").await.ends_with("\n503"));
    let error = admin::healthcheck(&config, UNIT).await.unwrap_err().to_string();
    assert!(error.contains("not ready") && error.contains("503"), "{error}");
    lifecycle.readiness().record("database", true);
    lifecycle.readiness().started();
    admin::healthcheck(&config, UNIT).await.unwrap();
    assert!(get("/readyz").await.contains(r#""checks":{"database":"ok"}"#));
    metrics::counter!("callboard_life_test_total").increment(3);
    assert!(get("/metrics").await.contains("callboard_life_test_total 3"));
    lifecycle.stop();
    lifecycle.run().await;
}

#[tokio::test]
async fn a_signal_stops_the_unit_after_the_delay() {
    let yaml = "backend: {lifecycle: {serverShutdownDelay: 300ms}}";
    let lifecycle = Lifecycle::from_config(&Config::from_yaml(yaml).unwrap()).unwrap();
    lifecycle.readiness().started();
    let token = lifecycle.shutdown_token();
    lifecycle.spawn("worker", async move { token.cancelled().await });
    let running = tokio::spawn(lifecycle.clone().run());
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begin = Instant::now();
    let own_id = std::process::id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &own_id])
            .status()
            .unwrap()
            .success()
    );
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert!(!lifecycle.readiness().is_ready(), "not ready at once");
    assert!(!lifecycle.shutdown_token().is_cancelled(), "but it still serves");
    let code = running.await.unwrap();
    assert!(begin.elapsed() >= Duration::from_millis(300));
    assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::SUCCESS));
}
