// Français. La couleur et la forme portent les mots de la carte : ce sont eux que l'on compare.

import { capital } from '../../core/capital.ts';
import type { Strings } from '../strings.ts';

const NUMBERS = 'zéro une deux trois quatre cinq six sept huit neuf dix onze douze'.split(' ');

const inWords = (count: number): string => NUMBERS[count] ?? String(count);
const cards = (count: number, colour: string): string =>
  `carte${count === 1 ? '' : 's'} ${colour.toUpperCase()}`;
const list = (numbers: readonly number[]): string =>
  numbers.length < 2
    ? numbers.join('')
    : `${numbers.slice(0, -1).join(', ')} ou ${numbers.slice(-1).join('')}`;
const mark = ({ colour, shape }: { colour: string; shape: string }): string =>
  `${colour.toUpperCase()} ${shape}`;

export const FR: Strings = {
  name: 'Français',
  recovery: 'Récupération',
  cardCheck: 'Contrôle de carte',
  language: 'Langue',
  sealed: (when, ago) => `scellé le ${when} (${ago})`,
  minutesAgo: (n) => `il y a ${n} min`,
  hoursAgo: (n) => `il y a ${n} h`,
  daysAgo: (n) => `il y a ${n} jour${n === 1 ? '' : 's'}`,
  offline: 'hors ligne',
  online: 'en ligne',
  onlineWarning:
    'Cet ordinateur est en ligne. Si possible, débranchez le réseau et continuez. Cette page n’envoie rien.',
  elapsed: (clock) => `${clock} écoulé`,
  steps: 'Étapes',
  stepPackage: 'Paquet',
  stepCards: 'Cartes',
  stepVault: 'Coffre',

  packageHeadline: 'Choisissez le paquet',
  packageLead:
    'C’est un fichier qui finit par .age, sur la clé à côté de cette page ou dans une copie du dossier. Prenez le plus récent.',
  packageHelp:
    'Si charter.json et les fichiers du paquet sont à côté, choisissez-les aussi : ils distinguent une bonne carte d’une fausse.',
  packageChosen: (name, size) => `${name}, ${size}`,
  chooseFile: 'Choisir un fichier',
  chooseOther: 'Choisir un autre fichier',
  dropHere: 'ou déposez des fichiers n’importe où sur cette page',
  packageDamaged:
    'Cette copie est abîmée : ce n’est pas le fichier que décrit son enregistrement. Choisissez une autre copie.',
  packagePartial: (size, recorded) =>
    `Son enregistrement dit ${recorded}, et ce fichier fait ${size} : la copie n’est pas entière. Choisissez une autre copie s’il y en a une.`,
  useInside: 'Prendre le paquet de cette page',
  packageWhole: 'Tout ce qui va avec ce paquet est déjà dans cette page. Passez aux cartes.',
  packageOlder: (when) =>
    `Ce paquet est plus ancien : un plus récent est connu ici, scellé le ${when}. Les mots de passe changés depuis n’y sont pas.`,
  notPackage: (name) => `${name} n’est pas un paquet. Le nom d’un paquet finit par .age.`,
  charterTaken: (name) => `${name} a été pris : il distingue une bonne carte d’une fausse.`,
  recordTaken: (name) => `${name} a été pris : il dit quand un paquet a été scellé.`,
  otherEscrow: (name) => `${name} est d’un autre dépôt et n’est pas utilisé.`,
  goToCards: 'Passer aux cartes',
  checkOnly: 'Seulement contrôler une carte',
  backToRecovery: 'Retour à la récupération',
  packageMissing: 'Il n’y a pas de paquet parmi ces fichiers. Il finit par .age.',
  reading: (files) => `Lecture de ${files} fichier${files === 1 ? '' : 's'}`,

  firstCard: 'La première carte',
  firstCardLead: 'N’importe quelle carte convient pour commencer. Elle dit combien il en faut.',
  callHolders:
    'Demandez à ceux qui ont les cartes de venir avec. Ce que vous photographiez ou tapez ici reste sur cet ordinateur.',
  needCards: (more, colour, isFirst) =>
    capital(`${isFirst ? '' : 'encore '}${inWords(more)} ${cards(more, colour)}`),
  needOfGroup: (more, colour, group) => capital(`${inWords(more)} ${cards(more, colour)} du groupe ${group}`),
  needGroups: (more) =>
    more === 1 ? 'Les cartes d’un autre groupe' : `Les cartes de ${inWords(more)} autres groupes`,
  and: ' et ',
  needLead: (wanted, from) =>
    from.length > 0
      ? `Cartes marquées ${mark(wanted)}, dans n’importe quel ordre : ${list(from)}.`
      : `Toutes les cartes marquées ${mark(wanted)} conviennent, dans n’importe quel ordre.`,
  needFurther: 'Encore une carte',
  needFurtherLead:
    'Ces cartes ne vont pas ensemble : au moins une est fausse. Une autre bonne carte peut le résoudre.',
  enoughCards: 'Assez de cartes',
  enoughCardsLead: 'Il ne manque plus que le paquet.',
  opening: 'Ouverture du paquet',
  openingLead: 'Laissez cette page ouverte. Quelques secondes, des minutes pour un très grand paquet.',
  openingProgress: (read, size) => `${read} sur ${size}`,
  notOpened: 'Il ne s’est pas ouvert',

  useCamera: 'Utiliser la caméra',
  stopCamera: 'Arrêter la caméra',
  choosePhoto: 'Choisir des photos',
  typeRows: 'Taper les lignes',
  stopTyping: 'Fermer les lignes',
  cameraStarting: 'La caméra démarre. Si le navigateur demande, autorisez-la.',
  cameraOn: 'Tenez une carte de sorte que son code carré remplisse la moitié de l’image.',
  cameraDenied: 'Le navigateur refuse la caméra à cette page. Choisissez des photos ou tapez les lignes.',
  cameraNone: 'Il n’y a pas de caméra ici. Choisissez des photos ou tapez les lignes.',
  cameraBusy: 'Un autre programme utilise la caméra. Fermez-le, choisissez des photos ou tapez les lignes.',
  cameraPicture: 'Image de la caméra',
  nextCard: 'Carte suivante',
  waiting: 'en attente',

  typingHeadline: 'Les lignes d’une carte',
  row: (row) => `Ligne ${row}`,
  typingHelp:
    'Une lettre illisible ? Tapez « ? » à sa place. O et 0, I et 1 sont identiques ici. On peut coller une carte entière.',
  rowGood: 'la ligne est juste',
  rowRepaired: (position, from, to) =>
    from === '?' ? `signe ${position} trouvé : ${to}` : `signe ${position} corrigé : ${from} est ${to}`,
  rowProvisional: 'des signes douteux ; la carte entière le dira',
  rowSwapped: (belongs) => `c’est la ligne ${belongs} de la carte`,
  rowOtherSet: (found, wanted) =>
    mark(found) === mark(wanted)
      ? `la ligne est juste ; la carte est d’un autre jeu qui porte aussi ${mark(found)}`
      : `la ligne est juste ; la carte est d’un autre jeu : ${mark(found)}`,
  rowPartial: (symbols) => `${symbols} sur 24`,
  rowForeign: (position) => `le signe ${position} n’existe pas sur les cartes`,
  rowUnreadable: 'pas juste ; comparez chaque groupe avec la carte',

  card: (card) => `Carte ${card}`,
  groupCard: (group, card) => `Groupe ${group}, carte ${card}`,
  someCard: 'Carte',
  good: 'bonne',
  readable: 'lisible',
  repaired: 'corrigée',
  unreadable: 'illisible',
  retiredSet: 'jeu retiré',
  otherSet: 'autre jeu',
  alreadyGiven: 'déjà saisie',
  forged: 'fausse',
  locked: 'verrouillée',
  unlocked: 'Déverrouillée par sa phrase secrète.',
  lockedHelp: 'Elle compte dès que son détenteur a tapé sa phrase secrète.',
  passphraseHelp: 'Seul son détenteur la connaît. Les majuscules comptent.',
  unlock: 'Déverrouiller',
  unlocking: 'Essai en cours\u00a0; cela prend quelques secondes.',
  lockFailed:
    'Cet appareil n’a pas pu ouvrir la carte\u00a0: peut-être manque-t-il de mémoire. Réessayez, ou prenez un autre ordinateur.',
  wrongPassphrase:
    'Ce n’est pas la phrase secrète de cette carte. Essayez encore\u00a0: les majuscules comptent.',
  passphraseOf: (card: string) => `Phrase secrète\u00a0: ${card}`,
  typingError: (row) => `faute à la ligne ${row}`,
  typingErrors: (rows) => `fautes aux lignes ${rows.join(', ')}`,
  scannedAt: (time) => `lue ${time}`,
  photoAt: (time, name) => `${name}, ${time}`,
  typedAt: (time) => `tapée ${time}`,
  readableHelp: 'Il n’y a pas de charte ici pour la comparer.',
  repairedHelp: (rows) => `Corrigé : ${rows}.`,
  repairedSymbol: (row, position, from, to) =>
    from === '?'
      ? `ligne ${row}, le signe ${position} est ${to}`
      : `ligne ${row}, signe ${position} : ${from} est ${to}`,
  otherSetHelp: (found, wanted, own, asked) =>
    mark(found) === mark(wanted)
      ? `Elle porte aussi ${mark(found)}, mais elle est du jeu ${own} ; celles-ci sont du jeu ${asked}. Cherchez ${asked} au pied de la carte : elle peut venir d’une autre cérémonie ou d’une autre entreprise.`
      : `Elle porte ${mark(found)}. Demandez la carte avec ${mark(wanted)}.`,
  putAway: 'Écarter',
  alreadyGivenHelp: 'Elle compte une fois. Demandez une autre carte.',
  forgedHelp: 'Elle se dit de ce jeu, et la charte ne la connaît pas. Mettez-la de côté et continuez.',

  problemNoCode: 'Aucune carte dans cette image. Plus près, nette et sans ombre, ou tapez les lignes.',
  problemForeignCode: 'Il y a un code dans cette image, mais ce n’est pas une carte.',
  problemPicture: 'Cette image est illisible. Prenez JPEG ou PNG, la caméra, ou tapez les lignes.',
  problemPdf: 'Les PDF ne sont pas lus ici. Photographiez la carte ou tapez ses lignes.',
  problemNoRows: 'Ce fichier n’est ni une image ni les lignes d’une carte.',
  problemTooLarge: 'Ce fichier est trop grand pour être une carte.',
  problemSwapped: (row, belongs) =>
    `La ligne ${row} est la ligne ${belongs} de la carte. Tapez-les dans l’ordre.`,
  problemCheck:
    'Chaque ligne est juste, ensemble elles ne font pas une carte. Sont-elles toutes de la même ?',
  problemVersion: 'Cette carte vient d’une version plus récente. Prenez la page d’une édition plus récente.',
  problemDamagedPackage: 'Cette copie du paquet est abîmée. Choisissez une autre copie ; les cartes restent.',
  problemOtherKey:
    'Ces cartes sont d’un autre paquet. Choisissez le paquet scellé pour elles, ou d’autres cartes.',
  problemOtherCards:
    'Les cartes d’un autre jeu n’ouvrent pas ce paquet. Cherchez les cartes de son propre jeu, ou choisissez le paquet scellé pour celles qui sont là.',
  problemPage: 'Ce que cette page portait de son dépôt est abîmé. La page fonctionne : choisissez le paquet.',
  problemNotForKey:
    'Ce paquet a été scellé pour d’autres cartes, ou cette copie est abîmée. Choisissez un autre fichier ; les cartes restent.',
  problemTooBig: 'Ce paquet est trop grand pour un navigateur. Utilisez le programme : holdfast recover.',
  problemNoSubset:
    'Aucun choix de ces cartes ne donne la clé. Au moins une est fausse. Ajoutez une autre carte.',
  problemOther: (code) => `Cela n’a pas marché (${code}). Essayez une autre copie ou un autre navigateur.`,
  problemUnexpected: 'Une erreur imprévue. Rouvrez la page ; les cartes peuvent être lues de nouveau.',

  doubtForged:
    'La charte à côté de ce paquet est FAUSSE : la clé donnée par les cartes ne l’a pas signée. Les cartes sont justes.',
  doubtMissing: 'Il n’y a pas de charte à côté de ce paquet ; les cartes seules ont donné la clé.',
  doubtReplaced:
    'Ces cartes sont d’une clé remplacée : elles ouvrent ce qui a été scellé avant. Le coffre le plus récent demande les cartes du jeu actuel.',
  doubtUnreadable: 'La charte à côté de ce paquet est illisible ; les cartes seules ont donné la clé.',
  doubtNotVouched:
    'Personne ne répond de ce paquet : il s’ouvre, mais aucun relevé d’un scelleur connu ne le décrit. Comparez sa date et ses nombres à ce que vous attendez.',
  doubtOlder: (when) =>
    `Il existe un paquet plus récent, scellé le ${when}. Si vous l’avez, ouvrez celui-là.`,

  checkHeadline: 'Contrôler une carte',
  checkLead: 'La carte est jugée et oubliée. Rien n’est ouvert, gardé ni envoyé.',
  checkNoCharter:
    'Il n’y a pas de charte dans cette page : une carte peut être dite lisible, pas bonne. Choisissez charter.json pour comparer.',
  chooseCharter: 'Choisir charter.json',
  challengeHeadline: 'Vous a-t-on envoyé un défi ?',
  challengeLead:
    'Collez-le ici. Il commence par holdfast1. La réponse prouve que vous avez la carte et ne la montre pas.',
  challengeLabel: 'Défi',
  challengeFirst: 'Montrez maintenant la carte.',
  challengeBad: 'Ce n’est pas un défi entier. Copiez-le de nouveau, en entier.',
  challengeOtherCard: (card) => `Le défi est pour la carte ${card}. Celle-ci en est une autre.`,
  challengeOther:
    'Le défi concerne un autre dépôt, ou un jeu plus récent que cette page ne connaît. Ne répondez pas ; rappelez.',
  challengeNotExact:
    'La carte a été lue avec des corrections. Elle ne répond que telle qu’imprimée : relisez-la ou retapez-la.',
  askedRow: (row) => `Tapez maintenant la ligne ${row} du papier`,
  askedRowLead: 'Le code a été lu. Une ligne montre que les lignes imprimées se lisent aussi.',
  askedRowWrong:
    'Cette ligne diffère de la carte. Si elle est imprimée ainsi, dites-le à qui a envoyé le défi.',
  responseHeadline: (card) => `La carte ${card} est entière. Renvoyez cette réponse`,
  responseLead: 'Elle ne contient rien de secret.',
  responseLabel: 'Réponse',
  copy: 'Copier',
  copied: 'Copié',
  save: 'Enregistrer dans un fichier',
};
