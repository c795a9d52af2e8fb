"""Writes seed.json beside itself: the vectors of docs/spec/seed.md. Python 3 standard library only."""

import hashlib
import json
import pathlib


def vector(name, system, rolls):
    seed = hashlib.blake2b(rolls.encode('ascii'), digest_size=32, key=system).hexdigest()
    return {'name': name, 'system': system.hex(), 'rolls': rolls, 'seed': seed}


COUNTING = bytes(range(32))
CYCLE = '123456' * 200

document = {
    'about': 'docs/spec/seed.md; made by test/vectors/seed.py',
    'seeds': [
        vector('the fewest rolls', COUNTING, CYCLE[:50]),
        vector('one roll more', COUNTING, CYCLE[:51]),
        vector('another order', COUNTING, CYCLE[:50][::-1]),
        vector('a loaded die', COUNTING, '6' * 50),
        vector('a system that gives zeros', bytes(32), CYCLE[:99]),
        vector('the most rolls', bytes(reversed(COUNTING)), CYCLE[:1000]),
    ],
    'typed': [
        {'typed': '1, 2, 3\n4 5 6', 'rolls': '123456'},
        {'typed': '  16 61 ', 'rolls': '1661'},
        {'typed': '', 'rolls': ''},
        {'typed': CYCLE[:1000], 'rolls': CYCLE[:1000]},
        {'typed': CYCLE[:1001], 'rolls': None},
        {'typed': '1270', 'rolls': None},
        {'typed': '12a', 'rolls': None},
        {'typed': '1-2', 'rolls': None},
        {'typed': '\u0661\u0662', 'rolls': None},
    ],
}

target = pathlib.Path(__file__).with_suffix('.json')
target.write_text(json.dumps(document, indent=2) + '\n', encoding='utf-8')
