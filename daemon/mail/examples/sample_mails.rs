//! Writes one mail of each kind in each language, as `.eml` and as `.html`, into a folder: to look at them.
//!
//! `cargo run -p kaizend-mail --example sample_mails -- /tmp/mails`

use std::{error::Error, fs, path::PathBuf};

use kaizend_core::domain::NoticeKind;
use kaizend_mail::{Correspondent, Envelope, Kind, MessageId, compose};
use kaizend_text::{Brand, Samples, Stationery};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("give the folder to write into")?);
    fs::create_dir_all(&folder)?;
    let brand = Brand {
        postal_address: Some("2 Harbour Street\n9000 Varna".to_owned()),
        ..Brand::new("Northwind Traders")
    };
    let samples = Samples::new(brand);
    let (words, stationery) = (Samples::own_words(), Stationery::built_in());
    let kinds = [
        ("reminder", NoticeKind::Reminder, 1),
        ("digest", NoticeKind::Reminder, 21),
        ("baseline", NoticeKind::Baseline, 5),
        ("operator", NoticeKind::Operator, 1),
    ];
    for language in ["en", "ru", "bg", "et"] {
        for (name, kind, count) in kinds {
            let letter = samples.letter(kind, count, language);
            let rendered = letter.render(&words, &stationery)?;
            let mail = compose(&envelope(kind, count as usize)?, &rendered)?;
            fs::write(folder.join(format!("{name}.{language}.eml")), &mail.bytes)?;
            fs::write(folder.join(format!("{name}.{language}.html")), &rendered.html)?;
            fs::write(folder.join(format!("{name}.{language}.txt")), &rendered.text)?;
        }
    }
    Ok(())
}

fn envelope(kind: NoticeKind, findings: usize) -> Result<Envelope, Box<dyn Error>> {
    let to: Correspondent = "Nancy Davolio <nancy@northwind.example>".parse()?;
    let kind = Kind::of(kind, findings);
    Ok(Envelope {
        kind,
        from: "Kaizen <kaizen@northwind.example>".parse()?,
        reply_to: None,
        message_id: MessageId::new(kind, "sample", &to.address, 1, "northwind.example"),
        to,
        earlier: Vec::new(),
        date: "1998-06-05T06:00:00Z".parse()?,
        bounces: None,
        unsubscribe: None,
    })
}
