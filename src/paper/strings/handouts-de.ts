// Deutsch, mit den Wörtern der Karte. Angesprochen wird mit „Sie“; „er“ ist der Umschlag wie der Beutel.

import type { HandoutStrings } from '../handouts.ts';
import { dateInGerman } from './de.ts';

const NEVER_COPIED = 'Fotografiert, kopiert oder abgetippt wird sie nur für das Wiederherstellungsprogramm.';
const HANG_UP =
  'Verlangt jemand die Karte, lege ich auf und rufe zwei Personen von meinem Kontaktblatt unter den gedruckten Nummern an.';
const SAY_SO =
  'Ist sie verloren, wurde sie geöffnet oder von jemand anderem gesehen, melde ich das am selben Tag. Niemand macht mir deshalb Vorwürfe.';
const HAND_BACK =
  'Wenn ich ausscheide, eine andere Aufgabe übernehme oder sie nicht mehr aufbewahren kann, gebe ich sie verschlossen und persönlich zurück.';
const PROVE = 'Einmal im Jahr weise ich auf meinem eigenen Gerät nach, dass die Karte lesbar ist.';
const PRINTED_NUMBERS =
  'Nehmen Sie nur die Nummern von diesem Blatt, nie eine aus einer Nachricht oder von jemandem, der anruft.';
const TROUBLE =
  'ist er offen oder beschädigt, hatte ihn jemand anderes in der Hand, oder ziehen Sie um, scheiden Sie aus oder wechseln Sie die Aufgabe: Rufen Sie uns noch heute an. Niemand macht Ihnen Vorwürfe.';

const WHEN_ASKED = [
  'Auflegen, wer es auch ist und wie eilig es klingt. Stimmen lassen sich nachahmen.',
  'Rufen Sie selbst zwei der Personen oben an. Beide müssen es bestätigen.',
  'Fragen Sie, wer da ist, warum, und wohin Sie kommen sollen.',
];
const AFTER_ASKED = [
  'Lesen Sie die Zeilen der Karte nie vor, und schicken Sie nie ein Foto davon.',
  'Im Zweifel: nicht weiter. Alle warnen.',
];

