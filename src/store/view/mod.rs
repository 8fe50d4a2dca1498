//! What the console, the worker's page and the commands look at. Read-only connections; every
//! list is paged by its key, nothing is counted or skipped over.

mod attention;
mod call;
mod list;
mod thread;
mod timeline;

pub use attention::Attention;
pub use list::{Cursor, Filter, Page};
pub use thread::Bubble;
pub use timeline::{Posted, Timeline};
