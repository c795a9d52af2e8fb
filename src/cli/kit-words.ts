// The words of a kit's README.txt, one table for each language. A line break inside a text is one there.

import type { Language } from '../core/languages.ts';

interface KitWords {
  readonly title: string;
  readonly first: readonly string[];
  /** Where the emergency sheet is in the kit. */
  readonly sheet: readonly string[];
  readonly steps: string;
  readonly stepLines: (cards: string) => readonly string[];
  readonly program: readonly string[];
  readonly programCards: readonly string[];
  readonly lastResort: readonly string[];
  readonly lastResortEnd: readonly string[];
  readonly about: readonly string[];
  readonly made: string;
  /** Commands for the sum of the whole file follow. */
  readonly pageFile: string;
  /** Its number follows, and the command for it: not the sum of the file, which holds this escrow's papers too. */
  readonly pageProgram: string;
  readonly ofCards: (threshold: number, members: number) => string;
  readonly ofGroups: (threshold: number, groups: string) => string;
  readonly tools: readonly string[];
  readonly noTools: readonly string[];
}

const en: KitWords = {
  title: 'GET THE PASSWORDS BACK',
  first: [
    'FIRST: double-click RECOVER.html and do what it says. It needs no internet.',
    'Opens as text? Right-click it, "Open with": Chrome, Edge or Firefox.',
  ],
  sheet: ['Whom to call, and what to do first: FIRST-15-MINUTES.pdf.'],
  steps: 'IN SHORT',
  stepLines: (cards) => [
    'Take a computer that was not attacked. Pull its network cable, Wi-Fi off.',
    `Ask the people who hold cards to come with them. You need ${cards}.`,
    'Open RECOVER.html. Photograph each card here, or type it; nobody sends a photo.',
    'Asked for a file? It is the first one listed at the end of this text.',
    'Save the vault, not on this stick. Afterwards change every password in it.',
  ],
  program: [
    'IF THE PAGE DOES NOT WORK and the computer has Node.js 20.19 or newer, open a',
    'terminal in this folder and type (on a Mac or Linux ~/vault for C:/vault):',
  ],
  programCards: [
    'It asks for the cards. Photos and scans can be named: --share card-1.jpg',
    '--share card-4.jpg. What opens the new vault is shown at the end: write it down.',
  ],
  lastResort: [
    'IF ALL ELSE FAILS, with Python 3 and age 1.3 or newer (perhaps in tools), copy',
    'this folder to the computer and type the cards into rows.txt, one row a line,',
    'only as many cards as are needed. Then, in a terminal:',
  ],
  lastResortEnd: [
    'Then delete key.txt and rows.txt. The passwords are in the folder exports.',
    'A card with five rows is locked: put its rows alone through spec/unlock.py first',
    '(it asks for the passphrase, and needs Python with its package cryptography).',
  ],
  about: [
    'Nothing here opens without the cards, and nothing here needs the internet.',
    'Is this kit whole? node holdfast.cjs kit --verify .  or: sha256sum -c SHA256SUMS',
  ],
  made: 'made',
  pageFile: 'Is RECOVER.html the file that SHA256SUMS names? Compare the number that is shown:',
  pageProgram:
    'The program in RECOVER.html, without what the page carries of this escrow, has this\nnumber, the same in every kit of a release (how to compute it on Mac, Linux):',
  ofCards: (threshold, members) => `any ${threshold} of ${members} cards`,
  ofGroups: (threshold, groups) => `${threshold} of these groups: ${groups}`,
  tools: ['Programs that the owner of this kit put here:'],
  noTools: [
    'Empty. Place for the program age (version 1.3 or newer), with which packages',
    'open without holdfast: holdfast kit DIR OUT --age FILE copies it here.',
  ],
};

