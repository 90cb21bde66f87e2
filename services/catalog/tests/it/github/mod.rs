//! The providers of GitHub, against a simulated GitHub that answers their questions by its published GraphQL schema: connections
//! with pages, null for what is not there, errors with types, rate limits in headers.

mod organization;
mod repositories;

use std::sync::Arc;

use axum::response::Response;
use callboard_catalog::{
    ingest::{
        Ingest,
        location_events::News,
        provider::{Provider, Schedule},
    },
    settings::Settings,
    store::provider,
};
use callboard_service_kit::config::Config;
use parking_lot::Mutex;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::source_hosts::{Host, Seen, answer, json as answer_json};

/// What a GitHub holds.
#[derive(Debug, Default)]
struct State {
    repositories: Vec<Value>,
    people: Vec<Value>,
    teams: Vec<Value>,
    /// Logins of those who are in the organisation.
    members: Vec<String>,
    /// How many questions are answered before it asks to be left alone; `None`: all.
    patience: Option<usize>,
    /// How it says so: in the answer, as GraphQL does, or by its status.
    within_answer: bool,
    /// Statuses of the next answers.
    failures: Vec<u16>,
}

/// A simulated GitHub with one organisation, `acme`, that knows the token `secret-token`.
struct GitHub {
    host: Host,
    state: Arc<Mutex<State>>,
}

impl GitHub {
    async fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let host = Host::start(move |seen| shared.lock().answer(seen)).await;
        Self { host, state }
    }

    /// The configuration with a provider, and the host in the place of `HOST`.
    fn config(&self, token: &str, providers: &str) -> String {
        let address = &self.host.address;
        let providers = providers.replace("HOST", address);
        format!(
            "integrations:\n  github:\n    - {{ host: '{address}', apiBaseUrl: 'http://{address}/api/v3', token: {token} }}\n\
             catalog:\n  providers:\n    {providers}"
        )
    }

    /// How many questions were asked.
    fn asked(&self) -> usize {
        self.host.lines().len()
    }
}

