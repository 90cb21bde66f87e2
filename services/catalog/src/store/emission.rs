//! Taking in what a source emits: entities, their relations, the parent edges and the stitches they call for, in one
//! transaction.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Channel, Result, conflict, notify,
    reference::{self, Source},
    relation::{self, DeclaredRelation},
    stitch,
};

/// One emitted entity.
#[derive(Debug)]
pub struct Emission {
    /// Normalised ref.
    pub entity_ref: String,
    /// SHA-1 of the canonical form of what was emitted.
    pub unprocessed_hash: String,
    /// Who may overwrite it later; `None`: anybody.
    pub location_key: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// When it is to be processed again: at once for a Location that is to be expanded, later for what depends on other files.
    pub process_after: Option<Duration>,
}

/// What processing made of an emitted entity.
#[derive(Debug)]
pub enum Outcome {
    /// The row holds it already: nothing to write but a missing parent edge.
    Unchanged,
    /// Processing succeeded.
    Processed {
        /// As emitted, JSON; `None` when it is the same text as `processed`.
        unprocessed: Option<String>,
        /// The result, JSON.
        processed: String,
        /// All relations it declares.
        relations: Vec<DeclaredRelation>,
        /// Keys it can be refreshed by.
        refresh_keys: Vec<String>,
    },
    /// Processing failed: the last good result stays.
    Failed {
        /// As emitted, JSON.
        unprocessed: String,
        /// Serialised errors, JSON.
        errors: String,
    },
}

/// What taking in a batch led to.
#[derive(Debug, Default)]
pub struct Taken {
    /// Refs that belong to another location.
    pub conflicts: Vec<String>,
    /// Refs that are ours now.
    pub accepted: HashSet<String>,
    /// Some emission that was found unchanged is so no longer: its row was removed, let go or overwritten meanwhile. It has to be
    /// looked at again.
    pub overtaken: bool,
}

/// Takes in a batch of distinct emissions. `held` are the targets that the source is the parent of already.
#[expect(clippy::implicit_hasher, reason = "sets of refs are of one kind here")]
pub async fn take_in(
    connection: &mut PgConnection,
    source: &Source,
    emissions: &[Emission],
    held: &HashSet<String>,
    new_id: impl Fn() -> Uuid,
) -> Result<Taken> {
    let written = write_states(connection, emissions, new_id).await?;
    let unchanged = lock_unchanged(connection, emissions).await?;
    let mut taken = Taken::default();
    let mut stitches = Vec::new();
    for emission in emissions {
        let entity_ref = &emission.entity_ref;
        if written.contains(entity_ref) || unchanged.contains(entity_ref) {
            taken.accepted.insert(entity_ref.clone());
        } else if matches!(emission.outcome, Outcome::Unchanged) {
            taken.overtaken = true;
        } else {
            taken.conflicts.push(entity_ref.clone());
        }
    }

    let newcomers: Vec<String> = taken.accepted.iter().filter(|r| !held.contains(*r)).cloned().collect();
    if !newcomers.is_empty() {
        stitches.extend(reference::adopt(connection, source, &newcomers).await?);
    }
    if let (Source::Location { entity_ref, file }, false) = (source, taken.conflicts.is_empty()) {
        conflict::record(connection, entity_ref, file, &taken.conflicts).await?;
    }

    let mut originators = Vec::new();
    let mut relations = Vec::new();
    let mut refresh_keys = Vec::new();
    for emission in emissions.iter().filter(|e| written.contains(&e.entity_ref)) {
        stitches.push(emission.entity_ref.clone());
        if let Outcome::Processed {
            relations: declared,
            refresh_keys: keys,
            ..
        } = &emission.outcome
        {
            originators.push(emission.entity_ref.clone());
            relations.extend_from_slice(declared);
            refresh_keys.extend(keys.iter().map(|key| (emission.entity_ref.clone(), key.clone())));
        }
    }
    if !originators.is_empty() {
        stitches.extend(relation::replace(connection, &originators, &relations).await?);
        replace_refresh_keys(connection, &originators, refresh_keys).await?;
    }
    stitch::request(connection, stitches).await?;
    if emissions
        .iter()
        .any(|e| e.process_after == Some(Duration::ZERO) && written.contains(&e.entity_ref))
    {
        notify(connection, Channel::Process).await?;
    }
    Ok(taken)
}

