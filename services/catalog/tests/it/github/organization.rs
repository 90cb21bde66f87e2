use callboard_catalog::ingest::location_events::{News, OrganizationEvent};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{GitHub, emitted, find, follow, held, ingest, is_due, run};

const PROVIDER: &str = "githubOrg: { id: people, githubUrl: 'https://HOST', orgs: [acme], \
    pageSizes: { teams: 1, teamMembers: 1, organizationMembers: 2 }, schedule: { frequency: { hours: 1 }, timeout: { minutes: 5 } } }";

fn person(login: &str) -> Value {
    json!({"id": format!("U_{login}"), "login": login, "name": login.to_uppercase(), "email": format!("{login}@example.org"),
           "bio": null, "avatarUrl": "https://a/1", "organizationVerifiedDomainEmails": []})
}

fn team(slug: &str, parent: Option<&str>, members: &[&str]) -> Value {
    let members: Vec<_> = members.iter().map(|login| json!({ "login": login })).collect();
    json!({"slug": slug, "combinedSlug": format!("acme/{slug}"), "name": slug, "description": null, "avatarUrl": null,
           "editTeamUrl": null, "parentTeam": parent.map(|slug| json!({"slug": slug})), "members": {"nodes": members}})
}

/// People jane, joe and kim, of whom kim is no member any more; teams all, with web below it.
async fn acme() -> GitHub {
    let github = GitHub::start().await;
    {
        let mut state = github.state.lock();
        state.people = ["jane", "joe", "kim"].map(person).to_vec();
        state.members = vec!["jane".to_owned(), "joe".to_owned()];
        state.teams = vec![team("all", None, &["jane", "joe"]), team("web", Some("all"), &["jane"])];
    }
    github
}

fn news(github: &GitHub, event: OrganizationEvent) -> News {
    News {
        locations: Vec::new(),
        organizations: vec![OrganizationEvent {
            url: format!("https://{}/acme", github.host.address),
            ..event
        }],
    }
}

fn nothing() -> OrganizationEvent {
    OrganizationEvent {
        url: String::new(),
        team: None,
        user: None,
        is_whole: false,
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn people_and_teams_are_read_whole_with_who_is_where(pool: PgPool) {
    let github = acme().await;
    let ingest = ingest(&pool, &github.config("secret-token", PROVIDER));
    let provider = find(&ingest, "GithubMultiOrgEntityProvider:people");
    assert_eq!(run(&ingest, &*provider).await, None);
    let all = [
        "group:default/all",
        "group:default/web",
        "user:default/jane",
        "user:default/joe",
    ];
    assert_eq!(held(&pool, &*provider).await, all);
    // A page of one member each: the others are asked for.
    let group = emitted(&pool, "group:default/all").await;
    assert_eq!(group["spec"]["members"], json!(["default/jane", "default/joe"]));
    assert_eq!(group["spec"]["children"], json!(["web"]));
    let jane = emitted(&pool, "user:default/jane").await;
    assert_eq!(jane["spec"]["memberOf"], json!(["all", "web"]));
    assert_eq!(jane["spec"]["profile"]["email"], "jane@example.org");

    github.state.lock().members.pop();
    github.state.lock().teams.pop();
    assert_eq!(run(&ingest, &*provider).await, None);
    assert_eq!(
        held(&pool, &*provider).await,
        ["group:default/all", "user:default/jane"]
    );
    assert_eq!(
        emitted(&pool, "user:default/jane").await["spec"]["memberOf"],
        json!(["all"])
    );

    // Half of it is as good as nothing: what is held stays.
    github.state.lock().patience = Some(1);
    assert!(run(&ingest, &*provider).await.unwrap().contains("rate limit"));
    assert_eq!(held(&pool, &*provider).await.len(), 2);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn several_organisations_have_a_namespace_each(pool: PgPool) {
    let github = acme().await;
    let config = github.config("secret-token", &PROVIDER.replace("orgs: [acme]", "orgs: [acme, Acme]"));
    let ingest = ingest(&pool, &config);
    let provider = find(&ingest, "GithubMultiOrg");
    assert_eq!(run(&ingest, &*provider).await, None);
    assert_eq!(
        emitted(&pool, "user:default/jane").await["spec"]["memberOf"],
        json!(["acme/all", "acme/web"])
    );
    assert_eq!(emitted(&pool, "group:acme/web").await["spec"]["parent"], "all");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn news_of_people_and_teams_change_those_alone(pool: PgPool) {
    let github = acme().await;
    let ingest = ingest(&pool, &github.config("secret-token", PROVIDER));
    let provider = find(&ingest, "GithubMultiOrg");
    assert_eq!(run(&ingest, &*provider).await, None);

    // Kim joins the organisation and a team.
    github.state.lock().members.push("kim".to_owned());
    github.state.lock().teams[1] = team("web", Some("all"), &["jane", "kim"]);
    let asked = github.asked();
    let joined = OrganizationEvent {
        team: Some("web".to_owned()),
        user: Some("kim".to_owned()),
        ..nothing()
    };
    follow(&ingest, news(&github, joined)).await;
    assert_eq!(
        github.asked(),
        asked + 4,
        "the team, two pages of its members, and the person"
    );
    assert_eq!(
        emitted(&pool, "user:default/kim").await["spec"]["memberOf"],
        json!(["web"])
    );
    assert_eq!(
        emitted(&pool, "group:default/web").await["spec"]["members"],
        json!(["default/jane", "default/kim"])
    );
    assert_eq!(
        emitted(&pool, "user:default/jane").await["spec"]["memberOf"],
        json!(["all", "web"])
    );

    // Joe leaves; he may do so twice.
    github.state.lock().members.retain(|login| login != "joe");
    for _ in 0..2 {
        follow(
            &ingest,
            news(
                &github,
                OrganizationEvent {
                    user: Some("joe".to_owned()),
                    ..nothing()
                },
            ),
        )
        .await;
    }
    assert!(!held(&pool, &*provider).await.contains(&"user:default/joe".to_owned()));
    assert!(!is_due(&pool, &*provider).await);

    // A team goes: those who were in it are asked for again, soon.
    github.state.lock().teams.pop();
    let gone = OrganizationEvent {
        team: Some("web".to_owned()),
        is_whole: true,
        ..nothing()
    };
    follow(&ingest, news(&github, gone)).await;
    assert!(!held(&pool, &*provider).await.contains(&"group:default/web".to_owned()));
    assert!(is_due(&pool, &*provider).await);

    // Of another organisation, or on another host, nothing is asked.
    let asked = github.asked();
    let mut other = news(
        &github,
        OrganizationEvent {
            user: Some("jane".to_owned()),
            ..nothing()
        },
    );
    other.organizations[0].url = format!("https://{}/others", github.host.address);
    follow(&ingest, other.clone()).await;
    other.organizations[0].url = "https://example.com/acme".to_owned();
    follow(&ingest, other).await;
    assert_eq!(github.asked(), asked);
}
