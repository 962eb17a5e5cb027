"""Verifies a bundle by docs/evidence-format.md alone: python3 verify_evidence.py BUNDLE.zip PUBLIC.pem"""
import base64, hashlib, json, sys, zipfile


def canonical(value):  # RFC 8785 of text, whole numbers, lists and objects with ASCII names
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


# Ed25519, verification only: RFC 8032, section 5.1.7, in extended homogeneous coordinates
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


def point(text):
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P:
        raise ValueError("not a point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def has_signed(public, message, signature):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(point(r), times(h, point(public)))
    return s < L and not (left[0] * right[2] - right[0] * left[2]) % P and not (left[1] * right[2] - right[1] * left[2]) % P


def refuse(why):
    sys.exit("TAMPERED WITH: " + why)


def lines_of(name):  # the last one's end may be missing
    lines = bundle.read(name).split(b"\n")
    return lines if lines[-1] else lines[:-1]


def event_of(line):  # byte for byte: a member that stands twice, say, is another one to another reader
    event = json.loads(line)
    if canonical(event) != line:
        refuse("an event is not canonical: %s" % line.decode())
    return event


bundle, key_file = zipfile.ZipFile(sys.argv[1]), open(sys.argv[2]).read()
der = base64.b64decode("".join(key_file.split("-----")[2].split()))
key_id, public = hashlib.sha256(der).hexdigest()[:16], der[-32:]
revoked_at = "9999"
if len(set(bundle.namelist())) < len(bundle.namelist()):
    refuse("an entry stands twice")
for line in lines_of("revocations.ndjson") if "revocations.ndjson" in bundle.namelist() else []:
    revocation = json.loads(line)["metsuke"]["seal_revocation"]
    signature = base64.b64decode(revocation.pop("signature"))
    if revocation["key"] == revocation["revoked"] == key_id and has_signed(public, canonical(revocation), signature):
        revoked_at = min(revoked_at, revocation["revoked_at"][:-1])
events = iter(lines_of("events.ndjson"))
stream, sequence, head, waiting, proven, deleted, reached, sealed = None, 0, b"", 0, 0, None, {}, {}
for line in lines_of("proof.ndjson"):
    step = json.loads(line)
    if "start" in step:
        stream, sequence, waiting = step["start"]["stream"], step["start"]["sequence"], 0
        if sequence < reached.get(stream, 0):
            refuse("the proof goes back behind line %d" % sequence)
        head = bytes.fromhex(step["start"]["hash"])
    if "deleted" in step:
        first, deleted = step["deleted"]["first"], step["deleted"]["last"]
        if first != sequence + 1:
            refuse("line %d does not stand behind line %d" % (first, sequence))
        reached[stream] = deleted
        print("lines %d to %d are told as deleted: see deletions.ndjson" % (first, deleted))
    if "unproven" in step:
        place = (event_of(next(events, b"null")) or refuse("an event is missing"))["metsuke"]["integrity"]
        if place != {"stream": stream, "sequence": sequence, "hash": head.hex()} or sequence - 1 != deleted:
            refuse("line %d is not the one behind deleted lines" % sequence)
    for leaf in step.get("omitted", []):
        sequence, head = sequence + 1, hashlib.sha256(head + bytes.fromhex(leaf)).digest()
    for _ in range(step.get("listed", 0)):
        event = event_of(next(events, b"null")) or refuse("an event is missing")
        claimed = event["metsuke"]["integrity"].pop("hash")
        sequence, head = sequence + 1, hashlib.sha256(head + hashlib.sha256(canonical(event)).digest()).digest()
        place = event["metsuke"]["integrity"]
        if claimed != head.hex() or place != {"stream": stream, "sequence": sequence}:
            refuse("event %s does not follow" % event["event"]["id"])
        waiting += 1
    if "seal" in step:
        seal = step["seal"]["metsuke"]["seal"]
        signature = base64.b64decode(seal.pop("signature"))
        if (seal["stream"], seal["sequence"], seal["hash"]) != (stream, sequence, head.hex()):
            refuse("the lines do not lead to seal %d" % seal["number"])
        if seal["key"] != key_id or not has_signed(public, canonical(seal), signature):
            refuse("seal %d is not signed by the key %s" % (seal["number"], key_id))
        if seal["signed_at"][:-1] >= revoked_at:
            sys.exit("CANNOT BE TOLD: seal %d is not trustworthy: its key was revoked" % seal["number"])
        place = seal["number"], sequence, seal["signed_at"][:-1]
        if stream in sealed and not (place[:2] > sealed[stream][:2] and place[1:] > sealed[stream][1:]):
            refuse("seal %d does not come behind seal %d" % (place[0], sealed[stream][0]))
        proven, waiting, sealed[stream] = proven + waiting, 0, place
    reached[stream] = max(reached.get(stream, 0), sequence)
if next(events, None) is not None:
    refuse("there are more events than the proof tells of")
print("%d events proven genuine" % proven)