const de: KitWords = {
  title: 'DIE PASSWÖRTER ZURÜCKHOLEN',
  first: [
    'ZUERST: RECOVER.html doppelklicken und tun, was dort steht. Ohne Internet.',
    'Öffnet sich nur Text? Rechtsklick, „Öffnen mit“: Chrome, Edge oder Firefox.',
  ],
  sheet: ['Wen anrufen, und was zuerst zu tun ist: FIRST-15-MINUTES.pdf.'],
  steps: 'IN KÜRZE',
  stepLines: (cards) => [
    'Einen Rechner nehmen, der nicht angegriffen wurde. Netzkabel ab, WLAN aus.',
    `Wer eine Karte hat, soll mit ihr herkommen. Nötig sind ${cards}.`,
    'RECOVER.html öffnen. Jede Karte hier fotografieren oder abtippen; kein Foto senden.',
    'Wird nach einer Datei gefragt: die erste, die am Ende dieses Textes steht.',
    'Den Tresor speichern, nicht auf diesem Stick. Danach jedes Passwort darin ändern.',
  ],
  program: [
    'WENN DIE SEITE NICHT GEHT und der Rechner Node.js ab 20.19 hat: in diesem Ordner',
    'ein Terminal öffnen und tippen (auf Mac und Linux ~/vault statt C:/vault):',
  ],
  programCards: [
    'Es fragt nach den Karten. Fotos und Scans lassen sich nennen: --share karte-1.jpg',
    '--share karte-4.jpg. Was den neuen Tresor öffnet, steht am Ende da: aufschreiben.',
  ],
  lastResort: [
    'WENN NICHTS SONST HILFT, mit Python 3 und age ab 1.3 (vielleicht in tools): diesen',
    'Ordner auf den Rechner kopieren, die Karten in rows.txt tippen, Zeile für Zeile,',
    'nur so viele Karten wie nötig. Dann in einem Terminal:',
  ],
  lastResortEnd: [
    'Danach key.txt und rows.txt löschen. Die Passwörter sind im Ordner exports.',
    'Eine Karte mit fünf Zeilen ist gesperrt: ihre Zeilen allein zuerst durch',
    'spec/unlock.py (fragt nach der Passphrase, braucht Pythons Paket cryptography).',
  ],
  about: [
    'Nichts hier öffnet sich ohne die Karten, und nichts hier braucht das Internet.',
    'Ist alles heil? node holdfast.cjs kit --verify .  oder: sha256sum -c SHA256SUMS',
  ],
  made: 'gemacht',
  pageFile: 'Ist RECOVER.html die Datei, die SHA256SUMS nennt? Die gezeigte Zahl vergleichen:',
  pageProgram:
    'Das Programm in RECOVER.html, ohne das, was die Seite von diesem Escrow trägt,\nhat diese Zahl, in jedem Kit einer Version dieselbe (nachrechnen auf Mac, Linux):',
  ofCards: (threshold, members) => `${threshold} von ${members} Karten, gleich welche`,
  ofGroups: (threshold, groups) => `${threshold} dieser Gruppen: ${groups}`,
  tools: ['Programme, die der Besitzer hierher gelegt hat:'],
  noTools: [
    'Leer. Platz für das Programm age (ab Version 1.3), mit dem sich Pakete ohne',
    'holdfast öffnen: holdfast kit DIR OUT --age FILE kopiert es hierher.',
  ],
};

const es: KitWords = {
  title: 'RECUPERAR LAS CONTRASEÑAS',
  first: [
    'PRIMERO: doble clic en RECOVER.html y haga lo que dice. No necesita internet.',
    '¿Se abre como texto? Clic derecho, «Abrir con»: Chrome, Edge o Firefox.',
  ],
  sheet: ['A quién llamar y qué hacer primero: FIRST-15-MINUTES.pdf.'],
  steps: 'EN BREVE',
  stepLines: (cards) => [
    'Use un equipo que no fue atacado. Desconecte el cable de red y el wifi.',
    `Llame: que cada uno venga con su tarjeta. Hacen falta ${cards}.`,
    'Abra RECOVER.html. Fotografíe aquí o escriba cada tarjeta; no envíen fotos.',
    '¿Pide un archivo? Es el primero de la lista al final de este texto.',
    'Guarde la bóveda, no en esta memoria. Después cambie todas las contraseñas.',
  ],
  program: [
    'SI LA PÁGINA NO FUNCIONA y el equipo tiene Node.js 20.19 o posterior, abra un',
    'terminal en esta carpeta y escriba (en Mac o Linux ~/vault por C:/vault):',
  ],
  programCards: [
    'Pregunta por las tarjetas. Puede nombrar fotos y escaneos: --share tarjeta-1.jpg',
    '--share tarjeta-4.jpg. Al final muestra lo que abre la nueva bóveda: anótelo.',
  ],
  lastResort: [
    'SI NADA MÁS SIRVE, con Python 3 y age 1.3 o posterior (quizá en tools), copie esta',
    'carpeta al equipo y escriba las tarjetas en rows.txt, cada fila una línea, solo',
    'tantas tarjetas como hagan falta. Luego, en un terminal:',
  ],
  lastResortEnd: [
    'Luego borre key.txt y rows.txt. Las contraseñas están en la carpeta exports.',
    'Una tarjeta de cinco filas está bloqueada: pase antes sus filas solas por',
    'spec/unlock.py (pide su frase de contraseña; necesita cryptography para Python).',
  ],
  about: [
    'Nada de esto se abre sin las tarjetas, y nada de esto necesita internet.',
    '¿Está completo? node holdfast.cjs kit --verify .  o: sha256sum -c SHA256SUMS',
  ],
  made: 'hecho',
  pageFile: '¿Es RECOVER.html el archivo que nombra SHA256SUMS? Compare el número que sale:',
  pageProgram:
    'El programa de RECOVER.html, sin lo que la página lleva de esta custodia, tiene este\nnúmero, igual en todos los kits de una versión (cómo calcularlo en Mac, Linux):',
  ofCards: (threshold, members) => `${threshold} de ${members} tarjetas, cualesquiera`,
  ofGroups: (threshold, groups) => `${threshold} de estos grupos: ${groups}`,
  tools: ['Programas que el dueño de este kit puso aquí:'],
  noTools: [
    'Vacío. Lugar para el programa age (versión 1.3 o posterior), que abre los paquetes',
    'sin holdfast: holdfast kit DIR OUT --age FILE lo copia aquí.',
  ],
};

