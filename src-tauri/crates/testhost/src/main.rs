//! Serves the real UI on the real core to a browser on this machine, so that journeys can be driven in a browser.
//!
//! It binds to 127.0.0.1 only, refuses requests that name another host (a page of some other site must not reach the
//! core through a victim's browser), and ends by itself after the time it is given.

mod files;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use clap::Parser;
use safety_api::{App, Environment};

/// As in the desktop program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Largest request body: an attachment in base64 with room to spare.
const BODY_LIMIT: usize = 96 * 1024 * 1024;

/// Serves the window's screens to a browser on this machine.
#[derive(Debug, Parser)]
struct Options {
    /// The store's file.
    #[arg(long)]
    store: PathBuf,
    /// Folder with the built screens.
    #[arg(long, default_value = "ui/dist")]
    dist: PathBuf,
    /// Port; 0 = any free one, printed on standard output.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Seconds after which the host ends by itself.
    #[arg(long, default_value_t = 3600)]
    seconds: u64,
}

#[derive(Clone)]
struct Host {
    app: Arc<App>,
    dist: Arc<PathBuf>,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let options = Options::parse();
    let mut environment = Environment::desktop(Some(options.store.clone()));
    environment.machine_dir = options.store.with_extension("machine");
    let host = Host {
        app: Arc::new(App::new(environment)),
        dist: Arc::new(options.dist),
    };
    let router = Router::new()
        .route("/api/call/{name}", post(call))
        .route("/", get(files::index))
        .route("/{*path}", get(files::file))
        .layer(middleware::from_fn(this_machine_only))
        .layer(axum::extract::DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(host);
    let listener =
        tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port))).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(options.seconds)) => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        })
        .await
}

/// A foreign page cannot set these: the host header is this machine's, and the content type forces a pre-flight
/// request, which is not answered.
async fn this_machine_only(request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if name == "127.0.0.1" || name == "localhost" {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

async fn call(
    State(host): State<Host>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/json"));
    let Some(args) = serde_json::from_str(&body).ok().filter(|_| json) else {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    };
    match tokio::task::spawn_blocking(move || host.app.call(&name, args)).await {
        Ok(Ok(result)) => axum::Json(result).into_response(),
        Ok(Err(error)) => (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(error)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
