//! A company in realistic proportions: of 1000 entities about 500 are components, 150 APIs, 150 resources, 100 users, 25
//! groups, 20 systems and 2 domains, with owners, dependencies, provided and consumed APIs, tags, labels, links and texts.

use std::fmt::Write as _;

use super::{
    descriptor::Descriptor,
    words::{TAGS, sentence, title, word},
};
use crate::random::Random;

/// The documents of a catalog, each of them YAML text that begins with `---`.
pub fn documents(entities: usize, seed: u64) -> Vec<String> {
    Organisation::new(entities, seed).documents()
}

/// The names of everything, made before the first document so that documents can refer to any of them.
struct Organisation {
    random: Random,
    groups: Vec<String>,
    users: Vec<String>,
    domains: Vec<String>,
    systems: Vec<String>,
    apis: Vec<String>,
    resources: Vec<String>,
    components: Vec<String>,
}

impl Organisation {
    fn new(entities: usize, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut names = |prefix: &str, count: usize, words: usize| -> Vec<String> {
            (0..count)
                .map(|index| {
                    let words: Vec<_> = (0..words).map(|_| word(&mut random)).collect();
                    format!("{prefix}-{}-{index}", words.join("-"))
                })
                .collect()
        };
        let groups = names("team", (entities * 25 / 1000).max(4), 1);
        let users = names("user", entities * 10 / 100, 1);
        let domains = names("domain", (entities * 2 / 1000).max(1), 1);
        let systems = names("system", (entities * 20 / 1000).max(2), 1);
        let apis = names("api", entities * 15 / 100, 1);
        let resources = names("resource", entities * 15 / 100, 1);
        let components = names("service", entities * 50 / 100, 2);
        Self {
            random,
            groups,
            users,
            domains,
            systems,
            apis,
            resources,
            components,
        }
    }

    fn documents(mut self) -> Vec<String> {
        let mut documents = Vec::new();
        documents.extend((0..self.groups.len()).map(|index| self.group(index)));
        documents.extend((0..self.users.len()).map(|index| self.user(index)));
        documents.extend((0..self.domains.len()).map(|index| self.domain(index)));
        documents.extend((0..self.systems.len()).map(|index| self.system(index)));
        documents.extend((0..self.apis.len()).map(|index| self.api(index)));
        documents.extend((0..self.resources.len()).map(|index| self.resource(index)));
        documents.extend((0..self.components.len()).map(|index| self.component(index)));
        documents
    }

    /// The first tenth are departments, all others are teams of one of them.
    fn group(&mut self, index: usize) -> String {
        let departments = (self.groups.len() / 10).max(1);
        let name = &self.groups[index];
        let group = Descriptor::new("Group", name)
            .member("title", &title(name))
            .member("description", &sentence(&mut self.random, 6))
            .spec();
        if index < departments {
            return group.member("type", "department").list("children", []).finish();
        }
        let parent = &self.groups[self.random.below(departments)];
        group
            .member("type", "team")
            .list("children", [])
            .member("parent", parent)
            .finish()
    }

    fn user(&mut self, index: usize) -> String {
        let name = &self.users[index];
        let groups = *self.random.pick(&[1, 1, 2]);
        let member_of = self.random.sample(&self.groups, groups);
        let email = format!("{name}@example.com");
        Descriptor::new("User", name)
            .spec()
            .map("profile", &[("displayName", &title(name)), ("email", &email)])
            .list("memberOf", member_of.into_iter().map(String::as_str))
            .finish()
    }

    fn domain(&mut self, index: usize) -> String {
        Descriptor::new("Domain", &self.domains[index])
            .member("description", &sentence(&mut self.random, 8))
            .spec()
            .member("owner", self.random.name(&self.groups))
            .finish()
    }

    fn system(&mut self, index: usize) -> String {
        Descriptor::new("System", &self.systems[index])
            .member("description", &sentence(&mut self.random, 8))
            .spec()
            .member("owner", self.random.name(&self.groups))
            .member("domain", self.random.name(&self.domains))
            .finish()
    }

