//! The queue, the times and the totals, on a real Postgres.

#![expect(clippy::unwrap_used, reason = "in a test a failure is a panic")]

use std::{
    sync::Arc,
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, UNIX_EPOCH},
};

use callboard_lighthouse_audit::{
    audit::{AuditFailure, AuditOptions, CategoryScore, FailureKind, FormFactor, Metrics, Stage, Target},
    config::RetentionConfig,
    report, retention,
    runner::Summary,
    schedule::{Scheduler, Timetable},
    store::{self, AuditRow, Claimed, Ended, NewAudit, NewSchedule, Page, TrendSpan},
};
use sqlx::PgPool;
use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;

const LEASE: Duration = Duration::from_secs(30);
const ALL: Page = Page {
    after: None,
    offset: 0,
    limit: 1000,
};

async fn create(pool: &PgPool, url: &str) -> AuditRow {
    let options = AuditOptions::default();
    let target = Target::parse(url).unwrap();
    let audit = NewAudit {
        id: Uuid::new_v4(),
        target: &target,
        options: &options,
        form_factor: FormFactor::Mobile,
        schedule_id: None,
    };
    store::create_audit(pool, &audit).await.unwrap()
}

async fn claim(pool: &PgPool) -> Option<Claimed> {
    store::claim(pool, &Uuid::new_v4().to_string(), LEASE).await.unwrap()
}

fn summary(score: f64) -> Summary {
    Summary {
        lighthouse_version: "12.0.0".to_owned(),
        categories: vec![CategoryScore {
            id: "performance".to_owned(),
            title: "Performance".to_owned(),
            score: Some(score),
        }],
        metrics: Metrics {
            speed_index_ms: Some(1000.0 * score),
            total_bytes: Some(10.0),
            ..Metrics::default()
        },
        runtime_error: None,
    }
}

async fn complete(pool: &PgPool, url: &str, score: f64) -> Uuid {
    let id = create(pool, url).await.id;
    let claimed = claim(pool).await.unwrap();
    assert_eq!(claimed.id, id);
    let stored = report::compress(b"{\"audits\":{}}").unwrap();
    let ended = store::complete(pool, &claimed, &summary(score), &stored).await.unwrap();
    assert_eq!(ended, Ended::Stored);
    id
}

/// As if it had been asked for then.
async fn date_back(pool: &PgPool, id: Uuid, time: OffsetDateTime) {
    sqlx::query("UPDATE lighthouse_audits SET time_created = $2, time_completed = $2 WHERE id = $1")
        .bind(id)
        .bind(time)
        .execute(pool)
        .await
        .unwrap();
}

#[sqlx::test(migrator = "callboard_lighthouse_audit::store::MIGRATOR")]
async fn websites_take_turns_however_many_audits_one_of_them_has(pool: PgPool) {
    for _ in 0..5 {
        create(&pool, "http://many.example").await;
    }
    create(&pool, "http://one.example").await;
    create(&pool, "http://two.example").await;
    create(&pool, "http://two.example").await;
    let mut order = Vec::new();
    while let Some(audit) = claim(&pool).await {
        order.push(audit.url.replace("http://", "").replace(".example", ""));
        // Whoever comes in between is not behind those who came early and many.
        if order.len() == 3 {
            create(&pool, "http://late.example").await;
        }
    }
    assert_eq!(
        order,
        ["many", "one", "two", "many", "two", "late", "many", "many", "many"]
    );
}

#[sqlx::test(migrator = "callboard_lighthouse_audit::store::MIGRATOR")]
async fn an_audit_is_given_to_one_worker_at_a_time(pool: PgPool) {
    for index in 0..20 {
        create(&pool, &format!("http://{}.example", index % 3)).await;
    }
    let workers = (0..8).map(|_| {
        let pool = pool.clone();
        tokio::spawn(async move {
            let mut ids = Vec::new();
            while let Some(audit) = claim(&pool).await {
                ids.push(audit.id);
            }
            ids
        })
    });
    let mut ids = Vec::new();
    for worker in workers {
        ids.extend(worker.await.unwrap());
    }
    // `SKIP LOCKED` may leave one to the next look; nobody has it twice.
    while let Some(audit) = claim(&pool).await {
        ids.push(audit.id);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20);
}

