// What calendar entries say, in the language of the cards: they go to the keeper's calendar and to holders.

import type { Wrap } from '../core/card-wrap.ts';
import type { Language } from '../core/languages.ts';

/** Of a card whose bag is noted, or of one that may lie in an envelope. */
type ByWrap = Readonly<Record<Wrap, string>>;

interface ReminderWords {
  card(card: number, what: string): string;
  readonly look: ByWrap;
  readonly proof: string;
  readonly change: string;
  readonly lookText: ByWrap;
  readonly proofText: ByWrap;
  /** At every card of a set with locked ones: no calendar tells whose they are. */
  readonly passphrase: string;
  readonly changeText: string;
}

const EN: ReminderWords = {
  card: (card, what) => `Card ${card}: ${what}`,
  look: { bag: 'look at the bag', unknown: 'look at the envelope or bag' },
  proof: 'yearly proof',
  change: 'settle the change about its holder',
  lookText: {
    bag: 'Level 1, every 90 days. Look at the bag without opening it: is it closed and whole? Report its number.',
    unknown:
      'Level 1, every 90 days. Look at the envelope or bag without opening it: is it there, closed and whole? Report it.',
  },
  proofText: {
    bag: "Level 2, once a year. A challenge is sent, and answered on the holder's own device. Close the bag again, with a new number.",
    unknown:
      "Level 2, once a year. A challenge is sent, and answered on the holder's own device. Close it away again.",
  },
  passphrase: 'If a passphrase was chosen: is it still known?',
  changeText: 'Seven days from when it was told. Record who holds the card now.',
};

const DE: ReminderWords = {
  card: (card, what) => `Karte ${card}: ${what}`,
  look: { bag: 'nach dem Beutel sehen', unknown: 'nach dem Umschlag oder Beutel sehen' },
  proof: 'jährlicher Nachweis',
  change: 'klären, wer sie jetzt hat',
  lookText: {
    bag: 'Stufe 1, alle 90 Tage. Nach dem Beutel sehen, ohne ihn zu öffnen: verschlossen und unversehrt? Seine Nummer melden.',
    unknown:
      'Stufe 1, alle 90 Tage. Nach dem Umschlag oder Beutel sehen, ohne ihn zu öffnen: da, verschlossen und unversehrt? Das melden.',
  },
  proofText: {
    bag: 'Stufe 2, einmal im Jahr. Eine Aufgabe wird geschickt und auf dem eigenen Gerät beantwortet. Danach den Beutel wieder verschließen, mit neuer Nummer.',
    unknown:
      'Stufe 2, einmal im Jahr. Eine Aufgabe wird geschickt und auf dem eigenen Gerät beantwortet. Danach alles wieder verschließen.',
  },
  passphrase: 'Falls eine Passphrase gewählt wurde: Ist sie noch bekannt?',
  changeText: 'Sieben Tage ab der Meldung. Festhalten, wer die Karte jetzt hat.',
};

const ES: ReminderWords = {
  card: (card, what) => `Tarjeta ${card}: ${what}`,
  look: { bag: 'revisar la bolsa', unknown: 'revisar el sobre o bolsa' },
  proof: 'prueba anual',
  change: 'resolver el cambio de su titular',
  lookText: {
    bag: 'Nivel 1, cada 90 días. Revisar la bolsa sin abrirla: ¿está cerrada e intacta? Comunicar su número.',
    unknown:
      'Nivel 1, cada 90 días. Revisar el sobre o bolsa sin abrirlo: ¿sigue ahí, cerrado e intacto? Comunicarlo.',
  },
  proofText: {
    bag: 'Nivel 2, una vez al año. Se envía un reto y el titular responde en su propio dispositivo. Cerrar otra vez la bolsa, con un número nuevo.',
    unknown:
      'Nivel 2, una vez al año. Se envía un reto y el titular responde en su propio dispositivo. Cerrarlo todo otra vez.',
  },
  passphrase: 'Si se eligió una frase de contraseña: ¿todavía se recuerda?',
  changeText: 'Siete días desde que se avisó. Anotar quién tiene ahora la tarjeta.',
};

const FR: ReminderWords = {
  card: (card, what) => `Carte ${card}\u00a0: ${what}`,
  look: { bag: 'vérifier le sachet', unknown: 'vérifier l’enveloppe ou le sachet' },
  proof: 'preuve annuelle',
  change: 'régler le changement de détenteur',
  lookText: {
    bag: 'Niveau 1, tous les 90 jours. Vérifier le sachet sans l’ouvrir\u00a0: est-il fermé et intact\u00a0? Communiquer son numéro.',
    unknown:
      'Niveau 1, tous les 90 jours. Vérifier l’enveloppe ou le sachet sans l’ouvrir\u00a0: tout est-il là, fermé et intact\u00a0? Le signaler.',
  },
  proofText: {
    bag: 'Niveau 2, une fois par an. Un défi est envoyé, et le détenteur y répond sur son propre appareil. Refermer le sachet, avec un nouveau numéro.',
    unknown:
      'Niveau 2, une fois par an. Un défi est envoyé, et le détenteur y répond sur son propre appareil. Tout refermer ensuite.',
  },
  passphrase: 'Si une phrase secrète a été choisie\u00a0: est-elle encore connue\u00a0?',
  changeText: 'Sept jours à compter de l’annonce. Noter qui détient la carte maintenant.',
};

const TABLES: Readonly<Record<Language, ReminderWords>> = { en: EN, es: ES, de: DE, fr: FR };

export const reminderWordsOf = (language: Language): ReminderWords => TABLES[language];
