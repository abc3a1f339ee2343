/** postgres.js' own codes, the system's, and Postgres' classes 08 (connection), 53 (resources), 57P (shutdown), 40 (rollback). */
const transientCodes = new Set([
	'CONNECTION_CLOSED',
	'CONNECTION_ENDED',
	'CONNECTION_DESTROYED',
	'CONNECT_TIMEOUT',
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOENT',
	'EPIPE',
	'ETIMEDOUT',
]);

/** Whether the same statement may succeed later without any change: the connection or a resource failed, not the statement. */
export function isTransient(error: unknown): boolean {
	if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
	return transientCodes.has(error.code) || /^(08|53|57P|40)/.test(error.code);
}
