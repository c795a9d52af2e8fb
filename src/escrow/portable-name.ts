// File names that Windows cannot have. They are sealed as they are, with a finding, and changed when a
// package is opened there. Spec: docs/spec/package.md, Paths.

/** Names of devices, whatever ending stands behind them. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³]) *(?:\.|$)/i;

/** One step of a path as it can be written everywhere; the same when it can be already. */
export function portableName(step: string): string {
  const replaced = step.replaceAll(/[<>:"|?*\\]/g, '_').replace(/[. ]+$/, '_');
  return DEVICE.test(replaced) ? `_${replaced}` : replaced;
}
