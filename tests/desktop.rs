//! The real desktop program, driven as a person would drive it. `make desktop` gives it a display and a driver.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "desktop/journey.rs"]
mod journey;
#[path = "desktop/program.rs"]
mod program;

use program::Program;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and tauri-driver: make desktop"]
async fn the_window_opens_in_both_languages() {
    let program = Program::start("zh_CN.UTF-8").await;
    program.press("中文").await;
    program.shows("网点安全台账").await;
    assert_eq!(program.window.title().await.unwrap(), "网点安全台账");
    program.picture("desktop-first-window-zh").await;

    program.press("English").await;
    program.shows("Outlet Safety Account").await;
    assert_eq!(program.window.title().await.unwrap(), "Outlet Safety Account");
    program.picture("desktop-first-window-en").await;
    program.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and tauri-driver: make desktop"]
async fn the_window_reaches_its_own_core_and_nothing_else() {
    let program = Program::start("zh_CN.UTF-8").await;
    program.shows("English").await;

    let status = program
        .invoke("call", r#"{ name: "app_status", args: {} }"#)
        .await;
    assert!(status.contains("\"phase\""), "{status}");
    let refused = program
        .invoke("call", r#"{ name: "no_such_command", args: {} }"#)
        .await;
    assert!(refused.contains("command-unknown"), "{refused}");

    for (command, arguments) in [
        ("plugin:opener|open_path", r#"{ path: "/etc/hostname" }"#),
        ("plugin:opener|open_url", r#"{ url: "https://example.org" }"#),
        ("plugin:fs|read_text_file", r#"{ path: "/etc/hostname" }"#),
        ("plugin:shell|execute", r#"{ program: "id" }"#),
        (
            "plugin:webview|create_webview_window",
            r#"{ options: { label: "second", url: "/" } }"#,
        ),
    ] {
        let answer = program.invoke(command, arguments).await;
        assert!(answer.starts_with("refused"), "{command}: {answer}");
    }

    let outside = program.settle("fetch('https://example.org/')").await;
    assert!(outside.starts_with("refused"), "{outside}");
    let violations = program.settle("Promise.resolve(window.violations ?? [])").await;
    assert!(violations.contains("connect-src"), "{violations}");

    let styled = program
        .settle("Promise.resolve(getComputedStyle(document.querySelector('.ant-segmented-item-selected')).cursor)")
        .await;
    assert_eq!(styled, "\"pointer\"", "antd's styles were blocked");
    program.stop().await;
}
