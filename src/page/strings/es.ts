// Español. El color y la forma se llaman como en la tarjeta: se comparan palabras.

import { capital } from '../../core/capital.ts';
import type { Strings } from '../strings.ts';

const NUMBERS = 'cero una dos tres cuatro cinco seis siete ocho nueve diez once doce'.split(' ');

const inWords = (count: number): string => NUMBERS[count] ?? String(count);
const cards = (count: number, colour: string): string =>
  `tarjeta${count === 1 ? '' : 's'} ${colour.toUpperCase()}`;
const list = (numbers: readonly number[]): string =>
  numbers.length < 2
    ? numbers.join('')
    : `${numbers.slice(0, -1).join(', ')} o ${numbers.slice(-1).join('')}`;
const mark = ({ colour, shape }: { colour: string; shape: string }): string =>
  `${colour.toUpperCase()} ${shape}`;

export const ES: Strings = {
  name: 'Español',
  recovery: 'Recuperación',
  cardCheck: 'Comprobar tarjeta',
  language: 'Idioma',
  sealed: (when, ago) => `sellado el ${when} (${ago})`,
  minutesAgo: (n) => `hace ${n} min`,
  hoursAgo: (n) => `hace ${n} h`,
  daysAgo: (n) => `hace ${n} día${n === 1 ? '' : 's'}`,
  offline: 'sin conexión',
  online: 'con conexión',
  onlineWarning: 'Este equipo está conectado. Si puede, desconecte la red y siga. Esta página no envía nada.',
  elapsed: (clock) => `${clock} transcurrido`,
  steps: 'Pasos',
  stepPackage: 'Paquete',
  stepCards: 'Tarjetas',
  stepVault: 'Bóveda',

  packageHeadline: 'Elija el paquete',
  packageLead:
    'Es un archivo que termina en .age, en la memoria junto a esta página o en cualquier copia de la carpeta. Elija el más reciente.',
  packageHelp:
    'Si charter.json y los archivos del paquete están al lado, elíjalos también: distinguen una tarjeta buena de una falsa.',
  packageChosen: (name, size) => `${name}, ${size}`,
  chooseFile: 'Elegir un archivo',
  chooseOther: 'Elegir otro archivo',
  dropHere: 'o suelte archivos en cualquier lugar de esta página',
  packageDamaged: 'Esta copia está dañada: no es el archivo que describe su registro. Elija otra copia.',
  packagePartial: (size, recorded) =>
    `Su registro dice ${recorded} y este archivo tiene ${size}: la copia no está completa. Elija otra copia si la hay.`,
  useInside: 'Usar el paquete de esta página',
  packageWhole: 'Todo lo que pertenece a este paquete ya está en esta página. Siga con las tarjetas.',
  packageOlder: (when) =>
    `Este paquete es más antiguo: aquí se conoce uno más nuevo, sellado el ${when}. Las contraseñas cambiadas desde entonces no están en él.`,
  notPackage: (name) => `${name} no es un paquete. El nombre de un paquete termina en .age.`,
  charterTaken: (name) => `Se ha tomado ${name}: distingue una tarjeta buena de una falsa.`,
  recordTaken: (name) => `Se ha tomado ${name}: dice cuándo se selló un paquete.`,
  otherEscrow: (name) => `${name} es de otra custodia y no se usa.`,
  goToCards: 'Seguir con las tarjetas',
  checkOnly: 'Solo comprobar una tarjeta',
  backToRecovery: 'Volver a la recuperación',
  packageMissing: 'No hay ningún paquete entre estos archivos. Termina en .age.',
  reading: (files) => `Leyendo ${files} archivo${files === 1 ? '' : 's'}`,

  firstCard: 'La primera tarjeta',
  firstCardLead: 'Cualquier tarjeta sirve para empezar. Ella dice cuántas hacen falta.',
  callHolders:
    'Pida a quienes tienen las tarjetas que vengan con ellas. Lo que fotografíe o escriba aquí se queda en este equipo.',
  needCards: (more, colour, isFirst) =>
    capital(`${inWords(more)} ${cards(more, colour)}${isFirst ? '' : ' más'}`),
  needOfGroup: (more, colour, group) => capital(`${inWords(more)} ${cards(more, colour)} del grupo ${group}`),
  needGroups: (more) =>
    more === 1 ? 'Las tarjetas de un grupo más' : `Las tarjetas de ${inWords(more)} grupos más`,
  and: ' y ',
  needLead: (wanted, from) =>
    from.length > 0
      ? `Tarjetas con la marca ${mark(wanted)}, en cualquier orden: ${list(from)}.`
      : `Sirve cualquier tarjeta con la marca ${mark(wanted)}, en cualquier orden.`,
  needFurther: 'Una tarjeta más',
  needFurtherLead:
    'Estas tarjetas no encajan, así que al menos una es falsa. Otra tarjeta buena puede resolverlo.',
  enoughCards: 'Hay bastantes tarjetas',
  enoughCardsLead: 'Ahora solo falta el paquete.',
  opening: 'Abriendo el paquete',
  openingLead: 'Deje esta página abierta. Tarda segundos; minutos si el paquete es muy grande.',
  openingProgress: (read, size) => `${read} de ${size}`,
  notOpened: 'No se abrió',

  useCamera: 'Usar la cámara',
  stopCamera: 'Parar la cámara',
  choosePhoto: 'Elegir fotos',
  typeRows: 'Escribir las filas',
  stopTyping: 'Cerrar las filas',
  cameraStarting: 'La cámara se está iniciando. Si el navegador pregunta, permítalo.',
  cameraOn: 'Sostenga una tarjeta de modo que su código cuadrado llene la mitad de la imagen.',
  cameraDenied: 'El navegador no deja que esta página use la cámara. Elija fotos o escriba las filas.',
  cameraNone: 'Aquí no hay cámara. Elija fotos o escriba las filas.',
  cameraBusy: 'Otro programa usa la cámara. Ciérrelo, elija fotos o escriba las filas.',
  cameraPicture: 'Imagen de la cámara',
  nextCard: 'Siguiente tarjeta',
  waiting: 'en espera',

  typingHeadline: 'Las filas de una tarjeta',
  row: (row) => `Fila ${row}`,
  typingHelp:
    '¿No puede leer una letra? Escriba ? en su lugar. O y 0, I y 1 son lo mismo aquí. Se puede pegar una tarjeta entera.',
  rowGood: 'la fila es correcta',
  rowRepaired: (position, from, to) =>
    from === '?' ? `símbolo ${position} hallado: ${to}` : `símbolo ${position} corregido: ${from} es ${to}`,
  rowProvisional: 'algún símbolo en duda; la tarjeta entera lo dirá',
  rowSwapped: (belongs) => `esta es la fila ${belongs} de la tarjeta`,
  rowOtherSet: (found, wanted) =>
    mark(found) === mark(wanted)
      ? `la fila es correcta; la tarjeta es de otro juego que también lleva ${mark(found)}`
      : `la fila es correcta; la tarjeta es de otro juego: ${mark(found)}`,
  rowPartial: (symbols) => `${symbols} de 24`,
  rowForeign: (position) => `el símbolo ${position} no existe en las tarjetas`,
  rowUnreadable: 'no es correcta; compare cada grupo con la tarjeta',

  card: (card) => `Tarjeta ${card}`,
  groupCard: (group, card) => `Grupo ${group}, tarjeta ${card}`,
  someCard: 'Tarjeta',
  good: 'buena',
  readable: 'legible',
  repaired: 'corregida',
  unreadable: 'ilegible',
  retiredSet: 'juego retirado',
  otherSet: 'otro juego',
  alreadyGiven: 'ya introducida',
  forged: 'falsa',
  locked: 'bloqueada',
  unlocked: 'Desbloqueada con su frase de contraseña.',
  lockedHelp: 'Cuenta en cuanto su titular haya escrito la frase de contraseña.',
  passphraseHelp: 'Solo la conoce su titular. Las mayúsculas importan.',
  unlock: 'Desbloquear',
  unlocking: 'Comprobando; tarda unos segundos.',
  lockFailed:
    'Este dispositivo no pudo abrir la tarjeta: quizá le falte memoria. Inténtelo otra vez o use otro equipo.',
  wrongPassphrase:
    'Esa no es la frase de contraseña de esta tarjeta. Inténtelo otra vez: las mayúsculas importan.',
  passphraseOf: (card: string) => `Frase de contraseña: ${card}`,
  typingError: (row) => `error en la fila ${row}`,
  typingErrors: (rows) => `errores en las filas ${rows.join(', ')}`,
  scannedAt: (time) => `leída ${time}`,
  photoAt: (time, name) => `${name}, ${time}`,
  typedAt: (time) => `escrita ${time}`,
  readableHelp: 'Aquí no hay acta con la que compararla.',
  repairedHelp: (rows) => `Corregido: ${rows}.`,
  repairedSymbol: (row, position, from, to) =>
    from === '?'
      ? `fila ${row}, símbolo ${position} es ${to}`
      : `fila ${row}, símbolo ${position}: ${from} es ${to}`,
  otherSetHelp: (found, wanted, own, asked) =>
    mark(found) === mark(wanted)
      ? `También lleva ${mark(found)}, pero es del juego ${own}; estas son del juego ${asked}. Busque ${asked} al pie de la tarjeta: puede ser de otra ceremonia o de otra empresa.`
      : `Lleva ${mark(found)}. Pida la tarjeta con ${mark(wanted)}.`,
  putAway: 'Retirar',
  alreadyGivenHelp: 'Cuenta una vez. Pida otra tarjeta.',
  forgedHelp: 'Dice ser de este juego y el acta no la conoce. Apártela y siga con otras.',

  problemNoCode:
    'No hay ninguna tarjeta en esta imagen. Más cerca, nítida y sin sombra, o escriba las filas.',
  problemForeignCode: 'Hay un código en esta imagen, pero no es una tarjeta.',
  problemPicture: 'No se puede leer esta imagen. Use JPEG o PNG, la cámara, o escriba las filas.',
  problemPdf: 'Aquí no se leen archivos PDF. Haga una foto de la tarjeta o escriba sus filas.',
  problemNoRows: 'Este archivo no es una imagen ni las filas de una tarjeta.',
  problemTooLarge: 'Este archivo es demasiado grande para ser una tarjeta.',
  problemSwapped: (row, belongs) =>
    `La fila ${row} es la fila ${belongs} de la tarjeta. Escríbalas en orden.`,
  problemCheck: 'Cada fila es correcta y juntas no son una tarjeta. ¿Son las cuatro de la misma?',
  problemVersion: 'Esta tarjeta es de una versión más nueva. Use la página de una edición más nueva.',
  problemDamagedPackage: 'Esta copia del paquete está dañada. Elija otra copia; las tarjetas se quedan.',
  problemOtherKey:
    'Estas tarjetas son de otro paquete. Elija el paquete que se selló para ellas, u otras tarjetas.',
  problemOtherCards:
    'Las tarjetas de otro juego no abren este paquete. Busque las tarjetas de su propio juego o elija el paquete que se selló para las introducidas.',
  problemPage: 'Lo que esta página llevaba de su custodia está dañado. La página funciona: elija el paquete.',
  problemNotForKey:
    'Este paquete se selló para otras tarjetas, o esta copia está dañada. Elija otro archivo; las tarjetas se quedan.',
  problemTooBig: 'Este paquete es demasiado grande para un navegador. Use el programa: holdfast recover.',
  problemNoSubset:
    'Ninguna elección de estas tarjetas da la clave. Al menos una es falsa. Añada otra tarjeta.',
  problemOther: (code) => `No funcionó (${code}). Pruebe otra copia u otro navegador.`,
  problemUnexpected:
    'Falló algo que no debía. Abra la página de nuevo; las tarjetas se pueden leer otra vez.',

  doubtForged:
    'El acta junto a este paquete es FALSA: la clave que dieron las tarjetas no la firmó. Las tarjetas son correctas.',
  doubtMissing: 'No hay acta junto a este paquete; la clave la dieron solo las tarjetas.',
  doubtReplaced:
    'Estas tarjetas son de una clave sustituida: abren lo que se selló antes. La bóveda más reciente necesita las tarjetas del juego actual.',
  doubtUnreadable: 'El acta junto a este paquete no se puede leer; la clave la dieron solo las tarjetas.',
  doubtNotVouched:
    'Nadie responde por este paquete: se abre, pero ningún registro de un sellador conocido lo describe. Compare su fecha y sus cifras con lo que espera.',
  doubtOlder: (when) => `Existe un paquete más nuevo, sellado el ${when}. Si lo tiene, abra ese.`,

  checkHeadline: 'Comprobar una tarjeta',
  checkLead: 'La tarjeta se juzga y se olvida. Nada se abre, se guarda ni se envía.',
  checkNoCharter:
    'En esta página no hay acta, así que una tarjeta puede llamarse legible, no buena. Elija charter.json para compararla.',
  chooseCharter: 'Elegir charter.json',
  challengeHeadline: '¿Le enviaron un reto?',
  challengeLead:
    'Péguelo aquí. Empieza por holdfast1. La respuesta prueba que usted tiene la tarjeta y no la muestra.',
  challengeLabel: 'Reto',
  challengeFirst: 'Ahora muestre la tarjeta.',
  challengeBad: 'Esto no es un reto completo. Cópielo otra vez, entero.',
  challengeOtherCard: (card) => `El reto es para la tarjeta ${card}. Esta es otra tarjeta.`,
  challengeOther:
    'El reto es de otra custodia, o de un juego más nuevo del que esta página conoce. No responda; llame usted.',
  challengeNotExact:
    'La tarjeta se leyó con correcciones. Solo responde tal como está impresa: léala o escríbala otra vez.',
  askedRow: (row) => `Ahora escriba la fila ${row} del papel`,
  askedRowLead: 'El código se leyó. Una fila muestra que también se leen las filas impresas.',
  askedRowWrong: 'Esta fila difiere de la tarjeta. Si está impresa así, dígalo a quien envió el reto.',
  responseHeadline: (card) => `La tarjeta ${card} está entera. Devuelva esta respuesta`,
  responseLead: 'No contiene nada secreto.',
  responseLabel: 'Respuesta',
  copy: 'Copiar',
  copied: 'Copiado',
  save: 'Guardar como archivo',
};
