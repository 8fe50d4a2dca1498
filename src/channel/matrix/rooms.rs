//! The rooms the line is in: which one is a person's own, which is one of many, and whether anybody is there.

use super::NAME;
use crate::channel::SendError;
use crate::domain::{Address, Barrier};
use matrix_sdk::ruma::{OwnedUserId, RoomId, UserId};
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::{Client, Room, RoomState};

/// Two are alone with each other.
const ALONE: u64 = 2;

/// Tells whether more people are in a room, or invited to it, than the line and one other, whatever it was
/// made for; whoever `leaves` is counted no more.
pub(super) fn is_of_many(room: &Room, leaves: bool) -> bool {
    room.active_members_count() > ALONE - u64::from(leaves)
}

/// Lists whose own room this was before others came.
pub(super) async fn owners(room: &Room) -> Vec<Address> {
    let mut owners = Vec::new();
    for user in room.direct_targets().iter().filter_map(|target| target.as_user_id()) {
        let member = room.get_member_no_sync(user).await.ok().flatten();
        if member.is_some_and(|member| *member.membership() == MembershipState::Join) {
            owners.push(Address::new(NAME, user.as_str()));
        }
    }
    owners
}

/// Returns the address of a room.
pub(super) fn address(room: &Room) -> Address {
    Address::new(NAME, room.room_id().as_str())
}

/// Finds the room a letter to this handle belongs in; a person nobody has a room with is invited to a new,
/// encrypted one.
///
/// # Errors
/// When the handle is neither, or nobody is there any more.
pub(super) async fn find(client: &Client, handle: &str) -> Result<Room, SendError> {
    if let Ok(id) = RoomId::parse(handle) {
        let room = client.get_room(&id).filter(|room| room.state() == RoomState::Joined);
        return room.ok_or_else(|| gone(Barrier::Unreachable, "the line is not in this room"));
    }
    let user = UserId::parse(handle).map_err(|_| gone(Barrier::Unreachable, "neither a user nor a room"))?;
    match own_room(client, &user).await {
        Some(room) => there(&room, &user).await.map(|()| room),
        None => client.create_dm(&user).await.map_err(|error| super::send_error(&error)),
    }
}

/// The room in which the line is alone with somebody.
pub(super) async fn own_room(client: &Client, user: &UserId) -> Option<Room> {
    if let Some(room) = client.get_dm_rooms(user).find(|room| !is_of_many(room, false)) {
        return Some(room);
    }
    for room in client.joined_rooms() {
        if !is_of_many(&room, false) && room.get_member_no_sync(user).await.ok().flatten().is_some() {
            return Some(room);
        }
    }
    None
}

/// Whoever has left a room does not want to hear from the line.
async fn there(room: &Room, user: &OwnedUserId) -> Result<(), SendError> {
    let member = room.get_member(user).await.map_err(|error| super::send_error(&error))?;
    match member.map(|member| member.membership().clone()) {
        Some(MembershipState::Leave | MembershipState::Ban) | None => Err(gone(Barrier::Blocked, "the person has left the room")),
        Some(_) => Ok(()),
    }
}

fn gone(barrier: Barrier, reason: &str) -> SendError {
    SendError::Barred { barrier, reason: reason.to_owned() }
}
