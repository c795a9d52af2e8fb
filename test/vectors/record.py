#!/usr/bin/env python3
"""Makes minisign.json, charter.json, record.json, ledger.json, words.json and proof.json.

Written from docs/spec alone with the standard library of Python 3, and shares no code with the program
under test. Run it in this folder; the result is the same every time. One fault per vector.
"""

import base64
import hashlib
import json
import re

# --- Ed25519, from the formulas of RFC 8032 section 5.1 ------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE_Y = 4 * pow(5, -1, P) % P


def recover_x(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - x2) % P == 0
    return P - x if x % 2 != sign else x


# Points as (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z.
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def compress(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, 'little')


class Key:
    def __init__(self, seed):
        digest = hashlib.sha512(seed).digest()
        scalar = int.from_bytes(digest[:32], 'little')
        self.scalar = scalar & (1 << 254) - 8 | 1 << 254
        self.prefix = digest[32:]
        self.public = compress(multiply(self.scalar, BASE))

    def sign(self, message):
        r = int.from_bytes(hashlib.sha512(self.prefix + message).digest(), 'little') % L
        point = compress(multiply(r, BASE))
        h = int.from_bytes(hashlib.sha512(point + self.public + message).digest(), 'little') % L
        return point + ((r + h * self.scalar) % L).to_bytes(32, 'little')


# --- Small parts of the specification ------------------------------------------------------------------


def blake2b(length, data):
    return hashlib.blake2b(data, digest_size=length).digest()


def kdf(subkey, context, key):
    """libsodium's crypto_kdf_derive_from_key, 32 bytes."""
    salt = subkey.to_bytes(8, 'little') + bytes(8)
    return hashlib.blake2b(b'', digest_size=32, key=key, salt=salt, person=context + bytes(8)).digest()


def b64(data):
    return base64.b64encode(data).decode()


def seed(label):
    return hashlib.sha256(b'holdfast test vectors: ' + label.encode()).digest()


BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'


def bech32(prefix, data):
    def polymod(values):
        check = 1
        for value in values:
            top = check >> 25
            check = (check & 0x1FFFFFF) << 5 ^ value
            for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
                if top >> bit & 1:
                    check ^= term
        return check

    bits = ''.join(f'{byte:08b}' for byte in data)
    bits += '0' * (-len(bits) % 5)
    symbols = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = polymod(expanded + symbols + [0] * 6) ^ 1
    symbols += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return prefix + '1' + ''.join(BECH32[symbol] for symbol in symbols)


