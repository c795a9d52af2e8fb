// Español, con las palabras de la tarjeta. Se trata de usted.

import type { HandoutStrings } from '../handouts.ts';
import { dateInSpanish } from './es.ts';

const NEVER_COPIED =
  'No la fotografío, copio ni escribo en ningún sitio, salvo en el programa de recuperación.';
const HANG_UP =
  'Si me piden usar la tarjeta, cuelgo y llamo a dos personas de mi hoja de contactos, a los números impresos.';
const SAY_SO = 'Si se pierde, se abre o alguien más la ve, lo comunico el mismo día. Nadie me lo reprochará.';
const HAND_BACK = 'Si me marcho, cambio de puesto o ya no puedo guardarla, la devuelvo cerrada y en persona.';
const PROVE = 'Una vez al año demuestro en mi propio dispositivo que la tarjeta se puede leer.';
const PRINTED_NUMBERS =
  'Use solo los números de este papel, nunca uno que venga en un mensaje o que le dé quien llama.';

const WHEN_ASKED = [
  'Cuelgue, sea quien sea y por urgente que parezca. Una voz se puede imitar.',
  'Llame usted a dos de las personas de arriba. Ambas deben confirmarlo.',
  'Pregunte quién está allí, por qué y adónde debe ir.',
];
const AFTER_ASKED = [
  'Nunca lea en voz alta las filas de su tarjeta ni envíe una foto de ella.',
  'Si duda: pare y avise a todos.',
];

