// What the operating system refuses, as our codes. One place, so that no command ever shows a stack
// trace because a disk is full or a folder is missing.

import { EscrowError, isEscrowError } from '../core/errors.ts';

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether the system said that there is nothing at a path. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Turns a failure of node:fs at `path` into an EscrowError; anything of ours passes through. */
function osError(error: unknown, path: string): EscrowError {
  if (isEscrowError(error)) return error;
  const code = codeOf(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new EscrowError('file.not-found', { path });
    case 'EISDIR':
      return new EscrowError('file.is-directory', { path });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new EscrowError('file.denied', { path });
    case 'ENOSPC':
    case 'EDQUOT':
      return new EscrowError('file.no-space', { path });
    case 'EEXIST':
    case 'ENOTEMPTY':
      return new EscrowError('output.exists', { path });
    default:
      if (code === undefined) throw error;
      return new EscrowError('file.failed', { path, reason: code });
  }
}

/** Runs a file operation, naming the path in whatever goes wrong. */
export async function atPath<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw osError(error, path);
  }
}