const fr: KitWords = {
  title: 'RETROUVER LES MOTS DE PASSE',
  first: [
    "D'ABORD : double-cliquez sur RECOVER.html et suivez la page. Sans internet.",
    "S'ouvre comme du texte ? Clic droit, « Ouvrir avec » : Chrome, Edge ou Firefox.",
  ],
  sheet: ['Qui appeler, et que faire en premier : FIRST-15-MINUTES.pdf.'],
  steps: 'EN BREF',
  stepLines: (cards) => [
    "Prenez un ordinateur qui n'a pas été attaqué. Débranchez le réseau, coupez le Wi-Fi.",
    `Que chacun vienne avec sa carte. Il faut ${cards}.`,
    'Ouvrez RECOVER.html. Photographiez ici ou tapez chaque carte ; aucune photo envoyée.',
    "Un fichier est demandé ? C'est le premier de la liste à la fin de ce texte.",
    'Enregistrez le coffre, pas sur cette clé. Puis changez tous les mots de passe.',
  ],
  program: [
    "SI LA PAGE NE MARCHE PAS et que l'ordinateur a Node.js 20.19 ou plus récent, ouvrez",
    'un terminal dans ce dossier et tapez (sur Mac ou Linux ~/vault pour C:/vault) :',
  ],
  programCards: [
    'Il demande les cartes. On peut nommer photos et scans : --share carte-1.jpg',
    '--share carte-4.jpg. Ce qui ouvre le nouveau coffre est affiché à la fin : notez-le.',
  ],
  lastResort: [
    "SI RIEN D'AUTRE NE MARCHE, avec Python 3 et age 1.3 ou plus récent (peut-être dans",
    "tools), copiez ce dossier sur l'ordinateur et tapez les cartes dans rows.txt, ligne",
    "par ligne, seulement autant de cartes qu'il en faut. Puis, dans un terminal :",
  ],
  lastResortEnd: [
    'Puis effacez key.txt et rows.txt. Les mots de passe sont dans le dossier exports.',
    "Une carte de cinq lignes est verrouillée : passez d'abord ses lignes seules par",
    'spec/unlock.py (il demande sa phrase secrète ; il faut le paquet cryptography).',
  ],
  about: [
    "Rien ici ne s'ouvre sans les cartes, et rien ici n'a besoin d'internet.",
    'Est-il entier ? node holdfast.cjs kit --verify .  ou : sha256sum -c SHA256SUMS',
  ],
  made: 'fait',
  pageFile: 'RECOVER.html est-il le fichier que nomme SHA256SUMS ? Comparez le nombre affiché :',
  pageProgram:
    "Le programme de RECOVER.html, sans ce que la page porte de ce dépôt, a ce nombre,\nle même dans tous les kits d'une version (pour le calculer sur Mac, Linux) :",
  ofCards: (threshold, members) => `${threshold} cartes sur ${members}, n'importe lesquelles`,
  ofGroups: (threshold, groups) => `${threshold} de ces groupes : ${groups}`,
  tools: ['Programmes que le propriétaire de ce kit a mis ici :'],
  noTools: [
    'Vide. Place pour le programme age (version 1.3 ou plus récente), qui ouvre les',
    'paquets sans holdfast : holdfast kit DIR OUT --age FILE le copie ici.',
  ],
};

export const KIT_WORDS: Readonly<Record<Language, KitWords>> = { en, es, de, fr };
