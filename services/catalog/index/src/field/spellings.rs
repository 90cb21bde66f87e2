//! How the values of a field are written, where that is not the lower case they are compared in.

use std::collections::HashMap;

use crate::sets::Posting;

/// The spellings of a field's values. Facets show them; nothing else asks.
#[derive(Debug, Default)]
pub(crate) struct Spellings(HashMap<u32, Spelling>);

/// The spellings of one value. A value that everybody writes in lower case has none.
#[derive(Debug)]
pub(crate) enum Spelling {
    /// Everybody writes it so.
    One(Box<str>),
    /// Each spelling with the entities that use it; none stands for the lower case.
    Several(Vec<(Option<Box<str>>, Posting)>),
}

impl Spellings {
    pub(crate) fn get(&self, id: u32) -> Option<&Spelling> {
        self.0.get(&id)
    }

    /// Notes how a slot writes a value; `others` are the slots that had the value before.
    pub(crate) fn add(&mut self, id: u32, others: &Posting, slot: u32, original: Option<&str>) {
        if others.is_empty() {
            if let Some(original) = original {
                self.0.insert(id, Spelling::One(original.into()));
            }
            return;
        }
        let several = match self.0.get_mut(&id) {
            None if original.is_none() => return,
            Some(Spelling::One(one)) if original == Some(one) => return,
            Some(Spelling::Several(several)) => several,
            known => {
                let before = match known {
                    Some(Spelling::One(one)) => Some(std::mem::take(one)),
                    _ => None,
                };
                let several = Spelling::Several(vec![(before, others.clone())]);
                let entry = self.0.entry(id).insert_entry(several);
                let Spelling::Several(several) = entry.into_mut() else {
                    return;
                };
                several
            }
        };
        let known = several.iter_mut().find(|(spelling, _)| spelling.as_deref() == original);
        if let Some((_, posting)) = known {
            posting.insert(slot);
        } else {
            several.push((original.map(Box::from), Posting::One(slot)));
        }
    }

    /// Forgets how a slot writes a value; `others` are the slots that still have the value.
    pub(crate) fn remove(&mut self, id: u32, others: &Posting, slot: u32) {
        if others.is_empty() {
            self.0.remove(&id);
            return;
        }
        let Some(Spelling::Several(several)) = self.0.get_mut(&id) else {
            return;
        };
        several.retain_mut(|(_, posting)| {
            posting.remove(slot);
            !posting.is_empty()
        });
        if let [(spelling, _)] = &mut several[..] {
            match spelling.take() {
                Some(spelling) => self.0.insert(id, Spelling::One(spelling)),
                None => self.0.remove(&id),
            };
        }
    }

    /// The same spellings under new ids.
    pub(crate) fn renumbered(mut self, old_ids: &[u32]) -> Self {
        if self.0.is_empty() {
            return self;
        }
        let renumbered = (0..)
            .zip(old_ids)
            .filter_map(|(id, old)| Some((id, self.0.remove(old)?)))
            .collect();
        Self(renumbered)
    }
}
