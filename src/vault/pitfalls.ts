// The ways in which an export is less than it seems (docs/vaults.md lists them with their sources), as one
// list. Each check looks at the model, so it serves every product; what only one format can tell is found
// by its reader. Findings count entries and never name one.

import type { Finding } from '../core/finding.ts';
import type { Check, CheckContext } from './checks/check.ts';
import { checkPasskeys, checkPasskeysMissing, checkTotp, checkTotpSyntax } from './checks/codes.ts';
import { checkDuplicates, checkStaleCopies } from './checks/copies.ts';
import {
  checkMissingPasswords,
  checkOddPasswords,
  checkReusedPasswords,
  checkWeakPasswords,
} from './checks/passwords.ts';
import {
  checkArchive,
  checkAttachments,
  checkEmpty,
  checkExpired,
  checkFolders,
  checkShrunk,
  checkTrash,
} from './checks/whole.ts';
import type { Item, Vault } from './model.ts';

const CHECKS: readonly Check[] = [
  checkEmpty,
  checkShrunk,
  checkAttachments,
  checkTotp,
  checkTotpSyntax,
  checkPasskeysMissing,
  checkMissingPasswords,
  checkStaleCopies,
  checkDuplicates,
  checkReusedPasswords,
  checkWeakPasswords,
  checkOddPasswords,
  checkExpired,
  checkFolders,
  checkPasskeys,
  checkArchive,
  checkTrash,
];

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** Entries that are in use: archived ones too, the trash not. */
export function liveItems(vault: Vault): readonly Item[] {
  return vault.items.filter((item) => item.state !== 'trashed');
}

/** Every finding about a vault, its reader's included, the gravest first. */
export function checkVault(vault: Vault, context: CheckContext = {}): readonly Finding[] {
  const live = liveItems(vault);
  const found = CHECKS.flatMap((check) => check(vault, live, context) ?? []);
  return [...found, ...vault.findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
