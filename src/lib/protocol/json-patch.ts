/**
 * The difference between two JSON values of record shape, small and exact.
 *
 * A patch is a list of changes in any order: `[path, value]` sets, `[path]` removes. Records are compared key by key; arrays and
 * scalars are replaced whole. Values must be plain JSON (no `undefined`): an absent key and a `null` are different things.
 */
export type JsonPatch = ([path: string[], value: unknown] | [path: string[]])[];

/** What leads from `before` to `after`; empty when they are equal. */
export function diff(before: object, after: object): JsonPatch {
	const patch: JsonPatch = [];
	collect(before, after, [], patch);
	return patch;
}

function collect(before: object, after: object, path: string[], patch: JsonPatch): void {
	for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) patch.push([[...path, key]]);
	for (const [key, value] of Object.entries(after)) {
		const old: unknown = Object.hasOwn(before, key) ? Reflect.get(before, key) : undefined;
		if (Object.is(old, value)) continue;
		if (isRecord(old) && isRecord(value)) collect(old, value, [...path, key], patch);
		else if (!(Array.isArray(old) && Array.isArray(value) && equal(old, value))) patch.push([[...path, key], value]);
	}
}

function equal(left: unknown, right: unknown): boolean {
	if (Array.isArray(left) && Array.isArray(right)) {
		return left.length === right.length && left.every((item, index) => equal(item, right[index]));
	}
	if (isRecord(left) && isRecord(right)) return diff(left, right).length === 0;
	return Object.is(left, right);
}

/**
 * Applies a patch to a value in place, so that a reactive proxy sees only what changed.
 * A path whose parent is missing means that sender and receiver disagree.
 * @throws RangeError then; the receiver should ask for the whole value again.
 */
export function applyPatch(target: object, patch: JsonPatch): void {
	for (const change of patch) {
		const [path] = change;
		const last = path.at(-1);
		let parent: unknown = target;
		for (const key of path.slice(0, -1))
			parent = isRecord(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
		if (last === undefined || last === '__proto__' || !isRecord(parent)) throw new RangeError('The patch does not fit');
		if (change.length === 1) Reflect.deleteProperty(parent, last);
		else parent[last] = change[1];
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