export const HANDOUTS_ES: HandoutStrings = {
  language: 'es',
  date: dateInSpanish,
  page: (number, count) => `página ${number} de ${count}`,
  acknowledgement: {
    title: 'Acuse de recibo',
    organisation: 'Organización',
    trustee: 'Titular',
    card: 'Tarjeta',
    cardOf: (card, count) => `${card} de ${count}`,
    set: 'Juego',
    setOf: (mark, setNumber) => `${setNumber} (${mark})`,
    group: 'Grupo',
    issued: 'Emitida el',
    bag: { bag: 'Bolsa', unknown: 'Bolsa, si la hay' },
    received: {
      bag: 'He recibido una tarjeta de emergencia. Se imprimió ante mis ojos, comprobé personalmente que se lee y se guardó en su bolsa en mi presencia. Sé que esta tarjeta sola no abre nada.',
      unknown:
        'He recibido una tarjeta de emergencia. Se imprimió ante mis ojos y comprobé personalmente que se lee. Sé que esta tarjeta sola no abre nada.',
    },
    receivedUnread: 'He recibido una tarjeta de emergencia. Sé que esta tarjeta sola no abre nada.',
    receivedClosed: {
      bag: 'He recibido una tarjeta de emergencia. La he recibido cerrada en su bolsa de quien la tenía antes; no la he abierto. Sé que esta tarjeta sola no abre nada.',
      unknown:
        'He recibido una tarjeta de emergencia. La he recibido cerrada de quien la tenía antes; no la he abierto. Sé que esta tarjeta sola no abre nada.',
    },
    file: (name) =>
      `Las filas de la tarjeta están también en el archivo ${name}, que se abre con mi propia clave. Guardo el archivo y la clave donde solo yo tengo acceso, y borro todas las copias del archivo cuando la tarjeta se retire.`,
    fileOfBefore:
      'Las filas de la tarjeta están también en un archivo que se abre con la clave de una persona que la tenía antes. Yo no tengo ese archivo; quien lo tenga debe borrar todas las copias.',
    promises: {
      bag: [
        'Guardo la tarjeta en su bolsa cerrada, en un lugar al que solo yo tengo acceso y nunca junto a otra tarjeta.',
        NEVER_COPIED,
        `Cada 90 días reviso la bolsa y comunico su número. ${PROVE}`,
        HANG_UP,
        SAY_SO,
        HAND_BACK,
      ],
      unknown: [
        'Guardo la tarjeta en un sobre o una bolsa que mantengo cerrados, en un lugar al que solo yo tengo acceso y nunca junto a otra tarjeta.',
        NEVER_COPIED,
        `Cada 90 días compruebo que sigue ahí, cerrada e intacta, y lo comunico. ${PROVE}`,
        HANG_UP,
        SAY_SO,
        HAND_BACK,
      ],
    },
    forgetting:
      'La tarjeta está bloqueada con una frase de contraseña que solo yo conozco. Si la olvido, la tarjeta está perdida, y lo comunico el mismo día.',
    report: 'Para avisar de una tarjeta perdida, abierta o vista, llame a',
    signature: 'Firma del titular',
    dateTime: 'Fecha y hora',
    witness: 'Firma del testigo',
    name: 'Nombre',
    foot: (printed) => `Impreso el ${printed}. Guárdese con el guion firmado; no contiene secretos.`,
  },
  letter: {
    title: 'Cartas recordatorias',
    foot: 'Esta carta no contiene ningún secreto.',
    heading: (date, wrap) =>
      wrap === 'bag'
        ? `Por favor, revise su bolsa a más tardar el ${date}`
        : `Por favor, revise su sobre o bolsa a más tardar el ${date}`,
    thanks: {
      bag: 'Gracias por guardarnos una bolsa cerrada. Cada 90 días le pedimos que la revise. Se tarda dos minutos.',
      unknown:
        'Gracias por guardarnos, bien cerrado, un sobre o bolsa. Cada 90 días le pedimos que lo revise. Se tarda dos minutos.',
    },
    steps: {
      bag: [
        'Saque la bolsa. No la abra.',
        'Mire si está cerrada e intacta por todos lados, y lea su número.',
        'Rellene el talón de abajo y envíelo, o llámenos y díganos el número.',
      ],
      unknown: [
        'Sáquelo de su sitio. No lo abra.',
        'Mire si está cerrado e intacto por todos lados, y lea su número si lo tiene.',
        'Rellene el talón de abajo y envíelo, o llámenos.',
      ],
    },
    prove: (date, wrap) =>
      `Este año le pedimos además que demuestre, a más tardar el ${date}, que el contenido se puede leer. Le enviaremos una línea para pegarla en el programa; ${wrap === 'bag' ? 'abra la bolsa' : 'ábralo'} solo entonces.`,
    passphrase:
      'Si eligió una frase de contraseña: ¿todavía la recuerda? Si no, llámenos. No la escriba nunca aquí ni se la diga a nadie.',
    trouble: {
      bag: 'Si la bolsa falta, está abierta o dañada, si otra persona la tuvo en sus manos, o si usted se muda, se marcha o cambia de puesto: llámenos hoy mismo. Nadie se lo reprochará.',
      unknown:
        'Si falta, está abierto o dañado, si otra persona lo tuvo en sus manos, o si usted se muda, se marcha o cambia de puesto: llámenos hoy mismo. Nadie se lo reprochará.',
    },
    call: 'Llame a',
    never: {
      bag: 'Nunca pedimos por carta, correo electrónico o teléfono lo que hay en la bolsa.',
      unknown: 'Nunca pedimos su contenido por carta, correo electrónico o teléfono.',
    },
    from: 'De',
    number: { bag: 'Número de la bolsa', unknown: 'Número, si lo tiene' },
    lookedAt: 'Fecha de revisión',
    isWhole: '¿Cierre intacto? (sí, no)',
    signature: 'Firma',
  },
  contact: {
    title: 'Hoja de contactos',
    foot: (printed) => `Hoja de contactos del ${printed}. Destruya las anteriores.`,
    keep: {
      bag: `Guárdela junto a la bolsa, no dentro. ${PRINTED_NUMBERS}`,
      unknown: `Guárdela junto al sobre o bolsa, no dentro. ${PRINTED_NUMBERS}`,
    },
    who: 'Quién puede pedirle la tarjeta',
    name: 'Nombre',
    role: 'Cargo',
    phone: 'Teléfono',
    asked: 'Cuando alguien se la pide',
    steps: {
      bag: [
        ...WHEN_ASKED,
        'Si ambas confirman: lleve la tarjeta usted, en su bolsa. Ábrala solo allí y anote la hora.',
        ...AFTER_ASKED,
      ],
      unknown: [
        ...WHEN_ASKED,
        'Si ambas confirman: lleve la tarjeta usted, cerrada como está. Ábrala solo allí y anote la hora.',
        ...AFTER_ASKED,
      ],
    },
    passphrase:
      'Si eligió una frase de contraseña: escríbala solo usted, sin que nadie mire. No se la diga a nadie.',
    forgotten: 'Llame también si ya no recuerda la frase de contraseña que eligió.',
    lost: '¿Perdida, abierta o vista por otra persona?',
    call: 'El mismo día, llame a',
    noBlame: 'Sin reproches. Una tarjeta sola no abre nada, y se puede hacer un juego nuevo.',
    check: 'Cada 90 días',
    checkText: {
      bag: 'Revise la bolsa sin abrirla. Comunique su número y si está intacta.',
      unknown:
        'Revise el sobre o bolsa sin abrirlo. Comunique si sigue ahí, si está intacto y su número, si lo tiene.',
    },
  },
  slip: {
    title: 'Etiquetas para sobres',
    foot: 'Corte por las líneas discontinuas. Una etiqueta para cada sobre.',
    heading: 'Documento de continuidad',
    owner: 'Propiedad de',
    found: 'Si lo encuentra, llame al',
    number: { bag: 'Bolsa', unknown: 'Número' },
    closedOn: 'Fecha de cierre',
    closedBy: 'Cerrado por',
    witness: 'Testigo',
  },
};
