import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 256 random bits that fit into an address: what invitation links, one-time links and pairings are redeemed with. */
export function newSecret(): string {
	return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. Plain SHA-256 is enough, because the secrets are random and long. */
export function hashSecret(secret: string): Buffer {
	return createHash('sha256').update(secret).digest();
}

/** Letters and digits that can't be mistaken for one another when they are read out. */
const clearLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A code to be read from one screen and typed into another. */
export function newCode(length: number): string {
	return Array.from({ length }, () => clearLetters[randomInt(clearLetters.length)] ?? '').join('');
}