#[sqlx::test(migrator = "callboard_lighthouse_audit::store::MIGRATOR")]
async fn a_lease_that_runs_out_is_another_workers_chance_and_at_last_a_failure(pool: PgPool) {
    let id = create(&pool, "http://u:p@a.example").await.id;
    let first = store::claim(&pool, "first", Duration::ZERO).await.unwrap().unwrap();
    assert_eq!(first.credentials.as_deref(), Some("u:p"));
    assert!(claim(&pool).await.is_none());
    assert_eq!(store::expire_leases(&pool, 2).await.unwrap(), 1);
    let second = store::claim(&pool, "second", Duration::ZERO).await.unwrap().unwrap();
    assert_eq!((second.id, second.attempts), (id, 2));
    // The first has nothing to say any more.
    assert!(!store::hold(&pool, &first, LEASE, Stage::Gathering, 50).await.unwrap());
    let failure = AuditFailure::new(FailureKind::Browser, "late");
    assert_eq!(store::fail(&pool, &first, &failure).await.unwrap(), Ended::NotOurs);
    // A sign of life keeps it.
    assert!(store::hold(&pool, &second, LEASE, Stage::Gathering, 50).await.unwrap());
    assert_eq!(store::expire_leases(&pool, 2).await.unwrap(), 0);
    assert!(
        store::hold(&pool, &second, Duration::ZERO, Stage::Gathering, 50)
            .await
            .unwrap()
    );
    assert_eq!(store::expire_leases(&pool, 2).await.unwrap(), 1);
    let row = store::get_audit(&pool, id).await.unwrap().unwrap();
    assert_eq!(
        (row.status.as_str(), row.failure_kind.as_deref()),
        ("FAILED", Some("WORKER_LOST"))
    );
    assert!(row.failure_message.unwrap().contains("2 in all"));
    let left: Option<String> = sqlx::query_scalar("SELECT credentials FROM lighthouse_audits")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(left, None, "a password is not kept");
}

#[sqlx::test(migrator = "callboard_lighthouse_audit::store::MIGRATOR")]
async fn a_deleted_audit_does_not_come_back(pool: PgPool) {
    let id = create(&pool, "http://a.example").await.id;
    let claimed = claim(&pool).await.unwrap();
    assert!(store::delete_audit(&pool, id).await.unwrap().is_some());
    let stored = report::compress(b"{}").unwrap();
    let ended = store::complete(&pool, &claimed, &summary(1.0), &stored).await.unwrap();
    assert_eq!(ended, Ended::NotOurs);
    assert_eq!(store::delete_audit(&pool, id).await.unwrap(), None);
    assert_eq!(store::list_websites(&pool, None, 0, 10).await.unwrap().1, 0);
}

#[sqlx::test(migrator = "callboard_lighthouse_audit::store::MIGRATOR")]
async fn totals_are_right_whoever_deletes(pool: PgPool) {
    let first = complete(&pool, "http://a.example", 0.1).await;
    complete(&pool, "http://b.example", 0.2).await;
    let last = complete(&pool, "http://a.example", 0.3).await;
    let order = async || {
        let (rows, total) = store::list_websites(&pool, None, 0, 10).await.unwrap();
        let rows: Vec<_> = rows.into_iter().map(|row| (row.url, row.audit_count)).collect();
        (rows, total)
    };
    let (a, b) = ("http://a.example".to_owned(), "http://b.example".to_owned());
    assert_eq!(order().await, (vec![(a.clone(), 2), (b.clone(), 1)], 2));
    assert_eq!(store::count_audits(&pool, None, None).await.unwrap(), 3);
    assert_eq!(
        store::count_audits(&pool, Some(&a), Some("COMPLETED")).await.unwrap(),
        2
    );
    store::delete_audit(&pool, last).await.unwrap();
    assert_eq!(order().await, (vec![(b.clone(), 1), (a, 1)], 2));
    store::delete_audit(&pool, first).await.unwrap();
    assert_eq!(order().await, (vec![(b, 1)], 1));
}

