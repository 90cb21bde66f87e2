//! Reports as pages, made from Lighthouse's own template, which comes with the runner.

use std::{fs, io, path::Path};

/// Newest first, as the runner chooses.
const PACKAGES: [&str; 2] = ["lighthouse-13", "lighthouse-12"];
const TEMPLATE: &str = "report/assets/standalone-template.html";
const SCRIPT: &str = "dist/report/standalone.js";
const REPORT_MARK: &str = "%%LIGHTHOUSE_JSON%%";
const SCRIPT_MARK: &str = "%%LIGHTHOUSE_JAVASCRIPT%%";

/// Lighthouse's template with its script in place: what stands before the report, and what after.
#[derive(Debug)]
pub struct PageTemplate {
    before: String,
    after: String,
}

impl PageTemplate {
    /// Reads it from where the runner is installed.
    pub fn load(runner: &Path) -> io::Result<Self> {
        let modules = runner.join("node_modules");
        let package = PACKAGES
            .iter()
            .map(|name| modules.join(name))
            .find(|folder| folder.join(TEMPLATE).is_file())
            .ok_or_else(|| io::Error::other(format!("no Lighthouse in {}", modules.display())))?;
        let template = fs::read_to_string(package.join(TEMPLATE))?;
        let script = fs::read_to_string(package.join(SCRIPT))?;
        let page = template.replacen(SCRIPT_MARK, &script.replace("</", "\\u003c/"), 1);
        let (before, after) = page
            .split_once(REPORT_MARK)
            .ok_or_else(|| io::Error::other(format!("{TEMPLATE} has no place for a report")))?;
        Ok(Self {
            // Its licence stands before the doctype there; browsers would take the page for one of the nineties.
            before: before[before.find("<!doctype").unwrap_or_default()..].to_owned(),
            after: after.to_owned(),
        })
    }

    /// The page of a report.
    pub fn render(&self, json: &[u8]) -> Vec<u8> {
        let mut page = Vec::with_capacity(self.before.len() + json.len() + json.len() / 16 + self.after.len());
        page.extend_from_slice(self.before.as_bytes());
        push_for_script(&mut page, json);
        page.extend_from_slice(self.after.as_bytes());
        page
    }
}

/// JSON inside of a script must not end the script, and its strings must not hold what JavaScript takes for line ends.
fn push_for_script(page: &mut Vec<u8>, json: &[u8]) {
    const LINE_SEPARATORS: [u8; 2] = [0xe2, 0x80];
    let mut rest = json;
    while let Some(position) = memchr::memchr2(b'<', LINE_SEPARATORS[0], rest) {
        page.extend_from_slice(&rest[..position]);
        let (escaped, length): (&[u8], usize) = match &rest[position..] {
            [b'<', ..] => (b"\\u003c", 1),
            [0xe2, 0x80, 0xa8, ..] => (b"\\u2028", 3),
            [0xe2, 0x80, 0xa9, ..] => (b"\\u2029", 3),
            other => (&other[..1], 1),
        };
        page.extend_from_slice(escaped);
        rest = &rest[position + length..];
    }
    page.extend_from_slice(rest);
}

/// The page of an audit that has no report: why, in one sentence. `refresh`: it may have one soon.
pub fn failure_page(title: &str, url: &str, message: &str, refresh: bool) -> String {
    let refresh = if refresh {
        "\n<meta http-equiv=\"refresh\" content=\"3\">"
    } else {
        ""
    };
    let (title, url, message) = (escaped(title), escaped(url), escaped(message));
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">{refresh}
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 40rem; padding: 3rem 1.5rem }}
h1 {{ font-size: 1.5rem; margin: 0 0 1rem }}
p {{ margin: 0 0 1rem; overflow-wrap: anywhere; white-space: pre-line }}
.url {{ opacity: 0.7 }}
</style>
</head>
<body>
<h1>{title}</h1>
<p class="url">{url}</p>
<p>{message}</p>
</body>
</html>
"#
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_cannot_leave_its_script() {
        let template = PageTemplate {
            before: "<script>a = ".to_owned(),
            after: ";</script>".to_owned(),
        };
        let page = template.render("{\"a\":\"</script><!-- \u{2028}\u{2029} é€\"}".as_bytes());
        assert_eq!(
            String::from_utf8(page).unwrap(),
            "<script>a = {\"a\":\"\\u003c/script>\\u003c!-- \\u2028\\u2029 é€\"};</script>"
        );
    }

    #[test]
    fn a_failure_is_text_whatever_it_holds() {
        let page = failure_page("Failed", "http://a/<b>", "\"<script>alert(1)</script>\" & so on", false);
        assert!(page.starts_with("<!doctype html>") && !page.contains("<script>"));
        assert!(page.contains("&quot;&lt;script&gt;alert(1)") && page.contains("http://a/&lt;b&gt;"));
    }
}
