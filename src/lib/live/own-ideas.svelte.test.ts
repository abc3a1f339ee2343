import { describe, expect, it } from 'vitest';

import { boardId, commandId, ideaId, stepId, type IdeaId } from '#lib/domain/ids.ts';
import type { OwnIdea } from '#lib/protocol/live.ts';

import { newIdeaKey, type KeyedIdea } from './keyed-ideas.svelte.ts';
import { outboxEntry, type OutboxEntry } from './outbox-entry.ts';
import { ownIdeaRows, type OwnIdeaSources } from './own-ideas.ts';
import { randomId } from './random-id.ts';

const bench = ideaId.parse(randomId());
const tree = ideaId.parse(randomId());
const command = commandId.parse(randomId());
const step = stepId.parse(randomId());

function ownIdea(text: string, createdAt = 1_000): OwnIdea {
	const board = boardId.parse(randomId());
	return { text, state: 'published', boardId: board, reach: 'room', reason: null, mergedInto: null, createdAt };
}

function waiting(text: string, madeAt = 1_000): OutboxEntry {
	return outboxEntry(command, 'idea.submit', { text }, madeAt);
}

function rows(sources: Partial<OwnIdeaSources>) {
	const nothing = { own: {}, entries: [], refused: [], landed: [], keyed: [], published: new Map(), stepId: step };
	return ownIdeaRows({ ...nothing, ...sources });
}

describe('the list of own ideas', () => {
	it('shows what waits on this device as not saved', () => {
		expect(rows({ entries: [waiting('A bench')] })).toMatchObject([
			{ key: command, ideaId: null, text: 'A bench', state: null, saved: false },
		]);
	});

	it('keeps the row between the acknowledgement and the server’s list, and after it', () => {
		const landed = [{ ideaId: bench, commandId: command, text: 'A bench', boardId: null, key: null, madeAt: 1_000 }];
		const before = rows({ landed });
		const after = rows({ landed, own: { [bench]: ownIdea('A bench') } });
		expect(before).toMatchObject([{ key: command, ideaId: bench, text: 'A bench', saved: true }]);
		expect(after).toMatchObject([{ key: command, ideaId: bench, text: 'A bench', saved: true, state: 'published' }]);
	});

	it('shows an idea once when the server’s list is faster than the acknowledgement', () => {
		const shown = rows({ entries: [waiting('A bench')], own: { [bench]: ownIdea('A bench', 1_020) } });
		expect(shown).toHaveLength(1);
	});

	it('shows the same words twice when they were written twice', () => {
		const shown = rows({ entries: [waiting('A bench', 900_000)], own: { [bench]: ownIdea('A bench', 1_000) } });
		expect(shown).toHaveLength(2);
	});

	it('shows a change as if it were done, and as not saved yet', () => {
		const edit = outboxEntry(command, 'idea.edit', { ideaId: bench, text: 'Two benches' }, 2_000);
		expect(rows({ own: { [bench]: ownIdea('A bench') }, entries: [edit] })).toMatchObject([
			{ text: 'Two benches', saved: false },
		]);
		const withdrawal = outboxEntry(command, 'idea.withdraw', { ideaId: bench }, 2_000);
		expect(rows({ own: { [bench]: ownIdea('A bench') }, entries: [withdrawal] })).toMatchObject([
			{ state: 'withdrawn', saved: false },
		]);
	});

	it('keeps what was refused, with the reason', () => {
		const refused: OutboxEntry = { ...waiting('Too late'), error: { code: 'step.notNow' } };
		expect(rows({ refused: [refused] })).toMatchObject([
			{ text: 'Too late', error: { code: 'step.notNow' }, commandId: command },
		]);
	});

	it('names the words that an idea was merged into, where they can be read', () => {
		const own = { [bench]: { ...ownIdea('A bench'), state: 'merged' as const, mergedInto: tree } };
		expect(rows({ own })).toMatchObject([{ state: 'merged', mergedInto: null }]);
		expect(rows({ own, published: new Map([[tree, 'Benches and trees']]) })).toMatchObject([
			{ mergedInto: 'Benches and trees' },
		]);
	});

	describe('where names are not recorded', () => {
		const secret = newIdeaKey();
		const keyed: KeyedIdea = {
			key: secret,
			ideaId: bench,
			commandId: command,
			text: 'A bench',
			boardId: null,
			stepId: step,
			state: 'inbox',
			madeAt: 1_000,
		};

		it('shows the ideas that only this device knows to be one’s own, in the row they were written in', () => {
			const landed = [
				{ ideaId: bench, commandId: command, text: 'A bench', boardId: null, key: secret, madeAt: 1_000 },
			];
			const expected = [{ key: command, ideaId: bench, text: 'A bench', secret, saved: true }];
			expect(rows({ landed })).toMatchObject(expected);
			expect(rows({ landed, keyed: [keyed] })).toMatchObject(expected);
			expect(rows({ keyed: [keyed] })).toMatchObject([{ ...expected[0], state: 'inbox' }]);
		});

		it('says nothing of where such an idea stands once its step is over, unless its board shows it', () => {
			const later = stepId.parse(randomId());
			expect(rows({ keyed: [keyed], stepId: later })).toMatchObject([{ state: null, text: 'A bench' }]);
			const published = new Map([[bench, 'A bench in the shade']]);
			expect(rows({ keyed: [keyed], stepId: later, published })).toMatchObject([
				{ state: 'published', text: 'A bench in the shade' },
			]);
		});

		it('keeps a withdrawn one withdrawn while the board has not heard of it yet', () => {
			const published = new Map([[bench, 'A bench']]);
			expect(rows({ keyed: [{ ...keyed, state: 'withdrawn' }], published })).toMatchObject([{ state: 'withdrawn' }]);
		});
	});

	it('puts the newest first', () => {
		const own: Record<IdeaId, OwnIdea> = { [bench]: ownIdea('first', 1_000), [tree]: ownIdea('second', 2_000) };
		expect(rows({ own }).map((row) => row.text)).toEqual(['second', 'first']);
	});
});
