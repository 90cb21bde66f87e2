//! People and teams: a User for every member of the organisations, a Group for every team, and who is in which.

use std::collections::BTreeMap;

use callboard_catalog_model::EntityError;
use futures::future::BoxFuture;
use serde_json::{Value, json};

use super::{
    people::{Person, TEAM_FIELDS, Team, USER_FIELDS, connect, group_ref, short_ref, user_ref},
    settings::OrganizationSettings,
};
use crate::{
    ingest::{
        candidate::Candidate,
        location_events::{News, OrganizationEvent},
        provider::{Holdings, Provider, ProviderError, Schedule},
    },
    reader::{ReadError, host::github_api::GitHubApi},
};

/// How many changes of one call are followed one by one; more are read anew altogether.
const MOST_FOLLOWED: usize = 20;

/// Holds the Users and Groups of one or several organisations.
#[derive(Debug)]
pub struct GitHubOrganizations {
    name: String,
    location_key: String,
    host: String,
    settings: OrganizationSettings,
}

impl GitHubOrganizations {
    /// By one entry of the configuration.
    pub fn new(settings: OrganizationSettings) -> Result<Self, EntityError> {
        Ok(Self {
            name: format!("GithubMultiOrgEntityProvider:{}", settings.id),
            location_key: format!("github-multi-org-provider:{}", settings.id),
            host: settings.host().map_err(EntityError::input)?,
            settings,
        })
    }

