"""Writes locked-share.json beside itself: the vectors of docs/spec/locked-share.md.

Argon2id is that of the package `cryptography` (OpenSSL's); all else is Python's own library, and no line of it
comes from the code under test. Nothing is random, so a second run writes the same bytes.

One fault a vector. "expect" is "ok" or the error code a reader must end in.
"""

import hashlib
import json
import pathlib
import re
import unicodedata

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def blake2b_256(*parts):
    return hashlib.blake2b(b"".join(parts), digest_size=32).digest()


def normalised(passphrase):
    text = unicodedata.normalize("NFKC", passphrase)
    # Unicode's White_Space, which is not Python's.
    space = "[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
    return re.sub(space, " ", text).strip(" ").encode()


def closed(prefix):
    return prefix + blake2b_256(b"holdfast check v1", prefix)[:4]


def head_of(share, version):
    numbers = (share["group"], share["groupThreshold"], share["member"], share["memberThreshold"])
    return (
        bytes([version, share["setNumber"]])
        + bytes.fromhex(share["recipientTag"])
        + bytes.fromhex(share["splitNonce"])
        + bytes(numbers)
    )


def locked(share, passphrase):
    head, value = head_of(share, 2), bytes.fromhex(share["value"])
    salt = head + blake2b_256(b"holdfast lock v2", head, value)[:12]
    key = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=64 * 1024).derive(normalised(passphrase))
    return closed(salt + bytes(v ^ k for v, k in zip(value, key)))


