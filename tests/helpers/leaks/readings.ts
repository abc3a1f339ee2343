import type { Passed } from './relay.ts';

/** A value that a client got, and where it stood: keys joined by `/`, empty where there is no structure. */
export type Leaf = {
	readonly path: string;
	readonly value: unknown;
	/** What stands in the same object. */ readonly beside: readonly unknown[];
};

/**
 * What is structured in a piece, leaf by leaf: JSON bodies, the data of pages, events of socket.io. The fields of a view have the
 * same path whether they came in a snapshot or in a patch: `snapshot/people/…`, `patch/people/…`; what a person is told of
 * themselves stands below `me/`.
 */
export function leavesOf({ kind, request, contentType, bytes }: Passed): Leaf[] {
	if (kind === 'head') return [];
	const text = bytes.toString('utf8');
	// A poll is answered with any number of packets.
	if (request.includes('/socket.io/')) return text.split('\x1e').flatMap(leavesOfEvent);
	if (kind === 'frame') return [];
	if (contentType.startsWith('text/html')) {
		const scripts = text.matchAll(/<script type="application\/json"[^>]*>(.*?)<\/script>/gs);
		return [...scripts].flatMap(([, json = '']) => leavesBelow('page', parse(json)));
	}
	return leavesBelow('', parse(text));
}

/** `42["event",{…}]` and answers to commands, `43ID[…]`; what isn't an event is a value without a name. */
function leavesOfEvent(text: string): Leaf[] {
	const json = parse(text.replace(/^\d+(?=[[{"])/, ''));
	if (!Array.isArray(json) || typeof json[0] !== 'string') return leavesBelow('', json);
	const [event, message] = json as [string, unknown];
	if (event === 'snapshot' && isRecord(message)) return leavesBelow('snapshot', message.view);
	const place = event === 'patch' ? 'patch' : event === 'mePatch' ? 'me' : undefined;
	if (place === undefined || !isRecord(message) || !Array.isArray(message.patch)) return leavesBelow(event, message);
	return (message.patch as [string[], unknown?][]).flatMap(([path, value]) =>
		leavesBelow([place, ...path].join('/'), value),
	);
}

function leavesBelow(path: string, value: unknown, beside: readonly unknown[] = []): Leaf[] {
	const inner = typeof value === 'string' && /^[[{]/.test(value) ? parse(value) : value;
	if (typeof inner !== 'object' || inner === null) return [{ path, value: inner, beside }];
	const children = Object.entries(inner);
	if (children.length === 0) return [{ path, value: '', beside }];
	const values = children.map(([, child]: [string, unknown]) => child).filter((child) => typeof child !== 'object');
	return children.flatMap(([key, child]) => leavesBelow(path === '' ? key : `${path}/${key}`, child, values));
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// No JSON: searched as text.
		return text;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