#[sqlx::test(migrator = "callboard_lighthouse_audit::store::MIGRATOR")]
async fn what_is_old_or_too_many_goes_but_never_the_last_report(pool: PgPool) {
    let now = datetime!(2026-06-01 0:00 UTC);
    for day in 1..=6 {
        let id = complete(&pool, "http://busy.example", 0.5).await;
        date_back(&pool, id, datetime!(2026-05-01 0:00 UTC) + time::Duration::days(day)).await;
    }
    let lonely = complete(&pool, "http://lonely.example", 0.5).await;
    date_back(&pool, lonely, datetime!(2020-01-01 0:00 UTC)).await;
    let waiting = create(&pool, "http://busy.example").await.id;
    let config = RetentionConfig {
        max_age: Some(Duration::from_hours(24 * 26)),
        max_count: 4,
    };
    // The newest four are the one that waits and the last three; of those two are younger than 26 days.
    assert_eq!(retention::forget(&pool, &config, now).await.unwrap(), 4);
    let left = store::list_audits(&pool, &ALL).await.unwrap();
    assert_eq!(left.len(), 4);
    for id in [lonely, waiting] {
        assert!(left.iter().any(|row| row.id == id));
    }
    assert_eq!(retention::forget(&pool, &config, now).await.unwrap(), 0);
}

#[sqlx::test(migrator = "callboard_lighthouse_audit::store::MIGRATOR")]
async fn a_trend_is_thinned_out_by_averaging(pool: PgPool) {
    let start = datetime!(2026-01-01 0:00 UTC);
    for index in 0..10_i32 {
        let id = complete(&pool, "http://a.example", f64::from(index) / 10.0).await;
        date_back(&pool, id, start + time::Duration::days(i64::from(index))).await;
    }
    let span = TrendSpan {
        url: "http://a.example",
        from: start,
        to: start + time::Duration::days(9),
        form_factor: Some("mobile"),
        stretches: 3,
    };
    let points = store::trend(&pool, &span).await.unwrap();
    let counts: Vec<i64> = points.iter().map(|point| point.audits).collect();
    assert_eq!(counts, [3, 3, 4]);
    assert_eq!(points[0].time, start + time::Duration::days(1));
    assert!((points[0].speed_index_ms.unwrap() - 100.0).abs() < 1e-6);
    let scores = store::trend_categories(&pool, &span).await.unwrap();
    assert_eq!(scores.len(), 3);
    assert!((scores[2].score.unwrap() - 0.75).abs() < 1e-6);
    let desktop = TrendSpan {
        form_factor: Some("desktop"),
        ..span
    };
    assert!(store::trend(&pool, &desktop).await.unwrap().is_empty());
    assert_eq!(
        store::trend_span(&pool, "http://other.example", None).await.unwrap(),
        None
    );
    assert_eq!(
        store::trend_span(&pool, "http://a.example", None).await.unwrap(),
        Some((span.from, span.to))
    );
}

