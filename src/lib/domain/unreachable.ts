/** Ends a switch over a union: a new member is then a type error here. */
export function unreachable(value: never): never {
	throw new Error(`Unexpected value: ${String(value)}`);
}
