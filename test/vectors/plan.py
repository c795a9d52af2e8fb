#!/usr/bin/env python3
"""Makes plan.json: plans as people write them, the document each says, its hash and words.

Written from docs/spec/plan.md alone with the standard library of Python 3, and shares no code with the
program under test. Run it in this folder; the result is the same every time. One fault per vector.
"""

import hashlib
import json
import re
import unicodedata


def word_list():
    with open('../../node_modules/@scure/bip39/wordlists/english.js', encoding='ascii') as file:
        words = re.search('`([a-z\\n]+)`', file.read()).group(1).split('\n')
    digest = hashlib.sha256(('\n'.join(words) + '\n').encode()).hexdigest()
    # The published english.txt of BIP-39.
    assert digest == '2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda', digest
    return words


WORDS = word_list()
FIELDS = ('name', 'contact', 'place', 'household', 'team', 'reportsTo', 'outside', 'reachable')


def trustee(**given):
    return {field: given.get(field) for field in FIELDS}


def plan(groups, needed=1, **given):
    return {
        'type': 'holdfast plan v1',
        'organisation': given.get('organisation', 'Northwind IT'),
        'lead': given.get('lead'),
        'witness': given.get('witness'),
        'paper': given.get('paper', 'a4'),
        'language': 'en',
        'groupThreshold': needed,
        'groups': groups,
    }


def group(threshold, *trustees, name=None):
    return {'name': name, 'threshold': threshold, 'trustees': list(trustees)}


def vector(name, source, value):
    document = json.dumps(value, indent=2, ensure_ascii=False) + '\n'
    assert unicodedata.is_normalized('NFC', document)
    digest = hashlib.blake2b(b'holdfast plan v1' + document.encode(), digest_size=32).digest()
    bits = int.from_bytes(digest[:9], 'big') >> 6
    words = [WORDS[bits >> 11 * (5 - at) & 2047] for at in range(6)]
    return {'name': name, 'plan': source, 'document': document, 'hash': digest.hex(), 'words': words}


SHORT = """organisation: Northwind IT
threshold: 2
trustees:
  - name: Ana Ruiz
  - name: Zoë Ng
  - name: Tom Baker
"""
THREE = (trustee(name='Ana Ruiz'), trustee(name='Zoë Ng'), trustee(name='Tom Baker'))

FULL = """organisation: Northwind IT
lead: Ana Ruiz
witness: Omar Haddad
paper: letter
threshold: 2
trustees:
  - name: Ana Ruiz
    contact: "+1 260 555 0100"
    place: home
    household: Elm Street
    team: Partners
    reportsTo: Tom Baker
    outside: false
    reachable: 0.7
  - name: Mei 陈
    contact: mei "the rock" @ example.org \\ desk
    outside: true
    reachable: 1
  - name: Tom Baker
    reachable: 0.125
"""
FULL_PLAN = plan(
    [
        group(
            2,
            trustee(
                name='Ana Ruiz',
                contact='+1 260 555 0100',
                place='home',
                household='Elm Street',
                team='Partners',
                reportsTo='Tom Baker',
                outside=False,
                reachable=700,
            ),
            trustee(name='Mei 陈', contact='mei "the rock" @ example.org \\ desk', outside=True, reachable=1000),
            trustee(name='Tom Baker', reachable=125),
        )
    ],
    lead='Ana Ruiz',
    witness='Omar Haddad',
    paper='letter',
)

GROUPS = """organisation: Northwind IT
groupThreshold: 2
groups:
  - name: Partners
    threshold: 2
    trustees: [{name: Ana Ruiz}, {name: Zoë Ng}]
  - name: Outside
    threshold: 1
    trustees: [{name: Tom Baker}]
"""
PARTNERS = group(2, *THREE[:2], name='Partners')

PEOPLE = [{'name': person['name']} for person in THREE]
AS_JSON = json.dumps({'trustees': PEOPLE, 'threshold': 2, 'organisation': 'Northwind IT'})

