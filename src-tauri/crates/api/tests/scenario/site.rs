//! An institution at work in a folder of its own: the whole program behind its command list.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use safety_api::{App, Environment, WireError};
use safety_domain::standard::Standard;
use safety_domain::text::Lang;
use serde_json::{Value, json};
use tempfile::TempDir;

pub const PASSWORD: &str = "正确的马 battery";

/// One PC with one store.
pub struct Site {
    pub dir: TempDir,
    pub app: App,
    pub code: String,
    pub recovery_code: String,
    pub standard: Standard,
}

pub fn environment(store: &Path) -> Environment {
    let mut environment = Environment::desktop(Some(store.to_owned()));
    environment.machine_dir = store.parent().unwrap().join("machine");
    environment.system_lang = Lang::Zh;
    environment
}

/// A set-up form without faults.
pub fn form(level: &str, code: &str, name: &str, person: &str, post: &str) -> Value {
    json!({
        "lang": "zh", "level": level, "code": code, "name_zh": name, "name_en": "", "person_name": person,
        "post": post, "user": "head", "password": PASSWORD, "opened": "2020-03-02",
    })
}

impl Site {
    pub fn new(level: &str, code: &str, name: &str, person: &str, post: &str) -> Self {
        Self::with(&form(level, code, name, person, post))
    }

    pub fn with(form: &Value) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let app = App::new(environment(&dir.path().join("account.db")));
        let done = app.call("setup_create", form.clone()).unwrap();
        let standard = serde_json::from_value(app.call("standard_current", json!({})).unwrap()).unwrap();
        Self {
            dir,
            app,
            code: form["code"].as_str().unwrap().to_owned(),
            recovery_code: done["recovery_code"].as_str().unwrap().to_owned(),
            standard,
        }
    }

    /// 网点A with its head 欧阳𠮷.
    pub fn outlet() -> Self {
        Self::new("outlet", "330100001", "网点A", "欧阳𠮷", "P09")
    }

    /// 支行 with its president.
    pub fn sub_branch() -> Self {
        Self::new("sub_branch", "330100", "城东支行", "李㛃", "P06")
    }

    pub fn store(&self) -> PathBuf {
        self.dir.path().join("account.db")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn try_call(&self, command: &str, args: Value) -> Result<Value, WireError> {
        self.app.call(command, args)
    }

    pub fn call(&self, command: &str, args: Value) -> Value {
        self.app
            .call(command, args)
            .unwrap_or_else(|error| panic!("{command}: {error:?}"))
    }

    pub fn refused(&self, command: &str, args: Value) -> WireError {
        match self.app.call(command, args) {
            Ok(result) => panic!("{command} was not refused: {result}"),
            Err(error) => error,
        }
    }

    pub fn now(&self) -> DateTime<FixedOffset> {
        let status = self.call("app_status", json!({}));
        DateTime::parse_from_rfc3339(status["now"].as_str().unwrap()).unwrap()
    }

    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    pub fn day(&self, ago: u64) -> String {
        (self.today() - Days::new(ago)).to_string()
    }

    /// Saves a record and gives its identifier.
    pub fn save(&self, ledger: &str, occurred: &str, fields: Value) -> String {
        let saved = self.call("record_save", record(ledger, occurred, fields));
        saved["id"].as_str().unwrap().to_owned()
    }

    pub fn person(&self, name: &str) -> String {
        let number = self.call("records_list", json!({ "ledgers": ["person"] }))["total"].to_string();
        let fields = json!({ "name": name, "employee_no": format!("N{number}"), "status": "active" });
        self.save("person", &self.day(0), fields)
    }

    /// A person in a post of this institution.
    pub fn appointed(&self, name: &str, post: &str, since: &str) -> (String, String) {
        let person = self.person(name);
        let fields = json!({ "person": person, "post": post, "institution": self.code });
        let appointment = self.save("appointment", since, fields);
        (person, appointment)
    }

    /// The first user's person record.
    pub fn head(&self) -> String {
        let status = self.call("app_status", json!({}));
        status["user"]["person"].as_str().unwrap().to_owned()
    }

    /// A photo in the store.
    pub fn photo(&self, name: &str) -> Value {
        // Different bytes for every name.
        let base64 = base64_of(format!("JPEG of {name}").as_bytes());
        let args = json!({ "name": name, "media_type": "image/jpeg", "base64": base64 });
        self.call("attachment_add_bytes", args)
    }

    pub fn user(&self, name: &str, role: &str) {
        self.call(
            "user_add",
            json!({ "name": name, "password": PASSWORD, "role": role }),
        );
    }

    pub fn sign_in(&self, user: &str) {
        self.call("unlock", json!({ "user": user, "password": PASSWORD }));
    }
}

pub fn record(ledger: &str, occurred: &str, fields: Value) -> Value {
    json!({ "ledger": ledger, "body": { "occurred": occurred, "fields": fields } })
}

pub fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// Files of a folder by name.
pub fn files(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .map(|entries| {
            entries
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}

/// The text of a PDF; none when the ordinary program is not installed.
pub fn text_of(pdf: &str) -> Option<String> {
    let output = std::process::Command::new("pdftotext").args([pdf, "-"]).output();
    match output {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(_) => {
            eprintln!("text not looked at: pdftotext is not installed");
            None
        }
    }
}

/// Text without blanks, so that line breaks do not matter.
pub fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
