// The ways a card comes in: camera, photos, typed rows. The likeliest first, one of them open at a time.

import { button, el } from '../element.ts';
import type { CameraState, PageState } from '../state.ts';
import type { Strings } from '../strings.ts';
import { isPackageAtFault } from '../told.ts';
import { typingView } from './typing.ts';
import { fileButton, setText } from './frame.ts';
import type { Actions, View } from './frame.ts';

function tellCamera(strings: Strings, camera: CameraState): string {
  switch (camera) {
    case 'off':
      return '';
    case 'starting':
      return strings.cameraStarting;
    case 'on':
      return strings.cameraOn;
    case 'denied':
      return strings.cameraDenied;
    case 'none':
      return strings.cameraNone;
    case 'busy':
      return strings.cameraBusy;
  }
}

function cameraView(strings: Strings, actions: Actions): View {
  const video = el('video', { muted: true, playsinline: true, 'aria-label': strings.cameraPicture });
  const told = el('p', { role: 'status' });
  actions.showCamera(video);
  return {
    root: el('div', { class: 'panel camera' }, video, told),
    update({ camera }) {
      setText(told, tellCamera(strings, camera));
      video.hidden = camera !== 'on' && camera !== 'starting';
    },
  };
}

/** Whether a card is what comes next: not where the package is at fault, or a check waits for something else. */
function isNext(state: PageState): boolean {
  const { way, check, screen } = state;
  const isPackageNext = isPackageAtFault(state) || (screen === 'cards' && state.package?.isDamaged === true);
  const isAnswering = check.askedRow !== undefined || check.response !== undefined;
  return way === undefined && !isPackageNext && !isAnswering;
}

/** @param isSingle - Whether one card at a time is wanted. */
export function waysView(strings: Strings, actions: Actions, isSingle = false): View {
  const toggle = (way: 'camera' | 'typing') => () => {
    // A camera that is not there is asked for again, not closed.
    const isRetry = way === 'camera' && open?.way === way && isAtFault;
    if (isRetry) actions.openWay(undefined);
    actions.openWay(open?.way === way ? undefined : way);
  };
  let isAtFault = false;
  const camera = button(strings.useCamera, toggle('camera'), 'primary');
  const typing = button(strings.typeRows, toggle('typing'));
  const photos = fileButton(strings.choosePhoto, actions, {
    kind: 'secondary',
    accept: 'image/*,.txt',
    isSingle,
  });
  const place = el('div');
  let open: { way: PageState['way']; view: View | undefined } | undefined;
  return {
    root: el('div', {}, el('p', { class: 'ways' }, camera, photos, typing), place),
    update(state) {
      const { way } = state;
      if (open?.way !== way) {
        const view =
          way === undefined
            ? undefined
            : way === 'camera'
              ? cameraView(strings, actions)
              : typingView(strings, actions);
        place.replaceChildren(...(view ? [view.root] : []));
        open = { way, view };
        // On a phone it would begin below what is seen.
        view?.root.scrollIntoView({ block: 'nearest' });
      }
      isAtFault = way === 'camera' && !['off', 'starting', 'on'].includes(state.camera);
      setText(camera, way === 'camera' && !isAtFault ? strings.stopCamera : strings.useCamera);
      setText(typing, way === 'typing' ? strings.stopTyping : strings.typeRows);
      camera.setAttribute('aria-expanded', String(way === 'camera'));
      typing.setAttribute('aria-expanded', String(way === 'typing'));
      camera.className = isNext(state) ? 'primary' : 'secondary';
      open?.view?.update(state);
    },
  };
}
