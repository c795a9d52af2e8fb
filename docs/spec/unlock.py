"""Opens a locked holdfast card: `python3 unlock.py < rows.txt` prints the four rows of the same share, unlocked.

Give it the five rows of one card, one row a line, as printed. It repairs nothing. The passphrase is asked for.
Written from docs/spec/locked-share.md alone; combine.py takes what it prints. Needs the package `cryptography`.
"""

import getpass
import hashlib
import re
import sys
import unicodedata

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def blake2b(*parts):
    return hashlib.blake2b(b"".join(parts), digest_size=32).digest()


def multiply(a, b):
    product = 0
    while b:
        product ^= a * (b & 1)
        a = a << 1 ^ (0x25 if a & 16 else 0)
        b >>= 1
    return product


def row(number, data):
    word = [number, *data, 0, 0, 0, 0]
    for i in range(21):
        factor = word[i]
        for j, coefficient in enumerate((1, 30, 6, 9, 17)):
            word[i + j] ^= multiply(factor, coefficient)
    return "".join(CROCKFORD[symbol] for symbol in [*data, *word[21:]])


# Unicode's White_Space, which is neither Python's \s nor its strip().
SPACE = "[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"


def normalised(typed):
    return re.sub(SPACE, " ", unicodedata.normalize("NFKC", typed)).strip(" ").encode()


lines = ["".join(line.upper().split()) for line in sys.stdin]
rows = [line[-24:] for line in lines if line and not line.startswith("#")]  # a row number may stand before it
number = 0
for symbol in "".join(line[:20] for line in rows):  # symbols 21 to 24 are parity
    number = number * 32 + CROCKFORD.index(symbol)
if len(rows) != 5 or number & 15:
    sys.exit("not the five rows of a locked card")
record = (number >> 4).to_bytes(62, "big")
head, salt, locked, check = record[:14], record[:26], record[26:58], record[58:]
if head[0] != 2 or check != blake2b(b"holdfast check v1", record[:58])[:4]:
    sys.exit("a row is not as printed")
passphrase = normalised(getpass.getpass("Passphrase of the card: "))
if not passphrase:
    sys.exit("that is not its passphrase")
key = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=65536).derive(passphrase)
value = bytes(a ^ b for a, b in zip(locked, key))
if blake2b(b"holdfast lock v2", head, value)[:12] != record[14:26]:
    sys.exit("that is not its passphrase")
plain = b"\x01" + head[1:] + value
plain += blake2b(b"holdfast check v1", plain)[:4]
bits = int.from_bytes(plain, "big")
symbols = [bits >> 5 * (79 - i) & 31 for i in range(80)]
for i in range(4):
    print(row(i + 1, symbols[20 * i : 20 * i + 20]))
