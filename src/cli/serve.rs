//! `linka serve`: the running line.

use super::{Global, answer, block_on, setup};
use crate::app::{App, Clock, serve};
use crate::{console, page};
use clap::Args;
use std::net::SocketAddr;

/// What `linka serve` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(super) listen: SocketAddr,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    setup.log()?;
    block_on(async {
        let listener = serve::listen(arguments.listen).await?;
        answer(&format!("http://{}", listener.local_addr()?));
        let app = App::start(setup.store().await?, setup::channels(false), Clock::System, setup.handbook()?, false).await?;
        let pages = page::worker_router().merge(console::router());
        serve::serve(app, listener, pages, told_to_stop()).await?;
        Ok(())
    })
}

/// Completes on SIGTERM or Ctrl-C.
pub(super) async fn told_to_stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

