import { canary } from './secret.ts';

/** What stands for a secret, in a text that looks like a note. */
export function words(secret: string): string {
	return `A ${canary(secret)} under the lime tree`;
}