/// Inserts or overwrites rows, in the order of their refs, where the location key allows it. Returns the refs written.
async fn write_states(
    connection: &mut PgConnection,
    emissions: &[Emission],
    new_id: impl Fn() -> Uuid,
) -> Result<HashSet<String>> {
    let mut rows: Vec<&Emission> = emissions
        .iter()
        .filter(|e| !matches!(e.outcome, Outcome::Unchanged))
        .collect();
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    rows.sort_unstable_by(|a, b| a.entity_ref.cmp(&b.entity_ref));
    let (mut ids, mut refs, mut unprocessed, mut hashes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut processed, mut errors, mut keys, mut delays) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let (raw, result, complaints) = match &row.outcome {
            Outcome::Unchanged => continue,
            Outcome::Processed {
                unprocessed, processed, ..
            } => (unprocessed.clone(), Some(processed.clone()), None),
            Outcome::Failed { unprocessed, errors } => (Some(unprocessed.clone()), None, Some(errors.clone())),
        };
        ids.push(new_id());
        refs.push(row.entity_ref.clone());
        unprocessed.push(raw);
        hashes.push(row.unprocessed_hash.clone());
        processed.push(result);
        errors.push(complaints);
        keys.push(row.location_key.clone());
        delays.push(row.process_after.map(|delay| delay.as_secs_f64()));
    }
    let written = sqlx::query_scalar!(
        r#"
        INSERT INTO entity_state AS state
               (entity_id, entity_ref, unprocessed, unprocessed_hash, processed, errors, location_key,
                next_process_at, failing_since)
        SELECT entity_id, entity_ref, unprocessed, unprocessed_hash, processed, errors, location_key,
               now() + make_interval(secs => process_after),
               CASE WHEN errors IS NOT NULL THEN now() END
          FROM UNNEST($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[])
               AS emitted (entity_id, entity_ref, unprocessed, unprocessed_hash, processed, errors, location_key, process_after)
            ON CONFLICT (entity_ref)
            DO UPDATE SET unprocessed = excluded.unprocessed,
                          unprocessed_hash = excluded.unprocessed_hash,
                          processed = COALESCE(excluded.processed, state.processed),
                          errors = excluded.errors,
                          location_key = excluded.location_key,
                          next_process_at = COALESCE(excluded.next_process_at, state.next_process_at),
                          orphaned_at = NULL,
                          failing_since = CASE WHEN excluded.errors IS NOT NULL
                                               THEN COALESCE(state.failing_since, now())
                                          END
                    WHERE state.location_key IS NULL
                       OR state.location_key = excluded.location_key
     RETURNING entity_ref
        "#,
        &ids,
        &refs,
        &unprocessed as &[Option<String>],
        &hashes,
        &processed as &[Option<String>],
        &errors as &[Option<String>],
        &keys as &[Option<String>],
        &delays as &[Option<f64>],
    )
    .fetch_all(connection)
    .await?;
    Ok(written.into_iter().collect())
}

/// Those of the unchanged emissions whose rows still say the same, held so that nobody lets go of them before we have adopted them.
async fn lock_unchanged(connection: &mut PgConnection, emissions: &[Emission]) -> Result<HashSet<String>> {
    let (refs, hashes): (Vec<_>, Vec<_>) = emissions
        .iter()
        .filter(|e| matches!(e.outcome, Outcome::Unchanged))
        .map(|e| (e.entity_ref.clone(), e.unprocessed_hash.clone()))
        .unzip();
    if refs.is_empty() {
        return Ok(HashSet::new());
    }
    let held = sqlx::query_scalar!(
        r#"
        SELECT state.entity_ref
          FROM entity_state AS state
          JOIN UNNEST($1::text[], $2::text[]) AS emitted (entity_ref, unprocessed_hash)
            ON state.entity_ref = emitted.entity_ref
           AND state.unprocessed_hash = emitted.unprocessed_hash
         WHERE state.orphaned_at IS NULL
         ORDER BY state.entity_ref
           FOR SHARE OF state
        "#,
        &refs,
        &hashes,
    )
    .fetch_all(connection)
    .await?;
    Ok(held.into_iter().collect())
}

async fn replace_refresh_keys(
    connection: &mut PgConnection,
    entity_refs: &[String],
    keys: Vec<(String, String)>,
) -> Result<()> {
    let mut distinct: HashMap<String, HashSet<String>> = HashMap::new();
    for (entity_ref, key) in keys {
        distinct.entry(entity_ref).or_default().insert(key);
    }
    let (mut refs, mut values) = (Vec::new(), Vec::new());
    for (entity_ref, keys) in distinct {
        for key in keys {
            refs.push(entity_ref.clone());
            values.push(key);
        }
    }
    sqlx::query!("DELETE FROM refresh_key WHERE entity_ref = ANY($1)", entity_refs)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "INSERT INTO refresh_key (entity_ref, key) SELECT * FROM UNNEST($1::text[], $2::text[])",
        &refs,
        &values,
    )
    .execute(connection)
    .await?;
    Ok(())
}
