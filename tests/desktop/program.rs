//! Starts the program behind tauri-driver with a data folder of its own, and the few gestures a journey is made of.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use thirtyfour::prelude::*;

const PATIENCE: Duration = Duration::from_secs(30);

/// The running program.
pub struct Program {
    /// Its window.
    pub window: WebDriver,
    /// Its home: data and configuration lie in here.
    pub home: TempDir,
    driver: Driver,
}

/// tauri-driver. It must be asked to end, not killed: killed, it leaves its own child behind, which keeps the test
/// run's output open for ever.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let asked = Command::new("kill")
            .args(["-TERM", &self.0.id().to_string()])
            .status();
        if asked.is_ok_and(|status| status.success()) {
            let _ = self.0.wait();
        }
    }
}

impl Program {
    /// Starts the program on an empty home with the system language `lang`.
    pub async fn start(lang: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (port, native) = (free_port(), free_port());
        let driver = std::env::var_os("TAURI_DRIVER").map_or_else(|| tool("tauri-driver"), PathBuf::from);
        let child = Command::new(&driver)
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .env("LANG", lang)
            .env("LC_ALL", lang)
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", driver.display()));
        let driver = Driver(child);
        let mut capabilities = Capabilities::new();
        capabilities.set("browserName", "wry").unwrap();
        let application = serde_json::json!({ "application": env!("CARGO_BIN_EXE_outlet-safety") });
        capabilities.set("tauri:options", application).unwrap();
        let begun = Instant::now();
        let window = loop {
            match WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities.clone()).await {
                Ok(window) => break window,
                Err(error) if begun.elapsed() > PATIENCE => panic!("no window: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        };
        Self { window, home, driver }
    }

    /// Waits until `text` stands somewhere in the window.
    pub async fn shows(&self, text: &str) {
        let begun = Instant::now();
        loop {
            // The driver's own notion of visible text leaves out clipped boxes; the page's does not.
            let page = match self
                .window
                .execute("return document.body.innerText", vec![])
                .await
            {
                Ok(text) => text.convert::<String>().unwrap_or_default(),
                Err(_) => String::new(),
            };
            if page.contains(text) {
                return;
            }
            if begun.elapsed() > PATIENCE {
                self.picture("desktop-failed").await;
                panic!("{text:?} never appeared; the window says:\n{page}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Presses what carries exactly this text: a button, a link, a tick, a menu item.
    pub async fn press(&self, text: &str) {
        let path =
            format!("//*[self::button or self::a or self::label or self::li][normalize-space(.)='{text}']");
        self.press_at(&path).await;
    }

    /// Presses what stands at `path`, as soon as nothing lies over it.
    pub async fn press_at(&self, path: &str) {
        let begun = Instant::now();
        while let Err(error) = self.found(By::XPath(path)).await.click().await {
            if begun.elapsed() > PATIENCE {
                self.picture("desktop-failed").await;
                panic!("{path}: {error}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Types into the field `id`.
    pub async fn write(&self, id: &str, text: &str) {
        let field = self.found(By::Id(id)).await;
        self.type_into(&field, text).await;
    }

    /// Types into the field at `path` in place of what stands there.
    pub async fn replace(&self, path: &str, text: &str) {
        let field = self.found(By::XPath(path)).await;
        field.click().await.unwrap();
        field.send_keys(Key::Control + "a").await.unwrap();
        self.type_into(&field, text).await;
    }

    /// Chooses what reads `option` from the list of the field `id`, after typing `typed` into it where it can be
    /// searched.
    pub async fn choose(&self, id: &str, typed: &str, option: &str) {
        // A list that is fetched anew while it is pressed swallows the press: look whether it was taken.
        const TRIES: usize = 5;
        let field = format!("//*[@id='{id}']/ancestor::div[contains(@class,'ant-select')][last()]");
        let chosen = format!("{field}//*[normalize-space(.)='{option}' or @title='{option}']");
        for _ in 0..TRIES {
            self.press_at(&field).await;
            let input = self.window.find(By::Id(id)).await.unwrap();
            if input.attr("readonly").await.unwrap().is_none() {
                self.type_into(&input, typed).await;
            }
            self.press_at(&format!(
                "//div[contains(@class,'ant-select-dropdown') and not(contains(@class,'ant-select-dropdown-hidden'))]\
                 //div[contains(@class,'ant-select-item-option')][descendant-or-self::*[normalize-space(.)='{option}']]"
            ))
            .await;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            if !self.window.find_all(By::XPath(&chosen)).await.unwrap().is_empty() {
                return;
            }
        }
        panic!("{option:?} was never taken by {id:?}");
    }

    /// Types into the field with this label, replacing what stands there.
    pub async fn fill(&self, label: &str, text: &str) {
        let path =
            format!("//*[@id=//label[normalize-space(.)='{label}']/@for] | //*[@aria-label='{label}']");
        let field = self.found(By::XPath(path)).await;
        field.clear().await.unwrap();
        self.type_into(&field, text).await;
    }

    /// Types key by key. No key stands for a character outside the basic plane, such as 𠮷, and the driver leaves it
    /// out: it is put in as an input method puts in what was composed.
    async fn type_into(&self, field: &WebElement, text: &str) {
        let rare = |c: char| u32::from(c) > 0xffff;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c| rare(c) != rare(first)).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            if rare(first) {
                let script = "arguments[0].focus(); document.execCommand('insertText', false, arguments[1])";
                let given = vec![field.to_json().unwrap(), run.into()];
                self.window.execute(script, given).await.unwrap();
            } else {
                field.send_keys(run).await.unwrap();
            }
            rest = after;
        }
    }

    /// Calls one of the shell's commands from the page; the answer as JSON, or `refused: …`.
    pub async fn invoke(&self, command: &str, arguments: &str) -> String {
        self.settle(&format!(
            "window.__TAURI_INTERNALS__.invoke('{command}', {arguments})"
        ))
        .await
    }

    /// What a promise in the page comes to: its value as JSON, or `refused: …`. Breaches of the content policy are
    /// kept in `window.violations`.
    pub async fn settle(&self, promise: &str) -> String {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             if (!window.violations) {{
               window.violations = [];
               document.addEventListener('securitypolicyviolation', (e) => window.violations.push(e.violatedDirective));
             }}
             const text = (value) => value instanceof Error ? value.message : JSON.stringify(value);
             {promise}.then((value) => done(JSON.stringify(value)), (error) => done('refused: ' + text(error)));"
        );
        self.window
            .execute_async(script, vec![])
            .await
            .unwrap()
            .convert()
            .unwrap()
    }

    /// The first element that can be seen and pressed.
    pub async fn found(&self, by: By) -> WebElement {
        let query = self
            .window
            .query(by.clone())
            .wait(PATIENCE, Duration::from_millis(100));
        match query.and_displayed().and_clickable().first().await {
            Ok(element) => element,
            Err(error) => {
                self.picture("desktop-failed").await;
                panic!("{by:?}: {error}");
            }
        }
    }

    /// Keeps a picture of the window as test output.
    pub async fn picture(&self, name: &str) {
        // The first frame is what stood there; the second shows what has changed since.
        self.settle(
            "new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(() => next(0))))",
        )
        .await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("test-results/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        self.window
            .screenshot(&folder.join(format!("{name}.png")))
            .await
            .unwrap();
    }

    /// Closes the window and returns the home it leaves behind.
    pub async fn stop(self) -> TempDir {
        self.window.quit().await.unwrap();
        drop(self.driver);
        self.home
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn tool(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("target/tools/bin")
        .join(name)
}
