"""The same dialogue as a line on FastAPI with the official library: each request is verified, written
durably with its answer, and a repeat gets the answer it got.

    python server.py PORT FILE        (PUBLIC_URL and AUTH_TOKEN in the environment)
"""

import os
import sqlite3
import sys
from datetime import datetime, timezone

import uvicorn
from fastapi import FastAPI, Request, Response
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

PORT, FILE = int(sys.argv[1]), sys.argv[2]
BASE = os.environ["PUBLIC_URL"]
validator = RequestValidator(os.environ["AUTH_TOKEN"])

db = sqlite3.connect(FILE, isolation_level=None, check_same_thread=False)
db.execute("pragma journal_mode = WAL")
db.execute("pragma synchronous = FULL")
db.execute("create table event (key text primary key, at text, kind text, sender text, body text) without rowid")
db.execute("create table reply (key text primary key, document text) without rowid")

app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)


def store(key, kind, form, document):
    db.execute("begin immediate")
    before = db.execute("select document from reply where key = ?", (key,)).fetchone()
    if before is None:
        at = datetime.now(timezone.utc).isoformat()
        words = form.get("Digits") or form.get("Body") or ""
        db.execute("insert into event values (?, ?, ?, ?, ?)", (key, at, kind, form["From"], words))
        db.execute("insert into reply values (?, ?)", (key, document))
    db.execute("commit")
    return Response(before[0] if before else document, media_type="text/xml")


def question(sid, n):
    voice = VoiceResponse()
    action = f"{BASE}/twilio/voice/step?c={sid}&n={n}"
    gather = Gather(input="dtmf", num_digits=1, finish_on_key="", timeout=6, action_on_empty_result=True, method="POST", action=action)
    words = f"Otázka {n}. Bydlení: jedna. Práce: dva. Dluhy: tři. Doklady: čtyři. Operátor: nula."
    gather.say(words, language="cs-CZ", voice="Google.cs-CZ-Wavenet-A")
    voice.append(gather)
    voice.redirect(f"{action}&ev=silence", method="POST")
    return str(voice)


async def signed(request: Request):
    """Returns the form of a request, or the refusal of one that is not the provider's."""
    form = await request.form()
    signature = request.headers.get("x-twilio-signature")
    if not signature:
        return None, Response("not signed", 400)
    url = BASE + request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if not validator.validate(url, form, signature):
        return None, Response("wrong signature", 403)
    return form, None


@app.post("/twilio/voice")
async def called(request: Request):
    form, refusal = await signed(request)
    return refusal or store(f"voice:{form['CallSid']}:called", "called", form, question(form["CallSid"], 1))


@app.post("/twilio/voice/step")
async def step(request: Request):
    form, refusal = await signed(request)
    if refusal:
        return refusal
    n = int(request.query_params["n"])
    return store(f"voice:{form['CallSid']}:{n}", "keys", form, question(form["CallSid"], n + 1))


@app.post("/twilio/sms")
async def message(request: Request):
    form, refusal = await signed(request)
    return refusal or store(f"sms:{form['MessageSid']}", "text", form, str(MessagingResponse()))


uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning", access_log=False)