impl State {
    fn answer(&mut self, seen: &Seen) -> Response {
        assert_eq!(seen.line, "POST /api/graphql");
        if seen.authorization != "Bearer secret-token" {
            return answer(401, &[], r#"{"message":"Bad credentials"}"#);
        }
        if let Some(status) = self.failures.pop() {
            return answer(status, &[], "");
        }
        if self.patience == Some(0) {
            let headers = [("x-ratelimit-remaining", "0"), ("retry-after", "3000")];
            return if self.within_answer {
                let body = json!({"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]});
                answer(200, &headers, body.to_string())
            } else {
                answer(
                    403,
                    &headers,
                    r#"{"message":"You have exceeded a secondary rate limit"}"#,
                )
            };
        }
        self.patience = self.patience.map(|left| left - 1);
        let question: Value = serde_json::from_str(&seen.body).unwrap();
        let (query, variables) = (question["query"].as_str().unwrap(), &question["variables"]);
        let operation = query.trim_start_matches("query ").split('(').next().unwrap();
        let is_known = ["owner", "org"]
            .iter()
            .filter_map(|name| variables[name].as_str())
            .all(|login| login.eq_ignore_ascii_case("acme"));
        let data = if is_known {
            self.data(operation, variables)
        } else {
            return answer_json(&json!({
                "data": {"organization": null, "repositoryOwner": null, "repository": null},
                "errors": [{"type": "NOT_FOUND", "message": "Could not resolve to an Organization"}],
            }));
        };
        answer_json(&json!({ "data": data }))
    }

    fn data(&self, operation: &str, variables: &Value) -> Value {
        match operation {
            "repositories" => json!({"repositoryOwner": {"repositories": page(&self.repositories, variables)}}),
            "repository" => {
                let is_it = |repository: &&Value| repository["name"] == variables["name"];
                json!({"repository": self.repositories.iter().find(is_it)})
            }
            "members" if variables["team"].is_string() => {
                let team = self.team(variables);
                let members = page(team.unwrap()["members"]["nodes"].as_array().unwrap(), variables);
                json!({"organization": {"team": {"members": members}}})
            }
            "members" => json!({"organization": {"membersWithRole": page(&self.members(), variables)}}),
            "teams" => {
                let mut answer = page(&self.teams, variables);
                for team in answer["nodes"].as_array_mut().unwrap() {
                    shorten(team, variables);
                }
                json!({"organization": {"teams": answer}})
            }
            "team" => {
                let mut team = self.team(variables).cloned();
                if let Some(team) = &mut team {
                    let children = self
                        .teams
                        .iter()
                        .filter(|child| child["parentTeam"]["slug"] == team["slug"]);
                    team["childTeams"] = json!({"nodes": children.collect::<Vec<_>>()});
                    shorten(team, variables);
                }
                json!({"organization": {"team": team}})
            }
            "person" => {
                let login = variables["login"].as_str().unwrap();
                let is_in = |team: &&Value| {
                    team["members"]["nodes"]
                        .as_array()
                        .unwrap()
                        .contains(&json!({"login": login}))
                };
                let teams: Vec<_> = self.teams.iter().filter(is_in).collect();
                let mut person = self.people.iter().find(|person| person["login"] == login).cloned();
                if let Some(person) = &mut person {
                    let is_member = self.members.iter().any(|member| member == login);
                    person["organization"] = is_member.then(|| json!({"login": "acme"})).into();
                }
                json!({"user": person, "organization": {"teams": {"nodes": teams}}})
            }
            other => panic!("{other} was not to be asked"),
        }
    }

    fn members(&self) -> Vec<Value> {
        let is_member = |person: &&Value| self.members.iter().any(|login| person["login"] == login.as_str());
        self.people.iter().filter(is_member).cloned().collect()
    }

    fn team(&self, variables: &Value) -> Option<&Value> {
        self.teams.iter().find(|team| team["slug"] == variables["team"])
    }
}

/// A page of a connection: `size` nodes behind `cursor`.
fn page(nodes: &[Value], variables: &Value) -> Value {
    let size = usize::try_from(variables["size"].as_u64().unwrap()).unwrap();
    let start: usize = variables["cursor"].as_str().map_or(0, |cursor| cursor.parse().unwrap());
    let end = nodes.len().min(start + size);
    json!({
        "nodes": nodes[start..end],
        "pageInfo": {"hasNextPage": end < nodes.len(), "endCursor": end.to_string()},
    })
}

/// A team with as many members as were asked for.
fn shorten(team: &mut Value, variables: &Value) {
    let members = team["members"]["nodes"].as_array().unwrap().clone();
    team["members"] = page(&members, &json!({"size": variables["members"]}));
}

fn repository(host: &str, name: &str) -> Value {
    json!({
        "name": name, "url": format!("https://{host}/acme/{name}"), "isArchived": false, "isFork": false, "visibility": "PRIVATE",
        "defaultBranchRef": {"name": "main"}, "repositoryTopics": {"nodes": []}, "file": {"__typename": "Blob", "byteSize": 10},
    })
}

fn ingest(pool: &PgPool, config: &str) -> Arc<Ingest> {
    let config = Config::from_yaml(config).unwrap();
    Ingest::new(pool.clone(), Settings::from_config(&config).unwrap()).unwrap()
}

/// The provider whose name starts so.
fn find(ingest: &Ingest, name: &str) -> Arc<dyn Provider> {
    let found = ingest
        .providers()
        .iter()
        .find(|provider| provider.name().starts_with(name));
    Arc::clone(found.unwrap())
}

/// Runs a provider as its schedule would; returns what it failed with.
async fn run(ingest: &Arc<Ingest>, provider: &dyn Provider) -> Option<String> {
    let Schedule::Every(timing) = provider.schedule() else {
        panic!("it has a schedule")
    };
    provider::enrol(ingest.pool(), provider.name(), timing.initial_delay, timing.frequency)
        .await
        .unwrap();
    provider::hurry(ingest.pool(), provider.name()).await.unwrap();
    assert!(ingest.run_if_due(provider, timing).await.unwrap());
    let states = provider::list_states(ingest.pool()).await.unwrap();
    states
        .into_iter()
        .find(|state| state.name == provider.name())
        .unwrap()
        .error
}

/// The refs of all that a provider holds, ordered.
async fn held(pool: &PgPool, provider: &dyn Provider) -> Vec<String> {
    sqlx::query_scalar("SELECT target_entity_ref FROM entity_reference WHERE source_key = $1 ORDER BY 1")
        .bind(provider.name())
        .fetch_all(pool)
        .await
        .unwrap()
}

/// Entities as they were handed over, by ref.
async fn emitted(pool: &PgPool, entity_ref: &str) -> Value {
    let text: String =
        sqlx::query_scalar("SELECT COALESCE(unprocessed, processed) FROM entity_state WHERE entity_ref = $1")
            .bind(entity_ref)
            .fetch_one(pool)
            .await
            .unwrap();
    serde_json::from_str(&text).unwrap()
}

async fn follow(ingest: &Arc<Ingest>, news: News) {
    ingest.follow_news(news, &[]).await.unwrap();
}

async fn is_due(pool: &PgPool, provider: &dyn Provider) -> bool {
    sqlx::query_scalar("SELECT next_run_at <= now() FROM provider_run WHERE provider = $1")
        .bind(provider.name())
        .fetch_one(pool)
        .await
        .unwrap()
}