def gf32(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 32:
            a ^= 0x25
        b >>= 1
    return product


def parity(row_number, data):
    """The remainder by x^4 + 30x^3 + 6x^2 + 9x + 17."""
    rest = [row_number, *data, 0, 0, 0, 0]
    for i in range(len(data) + 1):
        for j, coefficient in enumerate((1, 30, 6, 9, 17)):
            rest[i + j] ^= gf32(rest[i], coefficient) if j else 0
    return rest[-4:]


def rows_of(record, padding=0):
    bits = int.from_bytes(record, "big") << 4 | padding
    symbols = [bits >> 5 * (99 - i) & 31 for i in range(100)]
    parts = [symbols[20 * i : 20 * i + 20] for i in range(5)]
    return ["".join(ALPHABET[s] for s in data + parity(i, data)) for i, data in enumerate(parts, 1)]


def spoil(row, *positions, to=None):
    symbols = list(row)
    for position in positions:
        symbols[position - 1] = to or ALPHABET[(ALPHABET.index(symbols[position - 1]) + 7) % 32]
    return "".join(symbols)


SHARE = {
    "setNumber": 4,
    "recipientTag": "eaabeac33a",
    "splitNonce": "a1b2c3",
    "group": 1,
    "groupThreshold": 1,
    "member": 3,
    "memberThreshold": 3,
    "value": blake2b_256(b"locked value").hex(),
}
GROUPED = {**SHARE, "setNumber": 255, "group": 2, "groupThreshold": 2, "member": 1, "memberThreshold": 1}
PASSPHRASE = "orchid vessel tunnel drama"
RECORD = locked(SHARE, PASSPHRASE)
ROWS = rows_of(RECORD)


def record_vectors():
    cases = [
        ("four words", SHARE, PASSPHRASE),
        ("in a group, letters of other scripts", GROUPED, "Łódź – 密码 – пароль"),
        ("one space", {**SHARE, "value": "00" * 32}, "correct horse battery staple"),
    ]
    vectors = []
    for name, share, passphrase in cases:
        record = locked(share, passphrase)
        vectors.append(
            {
                "name": name,
                "share": share,
                "passphrase": passphrase,
                "record": record.hex(),
                "rows": rows_of(record),
                "setId": record[1:10].hex(),
                "commitment": blake2b_256(b"holdfast commitment v1", record).hex(),
                "proofSeed": blake2b_256(b"holdfast proof v1", record).hex(),
            }
        )
    return vectors


def passphrase_vectors():
    def case(name, passphrase, expect="ok"):
        assert (normalised(passphrase) == normalised(PASSPHRASE)) == (expect == "ok")
        return {"name": name, "passphrase": passphrase, "expect": expect}

    return [
        case("spaces around", f"  {PASSPHRASE}\n"),
        case("two spaces, a tab and a no-break space between", "orchid  vessel\ttunnel\u00a0drama"),
        case("letters of full width", "ｏｒｃｈｉｄ vessel tunnel drama"),
        case("an ideographic space", "orchid vessel tunnel\u3000drama"),
        case("a capital", "Orchid vessel tunnel drama", "share.passphrase"),
        case("no space between", "orchidvessel tunnel drama", "share.passphrase"),
        case("another word", "orchid vessel tunnel dramas", "share.passphrase"),
        case("empty", "", "share.passphrase"),
    ]


def normal_vectors():
    cases = [
        ("composed and decomposed", "e\u0301tage\u0300re", "\u00e9tag\u00e8re"),
        ("a ligature", "\ufb01sh", "fish"),
        ("white space of all kinds", "\u2003a\u2028b\u0085c\u1680d\u205fe\u202f", "a b c d e"),
        ("a zero width space is no white space", "a\u200bb", "a\u200bb"),
        ("case is kept", "Straße", "Straße"),
        ("Hangul", "\u1112\u1161\u11ab", "\ud55c"),
    ]
    for _, typed, used in cases:
        assert normalised(typed) == used.encode()
    return [{"name": n, "typed": t, "used": u} for n, t, u in cases]


def bad_record_vectors():
    head = RECORD[:14]
    flipped = bytearray(RECORD)
    flipped[30] ^= 1
    other_head = closed(RECORD[:12] + b"\x04" + RECORD[13:58])
    other_tag = closed(head + bytes([RECORD[14] ^ 1]) + RECORD[15:58])
    other_value = closed(RECORD[:57] + bytes([RECORD[57] ^ 1]))
    cases = [
        ("one byte short", RECORD[:61], "share.malformed"),
        ("one byte long", RECORD + b"\0", "share.malformed"),
        ("a bit flipped", bytes(flipped), "share.check"),
        ("version 1 of this length", closed(b"\1" + RECORD[1:58]), "share.version"),
        ("version 3", closed(b"\3" + RECORD[1:58]), "share.version"),
        ("version 2 of 50 bytes", closed(b"\2" + RECORD[1:46]), "share.version"),
        ("member 0", closed(RECORD[:12] + b"\0" + RECORD[13:58]), "share.malformed"),
        ("would open it alone", closed(RECORD[:13] + b"\1" + RECORD[14:58]), "share.malformed"),
        ("put to another member", other_head, "share.passphrase"),
        ("another tag", other_tag, "share.passphrase"),
        ("another value", other_value, "share.passphrase"),
    ]
    return [{"name": n, "record": r.hex(), "expect": e} for n, r, e in cases]


def card_vectors():
    def with_row(number, row):
        return [row if i == number else old for i, old in enumerate(ROWS, 1)]

    good = {"expect": "ok", "record": RECORD.hex()}
    return [
        {"name": "as printed", "rows": ROWS, **good},
        {"name": "one error in row 5", "rows": with_row(5, spoil(ROWS[4], 20)), **good},
        {"name": "one error in each row", "rows": [spoil(r, 3 + i) for i, r in enumerate(ROWS)], **good},
        {"name": "four unreadable in row 5", "rows": with_row(5, spoil(ROWS[4], 1, 2, 20, 24, to="?")), **good},
        {"name": "five unreadable in row 5", "rows": with_row(5, spoil(ROWS[4], 1, 2, 3, 4, 20, to="?")), **good},
        {"name": "row 5 missing", "rows": with_row(5, ""), "expect": "share.row-length"},
        {"name": "row 5 as row 1", "rows": with_row(1, ROWS[4]), "expect": "share.rows-swapped"},
        {"name": "rows 2 and 5 swapped", "rows": [ROWS[i] for i in (0, 4, 2, 3, 1)], "expect": "share.rows-swapped"},
        {"name": "padding that is not zero", "rows": rows_of(RECORD, 1), "expect": "share.check"},
        {"name": "four rows of it", "rows": ROWS[:4], "expect": "share.version"},
        {"name": "six rows", "rows": [*ROWS, ROWS[0]], "expect": "share.malformed"},
    ]


def file_vectors():
    numbered = "\n".join(f"{i}. {row}" for i, row in enumerate(ROWS, 1))
    lines = "\n".join(ROWS)
    short = "\n".join(ROWS[:4])
    return [
        {"name": "five rows", "text": lines, "cards": [ROWS]},
        {"name": "as one line", "text": "".join(ROWS), "cards": [ROWS]},
        {"name": "numbered", "text": numbered, "cards": [ROWS]},
        {"name": "two cards without a line between", "text": f"{lines}\n{lines}", "cards": [ROWS, ROWS]},
        {"name": "a row left out, then a card", "text": f"{short}\n\n{lines}\n", "cards": [[*ROWS[:4], ""], ROWS]},
    ]


VECTORS = {
    "records": record_vectors(),
    "passphrases": passphrase_vectors(),
    "normal": normal_vectors(),
    "badRecords": bad_record_vectors(),
    "cards": card_vectors(),
    "files": file_vectors(),
}

if __name__ == "__main__":
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(VECTORS, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
