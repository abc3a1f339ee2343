import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IdeaId } from '#lib/domain/ids.ts';
import { I18n } from '#lib/i18n/i18n.svelte.ts';
import type { InboxIdea } from '#lib/protocol/live.ts';

import { anna, paul, sitDown } from '../testing/cockpit-at-work.ts';
import { facilitatorView, testId, waitingIdea } from '../testing/facilitator-view.ts';
import { Triage } from './triage.svelte.ts';

const first = testId<IdeaId>(51);
const second = testId<IdeaId>(52);
const third = testId<IdeaId>(53);

type Inbox = Record<IdeaId, InboxIdea>;

const waiting: Inbox = {
	[first]: waitingIdea({ text: 'first', createdAt: 1 }),
	[second]: waitingIdea({ text: 'second', createdAt: 2 }),
	[third]: waitingIdea({ text: 'third', createdAt: 3 }),
};
const team = { [anna]: { name: 'Anna', present: true }, [paul]: { name: 'Paul', present: true } };

function read(inbox: Inbox = waiting) {
	const room = (shown: Inbox) => facilitatorView({ inbox: shown, team });
	const { server, cockpit, toasts } = sitDown(room(inbox));
	const triage = new Triage(cockpit, new I18n({ language: 'en', catalogue: {}, known: true }));
	return { server, cockpit, toasts, triage, becomes: (shown: Inbox) => server.show(room(shown)) };
}

function without(id: IdeaId): Inbox {
	return Object.fromEntries(Object.entries(waiting).filter(([other]) => other !== id));
}

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe('reading the inbox', () => {
	it('begins with the oldest idea and goes on with the next when it is decided', async () => {
		const { server, triage } = read();
		expect([triage.idea?.text, triage.place]).toEqual(['first', 1]);
		const published = triage.publish();
		expect([triage.idea?.text, triage.queue.length]).toEqual(['second', 2]);
		server.answer();
		await published;
		expect(server.received).toMatchObject([{ name: 'idea.publish', payload: { ideaId: first } }]);
	});

	it('gives a refused idea back', async () => {
		const { server, triage } = read();
		const published = triage.publish();
		server.answer({ ok: false, error: { code: 'idea.unknown' } });
		await published;
		vi.advanceTimersByTime(1);
		expect(triage.queue.map(({ text }) => text)).toEqual(['first', 'second', 'third']);
		expect(triage.last).toBeNull();
	});

	it('after the last idea goes to the one before, and in the end to none', () => {
		const { triage } = read();
		triage.walk(1);
		triage.walk(1);
		triage.walk(1);
		expect(triage.idea?.text).toBe('third');
		void triage.publish();
		expect(triage.idea?.text).toBe('second');
		void triage.publish();
		void triage.publish();
		expect(triage.idea).toBeNull();
	});

	it('hides with the reason that was typed, and only then forgets it', async () => {
		const { server, triage } = read();
		triage.begin('hide');
		triage.reason = ' Names a person ';
		const hidden = triage.hide();
		server.answer();
		await hidden;
		expect(server.received[0]?.payload).toEqual({ ideaId: first, reason: 'Names a person' });
		expect(triage.reason).toBe('');
		expect(triage.task).toBeNull();
	});
});

describe('with others who read the same inbox', () => {
	it('takes the next ones that nobody has, and begins with them', async () => {
		const { server, triage, becomes } = read({
			...waiting,
			[first]: waitingIdea({ text: 'first', createdAt: 1, claimedBy: paul }),
		});
		expect(triage.idea?.text).toBe('second');
		triage.walk(1);
		const claimed = triage.claimNext();
		expect(server.received[0]?.payload).toEqual({ ideaIds: [second, third], claimed: true });
		server.answer();
		await claimed;
		becomes({
			...waiting,
			[first]: waitingIdea({ text: 'first', createdAt: 1, claimedBy: paul }),
			[second]: waitingIdea({ text: 'second', createdAt: 2, claimedBy: anna }),
			[third]: waitingIdea({ text: 'third', createdAt: 3, claimedBy: anna }),
		});
		expect([triage.lists.mine.length, triage.lists.others.length, triage.idea?.text]).toEqual([2, 1, 'second']);
		void triage.giveBack();
		expect(server.received[1]?.payload).toEqual({ ideaIds: [second, third], claimed: false });
	});

	it('says that somebody else has dealt with the idea in hand, moves on, and keeps the reason', () => {
		const { triage, becomes } = read();
		triage.begin('hide');
		triage.reason = 'Names a per';
		becomes({ ...waiting, [first]: waitingIdea({ text: 'first', createdAt: 1, state: 'hidden' }) });
		expect(triage.gone).toEqual({ text: 'first', how: 'hidden', by: null });
		expect([triage.idea?.text, triage.task, triage.reason]).toEqual(['second', null, 'Names a per']);
	});

	it('says who has taken the idea in hand', () => {
		const { triage, becomes } = read();
		triage.walk(1);
		becomes({ ...waiting, [second]: waitingIdea({ text: 'second', createdAt: 2, claimedBy: paul }) });
		expect(triage.gone).toEqual({ text: 'second', how: 'claimed', by: 'Paul' });
		expect(triage.idea?.text).toBe('third');
	});

	it('doesn’t decide on the next idea with the key that was meant for the one before', () => {
		const { server, triage, becomes } = read();
		triage.walk(1);
		becomes(without(second));
		triage.surprised();
		void triage.publish();
		triage.begin('hide');
		expect(server.received).toEqual([]);
		expect(triage.task).toBeNull();
		vi.advanceTimersByTime(1_000);
		void triage.publish();
		expect(server.received).toMatchObject([{ name: 'idea.publish', payload: { ideaId: third } }]);
	});

	it('says nothing of the ideas that one has dealt with oneself', async () => {
		const { server, triage, becomes } = read();
		const published = triage.publish();
		server.answer();
		await published;
		becomes(without(first));
		expect(triage.gone).toBeNull();
	});
});

describe('taking back', () => {
	it('puts the last decision back into the inbox and into the hand', async () => {
		const { server, triage, becomes } = read();
		const merged = triage.mergeInto(third);
		server.answer();
		await merged;
		expect(server.received[0]?.payload).toEqual({ ideaId: first, intoIdeaId: third });
		expect(triage.last).toEqual({ id: first, text: 'first', how: 'merged' });
		becomes(without(first));
		const undone = triage.undo();
		server.answer();
		await undone;
		expect(server.received[1]).toMatchObject({ name: 'inbox.return', payload: { ideaId: first } });
		expect([triage.gone, triage.last]).toEqual([null, null]);
		becomes(waiting);
		expect(triage.idea?.text).toBe('first');
		if (triage.idea !== null) triage.settleOn(triage.idea);
		becomes(without(first));
		expect(triage.gone?.text).toBe('first');
	});

	it('can bring what was set aside onto its board or into the inbox', () => {
		const hidden = waitingIdea({ text: 'first', state: 'hidden' });
		const { server, triage } = read({ [first]: hidden, [second]: waitingIdea({ state: 'merged' }) });
		void triage.restore({ ...hidden, id: first }, 'board');
		void triage.restore({ ...hidden, id: second }, 'inbox');
		expect(server.received.map(({ name }) => name)).toEqual(['idea.publish', 'inbox.return']);
	});
});
