//! `linka serve`: the running line.

use super::{Global, answer, block_on, occupied, setup};
use crate::app::{App, Clock, files, serve};
use crate::{console, gateway, page};
use clap::Args;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

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
    // A line that cannot tell the provider's requests from others' does not begin to listen.
    let (exchange, outpost, house) = (setup.exchange()?, setup.outpost()?, setup.house()?);
    block_on(async {
        let _occupied = occupied::occupy(&setup, "serve")?;
        let stop = told_to_stop()?;
        let listener = serve::listen(arguments.listen).await?;
        answer(&format!("http://{}", listener.local_addr()?));
        let store = setup.store().await?;
        let channels = setup::channels(exchange.as_ref(), outpost.as_ref(), house.as_ref(), &files(&store));
        let app = App::start(store, channels, Clock::System, setup.handbook()?, false).await?;
        let heartbeat = &setup.config.heartbeat;
        if let Some(url) = heartbeat.url.clone() {
            app.keep_beating(url, Duration::from_secs(heartbeat.seconds.max(1).into()))?;
        }
        for stray in exchange.iter().flat_map(|exchange| gateway::strays(&exchange.phone, &app.handbook().book.lines)) {
            tracing::error!("{stray}");
        }
        let phone = exchange.map(|exchange| exchange.gateway(Arc::clone(&app)));
        if let Some(phone) = phone.clone() {
            app.run_beside(move || {
                let phone = Arc::clone(&phone);
                async move { phone.step().await }
            });
        }
        let phone = phone.map(gateway::router).unwrap_or_default();
        for stray in outpost.iter().flat_map(|_| gateway::telegram::strays(&app.handbook().book)) {
            tracing::error!("{stray}");
        }
        for stray in house.iter().flat_map(|_| gateway::matrix::strays(&app.handbook().book)) {
            tracing::error!("{stray}");
        }
        if let Some(house) = house {
            house.listen(&app);
        }
        let telegram = outpost.map(|outpost| outpost.open(&app)).unwrap_or_default();
        let pages = page::worker_router().merge(console::router()).merge(phone).merge(telegram);
        serve::serve(app, listener, pages, stop).await?;
        Ok(())
    })
}

/// Listens for SIGTERM and Ctrl-C from now on; what it returns completes on the first of them.
pub(super) fn told_to_stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
