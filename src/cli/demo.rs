//! `linka demo`: the whole line on invented data, every channel in the browser.

use super::serve::told_to_stop;
use super::{Global, answer, block_on, occupied, setup};
use crate::app::{App, Clock, seed_demo, serve};
use crate::console::password;
use crate::store::Store;
use crate::{console, page};
use clap::Args;
use std::net::SocketAddr;

/// What `linka demo` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

/// The invented prisons of the demo: code, name and PIN; they exist nowhere else.
const PRISONS: [(&str, &str, &str); 2] = [("BEL", "Věznice Bělušice", "246810"), ("SVE", "Věznice Světlá nad Sázavou", "135791")];

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    setup.log()?;
    block_on(async {
        let _occupied = global.data.as_ref().map(|_| occupied::occupy(&setup, "demo")).transpose()?;
        let stop = told_to_stop()?;
        let listener = serve::listen(arguments.listen).await?;
        answer(&format!("http://{}/demo", listener.local_addr()?));
        answer(&format!("console: http://{}/console  name {}  password {}", listener.local_addr()?, console::DEMO.0, console::DEMO.1));
        let store = if global.data.is_some() { setup.store().await? } else { Store::open("sqlite::memory:").await? };
        let handbook = if global.data.is_some() { setup.handbook()? } else { built_in(&setup)? };
        // A kept demo goes on where its moved clock was: what happened has happened.
        let now = Clock::System.now();
        let clock = Clock::moved(store.last_event_at().await?.map_or(now, |last| last.max(now)));
        seed_demo(&store, &handbook.gazetteer, clock.now()).await?;
        sign_ins(&store, &clock).await?;
        let app = App::start(store, setup::demo_channels(), clock, handbook, true).await?;
        let pages = page::worker_router().merge(page::demo_router()).merge(console::router());
        serve::serve(app, listener, pages, stop).await?;
        Ok(())
    })
}

/// The handbook of a demo that leaves no folder behind.
fn built_in(setup: &setup::Setup) -> anyhow::Result<crate::handbook::Handbook> {
    let mut handbook = crate::handbook::Handbook::builtin()?;
    handbook.lexicon = std::sync::Arc::new(setup.lexicon()?);
    handbook.flows = std::sync::Arc::new(setup.flows()?);
    Ok(handbook)
}

async fn sign_ins(store: &Store, clock: &Clock) -> anyhow::Result<()> {
    if store.user(console::DEMO.0).await?.is_none() {
        store.add_user(console::DEMO.0, &password::hash(console::DEMO.1)?, "coordinator", clock.now()).await?;
    }
    for (code, name, pin) in PRISONS {
        if store.prison_login(code).await?.is_none() {
            store.save_prison_login(code, name, &password::hash(pin)?).await?;
        }
    }
    Ok(())
}