    fn api<'holdings>(&self, holdings: &'holdings Holdings) -> Result<GitHubApi<'holdings>, ProviderError> {
        let missing = || ProviderError::Source(format!("there is no GitHub at {} in 'integrations'", self.host));
        holdings.readers().github(&self.host).ok_or_else(missing)
    }

    async fn organizations(&self, api: GitHubApi<'_>) -> Result<Vec<String>, ReadError> {
        if self.settings.orgs.is_empty() {
            api.organizations(None).await
        } else {
            Ok(self.settings.orgs.clone())
        }
    }

    fn namespace(&self, organization: &str) -> Option<String> {
        (!self.settings.in_default_namespace).then(|| organization.to_lowercase())
    }

    /// What a person is asked. A public address is the person's own affair: an app may not ask for it.
    fn user_fields(&self) -> String {
        let suspended = if self.settings.exclude_suspended_users {
            " suspendedAt"
        } else {
            ""
        };
        format!("{USER_FIELDS}{suspended}")
    }

    async fn people(&self, api: GitHubApi<'_>, organization: &str) -> Result<Vec<Person>, ReadError> {
        let query = format!(
            "query members($org: String!, $email: Boolean!, $size: Int!, $cursor: String) {{ organization(login: $org) {{ \
             membersWithRole(first: $size, after: $cursor) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {} }} }} }} }}",
            self.user_fields()
        );
        let variables = json!({
            "org": organization,
            "email": !api.is_app(organization).await?,
            "size": self.settings.page_sizes.organization_members,
        });
        let nodes = api
            .list(organization, &query, variables, "/organization/membersWithRole")
            .await?;
        let people = nodes.into_iter().filter_map(Person::of);
        Ok(people.filter(|person| self.counts(person)).collect())
    }

    fn counts(&self, person: &Person) -> bool {
        !(self.settings.exclude_suspended_users && person.is_suspended())
    }

    async fn teams(&self, api: GitHubApi<'_>, organization: &str) -> Result<Vec<Team>, ReadError> {
        let query = format!(
            "query teams($org: String!, $size: Int!, $members: Int!, $cursor: String) {{ organization(login: $org) {{ \
             teams(first: $size, after: $cursor) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {TEAM_FIELDS} \
             members(first: $members, membership: IMMEDIATE) {{ pageInfo {{ hasNextPage }} nodes {{ login }} }} }} }} }} }}"
        );
        let sizes = self.settings.page_sizes;
        let variables = json!({"org": organization, "size": sizes.teams, "members": sizes.team_members});
        let nodes = api.list(organization, &query, variables, "/organization/teams").await?;
        let mut teams = Vec::with_capacity(nodes.len());
        for node in nodes {
            teams.extend(self.with_members(api, organization, node).await?);
        }
        connect(&mut teams);
        Ok(teams)
    }

    /// A team with all its members, who may be more than came with it.
    async fn with_members(
        &self,
        api: GitHubApi<'_>,
        organization: &str,
        node: Value,
    ) -> Result<Option<Team>, ReadError> {
        let members = &node["members"];
        let nodes = if members["pageInfo"]["hasNextPage"] == true {
            let query = "query members($org: String!, $team: String!, $size: Int!, $cursor: String) { \
                organization(login: $org) { team(slug: $team) { \
                members(first: $size, after: $cursor, membership: IMMEDIATE) { \
                pageInfo { hasNextPage endCursor } nodes { login } } } } }";
            let variables =
                json!({"org": organization, "team": node["slug"], "size": self.settings.page_sizes.team_members});
            api.list(organization, query, variables, "/organization/team/members")
                .await?
        } else {
            members["nodes"].as_array().cloned().unwrap_or_default()
        };
        let login = |member: &Value| member["login"].as_str().map(str::to_owned);
        let logins = nodes.iter().filter_map(login).collect();
        Ok(Team::of(node, logins))
    }

    /// A team as it is now; `None` when there is none.
    async fn team(&self, api: GitHubApi<'_>, organization: &str, slug: &str) -> Result<Option<Team>, ReadError> {
        let query = format!(
            "query team($org: String!, $team: String!, $members: Int!) {{ organization(login: $org) {{ \
             team(slug: $team) {{ {TEAM_FIELDS} \
             members(first: $members, membership: IMMEDIATE) {{ pageInfo {{ hasNextPage }} nodes {{ login }} }} \
             childTeams(first: 100, immediateOnly: true) {{ nodes {{ slug }} }} }} }} }}"
        );
        let variables = json!({"org": organization, "team": slug, "members": self.settings.page_sizes.team_members});
        let mut answer = api.query(organization, &query, variables).await?;
        let node = answer["organization"]["team"].take();
        if node.is_null() {
            return Ok(None);
        }
        let children: Vec<String> = node["childTeams"]["nodes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|child| child["slug"].as_str().map(str::to_owned))
            .collect();
        let mut team = self.with_members(api, organization, node).await?;
        if let Some(team) = &mut team {
            team.children = children.into_iter().collect();
        }
        Ok(team)
    }

    /// A person as they are now, with their teams; `None` when they are in none of the organisations.
    async fn person(&self, api: GitHubApi<'_>, login: &str) -> Result<Option<Person>, ReadError> {
        let query = format!(
            "query person($org: String!, $login: String!, $email: Boolean!) {{ \
             user(login: $login) {{ {} organization(login: $org) {{ login }} }} \
             organization(login: $org) {{ teams(first: 100, userLogins: [$login]) {{ nodes {{ slug }} }} }} }}",
            self.user_fields()
        );
        let mut found: Option<Person> = None;
        for organization in self.organizations(api).await? {
            let variables = json!({
                "org": organization,
                "login": login,
                "email": !api.is_app(&organization).await?,
            });
            let mut answer = api.query(&organization, &query, variables).await?;
            if answer["user"]["organization"].is_null() {
                continue;
            }
            let teams = answer["organization"]["teams"]["nodes"].take();
            if found.is_none() {
                found = Person::of(answer["user"].take());
            }
            let Some(person) = &mut found else { continue };
            let namespace = self.namespace(&organization);
            let slugs = teams.as_array().into_iter().flatten();
            person
                .member_of
                .extend(slugs.filter_map(|team| Some(short_ref(namespace.as_deref(), team["slug"].as_str()?))));
        }
        Ok(found.filter(|person| self.counts(person)))
    }

    fn user(&self, person: &Person) -> Result<Candidate, ProviderError> {
        let verified = self.settings.default_user_transformer.use_verified_emails;
        person.candidate(&self.host, verified, &self.location_key)
    }

    async fn follow_team(&self, holdings: &Holdings, organization: &str, slug: &str) -> Result<(), ProviderError> {
        let namespace = self.namespace(organization);
        if let Some(team) = self.team(self.api(holdings)?, organization, slug).await? {
            let group = team.candidate(&self.host, namespace.as_deref(), &self.location_key)?;
            holdings.change(vec![group], &[]).await?;
        } else {
            let gone = group_ref(namespace.as_deref(), slug);
            holdings.change(Vec::new(), &[gone]).await?;
        }
        Ok(())
    }

    async fn follow_person(&self, holdings: &Holdings, login: &str) -> Result<(), ProviderError> {
        match self.person(self.api(holdings)?, login).await? {
            Some(person) => holdings.change(vec![self.user(&person)?], &[]).await?,
            None => holdings.change(Vec::new(), &[user_ref(login)]).await?,
        }
        Ok(())
    }

    /// The login of an organisation in news, if it is on this host.
    fn organization_of<'event>(&self, event: &'event OrganizationEvent) -> Option<&'event str> {
        let (_, rest) = event.url.split_once("://")?;
        let (host, login) = rest.trim_end_matches('/').split_once('/')?;
        (host.eq_ignore_ascii_case(&self.host) && !login.contains('/')).then_some(login)
    }
}

