//! The vocabulary of synthetic catalogs.

use crate::random::Random;

const WORDS: &[&str] = &[
    "account",
    "alert",
    "archive",
    "basket",
    "beacon",
    "booking",
    "border",
    "bridge",
    "broker",
    "bulletin",
    "campaign",
    "carrier",
    "catalogue",
    "channel",
    "claim",
    "compass",
    "contract",
    "courier",
    "customs",
    "delivery",
    "dispatch",
    "engine",
    "exchange",
    "factory",
    "forecast",
    "freight",
    "harbour",
    "identity",
    "inventory",
    "journal",
    "kiosk",
    "lighthouse",
    "loyalty",
    "mailbox",
    "market",
    "metering",
    "newsletter",
    "offer",
    "orchard",
    "parcel",
    "passport",
    "pricing",
    "pulse",
    "quarry",
    "receipt",
    "refund",
    "registry",
    "relay",
    "roster",
    "schedule",
    "scout",
    "sensor",
    "shelf",
    "signal",
    "stage",
    "station",
    "survey",
    "tariff",
    "terminal",
    "timetable",
    "tracking",
    "transfer",
    "voucher",
    "warehouse",
    "waypoint",
    "workshop",
];

/// Tags of components.
pub(super) const TAGS: &[&str] = &[
    "java",
    "go",
    "rust",
    "python",
    "typescript",
    "data",
    "ml",
    "web",
    "grpc",
    "kafka",
    "postgres",
    "redis",
    "batch",
    "internal",
    "public",
    "legacy",
];

/// One word.
pub(super) fn word(random: &mut Random) -> &'static str {
    random.word(WORDS)
}

/// A sentence of that many words.
pub(super) fn sentence(random: &mut Random, words: usize) -> String {
    let text: Vec<_> = (0..words).map(|_| word(random)).collect();
    capitalise(&text.join(" ")) + "."
}

/// A name as a title: `team-relay-3` is `Team Relay 3`.
pub(super) fn title(name: &str) -> String {
    name.split('-').map(capitalise).collect::<Vec<_>>().join(" ")
}

fn capitalise(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
