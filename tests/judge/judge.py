"""The official Python library as a judge of our signatures, and we of its.

    judge.py sign FILE       writes requests signed by the library, for the Rust tests to judge
    judge.py check FOLDER    judges what the Rust tests signed: FOLDER/signed.jsonl
    judge.py shapes FILE     compares the published shapes with the library's own names

Each line of a file is one request: token, url (what the provider calls), form (pairs) or
body (raw), algorithm, signature, genuine (false where something was changed afterwards).
"""

import inspect
import json
import random
import re
import sys
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

SEED = 20260204
REQUESTS = 400


class Form(dict):
    """Repeated keys as web frameworks hand them over."""

    def getlist(self, key):
        return self[key]


def form_of(pairs):
    form = Form()
    for key, value in pairs:
        form.setdefault(key, []).append(value)
    return form


def knows_algorithms():
    return "algorithm" in inspect.signature(RequestValidator.validate).parameters


def verdict(request):
    params = form_of(request["form"]) if request["form"] is not None else request["body"]
    validator = RequestValidator(request["token"])
    extra = [request["algorithm"]] if knows_algorithms() else []
    return validator.validate(request["url"], params, request["signature"], *extra)


def check(folder):
    judged = wrong = 0
    for line in open(f"{folder}/signed.jsonl", encoding="utf-8"):
        request = json.loads(line)
        if request["algorithm"] == "HMAC_SHA256" and not knows_algorithms():
            continue
        judged += 1
        if verdict(request) != request["genuine"]:
            wrong += 1
            print(f"the library disagrees: {line.strip()}")
    if wrong or judged < 100:
        sys.exit(f"{wrong} of {judged} signatures judged otherwise")
    print(f"the Python library agrees on {judged} requests")


def text(rng):
    alphabet = "abcXYZ 0129+&=%#?/\\'\"<>.,;:_-*~\t\n\u011b\u0161\u010d\u0158\u017e\u20ac\u4e2d\U0001f600\u00a0\ufeff"
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(0, 12)))


def request(rng, algorithms):
    token = "".join(rng.choice("0123456789abcdef") for _ in range(32))
    port = rng.choice(["", "", "", ":443", ":8443", ":80"])
    base = rng.choice(["https", "https", "http"]) + "://line.example.org" + port + rng.choice(["", "/linka"])
    query = urlencode([(f"q{n}", text(rng)) for n in range(rng.randint(0, 3))])
    algorithm = rng.choice(algorithms)
    validator = RequestValidator(token)
    extra = [algorithm] if knows_algorithms() else []
    if rng.random() < 0.2:
        body = json.dumps({"text": text(rng), "n": rng.random()}, ensure_ascii=rng.random() < 0.5)
        query = "&".join(filter(None, [query, "bodySHA256=" + validator.compute_hash(body)]))
        pairs, params = None, {}
    else:
        keys = ["Body", "From", "To", "body", "A", "b", "Digits", "MediaUrl0", "\u0161"]
        pairs = [(rng.choice(keys), text(rng)) for _ in range(rng.randint(0, 7))]
        body, params = urlencode(pairs), form_of(pairs)
    url = base + "/t/sms" + ("?" + query if query else "")
    signature = validator.compute_signature(url, params, *extra)
    genuine = rng.random() < 0.8
    if not genuine:
        token = token[1:] + ("0" if token[0] != "0" else "1") + "x"
    kind = "application/json" if pairs is None else "application/x-www-form-urlencoded"
    return {"token": token, "base": base, "target": url[len(base):], "content_type": kind, "body": body,
            "algorithm": algorithm, "signature": signature, "genuine": genuine}


def sign(file):
    rng = random.Random(SEED)
    algorithms = ["HMAC_SHA1", "HMAC_SHA256"] if knows_algorithms() else ["HMAC_SHA1"]
    with open(file, "w", encoding="utf-8") as out:
        for _ in range(REQUESTS):
            print(json.dumps(request(rng, algorithms)), file=out)
    print(f"the Python library signed {REQUESTS} requests by {', '.join(algorithms)}")


def shapes(file):
    from twilio.rest.api.v2010.account import call, incoming_phone_number, message, recording
    from twilio.rest.api.v2010 import account

    modules = {"Messages": message, "Calls": call, "Recordings": recording, "IncomingPhoneNumbers": incoming_phone_number}
    unknown = []
    operations = json.load(open(file, encoding="utf-8"))["operations"]
    for name, shape in operations.items():
        resource = re.search(r"\{AccountSid\}/(\w+)", name)
        source = inspect.getsource(modules[resource[1]] if resource else account)
        answer = shape["answer"] if isinstance(shape["answer"], list) else []
        names = [*(parameter for parameter in shape["parameters"] if parameter != "RequestedChannels"), *answer]
        unknown += [f"{name}: {known}" for known in names if f'"{known}"' not in source]
    if unknown:
        sys.exit("the library does not know\n" + "\n".join(unknown))
    print(f"the Python library knows the names of {len(operations)} shapes")


if __name__ == "__main__":
    {"sign": sign, "check": check, "shapes": shapes}[sys.argv[1]](sys.argv[2])
