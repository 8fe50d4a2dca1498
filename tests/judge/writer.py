"""Somebody with a chat client that shares no code with the line: writes what stands on its standard input to one
user in an encrypted room, and prints each message it can decrypt as a line of JSON.

usage: writer.py HOMESERVER USER PASSWORD TO FOLDER
"""

import asyncio
import json
import sys

from nio import AsyncClient, AsyncClientConfig, EnableEncryptionBuilder, InviteMemberEvent, MegolmEvent, RoomMessageText
from nio import RoomPreset

homeserver, user, password, to, folder = sys.argv[1:]


def tell(**what):
    print(json.dumps(what), flush=True)


async def main():
    config = AsyncClientConfig(store_sync_tokens=True, encryption_enabled=True)
    client = AsyncClient(homeserver, user, store_path=folder, config=config)
    await client.login(password)
    await client.sync(timeout=0, full_state=True)

    async def said(room, event):
        if event.sender != client.user_id:
            tell(said=event.body, encrypted=event.decrypted)

    async def unread(room, event):
        if event.sender != client.user_id:
            tell(unread=event.event_id)

    async def invited(room, event):
        await client.join(room.room_id)

    client.add_event_callback(said, RoomMessageText)
    client.add_event_callback(unread, MegolmEvent)
    client.add_event_callback(invited, InviteMemberEvent)
    encrypted = EnableEncryptionBuilder().as_dict()
    made = await client.room_create(is_direct=True, invite=[to], preset=RoomPreset.trusted_private_chat, initial_state=[encrypted])
    room = made.room_id
    tell(room=room)
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    syncing = asyncio.create_task(client.sync_forever(timeout=2000, full_state=True))
    while line := (await lines.readline()).decode().rstrip("\n"):
        content = {"msgtype": "m.text", "body": line}
        await client.room_send(room, "m.room.message", content, ignore_unverified_devices=True)
        tell(sent=line)
    syncing.cancel()
    await client.close()


asyncio.run(main())