    fn api(&mut self, index: usize) -> String {
        let name = &self.apis[index];
        let mut definition = format!("openapi: 3.0.0\ninfo:\n  title: {name}\n  version: 1.0.0\npaths:\n");
        for path in 0..2 + self.random.below(10) {
            let resource = word(&mut self.random);
            let summary = sentence(&mut self.random, 5);
            // Writing into a String cannot fail.
            let _ = write!(
                definition,
                "  /{resource}/{path}:\n    get:\n      summary: {summary}\n"
            );
        }
        Descriptor::new("API", name)
            .member("description", &sentence(&mut self.random, 10))
            .spec()
            .member("type", self.random.word(&["openapi", "grpc", "asyncapi", "graphql"]))
            .member(
                "lifecycle",
                self.random.word(&["production", "experimental", "deprecated"]),
            )
            .member("owner", self.random.name(&self.groups))
            .member("system", self.random.name(&self.systems))
            .block("definition", &definition)
            .finish()
    }

    fn resource(&mut self, index: usize) -> String {
        Descriptor::new("Resource", &self.resources[index])
            .member("description", &sentence(&mut self.random, 6))
            .spec()
            .member("type", self.random.word(&["database", "s3-bucket", "topic"]))
            .member("owner", self.random.name(&self.groups))
            .member("system", self.random.name(&self.systems))
            .finish()
    }

    fn component(&mut self, index: usize) -> String {
        let random = &mut self.random;
        let name = &self.components[index];
        let tag_count = random.below(4);
        let tags = random.sample(TAGS, tag_count);
        let mut depends_on: Vec<String> = Vec::new();
        let resources = random.below(3);
        depends_on.extend(
            random
                .sample(&self.resources, resources)
                .into_iter()
                .map(|name| format!("resource:{name}")),
        );
        // Only earlier ones, so that dependencies have no cycles.
        let components = random.below(3);
        depends_on.extend(
            random
                .sample(&self.components[..index], components)
                .into_iter()
                .map(|name| format!("component:{name}")),
        );
        let provided = *random.pick(&[0, 1, 1, 2]);
        let consumed = *random.pick(&[0, 1, 3]);

        let mut component = Descriptor::new("Component", name)
            .member("title", &title(name))
            .member("description", &sentence(random, 12));
        if !tags.is_empty() {
            component = component.list("tags", tags.into_iter().copied());
        }
        component
            .map("labels", &[("tier", random.word(&["gold", "silver", "bronze"]))])
            .map(
                "annotations",
                &[
                    ("circleci.com/project-slug", &format!("github/acme/{name}")),
                    ("lighthouse.com/website-url", &format!("https://{name}.example.com")),
                ],
            )
            .link(&format!("https://dashboards.example.com/{name}"), "Dashboard")
            .spec()
            .member("type", random.word(&["service", "service", "website", "library"]))
            .member(
                "lifecycle",
                random.word(&["production", "production", "experimental", "deprecated"]),
            )
            .member("owner", random.name(&self.groups))
            .member("system", random.name(&self.systems))
            .list(
                "providesApis",
                random.sample(&self.apis, provided).into_iter().map(String::as_str),
            )
            .list(
                "consumesApis",
                random.sample(&self.apis, consumed).into_iter().map(String::as_str),
            )
            .list("dependsOn", depends_on.iter().map(String::as_str))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_entities_are_in_proportion() {
        let documents = documents(1000, 7);
        let count = |kind: &str| {
            let line = format!("\nkind: {kind}\n");
            documents.iter().filter(|document| document.contains(&line)).count()
        };
        assert_eq!(
            ["Component", "API", "Resource", "User", "Group", "System", "Domain"].map(count),
            [500, 150, 150, 100, 25, 20, 2]
        );
        assert_eq!(documents.len(), 947);
    }

    #[test]
    fn the_smallest_catalog_is_whole() {
        assert_eq!(documents(10, 7).len(), 4 + 1 + 1 + 2 + 1 + 1 + 5);
    }
}
