import { describe, expect, it } from 'vitest';

import { commandId, ideaId, stepId } from '#lib/domain/ids.ts';
import { ideaKey } from '#lib/domain/idea.ts';

import { forgetPersonal, memoryStorage } from './device-storage.ts';
import { KeyedIdeas, newIdeaKey, type KeyedIdea } from './keyed-ideas.svelte.ts';
import { randomId } from './random-id.ts';

const ada = `participant/${randomId()}`;

function written(text: string): KeyedIdea {
	return {
		key: newIdeaKey(),
		ideaId: ideaId.parse(randomId()),
		commandId: commandId.parse(randomId()),
		text,
		boardId: null,
		stepId: stepId.parse(randomId()),
		state: 'inbox',
		madeAt: 1_000,
	};
}

describe('keys of ideas without names', () => {
	it('are 32 hex digits and never the same', () => {
		const keys = Array.from({ length: 100 }, newIdeaKey);
		expect(keys.every((key) => ideaKey.safeParse(key).success)).toBe(true);
		expect(new Set(keys).size).toBe(100);
	});

	it('outlive a reload, for the person they belong to alone', () => {
		const storage = memoryStorage();
		const bench = written('A bench');
		const keys = new KeyedIdeas(storage);
		keys.belongTo(ada);
		keys.put(bench);

		const reloaded = new KeyedIdeas(storage);
		reloaded.belongTo(ada);
		expect(reloaded.find(bench.ideaId)).toEqual(bench);
		reloaded.belongTo(`participant/${randomId()}`);
		expect(reloaded.list).toEqual([]);
	});

	it('take over what has become of an idea', () => {
		const storage = memoryStorage();
		const bench = written('A bench');
		const keys = new KeyedIdeas(storage);
		keys.belongTo(ada);
		keys.put(bench);
		keys.put({ ...bench, text: 'Two benches' });
		expect(keys.list).toEqual([{ ...bench, text: 'Two benches' }]);
	});

	it('are gone when the person leaves the device', () => {
		const storage = memoryStorage();
		const keys = new KeyedIdeas(storage);
		keys.belongTo(ada);
		keys.put(written('A bench'));
		forgetPersonal(storage);
		expect(storage.keys('')).toEqual([]);
	});

	it('clear away what nobody can read any more', () => {
		const storage = memoryStorage();
		storage.write(`boost-board/keyed/${ada}/x`, '{"key":');
		storage.write(`boost-board/keyed/${ada}/y`, '{"key":"short"}');
		const keys = new KeyedIdeas(storage);
		keys.belongTo(ada);
		expect(keys.list).toEqual([]);
		expect(storage.keys('')).toEqual([]);
	});
});
