// Sentences about files, folders and disks.

import type { ErrorCode } from '../../core/errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { damaged, notFound } from './sentence.ts';
import type { Reports } from './sentence.ts';

export const MACHINE_REPORTS: Pick<
  Reports,
  Extract<
    ErrorCode,
    `file.${string}` | `output.${string}` | `escrow.${string}` | `home.${string}` | `program.${string}`
  >
> = {
  'file.not-found': ({ path }) => notFound(`there is no ${path}`, 'check the path'),
  'file.is-directory': ({ path, isEscrow }) =>
    isEscrow === true
      ? notFound(
          `${path} is an escrow folder, a file is needed`,
          'its packages are opened by cards: holdfast recover DIR CARD…; without them, holdfast verify DIR checks it',
        )
      : notFound(
          `${path} is a folder, a file is needed`,
          'name the file in it; only the store of pass or gopass is taken as a folder',
        ),
  'file.link': ({ path }) =>
    notFound(
      `${path} is a link, and in a folder that is sealed whole links are not followed`,
      'put what it leads to in its place, or delete the link',
    ),
  'file.denied': ({ path }) =>
    notFound(
      `the system does not allow access to ${path}`,
      'check who owns it and whether the disk is read-only',
    ),
  'file.no-space': ({ path }) => ({
    exit: ExitCode.Unexpected,
    message: `the disk is full, ${path} was not written`,
    hint: 'make room or choose another disk; nothing was left half-written',
  }),
  'file.special': ({ path }) =>
    notFound(
      `${path} is a pipe or a device, a file is needed`,
      'name a file, or give - and let standard input carry it',
    ),
  'file.empty': ({ path }) =>
    notFound(
      `${path === '-' ? 'standard input' : path} is empty`,
      'check that the file was written completely',
    ),
  'file.failed': ({ path, reason }) => ({
    exit: ExitCode.Unexpected,
    message: `${path} cannot be used (${reason})`,
    hint: 'check the disk and the path',
  }),
  'output.is-input': ({ path }) => ({
    exit: ExitCode.OutputExists,
    message: `${path} is read by this command, so it is not written over`,
    hint: 'give --out another name',
  }),
  'output.no-folder': ({ path }) =>
    notFound(`there is no folder ${path}`, 'make it first, or name another place'),
  'output.exists': ({ path, canForce }) => ({
    exit: ExitCode.OutputExists,
    message: `${path} exists already`,
    hint:
      canForce === true
        ? 'choose another name, or give --force to write there all the same'
        : 'choose another name',
  }),
  'output.unsafe': ({ path, reason }) => ({
    exit: ExitCode.OutputExists,
    message: `${path} will not be written: ${reason}`,
    hint: 'choose another place',
  }),
  'escrow.not-found': ({ path }) =>
    notFound(`${path} is not an escrow folder`, 'name the folder that holds charter.json and packages'),
  'program.incomplete': ({ what }) =>
    notFound(
      `this copy of the program lacks ${what}`,
      'the one-file program of a kit prints nothing and makes no kits; for that use an installed holdfast',
    ),
  'escrow.busy': ({ path, holder }) => ({
    exit: ExitCode.Busy,
    message: `the escrow is in use by ${holder}`,
    hint: `wait for it to end; if it is gone for sure, delete ${path}`,
  }),
  'home.format': ({ path, reason }) =>
    damaged(`${path} is damaged: ${reason}`, 'move it away and enrol this machine again'),
};
