// Español. El color se llama como en todas las tarjetas: se comparan palabras.

import { capital } from '../../core/capital.ts';
import type { CardStrings } from '../strings.ts';
import { partsOfDate, toldPolicy, type ToldPolicy } from '../wording.ts';

const NUMBERS = 'cero una dos tres cuatro cinco seis siete ocho nueve diez once doce'.split(' ');
const MONTHS = 'ene feb mar abr may jun jul ago sep oct nov dic'.split(' ');

const inWords = (count: number): string => NUMBERS[count] ?? String(count);

const cards = (count: number, colour: string): string =>
  `tarjeta${count === 1 ? '' : 's'} ${colour.toUpperCase()}`;

export function dateInSpanish(iso: string): string {
  const { year, month, day } = partsOfDate(iso);
  return `${day} ${MONTHS[month - 1] ?? month} ${year}`;
}

/** Los grupos que hacen falta: «los dos grupos», «dos grupos cualesquiera». */
function groups(need: number, count: number): string {
  if (need < count) return need === 1 ? 'un grupo cualquiera' : `${inWords(need)} grupos cualesquiera`;
  return `los ${inWords(count)} grupos`;
}

function opens(told: ToldPolicy, colour: string): string {
  switch (told.kind) {
    case 'any':
      return capital(
        `${inWords(told.cards)} ${cards(told.cards, colour)} cualesquiera abren nuestros documentos de emergencia.`,
      );
    case 'all':
      return `Las ${inWords(told.cards)} ${cards(told.cards, colour)} juntas abren nuestros documentos de emergencia.`;
    case 'each': {
      const each = told.need === 1 ? 'de' : 'por grupo, de';
      return `Nuestros documentos de emergencia se abren con ${inWords(told.cards)} ${cards(told.cards, colour)} ${each} ${groups(told.need, told.count)}.`;
    }
    case 'unequal':
      return `Suficientes ${cards(0, colour)} de ${groups(told.need, told.count)} abren nuestros documentos de emergencia. De este grupo: ${inWords(told.own)}.`;
  }
}

export const ES: CardStrings = {
  issue: (setNumber, created) => `Tarjeta de emergencia, juego ${setNumber}, ${dateInSpanish(created)}`,
  card: 'tarjeta',
  ofCards: (count) => `de ${count}`,
  holder: 'Para',
  group: 'Grupo',
  opens: (policy, colour, group) => opens(toldPolicy(policy, group), colour),
  alone: 'Esta sola no abre nada.',
  keep: 'Guárdela bien cerrada.',
  only: 'Muéstrela o escríbala solo en el programa de recuperación.',
  unreadable: '¿Símbolo ilegible? Escriba ?',
  locked: 'Bloqueada: su titular conoce la frase de contraseña.',
  asked: '¿Le piden usarla?',
  askedSteps: [
    'Cuelgue. Llame a dos contactos de su hoja.',
    'Si ambos confirman: tráigala usted, sin abrir.',
    'Nunca la dicte. Nunca envíe fotos.',
  ],
  doubt: 'Si duda: pare. Avise a todos.',
  check: 'Cada 90 días',
  checkText: '¿Cerrada e intacta? Comunique su número.',
  lost: '¿Perdida, abierta o vista?',
  lostCall: 'Llame al',
  lostToday: 'hoy.',
  noBlame: 'Sin reproches.',
  leaving: '¿Se marcha?',
  leavingText: 'Devuélvala.',
  bag: 'Bolsa',
  closedOn: 'Cerrada el',
  charterWords: 'Palabras del acta',
  edition: (setId, version) => `holdfast share v${version}, juego ${setId}`,
  codeAlt: (symbols, rows) =>
    `Código cuadrado con los mismos ${symbols} símbolos que las ${inWords(rows)} filas`,
  documentTitle: (card, count, setNumber) => `Tarjeta de emergencia ${card} de ${count}, juego ${setNumber}`,
  markAlt: (colour, shape) => `Marca del juego: ${colour.toUpperCase()} ${shape}`,
};
