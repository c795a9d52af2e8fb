// Deutsch. Wie auf Notfalltafeln: Grundform statt „Sie“, damit jede Zeile kurz bleibt. Die Farbe heißt wie
// auf jeder anderen Karte: verglichen werden Wörter.

import { capital } from '../../core/capital.ts';
import type { CardStrings } from '../strings.ts';
import { partsOfDate, toldPolicy, type ToldPolicy } from '../wording.ts';

const NUMBERS = 'null eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ');
const MONTHS = 'Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.'.split(' ');

const inWords = (count: number): string => NUMBERS[count] ?? String(count);

const cards = (count: number, colour: string): string =>
  `${colour.toUpperCase()}-Karte${count === 1 ? '' : 'n'}`;

export function dateInGerman(iso: string): string {
  const { year, month, day } = partsOfDate(iso);
  return `${day}. ${MONTHS[month - 1] ?? month} ${year}`;
}

function groups(need: number, count: number): string {
  if (need < count) return need === 1 ? 'einer beliebigen Gruppe' : `${inWords(need)} beliebigen Gruppen`;
  return count === 2 ? 'beiden Gruppen' : `allen ${inWords(count)} Gruppen`;
}

function opens(told: ToldPolicy, colour: string): string {
  switch (told.kind) {
    case 'any':
      return capital(
        `${inWords(told.cards)} beliebige ${cards(told.cards, colour)} öffnen unsere Notfallunterlagen.`,
      );
    case 'all': {
      const all = told.cards === 2 ? 'Beide' : `Alle ${inWords(told.cards)}`;
      return `${all} ${cards(told.cards, colour)} zusammen öffnen unsere Notfallunterlagen.`;
    }
    case 'each': {
      // „mit“ verlangt den dritten Fall; von den Zahlwörtern beugt sich nur „eine“.
      const number = told.cards === 1 ? 'einer' : inWords(told.cards);
      const each = told.need === 1 ? '' : 'je ';
      return `Unsere Notfallunterlagen öffnen sich mit ${each}${number} ${cards(told.cards, colour)} aus ${groups(told.need, told.count)}.`;
    }
    case 'unequal':
      return `Genug ${cards(0, colour)} aus ${groups(told.need, told.count)} öffnen unsere Notfallunterlagen. Aus dieser Gruppe: ${inWords(told.own)}.`;
  }
}

export const DE: CardStrings = {
  issue: (setNumber, created) => `Notfallkarte, Satz ${setNumber}, ${dateInGerman(created)}`,
  card: 'Karte',
  ofCards: (count) => `von ${count}`,
  holder: 'Für',
  group: 'Gruppe',
  opens: (policy, colour, group) => opens(toldPolicy(policy, group), colour),
  alone: 'Diese Karte allein öffnet nichts.',
  keep: 'Verschlossen aufbewahren.',
  only: 'Nur dem Wiederherstellungsprogramm zeigen, oder dort die Zeilen tippen.',
  unreadable: 'Zeichen unlesbar? Dafür ? tippen',
  locked: 'Mit einer Passphrase gesichert.',
  asked: 'Will jemand die Karte?',
  askedSteps: [
    'Telefon auflegen. Zwei Personen auf Ihrem Kontaktblatt anrufen.',
    'Beide sagen Ja: Karte selbst bringen, noch verschlossen.',
    'Nie vorlesen. Nie ein Bild schicken.',
  ],
  doubt: 'Im Zweifel: nicht weiter. Alle warnen.',
  check: 'Alle 90 Tage',
  checkText: 'Verschlossen, unversehrt? Nummer melden.',
  lost: 'Verloren, geöffnet, gesehen?',
  lostCall: 'Noch heute',
  lostToday: 'anrufen.',
  noBlame: 'Niemand macht Vorwürfe.',
  leaving: 'Sie scheiden aus?',
  leavingText: 'Karte zurückgeben.',
  bag: 'Beutel',
  closedOn: 'Verschlossen am',
  charterWords: 'Wörter der Urkunde',
  edition: (setId, version) => `holdfast share v${version}, Satz ${setId}`,
  codeAlt: (symbols, rows) =>
    `Quadratischer Code mit denselben ${symbols} Zeichen wie die ${inWords(rows)} Zeilen`,
  documentTitle: (card, count, setNumber) => `Notfallkarte ${card} von ${count}, Satz ${setNumber}`,
  markAlt: (colour, shape) => `Zeichen des Satzes: ${colour.toUpperCase()} ${shape}`,
};
