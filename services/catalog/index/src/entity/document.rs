//! Documents at rest.

use bytes::Bytes;
use lz4_flex::block;

/// Shorter documents gain too little from compression to be worth unpacking.
const SHORTEST_PACKED: usize = 1024;

/// A JSON text, compressed when that saves memory. The compression is a fast one: it is undone for every read.
#[derive(Debug)]
pub(crate) enum Document {
    Plain(Bytes),
    /// The compressed text, behind its original length.
    Packed(Box<[u8]>),
}

impl Document {
    pub(crate) fn new(text: &Bytes) -> Self {
        if text.len() >= SHORTEST_PACKED {
            let packed = block::compress_prepend_size(text);
            if packed.len() <= text.len() / 4 * 3 {
                return Self::Packed(packed.into());
            }
        }
        // Copied, because what was given may be a small part of a large buffer that it would keep alive.
        Self::Plain(Bytes::copy_from_slice(text))
    }

    pub(crate) fn bytes(&self) -> Bytes {
        match self {
            Self::Plain(text) => text.clone(),
            // It was packed above, so it can be unpacked.
            Self::Packed(packed) => block::decompress_size_prepended(packed).unwrap_or_default().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_back_as_they_were() {
        let long = "{\"kind\":\"Component\"}".repeat(200);
        for text in ["", "{}", long.as_str()] {
            assert_eq!(Document::new(&Bytes::copy_from_slice(text.as_bytes())).bytes(), text);
        }
        assert!(matches!(Document::new(&Bytes::from(long)), Document::Packed(packed) if packed.len() < 200));
    }

    #[test]
    fn what_does_not_shrink_stays_plain() {
        let mut state = 1_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_be_bytes()[0]
        })
        .take(4000)
        .collect();
        assert!(matches!(Document::new(&Bytes::from(noise)), Document::Plain(_)));
    }
}
