//! A made-up organisation in realistic proportions: of 1,000 entities 500 are components, 150 APIs, 150 resources, 100
//! users, 25 groups, 20 systems, 2 domains, and the rest locations.

use bytes::Bytes;
use callboard_catalog_index::StoredEntity;
use serde_json::{Map, Value, json};

const WORDS: &[&str] = &[
    "payment", "ledger", "invoice", "checkout", "cart", "search", "index", "ranking", "profile", "session", "token",
    "gateway", "stream", "ingest", "export", "report", "billing", "quota", "audit", "policy", "render", "media",
    "playlist", "concert", "ticket", "venue", "route", "fleet", "driver", "parcel", "label", "stock", "price",
    "coupon", "fraud", "score", "model", "feature", "train", "serve", "cache", "queue", "topic", "schema", "config",
    "deploy",
];
const TAGS: &[&str] = &[
    "java", "go", "rust", "python", "data", "ml", "web", "grpc", "kafka", "postgres", "redis", "batch", "realtime",
    "internal", "public", "legacy",
];

/// A small generator of random numbers: the same catalog every time.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % bound.max(1)
    }

    pub(crate) fn pick<'list>(&mut self, list: &[&'list str]) -> &'list str {
        list[self.below(list.len())]
    }

    fn sentence(&mut self, words: usize) -> String {
        let words: Vec<&str> = (0..words).map(|_| self.pick(WORDS)).collect();
        format!("A {}.", words.join(" "))
    }
}

/// How many entities of each kind there are.
pub(crate) struct Sizes {
    components: usize,
    apis: usize,
    resources: usize,
    users: usize,
    groups: usize,
    systems: usize,
    domains: usize,
}

impl Sizes {
    pub(crate) fn of(entities: usize) -> Self {
        Self {
            components: entities / 2,
            apis: entities * 15 / 100,
            resources: entities * 15 / 100,
            users: entities / 10,
            groups: entities * 25 / 1000,
            systems: entities * 20 / 1000,
            domains: (entities * 2 / 1000).max(1),
        }
    }
}

/// The entity with a number; the same number gives the same entity but for its revision and what is random in it.
pub(crate) fn entity(number: usize, sizes: &Sizes, random: &mut Random, revision: i64) -> StoredEntity {
    let mut rest = number;
    let mut within = |size: usize| {
        let inside = rest < size;
        if !inside {
            rest -= size;
        }
        inside
    };
    let kind = if within(sizes.components) {
        "Component"
    } else if within(sizes.apis) {
        "API"
    } else if within(sizes.resources) {
        "Resource"
    } else if within(sizes.users) {
        "User"
    } else if within(sizes.groups) {
        "Group"
    } else if within(sizes.systems) {
        "System"
    } else if within(sizes.domains) {
        "Domain"
    } else {
        "Location"
    };
    build(kind, rest, sizes, random, revision)
}

