import { registerHooks } from 'node:module';

/**
 * The driver, with repairs to the version that package.json pins. postgres.js 3.4.9 ends a program that loses its database, or hangs:
 *
 * 1. When a connection is lost in the middle of a transaction, the `rollback` is still written into the socket that is no longer there,
 *    and the error is thrown where nobody can catch it. Here it is refused like any other statement on a lost connection (`true`
 *    keeps the pool from counting the connection as busy for ever).
 * 2. What was not sent yet when a connection was lost stays in front of what it sends after it has come back, and then nothing is
 *    ever sent. Here it is forgotten.
 * 3. When a connection is lost while it asks for the array types, the refusal is nobody's. Here it is dropped: the statement that the
 *    connection was opened for is refused or tried again all the same.
 * 4. A connection that breaks with an error (`EPIPE`, say) tells so before it closes, and in between the `rollback` of its transaction
 *    is put behind the statements under way, which were refused already. It stayed there, and after the connection had come back it was
 *    taken for the one that the server answers, so that the next statement was never sent whole and never answered. Here everything
 *    that is under way when a connection closes is refused and forgotten.
 */
const repairs: readonly (readonly [original: string, repaired: string])[] = [
	[
		`    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
		`    if (socket === null)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
	],
	[
		`    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)`,
		`    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener('data', data)`,
	],
	[
		`    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))`,
		`    if (query || sent.length) error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    query = errorResponse = null`,
	],
	[`        return fetchArrayTypes()`, `        return fetchArrayTypes().catch(() => undefined)`],
];

/** Left by whoever loaded the driver first: it is loaded once in a process, this file perhaps more often (by test runners). */
const repaired = Symbol.for('boost-board: the driver is repaired');

const hooks = registerHooks({
	load(url, context, nextLoad) {
		const loaded = nextLoad(url, context);
		if (!url.endsWith('/postgres/src/connection.js')) return loaded;
		Reflect.set(globalThis, repaired, true);
		return { ...loaded, source: repair(textOf(loaded.source)) };
	},
});

/** @throws Error if the driver isn't the one that was repaired */
function repair(source: string): string {
	return repairs.reduce((text, [original, replacement]) => {
		if (!text.includes(original)) throw new Error('The repairs do not fit this version of postgres.js.');
		return text.replace(original, () => replacement);
	}, source);
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray | undefined): string {
	return typeof source === 'string' ? source : new TextDecoder().decode(source);
}

const driver = await import('postgres');
hooks.deregister();
if (!Reflect.has(globalThis, repaired)) throw new Error('postgres.js was loaded before it could be repaired.');

export const postgres = driver.default;
