//! The kinds of entities: what their specs must be. A new kind is one more row in [`KINDS`].

use serde_json::Value;

use crate::error::EntityError;
use crate::values::schema::{ANY_OBJECT, Members, Others, Rule};

/// A kind and the versions of the format that define it.
pub(super) struct Kind {
    pub(super) name: &'static str,
    api_versions: &'static [&'static str],
    /// Who checks it, by the name that error messages carry.
    pub(super) processor: &'static str,
    schema: Rule,
}

const CATALOG: &[&str] = &["backstage.io/v1alpha1", "backstage.io/v1beta1"];
const SCAFFOLDER: &[&str] = &["scaffolder.backstage.io/v1beta3"];
const CATALOG_PROCESSOR: &str = "BuiltinKindsEntityProcessor";
const SCAFFOLDER_PROCESSOR: &str = "ScaffolderEntitiesProcessor";

static KINDS: [Kind; 9] = [
    catalog_kind("Component", &COMPONENT),
    catalog_kind("API", &API),
    catalog_kind("System", &SYSTEM),
    catalog_kind("Domain", &DOMAIN),
    catalog_kind("Resource", &RESOURCE),
    catalog_kind("Group", &GROUP),
    catalog_kind("User", &USER),
    catalog_kind("Location", &LOCATION),
    Kind {
        name: "Template",
        api_versions: SCAFFOLDER,
        processor: SCAFFOLDER_PROCESSOR,
        schema: Rule::Object(&TEMPLATE),
    },
];

const fn catalog_kind(name: &'static str, schema: &'static Members) -> Kind {
    Kind {
        name,
        api_versions: CATALOG,
        processor: CATALOG_PROCESSOR,
        schema: Rule::Object(schema),
    }
}

impl Kind {
    /// The kind of a document; kind and version are compared exactly.
    pub(super) fn of(document: &Value) -> Option<&'static Kind> {
        let (name, api_version) = (document.get("kind")?.as_str()?, document.get("apiVersion")?.as_str()?);
        KINDS
            .iter()
            .find(|kind| kind.name == name && kind.api_versions.contains(&api_version))
    }

    /// Checks a document of this kind.
    pub(super) fn check(&self, document: &Value) -> Result<(), EntityError> {
        self.schema
            .check(document)
            .map_err(|violation| EntityError::type_error(violation.details()))
    }
}

/// An entity whose spec has these members.
macro_rules! entity {
    (required: $required:expr, known: $known:expr $(,)?) => {
        Members {
            required: &["spec"],
            known: &[(
                "spec",
                Rule::Object(&Members {
                    required: $required,
                    known: $known,
                    others: Others::Free,
                }),
            )],
            others: Others::Free,
        }
    };
}

const NAMES: Rule = Rule::List(&Rule::NonEmptyText);

static COMPONENT: Members = entity! {
    required: &["type", "lifecycle", "owner"],
    known: &[
        ("type", Rule::NonEmptyText),
        ("lifecycle", Rule::NonEmptyText),
        ("owner", Rule::NonEmptyText),
        ("system", Rule::NonEmptyText),
        ("subcomponentOf", Rule::NonEmptyText),
        ("providesApis", NAMES),
        ("consumesApis", NAMES),
        ("dependsOn", NAMES),
    ],
};

static API: Members = entity! {
    required: &["type", "lifecycle", "owner", "definition"],
    known: &[
        ("type", Rule::NonEmptyText),
        ("lifecycle", Rule::NonEmptyText),
        ("owner", Rule::NonEmptyText),
        ("definition", Rule::NonEmptyText),
        ("system", Rule::NonEmptyText),
    ],
};

static SYSTEM: Members = entity! {
    required: &["owner"],
    known: &[("owner", Rule::NonEmptyText), ("domain", Rule::NonEmptyText), ("type", Rule::NonEmptyText)],
};

static DOMAIN: Members = entity! {
    required: &["owner"],
    known: &[("owner", Rule::NonEmptyText), ("subdomainOf", Rule::NonEmptyText), ("type", Rule::NonEmptyText)],
};

