//! Reports are mostly text that all of them share: compressed with a dictionary of it, a fraction is left. Their pictures are kept
//! beside it.

use std::io;

use bytes::Bytes;

use super::pictures::{self, Parted};
use crate::store::StoredReport;

/// Time is cheap here: an audit takes ten thousand times as long.
const LEVEL: i32 = 19;
/// Larger than any report that the runner hands over.
const LARGEST: usize = 65 * 1024 * 1024;

/// Dictionaries by number. One that reports were stored with stays here for ever.
const DICTIONARIES: [(i16, &[u8]); 1] = [(1, include_bytes!("../../dictionaries/lighthouse-12.dictionary"))];
/// The one for new reports.
const CURRENT: (i16, &[u8]) = DICTIONARIES[0];

/// Compresses a report. It takes a moment.
pub fn compress(json: &[u8]) -> io::Result<StoredReport> {
    let mut compressor = zstd::bulk::Compressor::with_dictionary(LEVEL, CURRENT.1)?;
    let Parted { text, pictures } = pictures::take_out(json);
    let mut compressed = compressor.compress(&text)?;
    compressed.extend(pictures);
    Ok(StoredReport {
        compressed,
        dictionary: CURRENT.0,
    })
}

/// The report as Lighthouse wrote it.
pub fn decompress(report: &StoredReport) -> io::Result<Bytes> {
    let dictionary = match report.dictionary {
        0 => &[],
        number => {
            let known = DICTIONARIES.iter().find(|(known, _)| *known == number);
            known.map(|(_, dictionary)| *dictionary).ok_or_else(|| {
                io::Error::other(format!(
                    "a report was stored with dictionary {number}, which a later release made"
                ))
            })?
        }
    };
    let end = zstd::zstd_safe::find_frame_compressed_size(&report.compressed)
        .map_err(|code| io::Error::other(zstd::zstd_safe::get_error_name(code)))?;
    let (text, pictures) = report.compressed.split_at(end);
    let mut decompressor = zstd::bulk::Decompressor::with_dictionary(dictionary)?;
    let size = zstd::bulk::Decompressor::upper_bound(text)
        .filter(|size| *size <= LARGEST)
        .ok_or_else(|| io::Error::other("a stored report does not tell its size, or it is too large"))?;
    pictures::put_back(decompressor.decompress(text, size)?, pictures, LARGEST).map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;

    #[test]
    fn a_report_comes_back_as_it_was() {
        let json = br#"{"lighthouseVersion":"12.8.2","text":"\ud800 and \u0000"}"#;
        let stored = compress(json).unwrap();
        assert_eq!(decompress(&stored).unwrap(), &json[..]);
        let picture = STANDARD.encode(include_bytes!("../../tests/data/screenshot.jpg"));
        let json = format!(r#"{{"data":"data:image/jpeg;base64,{picture}"}}"#);
        let stored = compress(json.as_bytes()).unwrap();
        assert_eq!(decompress(&stored).unwrap(), json.as_bytes());
        assert!(stored.compressed.len() < picture.len() * 3 / 5);
        let plain = StoredReport {
            compressed: zstd::bulk::compress(json.as_bytes(), 3).unwrap(),
            dictionary: 0,
        };
        assert_eq!(decompress(&plain).unwrap(), json.as_bytes());
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let mut stored = compress(b"{}").unwrap();
        stored.dictionary = 99;
        assert!(decompress(&stored).is_err());
        stored.dictionary = 1;
        stored.compressed.truncate(3);
        assert!(decompress(&stored).is_err());
    }
}
