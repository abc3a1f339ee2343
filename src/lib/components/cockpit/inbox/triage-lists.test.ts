import { describe, expect, it } from 'vitest';

import type { AccountId, IdeaId, TableId } from '#lib/domain/ids.ts';
import type { InboxIdea } from '#lib/protocol/live.ts';

import { testId, waitingIdea } from '../testing/facilitator-view.ts';
import { claimsOf, countBy, inHand, queueOf, triageLists } from './triage-lists.ts';

const anna = testId<AccountId>(1);
const ben = testId<AccountId>(2);
const tableOne = testId<TableId>(11);

const ideas: readonly InboxIdea[] = [
	waitingIdea({ text: 'fourth', createdAt: 4, claimedBy: anna }),
	waitingIdea({ text: 'first', createdAt: 1, tableId: tableOne, language: 'lb' }),
	waitingIdea({ text: 'second', createdAt: 2, claimedBy: ben }),
	waitingIdea({ text: 'third', createdAt: 3, language: 'fr' }),
	waitingIdea({ text: 'hidden early', createdAt: 5, state: 'hidden', reason: 'Twice' }),
	waitingIdea({ text: 'hidden late', createdAt: 6, state: 'hidden' }),
	waitingIdea({ text: 'merged', createdAt: 7, state: 'merged', mergedInto: 'A garden' }),
];
const inbox = Object.fromEntries(ideas.map((idea, place) => [testId<IdeaId>(100 + place), idea]));
const texts = (list: readonly { text: string }[]) => list.map(({ text }) => text);

describe('the inbox', () => {
	const lists = triageLists(inbox, anna);

	it('is divided into what is mine, free and others’, oldest first', () => {
		expect(texts(lists.mine)).toEqual(['fourth']);
		expect(texts(lists.free)).toEqual(['first', 'third']);
		expect(texts(lists.others)).toEqual(['second']);
	});

	it('keeps what was taken down and merged apart, the latest first', () => {
		expect(texts(lists.hidden)).toEqual(['hidden late', 'hidden early']);
		expect(texts(lists.merged)).toEqual(['merged']);
	});

	it('is read beginning with what one has taken, without what others have', () => {
		expect(texts(queueOf(lists))).toEqual(['fourth', 'first', 'third']);
	});

	it('has nothing of mine before it is known who I am', () => {
		expect(triageLists(inbox, null).mine).toEqual([]);
	});

	it('can be narrowed to a table, the plenary or a language', () => {
		expect(texts(triageLists(inbox, anna, { place: tableOne, language: null }).free)).toEqual(['first']);
		expect(texts(triageLists(inbox, anna, { place: 'plenary', language: null }).free)).toEqual(['third']);
		expect(texts(triageLists(inbox, anna, { place: null, language: 'fr' }).free)).toEqual(['third']);
	});

	it('leaves out what was just dealt with', () => {
		expect(texts(triageLists(inbox, anna, undefined, (id) => id === testId(101)).free)).toEqual(['third']);
	});

	it('says how many others have taken, and how many wait where', () => {
		expect(claimsOf(lists.others)).toEqual([{ accountId: ben, count: 1 }]);
		expect([...countBy(lists.free, ({ language }) => language)]).toEqual([
			['lb', 1],
			['fr', 1],
		]);
	});
});

describe('the idea in hand', () => {
	const queue = queueOf(triageLists(inbox, anna));

	it('is the first one to begin with, and none where nothing waits', () => {
		expect(inHand(queue, null)?.text).toBe('fourth');
		expect(inHand([], null)).toBeNull();
		expect(inHand([], { id: testId(101), place: 0 })).toBeNull();
	});

	it('stays in hand wherever it moves to', () => {
		expect(inHand(queue, { id: testId(103), place: 0 })?.text).toBe('third');
	});

	it('is followed by the one that comes into its place, at the end by the last', () => {
		expect(inHand(queue, { id: testId(999), place: 1 })?.text).toBe('first');
		expect(inHand(queue, { id: testId(999), place: 7 })?.text).toBe('third');
	});
});