#[sqlx::test(migrator = "callboard_lighthouse_audit::store::MIGRATOR")]
async fn a_schedule_runs_when_it_is_due_once_for_all_replicas(pool: PgPool) {
    let now = Arc::new(AtomicI64::new(datetime!(2026-01-01 0:00 UTC).unix_timestamp()));
    let clock = {
        let now = now.clone();
        Arc::new(move || UNIX_EPOCH + Duration::from_secs(now.load(Ordering::Relaxed).unsigned_abs()))
    };
    let timetable: Timetable = "0 * * * *".parse().unwrap();
    let schedule = NewSchedule {
        url: "http://a.example".to_owned(),
        cron: timetable.cron().to_owned(),
        time_zone: timetable.zone().to_owned(),
        jitter_seconds: 0,
        options: AuditOptions::default(),
        enabled: true,
        entity_ref: None,
        next_run: timetable.next_run(datetime!(2026-01-01 0:00 UTC)),
        first_run: None,
    };
    store::create_schedule(&pool, Uuid::new_v4(), &schedule).await.unwrap();
    let replicas = [
        Scheduler::new(pool.clone(), clock.clone()),
        Scheduler::new(pool.clone(), clock),
    ];
    let run = async || {
        let (one, other) = tokio::join!(replicas[0].run_due(), replicas[1].run_due());
        one.unwrap() + other.unwrap()
    };
    assert_eq!(run().await, 0);
    // Five hours in which nobody looked are made up for once.
    now.fetch_add(5 * 3600, Ordering::Relaxed);
    assert_eq!(run().await, 1);
    let audits = store::list_audits(&pool, &ALL).await.unwrap();
    assert_eq!(audits.len(), 1);
    assert!(audits[0].schedule_id.is_some());
    // The last one has not ended: no second one piles up behind it.
    now.fetch_add(3600, Ordering::Relaxed);
    assert_eq!(run().await, 1);
    assert_eq!(store::list_audits(&pool, &ALL).await.unwrap().len(), 1);
    claim(&pool).await.unwrap();
    store::cancel_audit(&pool, audits[0].id, "enough")
        .await
        .unwrap()
        .unwrap();
    now.fetch_add(3600, Ordering::Relaxed);
    assert_eq!(run().await, 1);
    assert_eq!(store::list_audits(&pool, &ALL).await.unwrap().len(), 2);
    // A person does not wait behind schedules.
    let person = create(&pool, "http://b.example").await.id;
    assert_eq!(claim(&pool).await.unwrap().id, person);
}

#[sqlx::test(migrator = "callboard_lighthouse_audit::store::MIGRATOR")]
async fn schedules_of_an_origin_are_replaced_and_what_stays_keeps_its_times(pool: PgPool) {
    let schedule = |url: &str, cron: &str| NewSchedule {
        url: url.to_owned(),
        cron: cron.to_owned(),
        time_zone: "UTC".to_owned(),
        jitter_seconds: 0,
        options: AuditOptions::default(),
        enabled: true,
        entity_ref: Some(format!("component:default/{}", &url[7..8])),
        next_run: Some(datetime!(2030-01-01 0:00 UTC)),
        first_run: Some(datetime!(2026-01-01 0:00 UTC)),
    };
    let (a, b) = (
        schedule("http://a.example", "0 1 * * *"),
        schedule("http://b.example", "0 1 * * *"),
    );
    complete(&pool, "http://b.example", 0.5).await;
    store::replace_schedules(&pool, "catalog", None, &[a.clone(), b])
        .await
        .unwrap();
    let list = async || store::list_schedules(&pool, None, None, 10).await.unwrap();
    let first = list().await;
    // One was never audited, the other was.
    assert_eq!(first[0].next_run, Some(datetime!(2026-01-01 0:00 UTC)));
    assert_eq!(first[1].next_run, Some(datetime!(2030-01-01 0:00 UTC)));
    let changed = schedule("http://b.example", "0 2 * * *");
    store::replace_schedules(&pool, "catalog", None, &[a, changed])
        .await
        .unwrap();
    let second = list().await;
    assert_eq!((second[0].id, second[0].next_run), (first[0].id, first[0].next_run));
    assert_ne!(second[1].id, first[1].id);
    // Those of some entities alone: one goes, one stays as it is, one comes, and what is not named is left alone.
    let (b, c) = (
        schedule("http://b.example", "0 2 * * *"),
        schedule("http://c.example", "0 3 * * *"),
    );
    let named = ["a", "b", "c"].map(|name| format!("component:default/{name}"));
    store::replace_schedules(&pool, "catalog", Some(&named), &[b, c])
        .await
        .unwrap();
    let third = list().await;
    let urls: Vec<&str> = third.iter().map(|schedule| schedule.url.as_str()).collect();
    assert_eq!(urls, ["http://b.example", "http://c.example"]);
    assert_eq!(third[0].id, second[1].id);
    store::replace_schedules(&pool, "catalog", Some(&named[2..]), &[])
        .await
        .unwrap();
    assert_eq!(list().await.len(), 1);
    store::replace_schedules(&pool, "configuration", None, &[])
        .await
        .unwrap();
    assert_eq!(list().await.len(), 1);
}
