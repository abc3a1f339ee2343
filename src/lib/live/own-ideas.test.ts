import { describe, expect, it } from 'vitest';

import { boardId, commandId, ideaId, type IdeaId } from '#lib/domain/ids.ts';
import type { OwnIdea } from '#lib/protocol/live.ts';

import { outboxEntry, type OutboxEntry } from './outbox-entry.ts';
import { ownIdeaRows, type OwnIdeaSources } from './own-ideas.ts';
import { randomId } from './random-id.ts';

const bench = ideaId.parse(randomId());
const command = commandId.parse(randomId());

function ownIdea(text: string, createdAt = 1_000): OwnIdea {
	return { text, state: 'published', boardId: boardId.parse(randomId()), reason: null, createdAt };
}

function waiting(text: string, madeAt = 1_000): OutboxEntry {
	return outboxEntry(command, 'idea.submit', { text }, madeAt);
}

function rows(sources: Partial<OwnIdeaSources>) {
	return ownIdeaRows({ own: {}, entries: [], refused: [], landed: [], ...sources });
}

describe('the list of own ideas', () => {
	it('shows what waits on this device as not saved', () => {
		expect(rows({ entries: [waiting('A bench')] })).toMatchObject([
			{ key: command, ideaId: null, text: 'A bench', state: null, saved: false },
		]);
	});

	it('keeps the row between the acknowledgement and the server’s list, and after it', () => {
		const landed = [{ ideaId: bench, commandId: command, text: 'A bench', madeAt: 1_000 }];
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

	it('puts the newest first', () => {
		const tree = ideaId.parse(randomId());
		const own: Record<IdeaId, OwnIdea> = { [bench]: ownIdea('first', 1_000), [tree]: ownIdea('second', 2_000) };
		expect(rows({ own }).map((row) => row.text)).toEqual(['second', 'first']);
	});
});
