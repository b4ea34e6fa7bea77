//! The daily sign of life: to whoever would otherwise not notice that kaizend fell silent.
//!
//! It says in numbers what the day was, and carries the audit's head, so that a copy of it lies outside of the
//! store's machine.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{Brand, Missing, RenderError, Rendered, Stationery, Voice, Words, page::Page};

/// What one sign says.
#[derive(Clone, Debug)]
pub struct LifeSign<'a> {
    pub voice: Voice,
    pub brand: &'a Brand,
    /// The span that the numbers are about.
    pub since: Timestamp,
    pub until: Timestamp,
    pub looks: u64,
    pub could_not_look: u64,
    pub mails_sent: u64,
    /// Waiting, held, failed or uncertain, as it stands now.
    pub mails_not_sent: u64,
    /// As it stands now.
    pub findings_open: u64,
    /// When checks look again, in any order.
    pub next_looks: Vec<NextLook<'a>>,
    pub audit: Option<AuditSeal>,
    /// When it comes each day: `07:00`.
    pub daily_at: String,
}

/// A check, as people call it, and its next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextLook<'a> {
    pub check: &'a str,
    pub at: Timestamp,
}

/// The newest row of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditSeal {
    pub row: i64,
    pub digest: String,
}

impl LifeSign<'_> {
    /// Lays the sign out. The same numbers give the same text, always.
    pub fn render(&self, words: &Words, stationery: &Stationery) -> Result<Rendered, RenderError> {
        let mut missing = BTreeSet::<Missing>::new();
        let page = Page::of_sign(self, words, &mut missing);
        page.lay_out("life-sign", &self.voice, stationery, missing)
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::Samples;

    fn look<'a>(check: &'a str, at: &str) -> NextLook<'a> {
        NextLook { check, at: at.parse().unwrap() }
    }

    fn sign<'a>(brand: &'a Brand, language: &str, could_not_look: u64) -> LifeSign<'a> {
        LifeSign {
            voice: Voice::new(language, TimeZone::get("Europe/Sofia").unwrap()),
            brand,
            since: "2026-11-23T05:00:00Z".parse().unwrap(),
            until: "2026-11-24T05:00:00Z".parse().unwrap(),
            looks: 1_248,
            could_not_look,
            mails_sent: 31,
            mails_not_sent: 2,
            findings_open: 87,
            audit: Some(AuditSeal {
                row: 4_711,
                digest: "5bce9c57b3d193d103237bd0ab2434e8540391e07f72ae3119a0f16b63205124".to_owned(),
            }),
            next_looks: vec![
                look("Repeat orders", "2026-11-24T07:30:00Z"),
                look("Late orders", "2026-11-24T05:30:00Z"),
            ],
            daily_at: "07:00".to_owned(),
        }
    }

    fn rendered(sign: &LifeSign) -> Rendered {
        sign.render(&Samples::own_words(), &Stationery::built_in()).unwrap()
    }

    #[test]
    fn it_reads_well_in_each_language() {
        let brand = Brand::new("Northwind Traders");
        for language in ["en", "ru", "bg", "et"] {
            let mut subjects = Vec::new();
            for could_not_look in [0, 1, 3, 21] {
                let rendered = rendered(&sign(&brand, language, could_not_look));
                assert_eq!(rendered.missing, [], "{language}");
                subjects.push(rendered.subject);
            }
            let rendered = rendered(&sign(&brand, language, 3));
            insta::assert_snapshot!(
                format!("life-sign.{language}"),
                format!("Subjects: {}\n\n{}", subjects.join(" | "), rendered.text)
            );
        }
        let html = rendered(&sign(&brand, "en", 3)).html;
        insta::assert_snapshot!("life-sign.html", html.split_once("</head>").unwrap().1);
    }

    #[test]
    fn the_whole_digest_is_in_both_parts_and_lines_stay_short() {
        let brand = Brand::new("Northwind Traders");
        for language in ["en", "ru", "bg", "et"] {
            let sign = sign(&brand, language, 0);
            let rendered = rendered(&sign);
            let digest = &sign.audit.as_ref().unwrap().digest;
            assert!(rendered.text.contains(digest) && rendered.html.contains(digest));
            assert!(rendered.text.lines().all(|line| line.chars().count() <= 78), "{}", rendered.text);
        }
    }

    #[test]
    fn a_store_without_an_audit_has_nothing_to_keep() {
        let brand = Brand::new("Northwind Traders");
        let none = LifeSign { audit: None, ..sign(&brand, "en", 0) };
        assert!(!rendered(&none).text.contains("audit"));
    }

    #[test]
    fn the_nearest_looks_are_shown_and_the_rest_is_counted() {
        let brand = Brand::new("Northwind Traders");
        let names = ["<g>", "f", "e", "d", "c", "b", "a"];
        let looks = |number: usize| LifeSign {
            next_looks: names[..number].iter().map(|name| look(name, "2026-11-24T05:30:00Z")).collect(),
            ..sign(&brand, "en", 0)
        };
        assert!(!rendered(&looks(0)).text.contains("Next looks"));
        for (number, more) in [(1, None), (5, None), (6, Some("1 more check.")), (7, Some("2 more checks."))]
        {
            let rendered = rendered(&looks(number));
            for part in [&rendered.text, &rendered.html] {
                assert_eq!(part.matches("24 November 2026 at 07:30").count(), number.min(5), "{part}");
                assert_eq!(more.is_some(), part.contains(" more check"), "{part}");
                assert!(part.contains(more.unwrap_or_default()), "{part}");
            }
        }
        assert!(rendered(&looks(1)).html.contains("&lt;g&gt;"), "a title is no mark-up");
    }
}
