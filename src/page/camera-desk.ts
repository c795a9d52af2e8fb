// The camera at work: a picture while a screen shows one, and each card it sees, once.

import { isEscrowError } from '../core/errors.ts';
import type { Raster } from '../paper/raster.ts';
import { startCamera } from './cards/camera.ts';
import type { Camera } from './cards/camera.ts';
import { cardsInFrame } from './cards/scan.ts';
import type { CardRows } from './cards/scan.ts';
import type { PageEvent, PageState } from './state.ts';

/** What the desk sees of the page, and how it tells what it found. */
interface DeskPage {
  readonly state: PageState;
  tell(event: PageEvent): void;
}

export class CameraDesk {
  readonly #page: DeskPage;
  readonly #take: (card: CardRows) => void;
  #camera: Camera | undefined;
  /** Codes that were shown since it was started, so that a card held still is one card. */
  readonly #seen = new Set<string>();

  /** @param take - Is given each card that is seen, once. */
  constructor(page: DeskPage, take: (card: CardRows) => void) {
    this.#page = page;
    this.#take = take;
  }

  /** Shows the camera in an element of the screen, for as long as that is there and wanted. */
  show(video: HTMLVideoElement): void {
    // A screen in another language shows it anew; the one before must not look on.
    this.#camera?.stop();
    this.#camera = undefined;
    // The screen is being drawn just now.
    queueMicrotask(() => {
      this.#page.tell({ kind: 'camera', camera: 'starting' });
    });
    const isWanted = (): boolean => this.#page.state.way === 'camera' && video.isConnected;
    const onEnd = (): void => {
      if (isWanted()) this.#page.tell({ kind: 'camera', camera: 'none' });
    };
    void startCamera(video, (frame) => this.#look(frame), onEnd).then((started) => {
      if (typeof started === 'string') {
        this.#page.tell({ kind: 'camera', camera: started });
      } else if (isWanted()) {
        this.#camera = started;
        this.#page.tell({ kind: 'camera', camera: 'on' });
      } else {
        started.stop();
      }
    });
  }

  stop(): void {
    this.#camera?.stop();
    this.#camera = undefined;
    this.#seen.clear();
    if (this.#page.state.camera !== 'off') this.#page.tell({ kind: 'camera', camera: 'off' });
  }

  async #look(frame: Raster): Promise<void> {
    try {
      for (const card of await cardsInFrame(frame)) {
        const text = card.rows.join('');
        if (this.#seen.has(text)) continue;
        this.#seen.add(text);
        this.#take(card);
      }
    } catch (error) {
      // A frame that cannot be read is followed by the next; anything else than that is a bug.
      if (!isEscrowError(error)) console.error(error);
    }
  }
}
