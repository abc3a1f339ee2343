import type * as Y from 'yjs';

/** The nearest place at or before `at` (or the end, if that is infinite) that is not inside a surrogate pair: where an editor's cursor can be. */
function placeIn(text: string, at: number): number {
	const index = at === Infinity ? text.length : at % (text.length + 1);
	return (text.charCodeAt(index) & 0xfc00) === 0xdc00 ? index - 1 : index;
}

/** Edits as a person at an editor does: whole signs, no carriage return, no NUL. */
export function editText(text: Y.Text, edit: { at: number; text?: string; length?: number }): void {
	const present = text.toJSON();
	const start = placeIn(present, edit.at);
	if (edit.text !== undefined) text.insert(start, edit.text.replace(/[\0\r]/g, ''));
	const end = placeIn(present, Math.min(present.length, start + (edit.length ?? 0)));
	if (end > start) text.delete(start, end - start);
}
