//! The built screens, with the same content security policy as in the desktop window.

use std::path::{Component, Path as FilePath};

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::Host;

/// The start page with a fresh nonce for its inline style, as the desktop shell gives it one.
pub async fn index(State(host): State<Host>) -> Response {
    let Ok(page) = std::fs::read_to_string(host.dist.join("index.html")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut bytes = [0_u8; 16];
    if getrandom::fill(&mut bytes).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let nonce: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let page = page.replace("<style", &format!("<style nonce=\"{nonce}\""));
    let policy = format!(
        "default-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; connect-src 'self'; \
         object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, page).into_response()
}

/// Any other file below the folder; an unknown path without an ending is a screen's address, so the start page.
pub async fn file(State(host): State<Host>, Path(path): Path<String>) -> Response {
    let relative = FilePath::new(&path);
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return StatusCode::NOT_FOUND.into_response();
    }
    if relative.extension().is_none() {
        return index(State(host)).await;
    }
    match std::fs::read(host.dist.join(relative)) {
        Ok(bytes) => ([(header::CONTENT_TYPE, media_type(relative))], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn media_type(path: &FilePath) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
