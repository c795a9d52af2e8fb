// A CUPS that prints into a tray: lpstat lists its printers, lp keeps what comes in through its standard input, and
// cancel never finds a job, for each is in the tray at once.

import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LP = `#!/bin/sh
here=$(dirname "$0")
if [ -e "$here/jammed" ]; then printf 'lp: the paper is jammed\\033[2J\\n' >&2; exit 1; fi
echo "$@" >> "$here/asked"
cat > "$here/tray/job-$(printf %03d "$(ls "$here/tray" | wc -l)").pdf"
echo "request id is $2-$(ls "$here/tray" | wc -l) (1 file(s))"
`;
const CANCEL = `#!/bin/sh
echo "$1" >> "$(dirname "$0")/cancelled"
exit 1
`;

export class FakeCups {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param devices - Addresses by printer. */
  static async in(folder: string, devices: Readonly<Record<string, string>>): Promise<FakeCups> {
    await mkdir(join(folder, 'tray'), { recursive: true });
    const lines = Object.entries(devices).map(([name, device]) => `echo 'device for ${name}: ${device}'`);
    const lpstat = `#!/bin/sh\n[ "$1" = -v ] || exit 0\n${lines.join('\n')}\n`;
    for (const [name, script] of [
      ['lp', LP],
      ['cancel', CANCEL],
      ['lpstat', lpstat],
    ] as const) {
      await writeFile(join(folder, name), script);
      await chmod(join(folder, name), 0o755);
    }
    return new FakeCups(folder);
  }

  get path(): string {
    return `${this.#folder}:/usr/bin:/bin`;
  }

  jam(): Promise<void> {
    return writeFile(join(this.#folder, 'jammed'), '');
  }

  mend(): Promise<void> {
    return rm(join(this.#folder, 'jammed'));
  }

  /** Files in the tray, in the order in which they came. */
  async tray(): Promise<readonly string[]> {
    const names = await readdir(join(this.#folder, 'tray'));
    return names.sort().map((name) => join(this.#folder, 'tray', name));
  }

  /** Jobs that somebody wanted out of the queue. */
  async cancelled(): Promise<readonly string[]> {
    return (await readFile(join(this.#folder, 'cancelled'), 'utf8')).trimEnd().split('\n');
  }

  /** The arguments of each job. */
  async asked(): Promise<readonly string[]> {
    return (await readFile(join(this.#folder, 'asked'), 'utf8')).trimEnd().split('\n');
  }
}
