import { isDatabaseError } from '#server/db/client.ts';

/** SQLSTATE classes: connection, resources, operator intervention; and the two failures that a repetition heals. */
const transientClasses = new Set(['08', '53', '57']);
const transientStates = new Set(['40001', '40P01']);

/** What the driver and the operating system say when the server can't be reached or went away. */
const transientCodes = new Set([
	'CONNECTION_CLOSED',
	'CONNECTION_ENDED',
	'CONNECTION_DESTROYED',
	'CONNECT_TIMEOUT',
	'ECONNREFUSED',
	'ECONNRESET',
	'EPIPE',
	'ENOENT',
	'ETIMEDOUT',
	'EHOSTUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
]);

/** Whether the same transaction may succeed later: the database is away or overloaded, nothing is wrong with the data. */
export function isTransientFailure(error: unknown): boolean {
	if (isDatabaseError(error)) return transientClasses.has(error.code.slice(0, 2)) || transientStates.has(error.code);
	return error instanceof Error && 'code' in error && typeof error.code === 'string' && transientCodes.has(error.code);
}
