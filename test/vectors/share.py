"""Writes share.json beside itself: the vectors of docs/spec/share.md.

Python 3 standard library only, and no line of it comes from the code under test: fields by
shift-and-reduce multiplication, parity by long division, expected repairs from a table of syndromes.
Nothing is random, so a second run writes the same bytes.

One fault a vector. "expect" is "ok" or the error code a decoder must give.
"""

import base64
import hashlib
import itertools
import json
import pathlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def multiply(a, b, width, polynomial):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a >> width:
            a ^= polynomial
        b >>= 1
    return product


def gf32(a, b):
    return multiply(a, b, 5, 0x25)


def gf256(a, b):
    return multiply(a, b, 8, 0x11D)


def power(times, base, exponent):
    result = 1
    for _ in range(exponent):
        result = times(result, base)
    return result


def blake2b_256(text, data=b""):
    return hashlib.blake2b(text.encode() + data, digest_size=32).digest()


def stream(label, length):
    """Bytes that only look random."""
    blocks = (blake2b_256(f"vector {label} {i}") for i in range(length // 32 + 1))
    return b"".join(blocks)[:length]


# --- Reed-Solomon rows -------------------------------------------------------------------------

ROOTS = [power(gf32, 2, i) for i in (1, 2, 3, 4)]


def generator_polynomial():
    polynomial = [1]  # highest degree first
    for root in ROOTS:
        shifted = polynomial + [0]
        scaled = [0] + [gf32(root, c) for c in polynomial]
        polynomial = [a ^ b for a, b in zip(shifted, scaled)]
    return polynomial


GENERATOR = generator_polynomial()


def parity(data):
    remainder = list(data) + [0] * 4
    for i in range(len(data)):
        factor = remainder[i]
        for j, coefficient in enumerate(GENERATOR):
            remainder[i + j] ^= gf32(factor, coefficient)
    return remainder[-4:]


def syndromes(word):
    result = []
    for root in ROOTS:
        value = 0
        for symbol in word:
            value = gf32(value, root) ^ symbol
        result.append(value)
    return tuple(result)


def syndrome_table():
    """Every pattern of at most two errors in the 24 printed symbols, by its syndromes."""
    single = {}
    for position in range(24):
        for value in range(1, 32):
            word = [0] * 25
            word[position + 1] = value
            single[(position, value)] = syndromes(word)
    table = {(0, 0, 0, 0): ()}
    for key, found in single.items():
        table[found] = (key,)
    for (a, sa), (b, sb) in itertools.combinations(single.items(), 2):
        if a[0] != b[0]:
            table[tuple(x ^ y for x, y in zip(sa, sb))] = (a, b)
    return table


TABLE = syndrome_table()


def nearest(row_number, symbols):
    """The errors of the one codeword within distance two, or None."""
    return TABLE.get(syndromes([row_number] + [ALPHABET.index(s) for s in symbols]))


def rows_of(record):
    bits = int.from_bytes(record, "big")
    symbols = [(bits >> (395 - 5 * i)) & 31 for i in range(80)]
    rows = []
    for number in range(4):
        data = symbols[20 * number : 20 * number + 20]
        rows.append("".join(ALPHABET[s] for s in data + parity([number + 1] + data)))
    return rows


# --- Records -----------------------------------------------------------------------------------


def tag_of(recipient):
    return blake2b_256("holdfast recipient v1", recipient.encode())[:5]


def closed(prefix):
    return prefix + blake2b_256("holdfast check v1", prefix)[:4]


def record_of(share):
    prefix = bytes([1, share["setNumber"]])
    prefix += bytes.fromhex(share["recipientTag"]) + bytes.fromhex(share["splitNonce"])
    prefix += bytes([share["group"], share["groupThreshold"], share["member"], share["memberThreshold"]])
    return closed(prefix + bytes.fromhex(share["value"]))


def label_of(share):
    if share["group"] == 1 and share["groupThreshold"] == 1:
        return f"card {share['member']}"
    return f"group {share['group']} card {share['member']}"


def record_vector(name, share):
    record = record_of(share)
    last = int.from_bytes(record[5:10], "big")
    return {
        "name": name,
        "share": share,
        "record": record.hex(),
        "rows": rows_of(record),
        "text": "".join(rows_of(record)),
        "setId": record[1:10].hex(),
        "shortSetId": "".join(ALPHABET[(last >> (35 - 5 * i)) & 31] for i in range(8)),
        "label": label_of(share),
        "commitment": blake2b_256("holdfast commitment v1", record).hex(),
        "proofSeed": blake2b_256("holdfast proof v1", record).hex(),
    }


# --- Shamir ------------------------------------------------------------------------------------


def split(secret, threshold, count, label):
    if threshold == 1:
        return [secret] * count
    rows = [secret] + [stream(f"{label} coefficient {i}", 32) for i in range(1, threshold)]
    shares = []
    for x in range(1, count + 1):
        value = bytearray(32)
        for degree, coefficients in enumerate(rows):
            factor = power(gf256, x, degree)
            for i in range(32):
                value[i] ^= gf256(factor, coefficients[i])
        shares.append(bytes(value))
    return shares


def split_policy(seed, policy, set_number, recipient, nonce, label):
    shares = []
    groups = policy["groups"]
    outer = split(seed, policy["groupThreshold"], len(groups), f"{label} outer")
    for g, group in enumerate(groups):
        inner = split(outer[g], group["threshold"], group["members"], f"{label} inner {g}")
        for m, value in enumerate(inner):
            shares.append(
                {
                    "setNumber": set_number,
                    "recipientTag": tag_of(recipient).hex(),
                    "splitNonce": nonce.hex(),
                    "group": g + 1,
                    "groupThreshold": policy["groupThreshold"],
                    "member": m + 1,
                    "memberThreshold": group["threshold"],
                    "value": value.hex(),
                }
            )
    return shares


# --- What goes into the file -------------------------------------------------------------------

RECIPIENT = "age1pq1thisisnotarecipientbutthetagisoverwhatevertextstandshere"
SEED = stream("seed", 32)
FLAT = {"groupThreshold": 1, "groups": [{"threshold": 3, "members": 5}]}
GROUPS = {
    "groupThreshold": 2,
    "groups": [
        {"threshold": 2, "members": 3},
        {"threshold": 1, "members": 1},
        {"threshold": 3, "members": 4},
    ],
}
EITHER = {"groupThreshold": 1, "groups": [{"threshold": 2, "members": 2}, {"threshold": 3, "members": 4}]}
BOTH = {"groupThreshold": 2, "groups": [{"threshold": 1, "members": 2}, {"threshold": 1, "members": 3}]}

FLAT_SHARES = split_policy(SEED, FLAT, 4, RECIPIENT, bytes.fromhex("a1b2c3"), "flat")
GROUP_SHARES = split_policy(SEED, GROUPS, 5, RECIPIENT, bytes.fromhex("000001"), "groups")
EITHER_SHARES = split_policy(SEED, EITHER, 6, RECIPIENT, bytes.fromhex("ffffff"), "either")
BOTH_SHARES = split_policy(SEED, BOTH, 7, RECIPIENT, bytes.fromhex("0a0b0c"), "both")
OTHER_SPLIT = split_policy(SEED, FLAT, 4, RECIPIENT, bytes.fromhex("a1b2c4"), "other split")

CARD = FLAT_SHARES[2]
RECORD = record_of(CARD)
ROWS = rows_of(RECORD)


def changed(share, **fields):
    return {**share, **fields}


def spoil(row, *positions, to=None):
    """The row with other symbols at these positions (from 1): the next one but seven of the alphabet."""
    symbols = list(row)
    for position in positions:
        old = symbols[position - 1]
        symbols[position - 1] = to or ALPHABET[(ALPHABET.index(old) + 7) % 32]
    return "".join(symbols)


def with_row(number, row):
    rows = list(ROWS)
    rows[number - 1] = row
    return rows


def repairs(number, row):
    before = ROWS[number - 1]
    return [
        {"row": number, "position": i + 1, "from": typed, "to": right}
        for i, (typed, right) in enumerate(zip(row, before))
        if typed != right
    ]


def row_vectors():
    row = ROWS[1]
    vectors = [{"name": "as printed", "row": 2, "typed": row, "expect": {"state": "good", "symbols": row}}]

    def good(name, typed):
        vectors.append({"name": name, "row": 2, "typed": typed, "expect": {"state": "good", "symbols": row}})

    spaced = " ".join(row[i : i + 4] for i in range(0, 24, 4))
    good("in groups of four", spaced)
    good("lower case", spaced.lower())
    good("hyphens", "-".join(row[i : i + 6] for i in range(0, 24, 6)))
    good("tabs, no-break spaces and an en dash", f"\t{row[:5]}\u00a0{row[5:9]}\u2013{row[9:]}  ")
    good("zero width space and soft hyphen", f"{row[:5]}\u200b{row[5:9]}\u00ad{row[9:]}")

    letters = next(
        r for s in FLAT_SHARES + GROUP_SHARES for r in rows_of(record_of(s))[1:2] if "0" in r and r.count("1") > 1
    )
    typed = letters.replace("0", "o").replace("1", "I", 1).replace("1", "l")
    vectors.append(
        {"name": "o for 0, I and l for 1", "row": 2, "typed": typed, "expect": {"state": "good", "symbols": letters}}
    )

    for position in (1, 20, 21, 24):
        wrong = spoil(row, position)
        vectors.append(
            {
                "name": f"one error at {position}",
                "row": 2,
                "typed": wrong,
                "expect": {
                    "state": "repaired",
                    "symbols": row,
                    "position": position,
                    "from": wrong[position - 1],
                    "to": row[position - 1],
                },
            }
        )
    for positions in ((1, 2), (7, 19), (20, 24), (23, 24)):
        vectors.append(
            {
                "name": f"two errors at {positions[0]} and {positions[1]}",
                "row": 2,
                "typed": spoil(row, *positions),
                "expect": {"state": "provisional", "count": 1, "symbols": row},
            }
        )
    for positions in ((3,), (3, 4), (1, 12, 24), (5, 6, 7, 8), (1, 2, 3, 4, 5), (9, 10, 11, 12, 13, 14)):
        vectors.append(
            {
                "name": f"{len(positions)} unreadable",
                "row": 2,
                "typed": spoil(row, *positions, to="?"),
                "expect": {
                    "state": "provisional",
                    "count": 32 ** max(0, len(positions) - 4),
                    "symbols": row,
                },
            }
        )
    vectors.append(
        {
            "name": "U stands for unreadable",
            "row": 2,
            "typed": spoil(row, 3, to="u"),
            "expect": {"state": "provisional", "count": 1, "symbols": row},
        }
    )
    for erased in ((3,), (3, 4)):
        vectors.append(
            {
                "name": f"{len(erased)} unreadable and one error",
                "row": 2,
                "typed": spoil(spoil(row, *erased, to="?"), 11),
                "expect": {"state": "provisional", "count": 1, "symbols": row},
            }
        )
    vectors.append(
        {
            "name": "seven unreadable",
            "row": 2,
            "typed": spoil(row, 1, 2, 3, 4, 5, 6, 7, to="?"),
            "expect": {"state": "unreadable", "code": "share.row-unreadable"},
        }
    )

    lost = next(
        t for t in itertools.combinations(range(1, 25), 3) if nearest(2, spoil(row, *t)) is None
    )
    vectors.append(
        {
            "name": "three errors with no codeword near",
            "row": 2,
            "typed": spoil(row, *lost),
            "expect": {"state": "unreadable", "code": "share.row-unreadable"},
        }
    )
    misled = next(t for t in itertools.combinations(range(1, 25), 3) if nearest(2, spoil(row, *t)))
    wrong = spoil(row, *misled)
    candidate = list(wrong)
    for position, value in nearest(2, wrong):
        candidate[position] = ALPHABET[ALPHABET.index(candidate[position]) ^ value]
    vectors.append(
        {
            "name": "three errors near another codeword stay provisional",
            "row": 2,
            "typed": wrong,
            "expect": {"state": "provisional", "count": 1, "symbols": "".join(candidate)},
        }
    )

    def swapped(name, number, typed, belongs):
        vectors.append(
            {"name": name, "row": number, "typed": typed, "expect": {"state": "swapped", "belongs": belongs}}
        )

    for number, belongs in itertools.permutations((1, 2, 3, 4), 2):
        swapped(f"row {belongs} typed as row {number}", number, ROWS[belongs - 1], belongs)
    swapped("row 3 as row 1 with one error", 1, spoil(ROWS[2], 9), 3)
    swapped("row 3 as row 1 with two unreadable", 1, spoil(ROWS[2], 9, 24, to="?"), 3)

    for name, typed in (
        ("row 3 as row 1 with three unreadable: too little left to name it", spoil(ROWS[2], 9, 10, 24, to="?")),
        ("row 3 as row 1 with an error and one unreadable", spoil(spoil(ROWS[2], 9, to="?"), 2)),
    ):
        expected = {"state": "unreadable", "code": "share.row-unreadable"}
        vectors.append({"name": name, "row": 1, "typed": typed, "expect": expected})

    def unreadable(name, typed, code, **facts):
        vectors.append(
            {
                "name": name,
                "row": 2,
                "typed": typed,
                "expect": {"state": "unreadable", "code": code, "facts": {"row": 2, **facts}},
            }
        )

    unreadable("empty", "", "share.row-length", symbols=0)
    unreadable("half a row", row[:12], "share.row-length", symbols=12)
    unreadable("a symbol short", row[:23], "share.row-length", symbols=23)
    unreadable("a symbol too many", row + "0", "share.row-length", symbols=25)
    unreadable("foreign symbol", spoil(row, 6, to="*"), "share.row-symbol", position=6)
    unreadable("foreign letter", spoil(row, 24, to="\u00c5"), "share.row-symbol", position=24)
    unreadable("letter outside the first plane", spoil(row, 2, to="\U0001d7d8"), "share.row-symbol", position=2)
    unreadable("dotless i is no I", spoil(row, 4, to="\u0131"), "share.row-symbol", position=4)
    return vectors


def card_vectors():
    vectors = []

    def ok(name, rows, *changes, **more):
        found = [r for number, row in changes for r in repairs(number, row)]
        vectors.append(
            {"name": name, "rows": rows, **more, "expect": "ok", "record": RECORD.hex(), "repairs": found}
        )

    def bad(name, rows, code, facts, **more):
        vectors.append({"name": name, "rows": rows, **more, "expect": code, "facts": facts})

    commitment = blake2b_256("holdfast commitment v1", RECORD).hex()
    foreign = blake2b_256("holdfast commitment v1", record_of(FLAT_SHARES[0])).hex()

    ok("as printed", ROWS)
    ok("as printed, read back", ROWS, acceptRepair=False)
    one = spoil(ROWS[0], 5)
    ok("one error", with_row(1, one), (1, one))
    spread = [spoil(row, 3 + i) for i, row in enumerate(ROWS)]
    ok("one error in each row", spread, *enumerate(spread, 1))
    two = spoil(ROWS[3], 1, 24)
    ok("two errors", with_row(4, two), (4, two))
    doubles = [spoil(row, 2 + i, 9 + i) for i, row in enumerate(ROWS)]
    ok("two errors in each row", doubles, *enumerate(doubles, 1))
    for count in range(1, 7):
        erased = spoil(ROWS[2], *range(4, 4 + count), to="?")
        ok(f"{count} unreadable", with_row(3, erased), (3, erased))
    fives = [spoil(ROWS[0], 1, 2, 3, 4, 5, to="?"), ROWS[1], ROWS[2], spoil(ROWS[3], 1, 2, 3, 4, 5, to="?")]
    ok("five unreadable in two rows, 1024 candidates", fives, (1, fives[0]), (4, fives[3]))
    six = spoil(ROWS[1], 19, 20, 21, 22, 23, 24, to="?")
    ok("six unreadable, the card's commitment known", with_row(2, six), (2, six), commitments=[foreign, commitment])

    bad(
        "six unreadable, the commitments of other cards",
        with_row(2, six),
        "share.row-unreadable",
        {"row": 2},
        commitments=[foreign],
    )
    bad(
        "two errors, the commitments of other cards",
        with_row(4, two),
        "share.row-unreadable",
        {"row": 4},
        commitments=[foreign],
    )
    ok("one error is repaired whatever the commitments", with_row(1, one), (1, one), commitments=[foreign])
    bad(
        "too many candidates",
        [six_row(0), spoil(ROWS[1], 1, 2, 3, 4, 5, to="?"), ROWS[2], ROWS[3]],
        "share.rows-unreadable",
        {"rows": [1, 2]},
    )
    bad("seven unreadable", with_row(3, spoil(ROWS[2], *range(1, 8), to="?")), "share.row-unreadable", {"row": 3})
    lost = next(t for t in itertools.combinations(range(1, 25), 3) if nearest(2, spoil(ROWS[1], *t)) is None)
    bad("three errors", with_row(2, spoil(ROWS[1], *lost)), "share.row-unreadable", {"row": 2})
    misled = next(t for t in itertools.combinations(range(1, 25), 3) if nearest(2, spoil(ROWS[1], *t)))
    bad(
        "three errors near another codeword",
        with_row(2, spoil(ROWS[1], *misled)),
        "share.row-unreadable",
        {"row": 2},
    )
    lost4 = next(t for t in itertools.combinations(range(1, 25), 3) if nearest(4, spoil(ROWS[3], *t)) is None)
    bad(
        "three errors in two rows",
        [ROWS[0], spoil(ROWS[1], *lost), ROWS[2], spoil(ROWS[3], *lost4)],
        "share.rows-unreadable",
        {"rows": [2, 4]},
    )
    bad("rows 1 and 2 swapped", [ROWS[1], ROWS[0], ROWS[2], ROWS[3]], "share.rows-swapped", {"row": 1, "belongs": 2})
    bad("rows 3 and 4 swapped", [ROWS[0], ROWS[1], ROWS[3], ROWS[2]], "share.rows-swapped", {"row": 3, "belongs": 4})
    bad("row 2 twice", [ROWS[1], ROWS[1], ROWS[2], ROWS[3]], "share.rows-swapped", {"row": 1, "belongs": 2})
    bad("a row of another card", with_row(4, rows_of(record_of(FLAT_SHARES[1]))[3]), "share.check", {})
    bad("row missing", with_row(4, ""), "share.row-length", {"row": 4, "symbols": 0})
    bad("row short", with_row(2, ROWS[1][:20]), "share.row-length", {"row": 2, "symbols": 20})
    bad("foreign symbol", with_row(3, spoil(ROWS[2], 8, to="/")), "share.row-symbol", {"row": 3, "position": 8})
    bad("two rows short", [ROWS[0], "", "", ROWS[3]], "share.rows-unreadable", {"rows": [2, 3]})
    bad(
        "one error, read back",
        with_row(1, one),
        "share.row-not-exact",
        {"row": 1, "positions": [5]},
        acceptRepair=False,
    )
    bad(
        "two errors, read back",
        with_row(4, two),
        "share.row-not-exact",
        {"row": 4, "positions": [1, 24]},
        acceptRepair=False,
    )
    bad(
        "one unreadable, read back",
        with_row(3, spoil(ROWS[2], 4, to="?")),
        "share.row-not-exact",
        {"row": 3, "positions": [4]},
        acceptRepair=False,
    )
    bad(
        "version 2",
        rows_of(closed(b"\x02" + RECORD[1:46])),
        "share.version",
        {"version": 2},
    )
    bad("group 0", rows_of(record_of(changed(CARD, group=0))), "share.malformed", {"reason": "group 0"})
    return vectors


def six_row(index):
    return spoil(ROWS[index], 1, 2, 3, 4, 5, 6, to="?")


def bad_record_vectors():
    flipped = bytearray(RECORD)
    flipped[20] ^= 1
    cases = [
        ("empty", b"", "share.malformed"),
        ("one byte short", RECORD[:49], "share.malformed"),
        ("one byte long", RECORD + b"\0", "share.malformed"),
        ("a bit of the value flipped", bytes(flipped), "share.check"),
        ("a bit of the check flipped", RECORD[:49] + bytes([RECORD[49] ^ 128]), "share.check"),
        ("version 0", closed(b"\0" + RECORD[1:46]), "share.version"),
        ("version 2", closed(b"\2" + RECORD[1:46]), "share.version"),
        ("version 2 with the check of version 1", b"\2" + RECORD[1:], "share.version"),
    ]
    fields = {
        "set number 0": {"setNumber": 0},
        "group 0": {"group": 0},
        "group threshold 0": {"groupThreshold": 0},
        "member 0": {"member": 0},
        "member threshold 0": {"memberThreshold": 0},
        "a card that would open it alone": {"groupThreshold": 1, "memberThreshold": 1},
    }
    cases += [(name, record_of(changed(CARD, **over)), "share.malformed") for name, over in fields.items()]
    return [{"name": n, "record": r.hex(), "expect": e} for n, r, e in cases]


def text_vectors():
    text = "".join(ROWS)
    good = {"expect": "ok", "record": RECORD.hex()}
    return [
        {"name": "as scanned", "text": text, **good},
        {"name": "lower case with a line end", "text": text.lower() + "\r\n", **good},
        {"name": "one error", "text": spoil(text, 30), **good},
        {"name": "95 symbols", "text": text[:95], "expect": "share.text-length", "facts": {"symbols": 95}},
        {"name": "97 symbols", "text": text + "0", "expect": "share.text-length", "facts": {"symbols": 97}},
        {"name": "empty", "text": "", "expect": "share.text-length", "facts": {"symbols": 0}},
        {
            "name": "a foreign symbol",
            "text": spoil(text, 30, to="*"),
            "expect": "share.row-symbol",
            "facts": {"row": 2, "position": 6},
        },
        {
            "name": "an address of 96 characters",
            "text": "https://example.org/".ljust(96, "/"),
            "expect": "share.rows-unreadable",
            "facts": {"rows": [1, 2, 3, 4]},
        },
    ]


def file_vectors():
    other = rows_of(record_of(FLAT_SHARES[0]))
    spaced = [" ".join(r[i : i + 4] for i in range(0, 24, 4)) for r in ROWS]
    numbered = [f"{i}  {row}" for i, row in enumerate(spaced, 1)]
    dotted = [f"{i}. {row}" for i, row in enumerate(spaced, 1)]
    lines = "# gold circle, card 3\n\n" + "\n".join(spaced) + "\n"
    two = "\n".join(ROWS + other)
    cases = [
        ("UTF-8", lines.encode(), [spaced]),
        ("UTF-8 with a byte order mark", b"\xef\xbb\xbf" + lines.encode(), [spaced]),
        ("UTF-16 LE with a byte order mark", b"\xff\xfe" + lines.encode("utf-16-le"), [spaced]),
        ("UTF-16 BE with a byte order mark", b"\xfe\xff" + lines.encode("utf-16-be"), [spaced]),
        ("UTF-16 LE without", lines.encode("utf-16-le"), [spaced]),
        ("UTF-16 BE without", lines.encode("utf-16-be"), [spaced]),
        ("CR LF", lines.replace("\n", "\r\n").encode(), [spaced]),
        ("CR alone", lines.replace("\n", "\r").encode(), [spaced]),
        ("no last line end", two.encode(), [ROWS, other]),
        ("a comment in Latin-1", b"# Tresor f\xfcr alle\n" + two.encode(), [ROWS, other]),
        ("a comment behind a row", "\n".join(r + "   # typed by hand" for r in ROWS).encode(), [ROWS]),
        ("row numbers as on the card", "\n".join(numbered).encode(), [spaced]),
        ("row numbers with a dot", "\n".join(dotted).encode(), [spaced]),
        ("a line of 96 symbols", ("".join(ROWS) + "\n" + "\n".join(other)).encode(), [ROWS, other]),
        ("a blank line between rows", "\n\n".join(ROWS + other).encode(), [ROWS, other]),
        ("the last row missing", "\n".join(ROWS[:3]).encode(), [ROWS[:3] + [""]]),
        (
            "a row missing in the first of two cards",
            "\n".join(ROWS[:3] + [""] + other).encode(),
            [ROWS[:3] + [""], other],
        ),
        ("a card of 96 symbols behind an unfinished one", ("\n".join(ROWS[:2]) + "\n" + "".join(other)).encode(),
         [ROWS[:2] + ["", ""], other]),
    ]
    vectors = [
        {"name": n, "bytes": base64.b64encode(b).decode(), "expect": "ok", "cards": c} for n, b, c in cases
    ]
    for name, content in (
        ("empty", b""),
        ("a byte order mark alone", b"\xff\xfe"),
        ("comments only", b"# nothing\n\n"),
        ("a plan file", b"organisation: Harbour Light\nthreshold: 3\ntrustees:\n  - name: Ada Okafor, owner\n"),
        ("a letter", "Dear Ada,\nthis is the way to the safe; it stands behind the shelf with the blue folders.\n".encode()),
    ):
        vectors.append({"name": name, "bytes": base64.b64encode(content).decode(), "expect": "share.no-rows"})
    return vectors


def quorums_of(policy):
    """Minimal quorums, by trying every set of groups and every set of members."""
    positions, card = [], 0
    for group in policy["groups"]:
        positions.append(list(range(card + 1, card + 1 + group["members"])))
        card += group["members"]
    found = []
    for chosen in itertools.combinations(range(len(positions)), policy["groupThreshold"]):
        options = [itertools.combinations(positions[g], policy["groups"][g]["threshold"]) for g in chosen]
        for parts in itertools.product(*options):
            found.append(sorted(c for part in parts for c in part))
    return sorted(found)


def policy_vectors():
    def flat(threshold, members):
        return {"groupThreshold": 1, "groups": [{"threshold": threshold, "members": members}]}

    vectors = []
    for name, policy in (
        ("2 of 2", flat(2, 2)),
        ("3 of 5", FLAT),
        ("12 of 12", flat(12, 12)),
        ("2 of 3 groups", GROUPS),
        ("either group", EITHER),
        ("one from each of two groups", BOTH),
    ):
        vectors.append({"name": name, "policy": policy, "expect": "ok", "quorums": quorums_of(policy)})
    ones = [{"threshold": 1, "members": 1}] * 256
    refused = {
        "1 of 1": flat(1, 1),
        "1 of 3": flat(1, 3),
        "3 of 2": flat(3, 2),
        "threshold 0": flat(0, 3),
        "no members": flat(0, 0),
        "256 members": flat(2, 256),
        "half a threshold": flat(1.5, 3),
        "no groups": {"groupThreshold": 1, "groups": []},
        "group threshold 0": {**GROUPS, "groupThreshold": 0},
        "group threshold above the groups": {**GROUPS, "groupThreshold": 4},
        "256 groups": {"groupThreshold": 2, "groups": ones},
        "256 cards in two groups": {"groupThreshold": 2, "groups": [flat(2, 128)["groups"][0]] * 2},
        "a group that one card opens alone": {
            "groupThreshold": 1,
            "groups": [{"threshold": 3, "members": 5}, {"threshold": 1, "members": 1}],
        },
    }
    vectors += [{"name": n, "policy": p, "expect": "share.policy"} for n, p in refused.items()]
    return vectors


def combine_vectors():
    vectors = []

    def ok(name, shares):
        rows = [rows_of(record_of(s)) for s in shares]
        vectors.append({"name": name, "cards": rows, "expect": "ok", "seed": SEED.hex()})

    def bad(name, shares, code):
        vectors.append({"name": name, "cards": [rows_of(record_of(s)) for s in shares], "expect": code})

    ok("3 of 5: cards 1, 2, 3", FLAT_SHARES[:3])
    ok("3 of 5: cards 5, 1, 4", [FLAT_SHARES[i] for i in (4, 0, 3)])
    ok("2 of 3 groups: a group of one passes its value through", [GROUP_SHARES[i] for i in (3, 0, 2)])
    ok("2 of 3 groups: 2 of 3 and 3 of 4", [GROUP_SHARES[i] for i in (0, 1, 4, 5, 7)])
    ok("either group: the first", EITHER_SHARES[:2])
    ok("either group: the second", EITHER_SHARES[2:5])
    ok("one from each of two groups", [BOTH_SHARES[1], BOTH_SHARES[4]])
    bad("no cards", [], "share.too-few")
    bad("two of three", FLAT_SHARES[:2], "share.too-few")
    bad("one group of two", GROUP_SHARES[:2], "share.too-few")
    bad("a group not complete", [GROUP_SHARES[i] for i in (3, 0)], "share.too-few")
    bad("a card too many", FLAT_SHARES[:4], "share.surplus")
    bad("a group too many", [GROUP_SHARES[i] for i in (0, 1, 3, 4, 5, 6)], "share.surplus")
    bad("another split of the same set number", FLAT_SHARES[:2] + OTHER_SPLIT[2:3], "share.mixed-sets")
    bad("another set number", FLAT_SHARES[:2] + [changed(FLAT_SHARES[2], setNumber=3)], "share.mixed-sets")
    bad("another recipient", FLAT_SHARES[:2] + [changed(FLAT_SHARES[2], recipientTag="0000000000")], "share.mixed-sets")
    bad("the same card twice", [FLAT_SHARES[0], FLAT_SHARES[1], FLAT_SHARES[1]], "share.duplicate")
    bad(
        "two cards at one position",
        [FLAT_SHARES[0], FLAT_SHARES[1], changed(FLAT_SHARES[1], value="00" * 32)],
        "share.duplicate",
    )
    bad("thresholds that differ", FLAT_SHARES[:2] + [changed(FLAT_SHARES[2], memberThreshold=2)], "share.thresholds-differ")
    bad(
        "group thresholds that differ",
        FLAT_SHARES[:2] + [changed(FLAT_SHARES[2], groupThreshold=2)],
        "share.thresholds-differ",
    )
    return vectors


def marks():
    colours = ["gold", "blue", "green", "red", "violet", "black"]
    shapes = ["circle", "square", "triangle", "diamond", "star", "hexagon"]
    return [f"{colours[i % 6]} {shapes[(i + i // 6) % 6]}" for i in range(255)]


def main():
    names = ["card 3 of 3 of 5", "group 2 of 2 of 3 groups", "second of either group"]
    shares = [CARD, GROUP_SHARES[3], EITHER_SHARES[2]]
    extreme = {
        "setNumber": 255,
        "recipientTag": "ff" * 5,
        "splitNonce": "ff" * 3,
        "group": 255,
        "groupThreshold": 255,
        "member": 255,
        "memberThreshold": 255,
        "value": "ff" * 32,
    }
    document = {
        "about": "docs/spec/share.md; made by test/vectors/share.py",
        "generator": GENERATOR,
        "recipient": {"text": RECIPIENT, "tag": tag_of(RECIPIENT).hex()},
        "seed": SEED.hex(),
        "marks": marks(),
        "records": [record_vector(n, s) for n, s in zip(names + ["all ones"], shares + [extreme])],
        "badRecords": bad_record_vectors(),
        "rows": row_vectors(),
        "cards": card_vectors(),
        "texts": text_vectors(),
        "files": file_vectors(),
        "policies": policy_vectors(),
        "combine": combine_vectors(),
    }
    target = pathlib.Path(__file__).with_suffix(".json")
    target.write_text(json.dumps(document, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
