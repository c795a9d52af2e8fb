// Français. La couleur porte le même mot sur toutes les cartes : ce sont les mots que l'on compare. Une
// espace insécable (\u00a0) retient les signes doubles au bout de leur ligne.

import { capital } from '../../core/capital.ts';
import type { CardStrings } from '../strings.ts';
import { partsOfDate, toldPolicy, type ToldPolicy } from '../wording.ts';

const NUMBERS = 'zéro une deux trois quatre cinq six sept huit neuf dix onze douze'.split(' ');
const MONTHS = 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.'.split(' ');

const inWords = (count: number): string => NUMBERS[count] ?? String(count);

const cards = (count: number, colour: string): string =>
  `${inWords(count)} carte${count === 1 ? '' : 's'} ${colour.toUpperCase()}`;

export function dateInFrench(iso: string): string {
  const { year, month, day } = partsOfDate(iso);
  return `${day === 1 ? '1er' : day} ${MONTHS[month - 1] ?? month} ${year}`;
}

function opens(told: ToldPolicy, colour: string): string {
  switch (told.kind) {
    case 'any':
      return capital(`${cards(told.cards, colour)}, n’importe lesquelles, ouvrent nos dossiers d’urgence.`);
    case 'all':
      return `Les ${cards(told.cards, colour)} ensemble ouvrent nos dossiers d’urgence.`;
    case 'each':
      return `Nos dossiers d’urgence s’ouvrent avec ${cards(told.cards, colour)} ${eachOf(told.need, told.count)}.`;
    case 'unequal':
      return `Assez de cartes ${colour.toUpperCase()} ${ofGroups(told.need, told.count)} ouvrent nos dossiers d’urgence. De ce groupe\u00a0: ${inWords(told.own)}.`;
  }
}

function eachOf(need: number, count: number): string {
  if (need === count) return `de chacun des ${inWords(count)} groupes`;
  return need === 1
    ? 'd’un même groupe, n’importe lequel'
    : `de chacun de ${inWords(need)} groupes, n’importe lesquels`;
}

function ofGroups(need: number, count: number): string {
  if (need === count) return `des ${inWords(count)} groupes`;
  return need === 1
    ? 'd’un même groupe, n’importe lequel,'
    : `de ${inWords(need)} groupes, n’importe lesquels,`;
}

export const FR: CardStrings = {
  issue: (setNumber, created) => `Carte de récupération, jeu ${setNumber}, ${dateInFrench(created)}`,
  card: 'carte',
  ofCards: (count) => `sur ${count}`,
  holder: 'Pour',
  group: 'Groupe',
  opens: (policy, colour, group) => opens(toldPolicy(policy, group), colour),
  alone: 'Celle-ci seule n’ouvre rien.',
  keep: 'Gardez-la bien fermée.',
  only: 'Ne montrez ceci qu’au programme de récupération, ou tapez-y les lignes.',
  unreadable: 'Signe illisible\u00a0? Tapez «\u00a0?\u00a0»',
  locked: 'Verrouillée\u00a0: son détenteur connaît la phrase secrète.',
  asked: 'Quelqu’un la demande\u00a0?',
  askedSteps: [
    'Raccrochez. Appelez deux contacts de votre fiche.',
    'Tous deux confirment\u00a0: apportez-la vous-même, encore fermée.',
    'Ne dictez rien. N’envoyez aucune photo.',
  ],
  doubt: 'Un doute\u00a0: arrêtez. Prévenez tous.',
  check: 'Tous les 90 jours',
  checkText: 'Fermée et intacte\u00a0? Donnez son numéro.',
  lost: 'Perdue, ouverte ou vue\u00a0?',
  lostCall: 'Appelez',
  lostToday: 'aujourd’hui.',
  noBlame: 'Aucun reproche.',
  leaving: 'Vous partez\u00a0?',
  leavingText: 'Rendez-la.',
  bag: 'Sachet',
  closedOn: 'Fermé le',
  charterWords: 'Mots de la charte',
  edition: (setId, version) => `holdfast share v${version}, jeu ${setId}`,
  codeAlt: (symbols, rows) =>
    `Code carré contenant les mêmes ${symbols} signes que les ${inWords(rows)} lignes`,
  documentTitle: (card, count, setNumber) => `Carte de récupération ${card} sur ${count}, jeu ${setNumber}`,
  markAlt: (colour, shape) => `Marque du jeu\u00a0: ${colour.toUpperCase()} ${shape}`,
};