static RESOURCE: Members = entity! {
    required: &["type", "owner"],
    known: &[
        ("type", Rule::NonEmptyText),
        ("owner", Rule::NonEmptyText),
        ("dependsOn", NAMES),
        ("system", Rule::NonEmptyText),
    ],
};

static PROFILE: Members = Members {
    required: &[],
    known: &[
        ("displayName", Rule::NonEmptyText),
        ("email", Rule::NonEmptyText),
        ("picture", Rule::NonEmptyText),
    ],
    others: Others::Free,
};

static GROUP: Members = entity! {
    required: &["type", "children"],
    known: &[
        ("type", Rule::NonEmptyText),
        ("profile", Rule::Object(&PROFILE)),
        ("parent", Rule::NonEmptyText),
        ("children", NAMES),
        ("members", NAMES),
    ],
};

static USER: Members = entity! {
    required: &["memberOf"],
    known: &[("profile", Rule::Object(&PROFILE)), ("memberOf", NAMES)],
};

static LOCATION: Members = entity! {
    required: &[],
    known: &[
        ("type", Rule::NonEmptyText),
        ("target", Rule::NonEmptyText),
        ("targets", NAMES),
        ("presence", Rule::OneOf(&["required", "optional"])),
    ],
};

static TEMPLATE: Members = entity! {
    required: &["type", "steps"],
    known: &[
        ("type", Rule::NonEmptyText),
        ("owner", Rule::NonEmptyText),
        ("lifecycle", Rule::NonEmptyText),
        ("parameters", Rule::ObjectOrObjects),
        ("secrets", Rule::Object(&TEMPLATE_SECRETS)),
        ("presentation", Rule::Object(&TEMPLATE_PRESENTATION)),
        ("steps", Rule::List(&Rule::Object(&TEMPLATE_STEP))),
        ("output", Rule::Object(&TEMPLATE_OUTPUT)),
        ("EXPERIMENTAL_recovery", Rule::Object(&ANY_OBJECT)),
        ("EXPERIMENTAL_formDecorators", Rule::List(&Rule::Object(&TEMPLATE_FORM_DECORATOR))),
    ],
};

static TEMPLATE_SECRETS: Members = Members {
    required: &[],
    known: &[("schema", Rule::Object(&ANY_OBJECT))],
    others: Others::Free,
};

static TEMPLATE_PRESENTATION: Members = Members {
    required: &[],
    known: &[(
        "buttonLabels",
        Rule::Object(&Members {
            required: &[],
            known: &[
                ("backButtonText", Rule::Text),
                ("createButtonText", Rule::Text),
                ("reviewButtonText", Rule::Text),
            ],
            others: Others::Free,
        }),
    )],
    others: Others::Free,
};

static TEMPLATE_STEP: Members = Members {
    required: &["action"],
    known: &[
        ("id", Rule::Text),
        ("name", Rule::Text),
        ("action", Rule::Text),
        ("input", Rule::Object(&ANY_OBJECT)),
        ("if", Rule::TextOrTruth),
        (
            "backstage:permissions",
            Rule::Object(&Members {
                required: &[],
                known: &[("tags", Rule::List(&Rule::Text))],
                others: Others::Free,
            }),
        ),
    ],
    others: Others::Free,
};

static TEMPLATE_OUTPUT: Members = Members {
    required: &[],
    known: &[
        ("links", Rule::List(&Rule::Object(&TEMPLATE_LINK))),
        ("text", Rule::List(&Rule::Object(&ANY_OBJECT))),
    ],
    others: Others::Each(&Rule::Text),
};

static TEMPLATE_LINK: Members = Members {
    required: &[],
    known: &[
        ("url", Rule::NonEmptyText),
        ("entityRef", Rule::NonEmptyText),
        ("title", Rule::NonEmptyText),
        ("icon", Rule::NonEmptyText),
    ],
    others: Others::Free,
};

static TEMPLATE_FORM_DECORATOR: Members = Members {
    required: &[],
    known: &[("id", Rule::Text), ("input", Rule::Object(&ANY_OBJECT))],
    others: Others::Free,
};
