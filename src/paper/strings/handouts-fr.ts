// Français, avec les mots de la carte. Une espace insécable (\u00a0) retient les signes doubles au bout de leur
// ligne. « Pli » est l’enveloppe comme le sachet.

import type { HandoutStrings } from '../handouts.ts';
import { dateInFrench } from './fr.ts';

const NEVER_COPIED =
  'Je ne la photographie, ne la copie et ne la tape nulle part ailleurs que dans le programme de récupération.';
const HANG_UP =
  'Si l’on me demande d’utiliser la carte, je raccroche et j’appelle deux personnes de ma fiche de contacts, aux numéros imprimés.';
const SAY_SO =
  'Si elle est perdue, ouverte ou vue par quelqu’un d’autre, je le dis le jour même. Personne ne me le reprochera.';
const HAND_BACK =
  'Si je pars, change de fonction ou ne peux plus la garder, je la rends fermée et en mains propres.';
const PROVE = 'Une fois par an, je prouve sur mon propre appareil que la carte est lisible.';
const PRINTED_NUMBERS =
  'N’utilisez que les numéros de cette fiche, jamais celui d’un message ou d’une personne qui appelle.';
const TROUBLE =
  'ou si vous déménagez, partez ou changez de fonction\u00a0: appelez-nous aujourd’hui. Personne ne vous le reprochera.';

const WHEN_ASKED = [
  'Raccrochez, qui que ce soit et si urgent que cela paraisse. Une voix s’imite.',
  'Appelez vous-même deux des personnes ci-dessus. Toutes deux doivent confirmer.',
  'Demandez qui est là, pourquoi, et où vous devez aller.',
];
const AFTER_ASKED = [
  'Ne lisez jamais à voix haute les lignes de votre carte et n’en envoyez jamais de photo.',
  'Un doute\u00a0: arrêtez et prévenez tout le monde.',
];

