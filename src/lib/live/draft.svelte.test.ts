import { describe, expect, it } from 'vitest';

import { forgetPersonal, memoryStorage } from './device-storage.ts';
import { Draft } from './draft.svelte.ts';

describe('a draft', () => {
	it('is there again after a reload, for its owner alone', () => {
		const storage = memoryStorage();
		const draft = new Draft(storage, 'idea');
		draft.belongTo('participant/ada');
		draft.text = 'A bench';

		const reloaded = new Draft(storage, 'idea');
		reloaded.belongTo('participant/ada');
		expect(reloaded.text).toBe('A bench');
		reloaded.belongTo('participant/bob');
		expect(reloaded.text).toBe('');
	});

	it('keeps what was typed before its owner was known', () => {
		const storage = memoryStorage();
		const draft = new Draft(storage, 'idea');
		draft.text = 'Typed early';
		draft.belongTo('participant/ada');
		expect(draft.text).toBe('Typed early');
		expect(storage.keys('')).toHaveLength(1);
	});

	it('puts refused words behind what is being typed', () => {
		const draft = new Draft(memoryStorage(), 'idea');
		draft.text = 'New thought ';
		draft.add('old thought');
		expect(draft.text).toBe('New thought old thought');
	});

	it('leaves nothing on the device when it is sent or forgotten', () => {
		const storage = memoryStorage();
		const draft = new Draft(storage, 'idea');
		draft.belongTo('participant/ada');
		draft.text = 'A bench';
		draft.clear();
		expect(storage.keys('')).toEqual([]);
		draft.text = 'A tree';
		forgetPersonal(storage);
		expect(storage.keys('')).toEqual([]);
	});
});
