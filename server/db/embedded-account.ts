import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { StartRefusal } from '../start-refusal.ts';

/**
 * The account of the operating system that runs Postgres. Postgres refuses to be root, so when the program is started
 * by root the server gets an unprivileged account of the machine; else it is whoever started the program.
 */
export type PostgresAccount = { kind: 'same' } | { kind: 'other'; name: string; uid: number; gid: number };

const candidates = ['postgres', 'node', 'nobody'];

export function choosePostgresAccount(
	processUid: number | undefined = process.getuid?.(),
	passwd: () => string = () => readFileSync('/etc/passwd', 'utf8'),
): PostgresAccount {
	if (processUid !== 0) return { kind: 'same' };
	const entries = passwd()
		.split('\n')
		.map((line) => line.split(':'));
	for (const name of candidates) {
		const [, , uid, gid] = entries.find((entry) => entry[0] === name) ?? [];
		if (uid !== undefined && gid !== undefined) return { kind: 'other', name, uid: Number(uid), gid: Number(gid) };
	}
	throw new StartRefusal(
		`Postgres refuses to run as root, and this machine has none of the accounts ${candidates.join(', ')}. Start as another user, or set DATABASE_URL.`,
	);
}

/** What `spawn` needs to run a program as this account, with nothing of our own environment but the path. */
export function spawnAs(account: PostgresAccount) {
	return {
		...(account.kind === 'other' ? { uid: account.uid, gid: account.gid } : {}),
		env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
	};
}

/** Whether this account can get at a file: asked of the operating system, which knows all of its rules. */
export function canReach(account: PostgresAccount, file: string): boolean {
	return spawnSync('test', ['-x', file], { ...spawnAs(account), cwd: '/' }).status === 0;
}
