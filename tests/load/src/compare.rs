//! The same load on two servers in turn, and how many times as fast the first one is.

use anyhow::{Result, ensure};
use serde::Serialize;

use crate::{
    corpus::Corpus,
    http_client::Target,
    report::aligned,
    run::{self, Load, Measurement},
    scenario::Scenario,
};

/// What came of a comparison.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Entities in the catalogs, which are the same.
    pub entities: usize,
    /// One a scenario.
    pub pairs: Vec<Pair>,
}

/// Both servers in one scenario.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pair {
    /// The server that is measured.
    pub subject: Measurement,
    /// The server it is measured against.
    pub reference: Measurement,
    /// Requests a second of the subject, by those of the reference.
    pub ratio: f64,
}

/// Runs every scenario on one server and then on the other. Both have to hold the same catalog.
pub async fn compare(
    subject: &Target,
    reference: &Target,
    scenarios: &[Scenario],
    fixed: bool,
    load: Load,
) -> Result<Comparison> {
    let corpus = Corpus::read(subject).await?;
    let other = Corpus::read(reference).await?;
    ensure!(
        corpus.entities.len() == other.entities.len(),
        "the servers hold {} and {} entities, so there is nothing to compare",
        corpus.entities.len(),
        other.entities.len()
    );
    let mut pairs = Vec::new();
    for scenario in scenarios {
        let subject = run::run(scenario.name(), subject, scenario.plan(&corpus, fixed), load).await?;
        let reference = run::run(scenario.name(), reference, scenario.plan(&corpus, fixed), load).await?;
        let ratio = subject.requests_per_second / reference.requests_per_second.max(f64::MIN_POSITIVE);
        pairs.push(Pair {
            subject,
            reference,
            ratio,
        });
    }
    Ok(Comparison {
        entities: corpus.entities.len(),
        pairs,
    })
}

impl Comparison {
    /// The table.
    pub fn to_table(&self) -> String {
        let mut rows = vec![
            [
                "scenario",
                "requests/s",
                "reference",
                "times",
                "p99 ms",
                "reference p99",
            ]
            .map(str::to_owned),
        ];
        rows.extend(self.pairs.iter().map(
            |Pair {
                 subject,
                 reference,
                 ratio,
             }| {
                [
                    subject.scenario.clone(),
                    format!("{:.0}", subject.requests_per_second),
                    format!("{:.0}", reference.requests_per_second),
                    format!("{ratio:.1}"),
                    format!("{:.2}", subject.p99_ms),
                    format!("{:.2}", reference.p99_ms),
                ]
            },
        ));
        format!("{} entities\n{}", self.entities, aligned(&rows))
    }

    /// The first thing that went wrong on either side.
    pub fn first_error(&self) -> Option<&str> {
        self.pairs.iter().find_map(|pair| {
            pair.subject
                .first_error
                .as_deref()
                .or(pair.reference.first_error.as_deref())
        })
    }
}
