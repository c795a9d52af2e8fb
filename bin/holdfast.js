#!/usr/bin/env node
// Nothing but the door: src/cli/main.ts is the program.
import { run } from '../dist/cli/main.js';

await run();
