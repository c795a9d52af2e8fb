// The camera: a picture on the screen, and a frame now and then to whoever looks for a code in it.

import { rasterOf } from './scan.ts';
import type { Raster } from '../../paper/raster.ts';

/** Why there is no picture. */
export type CameraFault = 'denied' | 'none' | 'busy';

/** Longest side of the frame that is looked at: a card held up fills enough of it. */
const FRAME_SIDE = 1_280;
/** Between two looks; each takes about as long on a slow machine. */
const PAUSE_MS = 120;

/** A running camera. */
export interface Camera {
  stop(): void;
}

const FAULTS: Readonly<Record<string, CameraFault>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
};

/**
 * Starts the camera and shows it in the element.
 *
 * @param look - Is given one frame at a time; the next comes when it has done with this one.
 * @param onEnd - Is told when it was unplugged, or taken away from the page.
 * @returns the camera, or why there is none.
 */
export async function startCamera(
  video: HTMLVideoElement,
  look: (frame: Raster) => Promise<void>,
  onEnd: () => void,
): Promise<Camera | CameraFault> {
  let stream: MediaStream;
  try {
    // A page from the disk of an old browser has no mediaDevices at all.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices) return 'none';
    const wanted = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } };
    stream = await devices.getUserMedia({ video: wanted, audio: false });
  } catch (error) {
    return FAULTS[error instanceof DOMException ? error.name : ''] ?? 'none';
  }
  let isRunning = true;
  video.srcObject = stream;
  void lookOn(video, look, () => isRunning);
  const camera = {
    stop() {
      isRunning = false;
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
    },
  };
  // The last picture would stand there as if it were alive.
  for (const track of stream.getTracks())
    track.addEventListener('ended', () => {
      if (!isRunning) return;
      camera.stop();
      onEnd();
    });
  return camera;
}

async function lookOn(
  video: HTMLVideoElement,
  look: (frame: Raster) => Promise<void>,
  isRunning: () => boolean,
): Promise<void> {
  await video.play().catch(() => undefined);
  while (isRunning()) {
    const frame = frameOf(video);
    if (frame) await look(frame);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function frameOf(video: HTMLVideoElement): Raster | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return undefined;
  const scale = Math.min(1, FRAME_SIDE / Math.max(width, height));
  return rasterOf(new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale)), video);
}
