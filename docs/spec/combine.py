"""Rebuilds an escrow key from holdfast cards: `python3 combine.py < rows.txt`.

Give it the rows of a quorum, one row a line, four rows a card, as printed. It repairs nothing and
knows no charter. The line it prints is the identity that age takes (`age -d -i`).
Written from docs/spec/share.md alone, so that the cards outlive the program that printed them.
"""

import hashlib
import sys

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def read_card(rows, place):
    number = 0
    for symbol in "".join(row[:20] for row in rows):  # symbols 21 to 24 are parity
        number = number * 32 + CROCKFORD.index(symbol)
    record = number.to_bytes(50, "big")
    check = hashlib.blake2b(b"holdfast check v1" + record[:46], digest_size=32).digest()[:4]
    if record[0] != 1 or record[46:] != check:
        sys.exit(f"card {place} in the order given: a row is not as printed")
    return record


def multiply(a, b):
    product = 0
    while b:
        product ^= a * (b & 1)
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return product


def interpolate(points):
    secret = bytearray(32)
    for x, value in points.items():
        weight = 1
        for other in points:
            if other != x:
                inverse = next(i for i in range(1, 256) if multiply(i, other ^ x) == 1)
                weight = multiply(weight, multiply(other, inverse))
        secret = bytes(s ^ multiply(weight, v) for s, v in zip(secret, value))
    return secret


def combine(records):
    if len({record[1:10] for record in records}) != 1:
        sys.exit("these cards are not of one set, or there are none")
    groups = {}
    for record in records:
        groups.setdefault((record[10], record[13]), {})[record[12]] = record[14:46]
    whole = {group: members for (group, need), members in groups.items() if len(members) >= need}
    if len(whole) < records[0][11]:
        have = ", ".join(f"{len(members)} of {need} in group {group}" for (group, need), members in groups.items())
        sys.exit(f"{have}; groups needed: {records[0][11]}: give more cards")
    return interpolate({group: interpolate(members) for group, members in whole.items()})


def bech32(prefix, data):
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    symbols = [int(bits[i : i + 5], 2) for i in range(0, len(bits), 5)]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    remainder = 1
    for value in expanded + symbols + [0] * 6:
        top, remainder = remainder >> 25, (remainder & 0x1FFFFFF) << 5 ^ value
        for i, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            remainder ^= term if top >> i & 1 else 0
    symbols += [(remainder ^ 1) >> shift & 31 for shift in (25, 20, 15, 10, 5, 0)]
    return prefix + "1" + "".join(BECH32[s] for s in symbols)


lines = ["".join(line.upper().split()) for line in sys.stdin]
rows = [line[-24:] for line in lines if line and not line.startswith("#")]  # a row number may stand before it
cards = [read_card(rows[i : i + 4], i // 4 + 1) for i in range(0, len(rows), 4)]
print(bech32("age-secret-key-pq-", combine(cards)).upper())