impl Provider for GitHubOrganizations {
    fn name(&self) -> &str {
        &self.name
    }

    fn schedule(&self) -> Schedule {
        Schedule::Every(self.settings.schedule)
    }

    fn run<'run>(&'run self, holdings: &'run mut Holdings) -> BoxFuture<'run, Result<(), ProviderError>> {
        Box::pin(async move {
            let mut people: BTreeMap<String, Person> = BTreeMap::new();
            let mut groups = Vec::new();
            for organization in self.organizations(self.api(holdings)?).await? {
                let api = self.api(holdings)?;
                for person in self.people(api, &organization).await? {
                    people.entry(user_ref(&person.login)).or_insert(person);
                }
                let namespace = self.namespace(&organization);
                for team in self.teams(api, &organization).await? {
                    for member in &team.members {
                        if let Some(person) = people.get_mut(&user_ref(member)) {
                            person.member_of.insert(team.short_ref(namespace.as_deref()));
                        }
                    }
                    groups.push(team.candidate(&self.host, namespace.as_deref(), &self.location_key)?);
                }
            }
            tracing::info!(
                provider = self.name,
                people = people.len(),
                teams = groups.len(),
                "people and teams were read"
            );
            for person in people.values() {
                groups.push(self.user(person)?);
            }
            holdings.replace_all(groups).await?;
            Ok(())
        })
    }

    fn follow<'run>(
        &'run self,
        holdings: &'run mut Holdings,
        news: &'run News,
    ) -> BoxFuture<'run, Result<(), ProviderError>> {
        Box::pin(async move {
            let named = news.organizations.iter();
            let mut concerned: Vec<(&str, &OrganizationEvent)> = named
                .filter_map(|event| Some((self.organization_of(event)?, event)))
                .collect();
            if concerned.is_empty() {
                return Ok(());
            }
            let known = self.organizations(self.api(holdings)?).await?;
            concerned.retain(|(login, event)| {
                // One where the app was installed just now is not known yet.
                event.is_whole
                    || known
                        .iter()
                        .any(|organization| organization.eq_ignore_ascii_case(login))
            });
            if concerned.len() > MOST_FOLLOWED {
                holdings.hurry().await?;
                return Ok(());
            }
            for (organization, event) in concerned {
                if let Some(team) = &event.team {
                    self.follow_team(holdings, organization, team).await?;
                }
                if let Some(user) = &event.user {
                    self.follow_person(holdings, user).await?;
                }
                if event.is_whole {
                    holdings.hurry().await?;
                }
            }
            Ok(())
        })
    }
}
