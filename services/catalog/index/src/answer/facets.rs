//! The distinct values of a field and how many entities have each.

use roaring::RoaringBitmap;

use crate::answer::resolved::Resolved;
use crate::entity::ELEMENT;
use crate::field::{Column, Field, Spelling};
use crate::query::{Facet, FacetValue};
use crate::sets::Posting;
use crate::state::State;

/// Counts the values of a field among the slots that match, or among all.
pub(crate) fn facet(state: &State, name: &str, matches: Option<&RoaringBitmap>) -> Facet {
    let resolved = Resolved::new(state, name);
    let mut values = match (resolved.field, matches) {
        (None, _) => Vec::new(),
        (Some(field), None) => count_all(field, Posting::len),
        (Some(field), Some(matches)) => count_matches(state, field, matches),
    };
    if resolved.has_elements() {
        add_elements(&resolved, matches, &mut values);
    }
    // Values are in the order of their lower case, which is nearly always this one too.
    values.sort_by(|left, right| left.value.cmp(&right.value));
    Facet {
        name: name.to_owned(),
        values,
    }
}

fn count_matches(state: &State, field: &Field, matches: &RoaringBitmap) -> Vec<FacetValue> {
    // Few matches are looked up one by one; otherwise each value is intersected with them.
    if matches.len() * 4 < field.rows()
        && let Some(column) = field.column(state.slots())
    {
        return count_each(field, column, matches);
    }
    count_all(field, |posting| posting.intersection_len(matches))
}

fn count_all(field: &Field, count: impl Fn(&Posting) -> u64) -> Vec<FacetValue> {
    let mut values = Vec::new();
    let dictionary = field.dictionary();
    for id in dictionary.order().iter() {
        match field.spellings().get(id) {
            None => push(&mut values, dictionary.text(id), count(field.posting(id))),
            Some(Spelling::One(original)) => push(&mut values, original, count(field.posting(id))),
            Some(Spelling::Several(spellings)) => {
                for (original, posting) in spellings {
                    push(
                        &mut values,
                        original.as_deref().unwrap_or(dictionary.text(id)),
                        count(posting),
                    );
                }
            }
        }
    }
    values
}

fn count_each(field: &Field, column: &Column, matches: &RoaringBitmap) -> Vec<FacetValue> {
    let mut ids: Vec<u32> = Vec::new();
    for slot in matches {
        ids.extend_from_slice(column.values(slot));
    }
    ids.sort_unstable();
    let mut values = Vec::new();
    for same in ids.chunk_by(|left, right| left == right) {
        let id = same[0];
        match field.spellings().get(id) {
            None => push(&mut values, field.dictionary().text(id), same.len() as u64),
            Some(Spelling::One(original)) => push(&mut values, original, same.len() as u64),
            Some(Spelling::Several(spellings)) => {
                for (original, posting) in spellings {
                    let original = original.as_deref().unwrap_or(field.dictionary().text(id));
                    push(&mut values, original, posting.intersection_len(matches));
                }
            }
        }
    }
    values
}

/// Adds the entities that have the value `true` because they have the field's name as an element of a list.
fn add_elements(resolved: &Resolved<'_>, matches: Option<&RoaringBitmap>, values: &mut Vec<FacetValue>) {
    let mut slots = RoaringBitmap::new();
    resolved.elements().for_each(|set| set.add_to(&mut slots));
    if let Some(matches) = matches {
        slots &= matches;
    }
    // Those that have it in the field itself are counted there, however they write it.
    if let Some(field) = resolved.field
        && let Some(id) = field.dictionary().find(ELEMENT)
    {
        slots -= &*field.posting(id).as_bitmap();
    }
    match values.iter_mut().find(|value| value.value == ELEMENT) {
        Some(value) => value.count += slots.len(),
        None => push(values, ELEMENT, slots.len()),
    }
}

fn push(values: &mut Vec<FacetValue>, value: &str, count: u64) {
    if count > 0 {
        values.push(FacetValue {
            value: value.to_owned(),
            count,
        });
    }
}
