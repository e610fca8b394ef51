//! Recording that a letter was signed: when, where, and its scan.

use chrono::NaiveDate;
use safety_domain::record::{Late, parse_day};
use safety_domain::standard::SystemRole;
use safety_domain::text::Lang;
use safety_domain::validate::is_late;
use serde_json::{Value, json};

use crate::error::Fault;
use crate::session::Session;
use crate::types::*;
use crate::usecases::records::record_id;

pub fn signed(session: &Session, args: LetterSignedArgs) -> Result<Saved, Fault> {
    let day: NaiveDate =
        parse_day(&args.date).ok_or_else(|| Fault::new("date-wrong").with("value", &args.date))?;
    if day > session.today() {
        return Err(Fault::new("date-in-future").with("value", day));
    }
    let unknown = || Fault::new("letter-unknown").with("letter", &args.letter);
    let (id, reference) = session.store.try_write(|writer| {
        let standard = session.standard_on(writer, session.today())?;
        let ledger = Session::role_ledger(&standard, SystemRole::Letter)?;
        let row = writer
            .record(record_id(&args.letter)?)?
            .filter(|row| row.ledger == ledger)
            .ok_or_else(unknown)?;
        let mut body = row.body.ok_or_else(unknown)?;
        if body.fields.get("state").and_then(Value::as_str) != Some("prepared") {
            return Err(Fault::new("letter-not-prepared").with(
                "number",
                body.fields.get("letter_no").cloned().unwrap_or_default(),
            ));
        }
        body.occurred = day.to_string();
        body.fields.insert("state".to_owned(), "signed".into());
        body.fields.insert("signed_at".to_owned(), day.to_string().into());
        if let Some(place) = args
            .place
            .as_deref()
            .map(str::trim)
            .filter(|place| !place.is_empty())
        {
            body.fields.insert("place".to_owned(), place.into());
        }
        if let Some(mut scan) = args.scan.clone() {
            body.fields.insert("scan".to_owned(), json!([scan.sha256]));
            scan.field = Some("scan".to_owned());
            body.files.retain(|file| file.sha256 != scan.sha256);
            body.files.push(scan);
        }
        if is_late(&standard.deadlines, &body.occurred, session.now()) {
            let reason = args
                .late_reason
                .as_deref()
                .map(str::trim)
                .filter(|reason| !reason.is_empty());
            let reason = reason.ok_or_else(|| Fault::new("late-reason-missing"))?;
            body.late = Some(Late {
                reason: reason.to_owned(),
            });
        }
        body.change = Some(crate::messages::word(
            crate::usecases::records::lang(session, writer).unwrap_or(Lang::Zh),
            "core.letter_signed",
        ));
        let save = SaveArgs {
            ledger,
            id: Some(args.letter.clone()),
            base: Vec::new(),
            body,
            draft: None,
        };
        let saved = crate::usecases::records::save_in(session, writer, &save)?;
        session.note(writer, "letter-signed", &args.letter)?;
        Ok::<_, Fault>(saved)
    })?;
    Ok(crate::usecases::records::saved(session, id, reference))
}
