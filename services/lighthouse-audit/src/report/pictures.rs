//! The JPEG pictures in a report. They are most of what is left of one when its text is compressed; Lepton makes them a fifth
//! smaller and gives back the very same bytes.
//!
//! A stored report is a zstd frame of the text, with a mark in place of each picture, and after it, for each picture, a skippable
//! frame (RFC 8878, section 3.1.2) that holds it. One without pictures is the text alone.

use std::io::{self, Cursor};

use base64::{Engine, engine::general_purpose::STANDARD};
use lepton_jpeg::{EnabledFeatures, SingleThreadPool, decode_lepton, encode_lepton_verify};

/// What a picture starts with in the JSON. Nothing in it is ever escaped.
const PREFIX: &[u8] = b"data:image/jpeg;base64,";
/// Stands before the number of a picture. JSON holds no such byte.
const MARK: u8 = 0;
/// As many as a byte can number. Lighthouse takes ten.
const MOST: usize = 256;
/// The first of the sixteen magic numbers of skippable frames.
const MAGIC: u32 = 0x184D_2A50;
const HEADER: usize = 8;

/// The text of a report with its pictures beside it.
pub(super) struct Parted {
    pub(super) text: Vec<u8>,
    /// Frames, one after the other, each with a picture.
    pub(super) pictures: Vec<u8>,
}

/// Takes the pictures out. Whatever is no JPEG that comes back exactly stays where it is.
pub(super) fn take_out(json: &[u8]) -> Parted {
    let mut parted = Parted {
        text: Vec::with_capacity(json.len()),
        pictures: Vec::new(),
    };
    if memchr::memchr(MARK, json).is_some() {
        parted.text.extend_from_slice(json);
        return parted;
    }
    let mut known: Vec<&[u8]> = Vec::new();
    let mut rest = json;
    while let Some(start) = memchr::memmem::find(rest, PREFIX) {
        let (before, picture) = rest.split_at(start + PREFIX.len());
        let end = memchr::memchr(b'"', picture).unwrap_or(picture.len());
        let (picture, after) = picture.split_at(end);
        parted.text.extend_from_slice(before);
        let number = known.iter().position(|other| *other == picture).or_else(|| {
            let smaller = (known.len() < MOST).then(|| shrink(picture)).flatten()?;
            push_frame(&mut parted.pictures, &smaller);
            known.push(picture);
            Some(known.len() - 1)
        });
        match number.and_then(|number| u8::try_from(number).ok()) {
            Some(number) => parted.text.extend([MARK, number]),
            None => parted.text.extend_from_slice(picture),
        }
        rest = after;
    }
    parted.text.extend_from_slice(rest);
    parted
}

/// Puts the pictures back. The result has at most `limit` bytes.
pub(super) fn put_back(text: Vec<u8>, pictures: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    if pictures.is_empty() {
        return Ok(text);
    }
    let pictures = frames(pictures)?
        .into_iter()
        .map(grow)
        .collect::<io::Result<Vec<_>>>()?;
    let mut json = Vec::with_capacity(text.len() + pictures.iter().map(String::len).sum::<usize>());
    let mut rest = &*text;
    while let Some(mark) = memchr::memchr(MARK, rest) {
        json.extend_from_slice(&rest[..mark]);
        let picture = rest.get(mark + 1).and_then(|number| pictures.get(usize::from(*number)));
        json.extend_from_slice(
            picture
                .ok_or_else(|| broken("it names a picture that is not there"))?
                .as_bytes(),
        );
        if json.len() > limit {
            return Err(broken("it is too large"));
        }
        rest = &rest[mark + 2..];
    }
    json.extend_from_slice(rest);
    Ok(json)
}

/// None if it is no JPEG, or would not come back as it is.
fn shrink(picture: &[u8]) -> Option<Vec<u8>> {
    let jpeg = STANDARD.decode(picture).ok()?;
    let (smaller, _) = encode_lepton_verify(
        &jpeg,
        &alone(&EnabledFeatures::compat_lepton_vector_write()),
        &SingleThreadPool::default(),
    )
    .ok()?;
    Some(smaller)
}