export const HANDOUTS_FR: HandoutStrings = {
  language: 'fr',
  date: dateInFrench,
  page: (number, count) => `page ${number} sur ${count}`,
  acknowledgement: {
    title: 'Accusé de réception',
    organisation: 'Organisation',
    trustee: 'Détenteur',
    card: 'Carte',
    cardOf: (card, count) => `${card} sur ${count}`,
    set: 'Jeu',
    setOf: (mark, setNumber) => `${setNumber} (${mark})`,
    group: 'Groupe',
    issued: 'Émise le',
    bag: { bag: 'Sachet', unknown: 'Sachet, s’il y en a un' },
    received: {
      bag: 'J’ai reçu une carte de récupération. Elle a été imprimée sous mes yeux, j’ai vérifié moi-même qu’elle se lit, et elle a été mise dans son sachet en ma présence. Je sais que cette carte seule n’ouvre rien.',
      unknown:
        'J’ai reçu une carte de récupération. Elle a été imprimée sous mes yeux et j’ai vérifié moi-même qu’elle se lit. Je sais que cette carte seule n’ouvre rien.',
    },
    receivedUnread: 'J’ai reçu une carte de récupération. Je sais que cette carte seule n’ouvre rien.',
    receivedClosed: {
      bag: 'J’ai reçu une carte de récupération. Je l’ai reçue fermée dans son sachet, de la personne qui la gardait avant moi ; je ne l’ai pas ouvert. Je sais que cette carte seule n’ouvre rien.',
      unknown:
        'J’ai reçu une carte de récupération. Je l’ai reçue sous pli fermé, de la personne qui la gardait avant moi ; je ne l’ai pas ouvert. Je sais que cette carte seule n’ouvre rien.',
    },
    file: (name) =>
      `Les lignes de la carte se trouvent aussi dans le fichier ${name}, que ma propre clé ouvre. Je garde le fichier et la clé dans un lieu auquel personne d’autre n’a accès, et j’efface chaque copie du fichier quand la carte est retirée.`,
    fileOfBefore:
      'Les lignes de la carte se trouvent aussi dans un fichier qu’ouvre la clé d’une personne qui la gardait auparavant. Je n’ai pas ce fichier ; qui l’a doit en effacer chaque copie.',
    promises: {
      bag: [
        'Je garde la carte dans son sachet fermé, dans un lieu auquel personne d’autre n’a accès, et jamais avec une autre carte.',
        NEVER_COPIED,
        `Tous les 90 jours, je vérifie le sachet et je communique son numéro. ${PROVE}`,
        HANG_UP,
        SAY_SO,
        HAND_BACK,
      ],
      unknown: [
        'Je garde la carte sous pli fermé (enveloppe ou sachet), dans un lieu auquel personne d’autre n’a accès, et jamais avec une autre carte.',
        NEVER_COPIED,
        `Tous les 90 jours, je vérifie qu’elle est là, fermée et intacte, et je le signale. ${PROVE}`,
        HANG_UP,
        SAY_SO,
        HAND_BACK,
      ],
    },
    forgetting:
      'La carte est verrouillée par une phrase secrète que personne d’autre ne connaît. Si je l’oublie, la carte est perdue, et je le dis le jour même.',
    report: 'Pour signaler une carte perdue, ouverte ou vue, appelez',
    signature: 'Signature du détenteur',
    dateTime: 'Date et heure',
    witness: 'Signature du témoin',
    name: 'Nom',
    foot: (printed) => `Imprimé le ${printed}. À garder avec le déroulé signé\u00a0; sans aucun secret.`,
  },
  letter: {
    title: 'Lettres de rappel',
    foot: 'Cette lettre ne contient aucun secret.',
    heading: (date, wrap) =>
      wrap === 'bag'
        ? `Merci de vérifier votre sachet d’ici au ${date}`
        : `Merci de vérifier votre enveloppe ou sachet d’ici au ${date}`,
    thanks: {
      bag: 'Merci de garder pour nous un sachet fermé. Tous les 90 jours, nous vous demandons de le vérifier. Cela prend deux minutes.',
      unknown:
        'Merci de garder pour nous ce pli fermé, enveloppe ou sachet. Tous les 90 jours, nous vous demandons de le vérifier. Cela prend deux minutes.',
    },
    steps: {
      bag: [
        'Sortez le sachet. Ne l’ouvrez pas.',
        'Regardez s’il est fermé et intact de tous côtés, et lisez son numéro.',
        'Remplissez le talon ci-dessous et renvoyez-le, ou appelez-nous pour donner le numéro.',
      ],
      unknown: [
        'Sortez le pli. Ne l’ouvrez pas.',
        'Regardez s’il est fermé et intact de tous côtés, et lisez son numéro s’il en a un.',
        'Remplissez le talon ci-dessous et renvoyez-le, ou appelez-nous.',
      ],
    },
    prove: (date, wrap) =>
      `Cette année, nous vous demandons aussi de prouver, d’ici au ${date}, que le contenu est lisible. Nous vous enverrons une ligne à coller dans le programme\u00a0; n’ouvrez le ${wrap === 'bag' ? 'sachet' : 'pli'} qu’à ce moment-là.`,
    passphrase:
      'Si vous avez choisi une phrase secrète\u00a0: la connaissez-vous encore\u00a0? Sinon, appelez-nous. Ne l’écrivez jamais ici et ne la dites à personne.',
    trouble: {
      bag: `Si le sachet manque, s’il est ouvert ou abîmé, si quelqu’un d’autre l’a eu en main, ${TROUBLE}`,
      unknown: `Si le pli manque, s’il est ouvert ou abîmé, si quelqu’un d’autre l’a eu en main, ${TROUBLE}`,
    },
    call: 'Appelez',
    never: {
      bag: 'Nous ne demandons jamais le contenu du sachet, ni par lettre, ni par courriel, ni par téléphone.',
      unknown:
        'Nous ne demandons jamais le contenu du pli, ni par lettre, ni par courriel, ni par téléphone.',
    },
    from: 'De la part de',
    number: { bag: 'Numéro du sachet', unknown: 'Numéro, s’il y en a un' },
    lookedAt: 'Vérifié le',
    isWhole: 'Fermé et intact\u00a0? (oui, non)',
    signature: 'Signature',
  },
  contact: {
    title: 'Fiche de contacts',
    foot: (printed) => `Fiche de contacts du ${printed}. Détruisez les précédentes.`,
    keep: {
      bag: `Gardez-la près du sachet, pas dedans. ${PRINTED_NUMBERS}`,
      unknown: `Gardez-la près de l’enveloppe ou du sachet, pas dedans. ${PRINTED_NUMBERS}`,
    },
    who: 'Qui peut vous demander la carte',
    name: 'Nom',
    role: 'Fonction',
    phone: 'Téléphone',
    asked: 'Quand quelqu’un la demande',
    steps: {
      bag: [
        ...WHEN_ASKED,
        'Toutes deux confirment\u00a0: apportez la carte vous-même, dans son sachet. N’ouvrez le sachet que sur place, et notez l’heure.',
        ...AFTER_ASKED,
      ],
      unknown: [
        ...WHEN_ASKED,
        'Toutes deux confirment\u00a0: apportez la carte vous-même, fermée comme elle est. Ne l’ouvrez que sur place, et notez l’heure.',
        ...AFTER_ASKED,
      ],
    },
    passphrase:
      'Si vous avez choisi une phrase secrète\u00a0: tapez-la vous-même, à l’abri des regards. Ne la dites à personne.',
    forgotten: 'Appelez aussi si vous ne connaissez plus la phrase secrète que vous avez choisie.',
    lost: 'Perdue, ouverte ou vue par quelqu’un d’autre\u00a0?',
    call: 'Le jour même, appelez',
    noBlame: 'Aucun reproche. Une carte seule n’ouvre rien, et l’on peut faire un nouveau jeu.',
    check: 'Tous les 90 jours',
    checkText: {
      bag: 'Vérifiez le sachet sans l’ouvrir. Communiquez son numéro et dites s’il est intact.',
      unknown:
        'Vérifiez l’enveloppe ou le sachet sans l’ouvrir. Dites si tout est là et intact, et donnez le numéro s’il y en a un.',
    },
  },
  slip: {
    title: 'Étiquettes pour enveloppes',
    foot: 'Découpez suivant les tirets. Une étiquette par enveloppe.',
    heading: 'Document de continuité',
    owner: 'Propriété de',
    found: 'Si vous le trouvez, appelez le',
    number: { bag: 'Sachet', unknown: 'Numéro' },
    closedOn: 'Fermé le',
    closedBy: 'Fermé par',
    witness: 'Témoin',
  },
};