same = plan([group(2, *THREE)])
other = [
    vector('another threshold', SHORT.replace('2', '3'), plan([group(3, *THREE)])),
    vector('another order of cards', SHORT.replace('Ana Ruiz', 'x').replace('Zoë Ng', 'Ana Ruiz').replace('x', 'Zoë Ng'),
           plan([group(2, THREE[1], THREE[0], THREE[2])])),
    vector('another letter', SHORT.replace('Ng', 'ng'), plan([group(2, THREE[0], trustee(name='Zoë ng'), THREE[2])])),
    vector('a space more', SHORT.replace('Zoë Ng', 'Zoë  Ng'), plan([group(2, THREE[0], trustee(name='Zoë  Ng'), THREE[2])])),
    vector('another paper', SHORT + 'paper: letter\n', plan([group(2, *THREE)], paper='letter')),
    vector('outside said to be false', SHORT + '    outside: false\n',
           plan([group(2, *THREE[:2], trustee(name='Tom Baker', outside=False))])),
    vector('never reachable', SHORT + '    reachable: 0\n',
           plan([group(2, *THREE[:2], trustee(name='Tom Baker', reachable=0))])),
    vector('every field', FULL, FULL_PLAN),
    vector('two groups', GROUPS, plan([PARTNERS, group(1, THREE[2], name='Outside')], 2)),
    vector('one group with a name', 'organisation: Northwind IT\ngroupThreshold: 1\ngroups:\n  - name: All\n    threshold: 2\n'
           '    trustees: [{name: Ana Ruiz}, {name: Zoë Ng}, {name: Tom Baker}]\n', plan([group(2, *THREE, name='All')])),
]
one = [
    vector('as written', SHORT, same),
    vector('as JSON, in another order', AS_JSON, same),
    vector('with comments, blank lines and quotes', '# read aloud\n\n' + SHORT.replace('Ana Ruiz', '"Ana Ruiz" # card 1'), same),
    vector('with the defaults written out', SHORT + 'paper: a4\nlanguage: en\n', same),
    vector('a letter in two parts', SHORT.replace('ë', 'e\u0308'), same),
    vector('white space around', SHORT.replace('Zoë Ng', "'  Zoë Ng '"), same),
    vector('line ends of Windows', SHORT.replace('\n', '\r\n'), same),
]

WORDS_SAME, HASH_SAME = ' '.join(one[0]['words']), one[0]['hash']


def agreed(name, expect, text):
    return {'name': name, 'expect': expect, 'agreed': text}


with open('plan.json', 'w', encoding='utf-8') as file:
    contents = {
        'spec': 'docs/spec/plan.md',
        'generator': 'test/vectors/plan.py',
        'same': one,
        'other': other,
        'agreed': [
            agreed('the words', 'ok', WORDS_SAME),
            agreed('the words as people type them', 'ok', WORDS_SAME.upper().replace(' ', '-')),
            agreed('the hash', 'ok', HASH_SAME),
            agreed('the hash in capitals, with a line end', 'ok', HASH_SAME.upper() + '\n'),
            agreed('words of another plan', 'plan.not-agreed', ' '.join(other[0]['words'])),
            agreed('hash of another plan', 'plan.not-agreed', other[0]['hash']),
            agreed('the words in another order', 'plan.not-agreed', ' '.join(reversed(one[0]['words']))),
            agreed('a hash cut short', 'words.format', HASH_SAME[:16]),
            agreed('five words', 'words.format', ' '.join(one[0]['words'][:5])),
            agreed('nothing', 'words.format', ''),
        ],
        'refused': [
            {'name': 'a chance of four decimals', 'expect': 'plan.field', 'plan': SHORT + '    reachable: 0.1234\n'},
            {'name': 'outside in words', 'expect': 'plan.field', 'plan': SHORT + '    outside: perhaps\n'},
            {'name': 'an unknown field', 'expect': 'plan.field', 'plan': SHORT + '    building: x\n'},
            {'name': 'a team with a control character', 'expect': 'plan.field', 'plan': SHORT + '    team: "a\\eb"\n'},
            {'name': 'one card opens it', 'expect': 'share.policy', 'plan': SHORT.replace('2', '1')},
            {'name': 'more cards needed than there are', 'expect': 'share.policy', 'plan': SHORT.replace('2', '4')},
        ],
    }
    json.dump(contents, file, indent=2, ensure_ascii=False)
    file.write('\n')
