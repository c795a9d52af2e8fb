// Deutsch. Farbe und Form heißen wie auf der Karte: verglichen werden Wörter.

import { capital } from '../../core/capital.ts';
import type { Strings } from '../strings.ts';

const NUMBERS = 'null eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ');

const inWords = (count: number): string => NUMBERS[count] ?? String(count);
const cards = (count: number, colour: string): string =>
  `${colour.toUpperCase()}-Karte${count === 1 ? '' : 'n'}`;
const list = (numbers: readonly number[]): string =>
  numbers.length < 2
    ? numbers.join('')
    : `${numbers.slice(0, -1).join(', ')} oder ${numbers.slice(-1).join('')}`;
const mark = ({ colour, shape }: { colour: string; shape: string }): string =>
  `${colour.toUpperCase()} ${shape}`;

export const DE: Strings = {
  name: 'Deutsch',
  recovery: 'Wiederherstellung',
  cardCheck: 'Kartenprüfung',
  language: 'Sprache',
  sealed: (when, ago) => `versiegelt ${when} (${ago})`,
  minutesAgo: (n) => `vor ${n} Min.`,
  hoursAgo: (n) => `vor ${n} Std.`,
  daysAgo: (n) => `vor ${n} ${n === 1 ? 'Tag' : 'Tagen'}`,
  offline: 'offline',
  online: 'online',
  onlineWarning:
    'Dieser Rechner ist online. Wenn möglich, trennen Sie das Netz und machen Sie weiter. Diese Seite sendet nichts.',
  elapsed: (clock) => `${clock} vergangen`,
  steps: 'Schritte',
  stepPackage: 'Paket',
  stepCards: 'Karten',
  stepVault: 'Tresor',

  packageHeadline: 'Wählen Sie das Paket',
  packageLead:
    'Es ist eine Datei, die auf .age endet, auf dem Stick neben dieser Seite oder in einer Kopie des Escrow-Ordners. Nehmen Sie das neueste.',
  packageHelp:
    'Liegen charter.json und weitere Dateien zu diesem Paket daneben, wählen Sie sie mit aus: Sie unterscheiden eine gute Karte von einer gefälschten.',
  packageChosen: (name, size) => `${name}, ${size}`,
  chooseFile: 'Datei wählen',
  chooseOther: 'Andere Datei wählen',
  dropHere: 'oder Dateien irgendwo auf diese Seite ziehen',
  packageDamaged:
    'Diese Kopie ist beschädigt: Sie ist nicht die Datei, die ihr Eintrag beschreibt. Wählen Sie eine andere Kopie.',
  packagePartial: (size, recorded) =>
    `Sein Eintrag nennt ${recorded}, diese Datei hat ${size}: Die Kopie ist nicht vollständig. Wählen Sie eine andere Kopie, wenn es eine gibt.`,
  useInside: 'Das Paket in dieser Seite nehmen',
  packageWhole: 'Alles, was zu diesem Paket gehört, ist schon in dieser Seite. Weiter zu den Karten.',
  packageOlder: (when) =>
    `Dies ist ein älteres Paket: Hier ist ein neueres bekannt, versiegelt ${when}. Passwörter, die seither geändert wurden, stehen nicht darin.`,
  notPackage: (name) => `${name} ist kein Paket. Der Name eines Pakets endet auf .age.`,
  charterTaken: (name) =>
    `${name} wurde übernommen: Damit unterscheidet sich eine gute Karte von einer gefälschten.`,
  recordTaken: (name) => `${name} wurde übernommen: Der Beleg sagt, wann ein Paket versiegelt wurde.`,
  otherEscrow: (name) => `${name} gehört zu einem anderen Escrow und wird nicht benutzt.`,
  goToCards: 'Weiter zu den Karten',
  checkOnly: 'Nur eine Karte prüfen',
  backToRecovery: 'Zurück zur Wiederherstellung',
  packageMissing: 'Unter diesen Dateien ist kein Paket. Es endet auf .age.',
  reading: (files) => `${files} Datei${files === 1 ? '' : 'en'} ${files === 1 ? 'wird' : 'werden'} gelesen`,

  firstCard: 'Die erste Karte',
  firstCardLead: 'Jede Karte ist recht für den Anfang. Sie sagt, wie viele nötig sind.',
  callHolders:
    'Bitten Sie die Leute mit den Karten, damit herzukommen. Was Sie hier fotografieren oder tippen, bleibt auf diesem Rechner.',
  needCards: (more, colour, isFirst) =>
    capital(`${isFirst ? '' : 'noch '}${inWords(more)} ${cards(more, colour)}`),
  needOfGroup: (more, colour, group) =>
    capital(`${inWords(more)} ${cards(more, colour)} aus Gruppe ${group}`),
  needGroups: (more) =>
    more === 1 ? 'Die Karten einer weiteren Gruppe' : `Die Karten von ${inWords(more)} weiteren Gruppen`,
  and: ' und ',
  needLead: (wanted, from) =>
    from.length > 0
      ? `Karten mit dem Zeichen ${mark(wanted)}, in beliebiger Reihenfolge: ${list(from)}.`
      : `Alle Karten mit dem Zeichen ${mark(wanted)}, in beliebiger Reihenfolge.`,
  needFurther: 'Noch eine Karte',
  needFurtherLead:
    'Diese Karten passen nicht zusammen, mindestens eine ist falsch. Eine weitere gute Karte kann es klären.',
  enoughCards: 'Genug Karten',
  enoughCardsLead: 'Jetzt fehlt nur noch das Paket.',
  opening: 'Das Paket wird geöffnet',
  openingLead: 'Lassen Sie diese Seite offen. Es dauert Sekunden, bei sehr großen Paketen Minuten.',
  openingProgress: (read, size) => `${read} von ${size}`,
  notOpened: 'Es ging nicht auf',

  useCamera: 'Kamera benutzen',
  stopCamera: 'Kamera ausschalten',
  choosePhoto: 'Fotos wählen',
  typeRows: 'Zeilen tippen',
  stopTyping: 'Zeilen schließen',
  cameraStarting: 'Die Kamera startet. Wenn der Browser fragt, erlauben Sie es.',
  cameraOn: 'Halten Sie eine Karte so, dass ihr quadratischer Code das halbe Bild füllt.',
  cameraDenied:
    'Der Browser lässt diese Seite nicht an die Kamera. Wählen Sie Fotos oder tippen Sie die Zeilen.',
  cameraNone: 'Hier ist keine Kamera. Wählen Sie Fotos oder tippen Sie die Zeilen.',
  cameraBusy:
    'Ein anderes Programm benutzt die Kamera. Schließen Sie es, wählen Sie Fotos oder tippen Sie die Zeilen.',
  cameraPicture: 'Bild der Kamera',
  nextCard: 'Nächste Karte',
  waiting: 'wird erwartet',

  typingHeadline: 'Die Zeilen einer Karte',
  row: (row) => `Zeile ${row}`,
  typingHelp:
    'Ein Zeichen ist nicht zu lesen? Tippen Sie dafür ?. O und 0, I und 1 sind hier dasselbe. Eine ganze Karte kann eingefügt werden.',
  rowGood: 'Zeile stimmt',
  rowRepaired: (position, from, to) =>
    from === '?'
      ? `Zeichen ${position} gefunden: ${to}`
      : `Zeichen ${position} berichtigt: ${from} ist ${to}`,
  rowProvisional: 'einige Zeichen zweifelhaft; die ganze Karte wird es zeigen',
  rowSwapped: (belongs) => `das ist Zeile ${belongs} der Karte`,
  rowOtherSet: (found, wanted) =>
    mark(found) === mark(wanted)
      ? `Zeile stimmt; die Karte ist aus einem anderen Satz, der auch ${mark(found)} trägt`
      : `Zeile stimmt; die Karte ist aus einem anderen Satz: ${mark(found)}`,
  rowPartial: (symbols) => `${symbols} von 24`,
  rowForeign: (position) => `Zeichen ${position} kommt auf Karten nicht vor`,
  rowUnreadable: 'stimmt nicht; vergleichen Sie jede Gruppe mit der Karte',

  card: (card) => `Karte ${card}`,
  groupCard: (group, card) => `Gruppe ${group}, Karte ${card}`,
  someCard: 'Karte',
  good: 'gut',
  readable: 'lesbar',
  repaired: 'berichtigt',
  unreadable: 'nicht lesbar',
  retiredSet: 'abgelöster Satz',
  otherSet: 'anderer Satz',
  alreadyGiven: 'schon eingegeben',
  forged: 'gefälscht',
  locked: 'gesichert',
  unlocked: 'Mit ihrer Passphrase geöffnet.',
  lockedHelp: 'Sie zählt, sobald ihre Passphrase eingegeben ist.',
  passphraseHelp: 'Nur wem die Karte gehört, weiß sie. Groß- und Kleinschreibung zählen.',
  unlock: 'Öffnen',
  unlocking: 'Wird versucht; das dauert einige Sekunden.',
  lockFailed:
    'Dieses Gerät konnte die Karte nicht öffnen: vielleicht fehlt ihm Speicher. Noch einmal versuchen oder einen anderen Rechner nehmen.',
  wrongPassphrase:
    'Das ist nicht die Passphrase dieser Karte. Noch einmal: Groß- und Kleinschreibung zählen.',
  passphraseOf: (card: string) => `Passphrase: ${card}`,
  typingError: (row) => `Tippfehler in Zeile ${row}`,
  typingErrors: (rows) => `Tippfehler in den Zeilen ${rows.join(', ')}`,
  scannedAt: (time) => `gelesen ${time}`,
  photoAt: (time, name) => `${name}, ${time}`,
  typedAt: (time) => `getippt ${time}`,
  readableHelp: 'Hier ist keine Urkunde, mit der sie verglichen werden könnte.',
  repairedHelp: (rows) => `Berichtigt: ${rows}.`,
  repairedSymbol: (row, position, from, to) =>
    from === '?'
      ? `Zeile ${row}, Zeichen ${position} ist ${to}`
      : `Zeile ${row}, Zeichen ${position}: ${from} ist ${to}`,
  otherSetHelp: (found, wanted, own, asked) =>
    mark(found) === mark(wanted)
      ? `Sie trägt auch ${mark(found)}, gehört aber zu Satz ${own}; diese gehören zu Satz ${asked}. Suchen Sie ${asked} am Fuß der Karte: Sie kann aus einer anderen Zeremonie oder einer anderen Firma stammen.`
      : `Sie trägt ${mark(found)}. Fragen Sie nach der Karte mit ${mark(wanted)}.`,
  putAway: 'Weglegen',
  alreadyGivenHelp: 'Sie zählt einmal. Fragen Sie nach einer anderen Karte.',
  forgedHelp:
    'Sie gibt sich als Karte dieses Satzes aus, und die Urkunde kennt sie nicht. Legen Sie sie weg und machen Sie mit anderen weiter.',

  problemNoCode:
    'In diesem Bild ist keine Karte. Näher heran, scharf und ohne Schatten, oder tippen Sie die Zeilen.',
  problemForeignCode: 'In diesem Bild ist ein Code, aber keine Karte.',
  problemPicture:
    'Dieses Bild lässt sich nicht lesen. Nehmen Sie JPEG oder PNG, die Kamera, oder tippen Sie die Zeilen.',
  problemPdf: 'PDF wird hier nicht gelesen. Fotografieren Sie die Karte oder tippen Sie die Zeilen.',
  problemNoRows: 'Diese Datei ist weder ein Bild noch die Zeilen einer Karte.',
  problemTooLarge: 'Diese Datei ist zu groß für eine Karte.',
  problemSwapped: (row, belongs) =>
    `Zeile ${row} ist Zeile ${belongs} der Karte. Tippen Sie sie der Reihe nach.`,
  problemCheck: 'Jede Zeile stimmt, zusammen sind sie keine Karte. Sind alle vier von derselben?',
  problemVersion: 'Diese Karte ist von einer neueren Version. Nehmen Sie die Seite einer neueren Ausgabe.',
  problemDamagedPackage: 'Diese Kopie des Pakets ist beschädigt. Wählen Sie eine andere; die Karten bleiben.',
  problemOtherKey:
    'Diese Karten gehören zu einem anderen Paket. Wählen Sie das Paket, das für sie versiegelt wurde, oder andere Karten.',
  problemOtherCards:
    'Karten eines anderen Satzes öffnen dieses Paket nicht. Suchen Sie die Karten seines eigenen Satzes, oder wählen Sie das Paket, das für die eingegebenen versiegelt wurde.',
  problemPage:
    'Was diese Seite von ihrem Escrow trug, ist beschädigt. Die Seite selbst arbeitet: Wählen Sie das Paket.',
  problemNotForKey:
    'Dieses Paket wurde für andere Karten versiegelt, oder diese Kopie ist beschädigt. Wählen Sie eine andere Datei; die Karten bleiben.',
  problemTooBig: 'Dieses Paket ist zu groß für einen Browser. Nehmen Sie das Programm: holdfast recover.',
  problemNoSubset:
    'Keine Auswahl dieser Karten ergibt den Schlüssel. Mindestens eine ist falsch. Geben Sie eine weitere Karte ein.',
  problemOther: (code) =>
    `Das ging nicht (${code}). Versuchen Sie eine andere Kopie oder einen anderen Browser.`,
  problemUnexpected:
    'Etwas ging schief, das nicht schiefgehen sollte. Öffnen Sie die Seite neu; die Karten lassen sich wieder einlesen.',

  doubtForged:
    'Die Urkunde bei diesem Paket ist GEFÄLSCHT: Der Schlüssel aus den Karten hat sie nicht unterschrieben. Die Karten stimmen.',
  doubtMissing: 'Bei diesem Paket liegt keine Urkunde; den Schlüssel gaben die Karten allein.',
  doubtReplaced:
    'Diese Karten gehören zu einem ersetzten Schlüssel: Sie öffnen, was vorher versiegelt wurde. Der neueste Tresor braucht die Karten des aktuellen Satzes.',
  doubtUnreadable: 'Die Urkunde bei diesem Paket ist nicht lesbar; den Schlüssel gaben die Karten allein.',
  doubtNotVouched:
    'Niemand bürgt für dieses Paket: Es geht auf, aber kein Beleg eines genannten Siegelnden beschreibt es. Vergleichen Sie Datum und Anzahl mit dem, was Sie erwarten.',
  doubtOlder: (when) => `Es gibt ein neueres Paket, versiegelt ${when}. Wenn Sie es haben, öffnen Sie jenes.`,

  checkHeadline: 'Eine Karte prüfen',
  checkLead: 'Die Karte wird beurteilt und vergessen. Nichts wird geöffnet, gespeichert oder gesendet.',
  checkNoCharter:
    'In dieser Seite ist keine Urkunde, eine Karte kann also lesbar heißen, aber nicht gut. Wählen Sie charter.json zum Vergleich.',
  chooseCharter: 'charter.json wählen',
  challengeHeadline: 'Hat man Ihnen eine Aufgabe geschickt?',
  challengeLead:
    'Fügen Sie sie hier ein. Sie beginnt mit holdfast1. Die Antwort beweist, dass Sie die Karte haben, und zeigt sie nicht.',
  challengeLabel: 'Aufgabe',
  challengeFirst: 'Zeigen Sie jetzt die Karte.',
  challengeBad: 'Das ist keine ganze Aufgabe. Kopieren Sie sie noch einmal vollständig.',
  challengeOtherCard: (card) => `Die Aufgabe ist für Karte ${card}. Dies ist eine andere Karte.`,
  challengeOther:
    'Die Aufgabe betrifft einen anderen Escrow oder einen neueren Satz, als diese Seite kennt. Antworten Sie nicht; rufen Sie zurück.',
  challengeNotExact:
    'Die Karte wurde mit Berichtigungen gelesen. Sie antwortet nur so, wie sie gedruckt ist: noch einmal lesen oder tippen.',
  askedRow: (row) => `Tippen Sie jetzt Zeile ${row} vom Papier`,
  askedRowLead: 'Der Code wurde gelesen. Eine Zeile zeigt, dass auch die gedruckten Zeilen lesbar sind.',
  askedRowWrong:
    'Diese Zeile weicht von der Karte ab. Steht sie so auf dem Papier, sagen Sie es dem, der die Aufgabe geschickt hat.',
  responseHeadline: (card) => `Karte ${card} ist heil. Schicken Sie diese Antwort zurück`,
  responseLead: 'Darin ist nichts Geheimes.',
  responseLabel: 'Antwort',
  copy: 'Kopieren',
  copied: 'Kopiert',
  save: 'Als Datei sichern',
};
