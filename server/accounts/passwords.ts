import { hash, verify, type Options } from '@node-rs/argon2';

/** Argon2id at OWASP's first recommended setting: 19 MiB, two passes, one lane. The package's default algorithm is argon2id. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
	return hash(password, cost);
}

let decoy: Promise<string> | undefined;

/**
 * Whether a password belongs to a stored hash. Where there is none (no such account, or no password yet) the same work is done
 * on a decoy, so that the time to answer doesn't tell who has an account.
 */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
	decoy ??= hashPassword('nobody has this password');
	const matches = await verify(stored ?? (await decoy), password);
	return stored !== null && matches;
}