export const HANDOUTS_DE: HandoutStrings = {
  language: 'de',
  date: dateInGerman,
  page: (number, count) => `Seite ${number} von ${count}`,
  acknowledgement: {
    title: 'Empfangsbestätigung',
    organisation: 'Organisation',
    trustee: 'Vertrauensperson',
    card: 'Karte',
    cardOf: (card, count) => `${card} von ${count}`,
    set: 'Satz',
    setOf: (mark, setNumber) => `${setNumber} (${mark})`,
    group: 'Gruppe',
    issued: 'Ausgegeben',
    bag: { bag: 'Beutel', unknown: 'Beutel, falls vorhanden' },
    received: {
      bag: 'Ich habe eine Notfallkarte erhalten. Sie wurde vor meinen Augen gedruckt, ich habe sie selbst vom Papier wieder eingelesen, und sie kam in meinem Beisein in ihren Beutel. Ich weiß, dass diese Karte allein nichts öffnet.',
      unknown:
        'Ich habe eine Notfallkarte erhalten. Sie wurde vor meinen Augen gedruckt, und ich habe sie selbst vom Papier wieder eingelesen. Ich weiß, dass diese Karte allein nichts öffnet.',
    },
    receivedUnread: 'Ich habe eine Notfallkarte erhalten. Ich weiß, dass diese Karte allein nichts öffnet.',
    receivedClosed: {
      bag: 'Ich habe eine Notfallkarte erhalten. Ich habe sie verschlossen in ihrem Beutel von der Person erhalten, die sie vorher hatte; ich habe ihn nicht geöffnet. Ich weiß, dass diese Karte allein nichts öffnet.',
      unknown:
        'Ich habe eine Notfallkarte erhalten. Ich habe sie verschlossen von der Person erhalten, die sie vorher hatte; ich habe sie nicht geöffnet. Ich weiß, dass diese Karte allein nichts öffnet.',
    },
    file: (name) =>
      `Die Zeilen der Karte stehen auch in der Datei ${name}, die mein eigener Schlüssel öffnet. Ich bewahre Datei und Schlüssel dort auf, wo nur ich hinkomme, und lösche jede Kopie der Datei, wenn die Karte ausgedient hat.`,
    fileOfBefore:
      'Die Zeilen der Karte stehen auch in einer Datei, die ein Schlüssel einer früheren Inhaberin oder eines früheren Inhabers öffnet. Ich habe diese Datei nicht; wer sie hat, muss jede Kopie löschen.',
    promises: {
      bag: [
        'Ich bewahre die Karte in ihrem verschlossenen Beutel auf, an einem Ort, an den nur ich komme, und nicht bei einer anderen Karte.',
        NEVER_COPIED,
        `Alle 90 Tage sehe ich nach dem Beutel und melde seine Nummer. ${PROVE}`,
        HANG_UP,
        SAY_SO,
        HAND_BACK,
      ],
      unknown: [
        'Ich bewahre die Karte in einem verschlossenen Umschlag oder Beutel auf, an einem Ort, an den nur ich komme, und nicht bei einer anderen Karte.',
        NEVER_COPIED,
        `Alle 90 Tage sehe ich nach, ob sie da ist, verschlossen und unversehrt, und melde es. ${PROVE}`,
        HANG_UP,
        SAY_SO,
        HAND_BACK,
      ],
    },
    forgetting:
      'Die Karte ist mit einer Passphrase gesichert, die nur ich kenne. Vergesse ich sie, ist die Karte verloren, und ich melde das am selben Tag.',
    report: 'Eine verlorene, geöffnete oder gesehene Karte melden bei:',
    signature: 'Unterschrift',
    dateTime: 'Datum, Uhrzeit',
    witness: 'Unterschrift Zeugin/Zeuge',
    name: 'Name',
    foot: (printed) => `Gedruckt am ${printed}. Gehört zum unterschriebenen Ablaufplan.`,
  },
  letter: {
    title: 'Erinnerungsbriefe',
    foot: 'Dieser Brief enthält kein Geheimnis.',
    heading: (date, wrap) =>
      wrap === 'bag'
        ? `Bitte sehen Sie bis zum ${date} nach Ihrem Beutel`
        : `Bitte sehen Sie bis zum ${date} nach Ihrem Umschlag oder Beutel`,
    thanks: {
      bag: 'Danke, dass Sie einen verschlossenen Beutel für uns aufbewahren. Alle 90 Tage bitten wir Sie, nach ihm zu sehen. Es dauert zwei Minuten.',
      unknown:
        'Danke, dass Sie einen verschlossenen Umschlag oder Beutel für uns aufbewahren. Alle 90 Tage bitten wir Sie, nach ihm zu sehen. Es dauert zwei Minuten.',
    },
    steps: {
      bag: [
        'Nehmen Sie den Beutel heraus. Öffnen Sie ihn nicht.',
        'Prüfen Sie, ob er verschlossen und ringsum unversehrt ist, und lesen Sie seine Nummer ab.',
        'Füllen Sie den Abschnitt unten aus und senden Sie ihn zurück, oder rufen Sie uns an und nennen Sie die Nummer.',
      ],
      unknown: [
        'Nehmen Sie ihn heraus. Öffnen Sie ihn nicht.',
        'Prüfen Sie, ob er verschlossen und ringsum unversehrt ist, und lesen Sie die Nummer ab, falls er eine hat.',
        'Füllen Sie den Abschnitt unten aus und senden Sie ihn zurück, oder rufen Sie uns an.',
      ],
    },
    prove: (date, wrap) =>
      `In diesem Jahr bitten wir Sie außerdem bis zum ${date} um den Nachweis, dass der Inhalt lesbar ist. Wir schicken Ihnen dazu eine Zeile für das Programm; öffnen Sie ${wrap === 'bag' ? 'den Beutel' : 'ihn'} erst dann.`,
    passphrase:
      'Falls Sie eine Passphrase gewählt haben: Wissen Sie sie noch? Wenn nicht, rufen Sie uns an. Schreiben Sie sie nie hier auf, und sagen Sie sie niemandem.',
    trouble: { bag: `Fehlt der Beutel, ${TROUBLE}`, unknown: `Fehlt er, ${TROUBLE}` },
    call: 'Anrufen:',
    never: {
      bag: 'Nach dem Inhalt des Beutels fragen wir nie, weder im Brief noch per E-Mail oder Telefon.',
      unknown: 'Nach dem Inhalt fragen wir nie, weder im Brief noch per E-Mail oder Telefon.',
    },
    from: 'Von',
    number: { bag: 'Nummer des Beutels', unknown: 'Nummer, falls vorhanden' },
    lookedAt: 'Nachgesehen am',
    isWhole: 'Unversehrt? (ja, nein)',
    signature: 'Unterschrift',
  },
  contact: {
    title: 'Kontaktblatt',
    foot: (printed) => `Kontaktblatt vom ${printed}. Ältere vernichten.`,
    keep: {
      bag: `Bewahren Sie es beim Beutel auf, nicht darin. ${PRINTED_NUMBERS}`,
      unknown: `Bewahren Sie es beim Umschlag oder Beutel auf, nicht darin. ${PRINTED_NUMBERS}`,
    },
    who: 'Wer die Karte anfordern darf',
    name: 'Name',
    role: 'Funktion',
    phone: 'Telefon',
    asked: 'Wenn jemand sie verlangt',
    steps: {
      bag: [
        ...WHEN_ASKED,
        'Beide sagen Ja: Bringen Sie die Karte selbst, in ihrem Beutel. Öffnen Sie ihn erst dort, und notieren Sie die Uhrzeit.',
        ...AFTER_ASKED,
      ],
      unknown: [
        ...WHEN_ASKED,
        'Beide sagen Ja: Bringen Sie die Karte selbst, verschlossen, wie sie ist. Packen Sie sie erst dort aus, und notieren Sie die Uhrzeit.',
        ...AFTER_ASKED,
      ],
    },
    passphrase:
      'Falls Sie eine Passphrase gewählt haben: Nur Sie tippen sie, und niemand sieht zu. Sagen Sie sie niemandem.',
    forgotten: 'Rufen Sie auch an, wenn Sie eine gewählte Passphrase nicht mehr wissen.',
    lost: 'Verloren, geöffnet oder von jemandem gesehen?',
    call: 'Am selben Tag anrufen:',
    noBlame: 'Niemand macht Vorwürfe. Eine Karte allein öffnet nichts, und ein neuer Satz lässt sich machen.',
    check: 'Alle 90 Tage',
    checkText: {
      bag: 'Sehen Sie nach dem Beutel, ohne ihn zu öffnen. Melden Sie seine Nummer, und ob er unversehrt ist.',
      unknown:
        'Sehen Sie nach dem Umschlag oder Beutel, ohne ihn zu öffnen. Melden Sie, ob er da und unversehrt ist, und seine Nummer, falls er eine hat.',
    },
  },
  slip: {
    title: 'Abschnitte für Umschläge',
    foot: 'Entlang der Striche schneiden. Ein Abschnitt für jeden Umschlag.',
    heading: 'Dokument zur Betriebskontinuität',
    owner: 'Eigentum von',
    found: 'Gefunden? Bitte anrufen:',
    number: { bag: 'Beutel', unknown: 'Nummer' },
    closedOn: 'Verschlossen am',
    closedBy: 'Verschlossen von',
    witness: 'Zeugin/Zeuge',
  },
};