fn grow(smaller: &[u8]) -> io::Result<String> {
    let mut jpeg = Vec::new();
    decode_lepton(
        &mut Cursor::new(smaller),
        &mut jpeg,
        &alone(&EnabledFeatures::compat_lepton_vector_read()),
        &SingleThreadPool::default(),
    )
    .map_err(io::Error::other)?;
    Ok(STANDARD.encode(jpeg))
}

/// In one piece, on one thread: a screenshot is small, and each piece more costs bytes.
fn alone(features: &EnabledFeatures) -> EnabledFeatures {
    EnabledFeatures {
        max_partitions: 1,
        max_processor_threads: 1,
        ..features.clone()
    }
}

fn push_frame(frames: &mut Vec<u8>, content: &[u8]) {
    // A picture is part of a report, whose size is limited far below 4 GiB.
    let size = u32::try_from(content.len()).unwrap_or(u32::MAX);
    frames.extend(MAGIC.to_le_bytes());
    frames.extend(size.to_le_bytes());
    frames.extend_from_slice(content);
}

fn frames(mut rest: &[u8]) -> io::Result<Vec<&[u8]>> {
    let mut frames = Vec::new();
    while !rest.is_empty() {
        let (header, content) = rest
            .split_at_checked(HEADER)
            .ok_or_else(|| broken("it ends too early"))?;
        let magic = header.starts_with(&MAGIC.to_le_bytes());
        let size = <[u8; 4]>::try_from(&header[4..]).map(u32::from_le_bytes);
        let (true, Ok(size)) = (magic, size) else {
            return Err(broken("what follows its text is no picture"));
        };
        let (frame, after) = content
            .split_at_checked(size as usize)
            .ok_or_else(|| broken("it ends too early"))?;
        frames.push(frame);
        rest = after;
    }
    Ok(frames)
}

fn broken(problem: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("a stored report is broken: {problem}"),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const JPEG: &[u8] = include_bytes!("../../tests/data/screenshot.jpg");
    const LIMIT: usize = 1 << 20;

    fn with_picture(jpeg: &[u8]) -> String {
        let picture = STANDARD.encode(jpeg);
        format!(
            r#"{{"a":"data:image/jpeg;base64,{picture}","b":["data:image/jpeg;base64,{picture}","data:image/jpeg;base64,"]}}"#
        )
    }

    #[test]
    fn pictures_are_kept_once_smaller_and_come_back() {
        let json = with_picture(JPEG);
        let parted = take_out(json.as_bytes());
        assert!(parted.text.len() < 120, "{}", parted.text.len());
        assert!(parted.pictures.len() < JPEG.len() * 4 / 5, "{}", parted.pictures.len());
        assert_eq!(put_back(parted.text, &parted.pictures, LIMIT).unwrap(), json.as_bytes());
    }

    #[test]
    fn what_is_no_picture_stays() {
        for json in [
            with_picture(b"no JPEG"),
            "data:image/jpeg;base64,/9j/".to_owned(),
            "\0\0data:image/jpeg;base64,".to_owned(),
        ] {
            let parted = take_out(json.as_bytes());
            assert_eq!(parted.text, json.as_bytes());
            assert!(parted.pictures.is_empty());
        }
    }

    #[test]
    fn what_is_broken_is_an_error() {
        let parted = take_out(with_picture(JPEG).as_bytes());
        let pictures = &parted.pictures;
        let error = |text: &[u8], pictures: &[u8], limit| put_back(text.to_vec(), pictures, limit).unwrap_err();
        error(&parted.text, &pictures[..pictures.len() - 1], LIMIT);
        error(&parted.text, &[1; 9], LIMIT);
        error(&parted.text, pictures, 100);
        error(b"\0\x01", pictures, LIMIT);
        error(b"\0", pictures, LIMIT);
        let mut other = pictures.clone();
        other[HEADER] ^= 1;
        error(&parted.text, &other, LIMIT);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(parts in prop::collection::vec(prop_oneof![
            "[ -~]{0,20}".prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 0..20),
            Just(PREFIX.to_vec()),
            Just(STANDARD.encode(JPEG).into_bytes()),
        ], 0..6)) {
            let json = parts.concat();
            let parted = take_out(&json);
            prop_assert_eq!(put_back(parted.text, &parted.pictures, LIMIT).unwrap(), json);
        }
    }
}
