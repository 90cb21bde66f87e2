//! Keeps requests inside the endpoint's target: no path may climb out of it, however it is written.

/// Servers decode once, some twice. A path that still changes after so many rounds is an attack.
const MOST_ROUNDS: usize = 5;

/// Why a path is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnsafePath {
    /// A segment means "one up", plainly or in some encoding.
    #[error("the path holds a segment that leads out of its folder")]
    DotSegment,
    /// A `%` without two hexadecimal digits, or bytes that are no UTF-8.
    #[error("the path is not percent-encoded UTF-8")]
    BadEncoding,
    /// A control character, plainly or encoded.
    #[error("the path holds a control character")]
    ControlCharacter,
    /// Encoded over and over.
    #[error("the path is encoded too many times")]
    TooDeep,
}

/// Checks a path as it was sent, without its query.
pub fn check(path: &str) -> Result<(), UnsafePath> {
    let mut current = path.as_bytes().to_vec();
    for round in 0..MOST_ROUNDS {
        look_at(&current)?;
        if !current.contains(&b'%') {
            return Ok(());
        }
        // What stands there is an escape only in the first round; later it may be a sign that was meant as it is.
        let decoded = decode(&current, round == 0)?;
        if round == 0 && std::str::from_utf8(&decoded).is_err() {
            return Err(UnsafePath::BadEncoding);
        }
        if decoded == current {
            return Ok(());
        }
        current = decoded;
    }
    Err(UnsafePath::TooDeep)
}

fn look_at(path: &[u8]) -> Result<(), UnsafePath> {
    if path.iter().any(u8::is_ascii_control) {
        return Err(UnsafePath::ControlCharacter);
    }
    let climbs = path
        .split(|byte| matches!(byte, b'/' | b'\\'))
        // Some servers cut `;parameters` off a segment before they look at it.
        .map(|segment| segment.split(|byte| *byte == b';').next().unwrap_or_default())
        .any(|segment| segment == b"..");
    if climbs { Err(UnsafePath::DotSegment) } else { Ok(()) }
}

fn decode(path: &[u8], strictly: bool) -> Result<Vec<u8>, UnsafePath> {
    let mut decoded = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        if *byte != b'%' {
            decoded.push(*byte);
            continue;
        }
        match tail {
            [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                decoded.push(digit(*high) << 4 | digit(*low));
                rest = &tail[2..];
            }
            _ if strictly => return Err(UnsafePath::BadEncoding),
            _ => decoded.push(b'%'),
        }
    }
    Ok(decoded)
}

/// The value of a hexadecimal digit.
fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        _ => (byte | 0x20) - b'a' + 10,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_paths_pass_whatever_they_hold() {
        for path in [
            "/",
            "",
            "/a/b",
            "//a//b",
            "/a/./b",
            "/a/...",
            "/a/..b/c..",
            "/group%2Fproject",
            "/100%25",
            "/100%25zz",
            "/%C3%BC",
            "/a;v=1/b",
            "/a%5Cb",
            "/a\\b",
        ] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn ways_out_are_refused_in_every_spelling() {
        for path in [
            "/..",
            "..",
            "/a/../b",
            "/a/%2e%2e/b",
            "/a/.%2E/b",
            "/a/..%2fb",
            "/a%2f..%2fb",
            "/a/..%5cb",
            "/a\\..\\b",
            "/a/..;x=1/b",
            "/a/%2e%2e;/b",
            "/a/%252e%252e/b",
            "/a/%25252e./b",
            "/a/..%252f",
            "/a/%2e%2e%2f%2e%2e",
        ] {
            assert_eq!(check(path), Err(UnsafePath::DotSegment), "{path}");
        }
        assert_eq!(check("/%zz"), Err(UnsafePath::BadEncoding));
        assert_eq!(check("/%c0%ae%c0%ae/"), Err(UnsafePath::BadEncoding));
        assert_eq!(check("/%ff"), Err(UnsafePath::BadEncoding));
        assert_eq!(check("/a%00"), Err(UnsafePath::ControlCharacter));
        assert_eq!(check("/a%0d%0aX: y"), Err(UnsafePath::ControlCharacter));
        assert_eq!(check("/a%250a"), Err(UnsafePath::ControlCharacter));
        assert_eq!(check("/%25252525252e"), Err(UnsafePath::TooDeep));
    }

    proptest! {
        #[test]
        fn nothing_that_passes_climbs_after_decoding(path in "(/|\\\\|\\.|%2e|%2f|%5c|%252e|a|;){0,12}") {
            if check(&path).is_ok() {
                let once = decode(path.as_bytes(), false).unwrap();
                let twice = decode(&once, false).unwrap();
                for stage in [path.as_bytes(), &once, &twice] {
                    let text = String::from_utf8_lossy(stage).replace('\\', "/");
                    prop_assert!(!text.split('/').any(|segment| segment == ".."), "{} as {}", path, text);
                }
            }
        }

        #[test]
        fn nothing_panics(path in "\\PC{0,40}") {
            let _ = check(&path);
        }
    }
}
