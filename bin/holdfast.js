#!/usr/bin/env node
// Nothing but the door: src/cli/main.ts is the program.
const { run } = await import('../dist/cli/main.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('holdfast: error: it is not built yet\nholdfast: hint: npm ci && npm run build');
  process.exit(1);
});
await run();
