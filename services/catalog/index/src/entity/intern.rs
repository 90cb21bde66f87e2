//! Texts that many entities share.

use std::collections::HashSet;
use std::sync::Arc;

/// Fewer texts than this are not looked through for unused ones.
const FEW: usize = 1024;

/// Keeps one copy of each text.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    texts: HashSet<Arc<str>>,
    /// How many texts there were when the unused ones were last dropped.
    swept: usize,
}

impl Interner {
    pub(crate) fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        if self.texts.len() > (2 * self.swept).max(FEW) {
            self.texts.retain(|text| Arc::strong_count(text) > 1);
            self.swept = self.texts.len();
        }
        let text: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&text));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shared_while_they_are_used() {
        let mut interner = Interner::default();
        let kept = interner.intern("kept");
        for number in 0..10 * FEW {
            interner.intern(&number.to_string());
        }
        assert!(interner.texts.len() <= FEW + 1);
        assert!(Arc::ptr_eq(&kept, &interner.intern("kept")));
    }
}
