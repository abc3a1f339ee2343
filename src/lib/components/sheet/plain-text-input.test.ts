import { EditorState } from '@codemirror/state';
import { describe, expect, it, vi } from 'vitest';
import { YSyncConfig, ySyncAnnotation } from 'y-codemirror.next';
import * as Y from 'yjs';

import { plainTextInput } from './plain-text-input.ts';

function stateOf(doc: string, onTooLong = vi.fn<() => void>()) {
	return EditorState.create({ doc, extensions: plainTextInput({ maxLength: 20, onTooLong }) });
}

function changesOf(state: EditorState, change: { from: number; to?: number; insert?: string }): [string, unknown] {
	const transaction = state.update({ changes: change });
	return [transaction.newDoc.toString(), transaction.changes.toJSON()];
}

describe('what is typed into a plain text', () => {
	it('changes whole characters where a browser reports half of one', () => {
		expect(changesOf(stateOf('a😀b'), { from: 2, to: 3, insert: '\uDE01' })).toEqual(['a😁b', [1, [2, '😁'], 1]]);
		expect(changesOf(stateOf('a😀b'), { from: 1, to: 2, insert: '\uD83D' })).toEqual(['a😀b', [1, [2, '😀'], 1]]);
	});

	it('passes as it is where nothing is wrong with it', () => {
		expect(changesOf(stateOf('ab'), { from: 1, insert: '😀' })).toEqual(['a😀b', [1, [0, '😀'], 1]]);
	});

	it('loses its NULs and lone surrogates', () => {
		expect(changesOf(stateOf(''), { from: 0, insert: 'a\0b\uD83D' })[0]).toBe('ab\uFFFD');
	});

	it('is not taken when it would be too long, and somebody is told', () => {
		const tooLong = vi.fn<() => void>();
		expect(changesOf(stateOf('x'.repeat(20), tooLong), { from: 0, insert: 'y' })[0]).toBe('x'.repeat(20));
		expect(tooLong).toHaveBeenCalledOnce();
		expect(changesOf(stateOf('x'.repeat(30), tooLong), { from: 0, to: 5 })[0]).toBe('x'.repeat(25));
	});

	it('by others passes in any case', () => {
		const config = new YSyncConfig(new Y.Doc().getText('dream'), null);
		const transaction = stateOf('').update({
			changes: { from: 0, insert: 'x'.repeat(30) },
			annotations: ySyncAnnotation.of(config),
		});
		expect(transaction.newDoc.length).toBe(30);
	});
});