fn build(kind: &str, number: usize, sizes: &Sizes, random: &mut Random, revision: i64) -> StoredEntity {
    let word = WORDS[number * 7 % WORDS.len()];
    let name = format!("{}-{word}-{number}", kind.to_lowercase());
    let entity_ref = format!("{}:default/{name}", kind.to_lowercase());
    let uid = format!(
        "{:08x}-{:04x}-4{:03x}-a000-{number:012x}",
        entity_ref.len() * 7919 + number,
        number & 0xffff,
        kind.len()
    );
    let origin = format!(
        "url:https://git.example.com/acme/{word}-{}/blob/main/catalog-info.yaml",
        number % 4000
    );
    let mut metadata = json!({
        "name": name,
        "namespace": "default",
        "uid": uid,
        "etag": format!("{:040x}", number.wrapping_mul(0x9e37_79b9) + usize::try_from(revision).unwrap_or(0)),
        "description": random.sentence(10),
        "annotations": {
            "backstage.io/managed-by-location": origin,
            "backstage.io/managed-by-origin-location": origin,
            "backstage.io/view-url": format!("https://git.example.com/acme/{word}-{number}/blob/main/catalog-info.yaml"),
            "backstage.io/edit-url": format!("https://git.example.com/acme/{word}-{number}/edit/main/catalog-info.yaml"),
            "backstage.io/source-location": format!("url:https://git.example.com/acme/{word}-{number}/blob/main/"),
        },
    });
    let group = |random: &mut Random| {
        let number = random.below(sizes.groups);
        format!("group-{}-{number}", WORDS[number * 7 % WORDS.len()])
    };
    let other = |kind: &str, number: usize| format!("{kind}-{}-{number}", WORDS[number * 7 % WORDS.len()]);
    let mut relations: Vec<(String, String)> = Vec::new();
    let mut spec = Map::new();
    match kind {
        "Group" => {
            spec.insert("type".into(), random.pick(&["team", "team", "department"]).into());
            spec.insert("children".into(), json!([]));
            for _ in 0..4 {
                let user = other("user", random.below(sizes.users));
                relations.push(("hasMember".into(), format!("user:default/{user}")));
            }
        }
        "User" => {
            let team = group(random);
            spec.insert(
                "profile".into(),
                json!({"displayName": name.to_uppercase(), "email": format!("{name}@example.com")}),
            );
            spec.insert("memberOf".into(), json!([team]));
            relations.push(("memberOf".into(), format!("group:default/{team}")));
        }
        "Location" => {
            spec.insert("type".into(), "url".into());
            spec.insert("target".into(), format!("https://git.example.com/acme/{name}").into());
        }
        _ => {
            let owner = group(random);
            relations.push(("ownedBy".into(), format!("group:default/{owner}")));
            spec.insert("owner".into(), owner.into());
            if kind != "Domain" && kind != "System" {
                let system = other("system", random.below(sizes.systems));
                relations.push(("partOf".into(), format!("system:default/{system}")));
                spec.insert("system".into(), system.into());
            }
        }
    }
    match kind {
        "Component" => {
            metadata["title"] = name.replace('-', " ").to_uppercase().into();
            metadata["labels"] = json!({"tier": random.pick(&["gold", "silver", "bronze"])});
            metadata["tags"] = (0..random.below(4)).map(|_| random.pick(TAGS)).collect();
            metadata["annotations"]["circleci.com/project-slug"] = format!("github/acme/{name}").into();
            metadata["annotations"]["lighthouse.com/website-url"] = format!("https://{name}.example.com").into();
            metadata["links"] = json!([{"url": format!("https://dash.example.com/{name}"), "title": "Dashboard"}]);
            spec.insert(
                "type".into(),
                random.pick(&["service", "service", "website", "library"]).into(),
            );
            spec.insert(
                "lifecycle".into(),
                random
                    .pick(&["production", "production", "experimental", "deprecated"])
                    .into(),
            );
            let apis: Vec<String> = (0..random.below(3))
                .map(|_| other("api", random.below(sizes.apis)))
                .collect();
            relations.extend(
                apis.iter()
                    .map(|api| ("providesApi".into(), format!("api:default/{api}"))),
            );
            spec.insert("providesApis".into(), json!(apis));
            let needs: Vec<String> = (0..random.below(4))
                .map(|_| format!("resource:{}", other("resource", random.below(sizes.resources))))
                .collect();
            relations.extend(
                needs
                    .iter()
                    .map(|need| ("dependsOn".into(), need.replace(':', ":default/"))),
            );
            spec.insert("dependsOn".into(), json!(needs));
        }
        "API" => {
            spec.insert(
                "type".into(),
                random.pick(&["openapi", "grpc", "asyncapi", "graphql"]).into(),
            );
            spec.insert(
                "lifecycle".into(),
                random.pick(&["production", "experimental", "deprecated"]).into(),
            );
            let paths: Vec<String> = (0..random.below(10) + 2)
                .map(|_| format!("  /{}:\n    get: {}", random.pick(WORDS), random.sentence(5)))
                .collect();
            spec.insert(
                "definition".into(),
                format!("openapi: 3.0.0\npaths:\n{}", paths.join("\n")).into(),
            );
        }
        "Resource" => {
            spec.insert("type".into(), random.pick(&["database", "s3-bucket", "topic"]).into());
        }
        _ => {}
    }
    relations.sort();
    relations.dedup();
    let relations: Vec<Value> = relations
        .into_iter()
        .map(|(kind, target)| json!({"type": kind, "targetRef": target}))
        .collect();
    let document = json!({
        "apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec, "relations": relations,
    });
    StoredEntity {
        entity_ref,
        uid,
        revision,
        document: Bytes::from(document.to_string()),
        parents: vec![format!("location:default/generated-{:040x}", number % 4000)],
    }
}