def recipient(label):
    """1216 bytes with the form of an X-Wing key (coefficients below 3329); nobody has its secret half."""
    stream = hashlib.shake_256(label.encode()).digest(8192)
    pairs = (int.from_bytes(stream[at : at + 4], 'little') for at in range(0, 4 * 384, 4))
    key = b''.join((n % 3329 | (n // 3329) % 3329 << 12).to_bytes(3, 'little') for n in pairs)
    return bech32('age1pq', key + stream[6000:6064])


def key_line(key, algorithm=b'Ed'):
    return b64(algorithm + blake2b(32, key.public)[:8] + key.public)


def minisign(key, message, comment, algorithm=b'ED', signed=None):
    signature = key.sign(blake2b(64, message) if algorithm == b'ED' else message)
    key_id = blake2b(32, key.public)[:8]
    return '\n'.join(
        [
            f'untrusted comment: signature by holdfast, key {key_id[::-1].hex().upper()}',
            b64(algorithm + key_id + signature),
            f'trusted comment: {comment}',
            b64(key.sign(signature + (signed or comment).encode())),
            '',
        ]
    )


def document(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + '\n'


def compact(value):
    return json.dumps(value, separators=(',', ':'), ensure_ascii=False)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def change(value, path, new):
    """A deep copy with one value replaced; the path is written like cards.0.card."""
    copy = json.loads(json.dumps(value))
    *steps, last = [int(s) if s.isdigit() else s for s in path.split('.')]
    place = copy
    for step in steps:
        place = place[step]
    if new is None and last != 'previous':
        del place[last]
    else:
        place[last] = new
    return copy


def write(name, spec, **parts):
    with open(f'{name}.json', 'w', encoding='utf-8', newline='\n') as file:
        file.write(document({'spec': f'docs/spec/{spec}.md', 'generator': 'test/vectors/record.py', **parts}))


# --- minisign ------------------------------------------------------------------------------------------

ALICE, BOB = Key(seed('alice')), Key(seed('bob'))


def minisign_vectors():
    message, kind = 'sealed on 2026-11-24\n', 'holdfast record v1'
    good = minisign(ALICE, message.encode(), kind + ' sequence 1')
    lines = good.split('\n')

    def vector(name, expect, signature=good, key=ALICE, text=message, of=kind):
        return {
            'name': name,
            'expect': expect,
            'publicKey': key.public.hex(),
            'message': text,
            'type': of,
            'signature': signature,
        }

    def line(number, text):
        return '\n'.join([*lines[:number], text, *lines[number + 1 :]])

    packed = base64.b64decode(lines[1])
    flipped = b64(packed[:40] + bytes([packed[40] ^ 1]) + packed[41:])
    of = lambda comment: minisign(ALICE, message.encode(), comment)
    signatures = [
        vector('a signature', 'ok'),
        vector('carriage returns', 'ok', good.replace('\n', '\r\n')),
        vector('no newline at the end', 'ok', good.rstrip('\n')),
        vector('another untrusted comment', 'ok', line(0, 'untrusted comment: anything')),
        vector('another key id, which is only a hint', 'ok', line(1, b64(packed[:2] + bytes(8) + packed[10:]))),
        vector('the type alone as comment', 'ok', of(kind)),
        vector('another message', 'minisign.signature', text=message + '\n'),
        vector('another key', 'minisign.signature', key=BOB),
        vector('a flipped bit', 'minisign.signature', line(1, flipped)),
        vector('a changed trusted comment', 'minisign.signature', line(2, lines[2] + '0')),
        vector('legacy, not prehashed', 'minisign.format', minisign(ALICE, message.encode(), kind, b'Ed')),
        vector('unknown algorithm', 'minisign.format', line(1, b64(b'RS' + packed[2:]))),
        vector('another type', 'minisign.format', of('holdfast charter v1')),
        vector('a type that only begins alike', 'minisign.format', of(kind + 'x')),
        vector('a later version', 'record.version', of('holdfast record v2')),
        vector('no trusted comment', 'minisign.format', line(2, 'comment: holdfast record v1')),
        vector('three lines', 'minisign.format', '\n'.join(lines[:3])),
        vector('five lines', 'minisign.format', good + 'more\n'),
        vector('no comment first', 'minisign.format', line(0, lines[1])),
        vector('base64 with a space', 'minisign.format', line(1, lines[1][:8] + ' ' + lines[1][8:])),
        vector('base64 without padding', 'minisign.format', line(3, lines[3].rstrip('='))),
        vector('a signature too short', 'minisign.format', line(1, b64(packed[:-3]))),
        vector('empty', 'minisign.format', ''),
    ]
    key = key_line(ALICE)
    odd = base64.b64decode(key)
    keys = [
        {'name': 'a line', 'expect': 'ok', 'text': key},
        {'name': 'a line with its newline', 'expect': 'ok', 'text': key + '\n'},
        {'name': 'a file', 'expect': 'ok', 'text': f'untrusted comment: sealer\n{key}\n'},
        {'name': 'a random key id, as minisign makes it', 'expect': 'ok', 'text': b64(odd[:2] + bytes(8) + odd[10:])},
        {'name': 'the algorithm of a signature', 'expect': 'minisign.format', 'text': key_line(ALICE, b'ED')},
        {'name': 'too short', 'expect': 'minisign.format', 'text': b64(odd[:-3])},
        {'name': 'too long', 'expect': 'minisign.format', 'text': b64(odd + b'123')},
        {'name': 'no comment before it', 'expect': 'minisign.format', 'text': f'sealer\n{key}\n'},
        {'name': 'three lines', 'expect': 'minisign.format', 'text': f'untrusted comment: a\n{key}\n{key}\n'},
        {'name': 'empty', 'expect': 'minisign.format', 'text': ''},
    ]
    canonical = {'publicKey': ALICE.public.hex(), 'line': key}
    write('minisign', 'minisign', canonical=canonical, signatures=signatures, publicKeys=keys)


# --- charter -------------------------------------------------------------------------------------------


class Escrow:
    """One escrow key: its seed gives the charter key; the recipient is made up."""

    def __init__(self, label):
        self.seed = seed(label)
        self.key = Key(kdf(1, b'charter_', self.seed))
        self.recipient = recipient(label)
        self.tag = blake2b(32, b'holdfast recipient v1' + self.recipient.encode())[:5]


FIRST, SECOND = Escrow('first'), Escrow('second')
SEALER, OTHER_SEALER = Key(seed('sealer')), Key(seed('other sealer'))
SHARES = [hashlib.sha512(b'share %d' % card).digest()[:50] for card in range(1, 6)]


def proof_key(share):
    return Key(blake2b(32, b'holdfast proof v1' + share))


def charter(escrow, number=1, previous=None, groups=((3, 5),), group_threshold=1, set_number=1):
    positions = [(g, m) for g, (_, members) in enumerate(groups, 1) for m in range(1, members + 1)]
    return {
        'type': 'holdfast charter v1',
        'escrow': '0123456789abcdef',
        'number': number,
        'created': f'2026-11-24T01:02:0{number}Z',
        'charterKey': key_line(escrow.key),
        'recipient': escrow.recipient,
        'set': {'number': set_number, 'id': bytes([set_number]).hex() + escrow.tag.hex() + '0a0b0c'},
        'policy': {
            'groupThreshold': group_threshold,
            'groups': [{'threshold': t, 'members': m} for t, m in groups],
        },
        'cards': [
            {
                'card': card,
                'group': group,
                'member': member,
                'commitment': blake2b(32, b'holdfast commitment v1' + SHARES[card - 1]).hex(),
                'proofKey': proof_key(SHARES[card - 1]).public.hex(),
            }
            for card, (group, member) in enumerate(positions, 1)
        ],
        'sealers': [key_line(SEALER)],
        'previous': previous,
    }


def signed_charter(text, escrow):
    return minisign(escrow.key, text.encode(), 'holdfast charter v1 escrow 0123456789abcdef')


def charter_vectors():
    base = charter(FIRST)
    text = document(base)

    def vector(name, expect, body=text, signature=None, key=FIRST.key):
        return {
            'name': name,
            'expect': expect,
            'charterKey': key.public.hex(),
            'charter': body,
            'signature': signature or signed_charter(body, FIRST),
        }

    def fault(name, path, new):
        return vector(name, 'charter.format', document(change(base, path, new)))

    groups = document(charter(FIRST, groups=((2, 3), (1, 2)), group_threshold=2))
    repeated = text.replace('"number": 1,', '"number": 1,\n  "number": 1,', 1)
    swapped = {k: base[k] for k in ('type', 'number', 'escrow', *list(base)[3:])}
    cards = base['cards']
    lone = change(base, 'policy', {'groupThreshold': 1, 'groups': [{'threshold': 1, 'members': 5}]})
    vectors = [
        vector('three of five', 'ok'),
        vector('two groups', 'ok', groups),
        vector('no sealer named', 'ok', document(change(base, 'sealers', []))),
        vector('another key', 'minisign.signature', key=SECOND.key),
        vector('a signature of other bytes', 'minisign.signature', signature=signed_charter(groups, FIRST)),
        vector('signed as a record', 'minisign.format', signature=minisign(FIRST.key, text.encode(), 'holdfast record v1')),
        vector('a later version', 'record.version', document(change(base, 'type', 'holdfast charter v2'))),
        vector('another type', 'charter.format', document(change(base, 'type', 'holdfast record v1'))),
        vector('no type', 'charter.format', document(change(base, 'type', None))),
        vector('a list', 'charter.format', '[]\n'),
        vector('not JSON', 'charter.format', text[:-3]),
        vector('empty', 'charter.format', ''),
        vector('nested too deep', 'limit.exceeded', '[' * 65 + ']' * 65 + '\n'),
        vector('a key twice', 'charter.format', repeated),
        vector('keys in another order', 'charter.format', document(swapped)),
        vector('compact', 'charter.format', compact(base)),
        vector('no newline at the end', 'charter.format', text.rstrip()),
        vector('a byte order mark', 'charter.format', '\ufeff' + text),
        vector('carriage returns', 'charter.format', text.replace('\n', '\r\n')),
        vector('an escaped letter', 'charter.format', text.replace('age1pq1', '\\u0061ge1pq1')),
        vector('a number with a fraction of zero', 'charter.format', text.replace('"number": 1,', '"number": 1.0,', 1)),
        fault('an unknown key', 'note', 'x'),
        fault('an unknown key inside', 'cards.0.holder', 'x'),
        fault('a missing key', 'sealers', None),
        fault('escrow id in upper case', 'escrow', '0123456789ABCDEF'),
        fault('escrow id too short', 'escrow', '0123456789abcd'),
        fault('number zero', 'number', 0),
        fault('number as text', 'number', '1'),
        fault('a first charter with one before', 'previous', '00' * 32),
        fault('a second charter with none before', 'number', 2),
        fault('a day that is not', 'created', '2026-02-30T00:00:00Z'),
        fault('a time with a zone', 'created', '2026-11-24T01:02:03+00:00'),
        fault('a recipient with a wrong letter', 'recipient', base['recipient'][:-1] + 'q'),
        fault('an X25519 recipient', 'recipient', bech32('age', bytes(32))),
        fault('a charter key that is a file', 'charterKey', f'untrusted comment: x\n{key_line(FIRST.key)}\n'),
        fault('the charter key of another', 'charterKey', key_line(SECOND.key)),
        fault('a set id of another set', 'set.id', '02' + base['set']['id'][2:]),
        fault('a set id of another recipient', 'set.id', '01' + SECOND.tag.hex() + '0a0b0c'),
        fault('set number zero', 'set.number', 0),
        fault('threshold above members', 'policy.groups.0.threshold', 6),
        fault('group threshold above groups', 'policy.groupThreshold', 2),
        fault('no group', 'policy.groups', []),
        vector('one card is enough', 'charter.format', document(lone)),
        fault('a card too few', 'cards', cards[:4]),
        fault('cards in another order', 'cards', [cards[1], cards[0], *cards[2:]]),
        fault('a member that is not', 'cards.4.member', 6),
        fault('one commitment twice', 'cards.1.commitment', cards[0]['commitment']),
        fault('one proof key twice', 'cards.1.proofKey', cards[0]['proofKey']),
        fault('a commitment too short', 'cards.0.commitment', cards[0]['commitment'][2:]),
        fault('one sealer twice', 'sealers', [key_line(SEALER)] * 2),
        fault('a sealer that is no key', 'sealers', ['RWQ']),
    ]
    key = {'seed': FIRST.seed.hex(), 'charterKey': FIRST.key.public.hex()}
    write('charter', 'charter', key=key, vectors=vectors, chains=chain_vectors())


def chain_vectors():
    def link(value, escrow, old=None):
        text = document(value)
        built = {'charter': text, 'signature': signed_charter(text, escrow)}
        return built if old is None else {**built, 'oldSignature': signed_charter(text, old)}

    def after(before, by, number, old=None, **changes):
        value = charter(by, number, sha256(before['charter']), set_number=number)
        for path, new in changes.items():
            value = change(value, path, new)
        return link(value, by, old)

    one = link(charter(FIRST), FIRST)
    two = after(one, FIRST, 2)
    three = after(two, SECOND, 3, FIRST)
    unsigned = {k: v for k, v in three.items() if k != 'oldSignature'}
    by_other = {**three, 'oldSignature': signed_charter(three['charter'], SECOND)}
    half = charter(FIRST, 2, sha256(one['charter']))
    half = link({**half, 'recipient': SECOND.recipient, 'set': charter(SECOND)['set']}, FIRST)
    key = FIRST.key.public.hex()

    def vector(name, expect, links, anchor=key, seen=None):
        return {'name': name, 'expect': expect, 'charterKey': anchor, 'hash': seen, 'links': links}

    return [
        vector('the first', 'ok', [one]),
        vector('a reissue', 'ok', [one, two]),
        vector('a rekey, the old key trusted', 'ok', [one, two, three]),
        vector('a rekey, the new key trusted', 'ok', [one, two, three], SECOND.key.public.hex()),
        vector('the seen charter is there', 'ok', [one, two, three], key, sha256(two['charter'])),
        vector('a reissue after a rekey', 'ok', [one, two, three, after(three, SECOND, 4)]),
        vector('a second rekey, the first key trusted', 'ok', [one, two, three, after(three, FIRST, 4, SECOND)]),
        vector('a second rekey, signed by the key before the last', 'minisign.signature', [one, two, three, after(three, FIRST, 4, FIRST)]),
        vector('none', 'charter.chain', []),
        vector('a foreign key trusted', 'charter.chain', [one, two], ALICE.public.hex()),
        vector('the seen charter is gone', 'charter.chain', [one], key, sha256(two['charter'])),
        vector('the first is missing', 'charter.chain', [two]),
        vector('one is missing', 'charter.chain', [one, three]),
        vector('one comes twice', 'charter.chain', [one, one]),
        vector('another one before it', 'charter.chain', [one, after(two, FIRST, 2)]),
        vector('another escrow', 'charter.chain', [one, after(one, FIRST, 2, escrow='fedcba9876543210')]),
        vector('a new key the old one did not sign', 'charter.chain', [one, two, unsigned]),
        vector('a new key signed by itself twice', 'minisign.signature', [one, two, by_other]),
        vector('a new recipient under the old key', 'charter.chain', [one, half]),
        vector('a forged link', 'minisign.signature', [one, {**two, 'signature': signed_charter(two['charter'], SECOND)}]),
    ]


# --- record --------------------------------------------------------------------------------------------


def record(sequence=1, previous=None):
    return {
        'type': 'holdfast record v1',
        'escrow': '0123456789abcdef',
        'sequence': sequence,
        'previous': previous,
        'created': '2026-11-24T01:02:03Z',
        'package': {
            'file': f'{sequence:06}-20261124T010203Z.tar.gz.age',
            'size': 20_480,
            'sha256': sha256(f'package {sequence}'),
        },
        'charter': sha256(document(charter(FIRST))),
        'setId': charter(FIRST)['set']['id'],
        'counts': {'sources': 1, 'entries': 5_000, 'folders': 61, 'attachments': 3},
        'findings': 0,
        'sealer': key_line(SEALER),
        'tool': 'holdfast 0.1.0',
    }


def record_vectors():
    base = record()
    text = document(base)

    def signed(body, key=SEALER):
        return minisign(key, body.encode(), 'holdfast record v1 escrow 0123456789abcdef sequence 1')

    def vector(name, expect, body=text, signature=None, sealers=None, **more):
        sealers = [key_line(key) for key in sealers or [OTHER_SEALER, SEALER]]
        return {
            'name': name,
            'expect': expect,
            'sealers': sealers,
            'record': body,
            'signature': signature or signed(body),
            **more,
        }

    def fault(name, path, new):
        return vector(name, 'record.format', document(change(base, path, new)))

    vectors = [
        vector('a record', 'ok', sealerKnown=True),
        vector('a sealer that the charter does not name', 'ok', sealers=[OTHER_SEALER], sealerKnown=False),
        vector('a second record', 'ok', document(record(2, sha256(text))), sealerKnown=True),
        vector('the signature of another key', 'minisign.signature', signature=signed(text, OTHER_SEALER)),
        vector('the signature of other bytes', 'minisign.signature', signature=signed(text + ' ')),
        vector('signed as a charter', 'minisign.format', signature=minisign(SEALER, text.encode(), 'holdfast charter v1')),
        vector('a later version', 'record.version', document(change(base, 'type', 'holdfast record v12'))),
        vector('a version that is none', 'record.format', document(change(base, 'type', 'holdfast record v01'))),
        vector('not JSON', 'record.format', text[1:]),
        vector('not canonical', 'record.format', compact(base) + '\n'),
        fault('an unknown key', 'name', 'x'),
        fault('a missing key', 'findings', None),
        fault('sequence zero', 'sequence', 0),
        fault('sequence beyond exact numbers', 'sequence', 2**53),
        fault('a first record with one before', 'previous', '00' * 32),
        fault('a second record with none before', 'sequence', 2),
        fault('a file in another folder', 'package.file', '../000001.age'),
        fault('a file with a backslash', 'package.file', 'a\\000001.age'),
        fault('a hidden file', 'package.file', '.age'),
        fault('no file name', 'package.file', ''),
        fault('an empty package', 'package.size', 0),
        fault('a negative count', 'counts.entries', -1),
        fault('half an entry', 'counts.entries', 0.5),
        fault('a hash in upper case', 'package.sha256', base['package']['sha256'].upper()),
        fault('a set id too short', 'setId', base['setId'][2:]),
        fault('a sealer that is no key', 'sealer', 'RWQ'),
        fault('a tool that is none', 'tool', 'holdfast\n0.1.0'),
    ]
    one = document(record())
    two = document(record(2, sha256(one)))
    three = document(record(3, sha256(two)))
    forked = document(change(record(2, sha256(one)), 'findings', 1))
    foreign = document(change(record(3, sha256(two)), 'escrow', 'fedcba9876543210'))
    loose = document(record(3, sha256(one)))

    def chain(name, records, *expect):
        problems = [{'sequence': sequence, 'fault': fault} for sequence, fault in expect]
        return {'name': name, 'escrow': '0123456789abcdef', 'expect': problems, 'records': records}

    chains = [
        chain('none', []),
        chain('three', [one, two, three]),
        chain('any order', [three, one, two]),
        chain('a copy', [one, two, two, three]),
        chain('the first is missing', [two, three], (2, 'gap')),
        chain('one is missing', [one, three], (3, 'gap')),
        chain('a fork', [one, two, forked, three], (2, 'fork')),
        chain('another before it', [one, two, loose], (3, 'previous')),
        chain('another escrow', [one, two, foreign], (3, 'escrow')),
    ]
    write('record', 'record', vectors=vectors, chains=chains)


# --- ledger --------------------------------------------------------------------------------------------

FIRST_PREV = sha256(document(charter(FIRST)))
EVENTS = [
    ('ceremony', {'charter': FIRST_PREV, 'exceptions': ['printer jam, card 2 printed again'], 'kind': 'new', 'number': 1}),
    ('enrol', {'charter': FIRST_PREV}),
    ('seal', {'record': sha256('record'), 'sequence': 1}),
    ('check-in', {'card': 3, 'state': 'good'}),
    ('verify', {'findings': 0}),
    ('drill', {'cards': ['1', '3', '4'], 'isComplete': True, 'milliseconds': 512_000, 'package': sha256('package 1')}),
    ('opened', {'package': sha256('package 1')}),
    ('retire', {'decision': 'accepted', 'package': sha256('package 1'), 'reason': 'rotated in May', 'set': '018f93f6223f0a0b0c'}),
    ('note', {'text': 'Łódź: “bag opened”\nfor the audit'}),
    ('ceremony', {
        'charter': sha256('the charter of the reissue'),
        'kind': 'reissue',
        'number': 2,
        'record': sha256('record'),
        'retires': '018f93f6223f0a0b0c',
        'sequence': 1,
        'set': '028f93f6223f0a0b0d',
    }),
]


def ledger_body(number, prev, event, facts):
    return {
        'type': 'holdfast ledger v1',
        'line': number,
        'time': f'2026-11-24T01:02:{number:02}Z',
        'prev': prev,
        'event': event,
        'facts': facts,
    }


def ledger_line(body, key=SEALER, signed=None, label=b'holdfast ledger v1\n'):
    body = body if isinstance(body, str) else compact(body)
    sig = b64(key.sign(label + (signed or body).encode()))
    return compact({'body': body, 'key': key_line(key), 'sig': sig})


def line_hash(line):
    return blake2b(32, line.encode()).hex()


def ledger(events=EVENTS):
    lines, prev = [], FIRST_PREV
    for number, (event, facts) in enumerate(events, 1):
        key = FIRST.key if event == 'ceremony' else SEALER
        lines.append(ledger_line(ledger_body(number, prev, event, facts), key))
        prev = line_hash(lines[-1])
    return lines


def ledger_vectors():
    lines = ledger()

    def vector(name, expect, content=lines, torn='', pinned=None, keys=(SEALER, FIRST.key)):
        last = content[-1] if content else None
        return {
            'name': name,
            'expect': expect,
            'firstPrev': FIRST_PREV,
            'keys': [key_line(key) for key in keys],
            'pinned': pinned,
            'head': {'line': len(content), 'hash': line_hash(last) if content else FIRST_PREV},
            'torn': len(torn.encode()),
            'ledger': ''.join(line + '\n' for line in content) + torn,
        }

    def last(name, expect, body, **more):
        """Replaces what follows line 2 by one line."""
        return vector(name, expect, [*lines[:2], ledger_line(body, **more)])

    def body(event='verify', facts={'findings': 0}, number=3, prev=line_hash(lines[1])):
        return ledger_body(number, prev, event, facts)

    def fault(name, facts, event='note'):
        return last(name, 'ledger.format', body(event, facts))

    def without(name):
        return {k: v for k, v in body().items() if k != name}

    raw = compact(body())
    good = ledger_line(body())
    outer = json.loads(good)
    head = {'line': 2, 'hash': line_hash(lines[1])}
    key = base64.b64decode(key_line(SEALER))
    odd_id = b64(key[:2] + bytes(8) + key[10:])
    vectors = [
        vector('every event', 'ok'),
        vector('empty', 'ok', []),
        vector('a torn last line', 'ok', lines[:2], torn=lines[2][:100]),
        vector('a whole last line without its newline', 'ok', lines[:2], torn=lines[2]),
        vector('a line by the charter key', 'ok', [*lines[:2], ledger_line(body(), key=FIRST.key)]),
        vector('the seen head is there', 'ok', pinned=head),
        vector('the seen head is gone', 'ledger.chain', lines[:1], pinned=head),
        vector('the seen head is another', 'ledger.chain', pinned={'line': 2, 'hash': '00' * 32}),
        last('a changed body', 'ledger.signature', body(), signed=compact(body(facts={'findings': 1}))),
        last('signed without the label', 'ledger.signature', body(), label=b''),
        vector('a key nobody named', 'ledger.signer', [*lines[:2], ledger_line(body(), key=ALICE)]),
        last('a line number left out', 'ledger.chain', body(number=4)),
        last('another line before it', 'ledger.chain', body(prev=line_hash(lines[0]))),
        vector('another first charter', 'ledger.chain', [ledger_line(ledger_body(1, '00' * 32, *EVENTS[1]))]),
        vector('a line taken out', 'ledger.chain', [*lines[:6], lines[7]]),
        last('a later version', 'record.version', {**body(), 'type': 'holdfast ledger v2'}),
        last('another type', 'ledger.format', {**body(), 'type': 'holdfast record v1'}),
        last('an unknown event', 'ledger.format', body('party')),
        last('a missing field', 'ledger.format', without('time')),
        last('an unknown field', 'ledger.format', {**body(), 'note': 'x'}),
        last('a fact that is missing', 'ledger.format', body('seal', {'sequence': 1})),
        last('a fact of another kind', 'ledger.format', body('check-in', {'card': '3', 'state': 'good'})),
        last('a state that is not', 'ledger.format', body('check-in', {'card': 3, 'state': 'fine'})),
        fault('facts inside facts', {'text': 'x', 'more': {'a': 1}}),
        fault('a fact of null', {'text': 'x', 'more': None}),
        fault('a list of numbers', {'text': 'x', 'zz': [1]}),
        fault('a fraction', {'seconds': 1.5, 'text': 'x'}),
        fault('a name with a hyphen', {'a-b': 1, 'text': 'x'}),
        fault('facts out of order', {'text': 'x', 'card': 1}),
        fault('an escape sequence', {'text': '\x1b[2J'}),
        last('a body that is not JSON', 'ledger.format', raw[:-1]),
        last('a body with spaces', 'ledger.format', raw.replace(',', ', ')),
        last('a body with a key twice', 'ledger.format', raw.replace('"line":3,', '"line":3,"line":3,')),
        vector('a line that is not JSON', 'ledger.format', [*lines[:2], 'nonsense']),
        vector('an empty line', 'ledger.format', [*lines[:2], '']),
        vector('a carriage return', 'ledger.format', [*lines[:2], good + '\r']),
        vector('a line with spaces', 'ledger.format', [*lines[:2], json.dumps(outer)]),
        vector('a body that is no text', 'ledger.format', [*lines[:2], compact({**outer, 'body': body()})]),
        vector('a key that is none', 'ledger.format', [*lines[:2], compact({**outer, 'key': 'RWQ'})]),
        vector('a key id of one\'s own', 'ledger.format', [*lines[:2], compact({**outer, 'key': odd_id})]),
        vector('a signature cut short', 'ledger.format', [*lines[:2], compact({**outer, 'sig': outer['sig'][4:]})]),
        vector('a signature spelled otherwise', 'ledger.format', [*lines[:2], compact({**outer, 'sig': outer['sig'][:85] + 'B=='})]),
    ]
    write('ledger', 'ledger', seed=seed('sealer').hex(), lines=[json.loads(json.loads(line)['body']) for line in lines], vectors=vectors)


# --- words ---------------------------------------------------------------------------------------------


def word_list():
    with open('../../node_modules/@scure/bip39/wordlists/english.js', encoding='ascii') as file:
        words = re.search('`([a-z\\n]+)`', file.read()).group(1).split('\n')
    digest = hashlib.sha256(('\n'.join(words) + '\n').encode()).hexdigest()
    # The published english.txt of BIP-39.
    assert digest == '2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda', digest
    return words


def words_of(label, data):
    bits = int.from_bytes(blake2b(32, label + data)[:9], 'big') >> 6
    return [WORDS[bits >> 11 * (5 - at) & 2047] for at in range(6)]


WORDS = word_list()


def words_vectors():
    def of_charter(escrow):
        return {
            'charterKey': escrow.key.public.hex(),
            'recipient': escrow.recipient,
            'words': words_of(b'holdfast charter words v1', escrow.key.public + escrow.recipient.encode()),
        }

    def of_session(request):
        return {'request': request.hex(), 'words': words_of(b'holdfast session words v1', request)}

    words = ['abandon', 'act', 'actor', 'zebra', 'zoo', 'letter']

    def typed(name, expect, text):
        return {'name': name, 'expect': expect, 'typed': text, 'words': words}

    write(
        'words',
        'words',
        charters=[of_charter(FIRST), of_charter(SECOND)],
        sessions=[of_session(b''), of_session(b'{"type":"holdfast request v1"}')],
        typed=[
            typed('as printed', 'ok', 'abandon act actor zebra zoo letter'),
            typed('upper case, hyphens and spaces', 'ok', '  ABANDON-Act\n actor  zebra_zoo,letter. '),
            typed('four letters', 'ok', 'aban act acto zebr zoo lett'),
            typed('numbered', 'ok', '1 abandon 2 act 3 actor 4 zebra 5 zoo 6 letter'),
            typed('a slip behind the fourth letter', 'ok', 'abandn act actor zebra zoo lettter'),
            typed('another order', 'mismatch', 'act abandon actor zebra zoo letter'),
            typed('another word', 'mismatch', 'abandon act action zebra zoo letter'),
            typed('five words', 'words.format', 'abandon act actor zebra zoo'),
            typed('seven words', 'words.format', 'abandon act actor zebra zoo letter zoo'),
            typed('three letters of a longer word', 'words.format', 'aba act actor zebra zoo letter'),
            typed('a word not in the list', 'words.format', 'abandon act actor zebra zoo latter'),
            typed('nothing', 'words.format', ''),
        ],
    )


# --- proof ---------------------------------------------------------------------------------------------


def proof_vectors():
    text = document(charter(FIRST))
    known, nonce = sha256(text), seed('challenge')

    def word(card=3, version=1, escrow='0123456789abcdef', about=known):
        data = bytes([version]) + bytes.fromhex(escrow) + bytes.fromhex(about) + bytes([card]) + nonce
        return bech32('holdfast', data)

    def response(card=3, share=2, about=known, challenge=nonce, label=b'holdfast response v1'):
        signed = label + bytes.fromhex(about) + bytes([card]) + challenge
        return {
            'type': 'holdfast response v1',
            'escrow': '0123456789abcdef',
            'card': card,
            'challenge': challenge.hex(),
            'signature': b64(proof_key(SHARES[share]).sign(signed)),
        }

    def vector(name, expect, body, challenge=word()):
        body = body if isinstance(body, str) else document(body)
        return {'name': name, 'expect': expect, 'challenge': challenge, 'response': body}

    def challenge(name, expect, typed):
        return {'name': name, 'expect': expect, 'text': typed}

    good = response()
    cut = bech32('holdfast', bytes([1]) + bytes(72))
    write(
        'proof',
        'proof',
        share=SHARES[2].hex(),
        charter=text,
        charterHash=known,
        challenge={'escrow': '0123456789abcdef', 'charter': known, 'card': 3, 'challenge': nonce.hex()},
        challenges=[
            challenge('as written', 'ok', word()),
            challenge('upper case, broken over lines', 'ok', word().upper()[:60] + '\n  ' + word().upper()[60:]),
            challenge('a wrong letter', 'proof.format', word()[:-1] + ('q' if word()[-1] != 'q' else 'p')),
            challenge('cut off', 'proof.format', word()[:-10]),
            challenge('a byte short', 'proof.format', cut),
            challenge('card zero', 'proof.format', word(card=0)),
            challenge('another prefix', 'proof.format', bech32('age', bytes(74))),
            challenge('no version', 'proof.format', bech32('holdfast', b'')),
            challenge('a later version', 'record.version', word(version=2)),
            challenge('empty', 'proof.format', ''),
        ],
        responses=[
            vector('an answer', 'ok', good),
            vector('by another card', 'proof.refused', response(share=1)),
            vector('for another card', 'proof.refused', response(card=2, share=1)),
            vector('to another challenge', 'proof.refused', response(challenge=bytes(32))),
            vector('of another escrow', 'proof.refused', {**good, 'escrow': 'fedcba9876543210'}),
            vector('over another charter', 'proof.refused', response(about='00' * 32)),
            vector('signed without the label', 'proof.refused', response(label=b'')),
            vector('to a challenge about another charter', 'proof.refused', good, word(about='00' * 32)),
            vector('to a challenge about another escrow', 'proof.refused', good, word(escrow='fedcba9876543210')),
            vector('from a card that is not', 'proof.refused', response(card=6), word(card=6)),
            vector('a later version', 'record.version', {**good, 'type': 'holdfast response v2'}),
            vector('card zero', 'proof.format', {**good, 'card': 0}),
            vector('a missing key', 'proof.format', {k: v for k, v in good.items() if k != 'escrow'}),
            vector('a signature spelled otherwise', 'proof.format', {**good, 'signature': good['signature'][:85] + 'B=='}),
            vector('not JSON', 'proof.format', 'yes\n'),
        ],
    )


minisign_vectors()
charter_vectors()
record_vectors()
ledger_vectors()
words_vectors()
proof_vectors()
