import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { CommandAck, CommandInput } from '#lib/protocol/commands.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';

import { patienceMs, resendMs } from './command-queue.ts';
import { memoryStorage, type DeviceStorage } from './device-storage.ts';
import { Outbox } from './outbox.svelte.ts';
import { randomId } from './random-id.ts';

type Sent = { id: string; name: string; payload: unknown };

/** The far end of the wire: what arrived, and a way to answer it. */
class Wire {
	readonly sent: Sent[] = [];
	readonly #acknowledge: ((ack: unknown) => void)[] = [];

	readonly transmit = (envelope: unknown, acknowledged: (ack: unknown) => void): void => {
		this.sent.push(envelope as Sent);
		this.#acknowledge.push(acknowledged);
	};

	answer(index: number, ack: unknown = { ok: true, result: {} }): void {
		this.#acknowledge.at(index)?.(ack);
	}

	refuse(index: number, code: ErrorCode): void {
		this.answer(index, { ok: false, error: { code } });
	}

	get texts(): unknown[] {
		return this.sent.map(({ payload }) => (payload as { text?: unknown }).text);
	}
}

function outboxOn(wire: Wire, storage: DeviceStorage = memoryStorage()) {
	const lost: ErrorCode[] = [];
	const outbox = new Outbox({ storage, transmit: wire.transmit, sessionLost: (code) => lost.push(code) });
	return { outbox, storage, lost };
}

function idea(text: string): CommandInput<'idea.submit'> {
	return { text };
}

const ada = { workshop: '48210937', kind: 'participant', id: 'ada' } as const;
const bob = { ...ada, id: 'bob' };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a kept command', () => {
	it('is sent when the owner is known, and counts as pending until it is acknowledged', async () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		const answer = outbox.send('idea.submit', idea('A bench'));
		expect(wire.sent).toEqual([]);
		outbox.belongTo(ada);
		expect(wire.texts).toEqual(['A bench']);
		expect(outbox.pending).toBe(1);
		wire.answer(0);
		expect(await answer).toEqual({ ok: true, result: {} });
		expect(outbox.pending).toBe(0);
	});

	it('leaves in order, one after the other', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(ada);
		for (const text of ['one', 'two', 'three']) void outbox.send('idea.submit', idea(text));
		expect(wire.texts).toEqual(['one']);
		wire.answer(0);
		wire.answer(1);
		expect(wire.texts).toEqual(['one', 'two', 'three']);
	});

	it('is sent again with the same id after a reconnect, and a late first answer settles it once', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('A bench'));
		outbox.hold();
		outbox.belongTo(ada);
		expect(wire.sent.map((sent) => sent.id)).toEqual([wire.sent[0]?.id, wire.sent[0]?.id]);
		wire.answer(0);
		wire.answer(1);
		expect(outbox.pending).toBe(0);
		outbox.hold();
		outbox.belongTo(ada);
		expect(wire.sent).toHaveLength(2);
	});

	it('is sent again when no answer comes', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('A bench'));
		vi.advanceTimersByTime(resendMs);
		expect(wire.sent).toHaveLength(2);
		expect(wire.sent[1]?.id).toBe(wire.sent[0]?.id);
	});

	it('survives a reload, with its id and in its place', () => {
		const before = new Wire();
		const { outbox, storage } = outboxOn(before);
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('one'));
		void outbox.send('idea.submit', idea('two'));
		outbox.close();

		const after = new Wire();
		const reloaded = outboxOn(after, storage).outbox;
		void reloaded.send('idea.submit', idea('three'));
		reloaded.belongTo(ada);
		expect(reloaded.entries.map((entry) => entry.payload)).toEqual([idea('one'), idea('two'), idea('three')]);
		after.answer(0);
		after.answer(1);
		expect(after.texts).toEqual(['one', 'two', 'three']);
		expect(after.sent[0]?.id).toBe(before.sent[0]?.id);
	});

	it('is never sent as another person, and is there again when its own comes back', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(ada);
		outbox.hold();
		void outbox.send('idea.submit', idea('of Ada'));
		outbox.belongTo(bob);
		expect(wire.sent).toEqual([]);
		expect(outbox.pending).toBe(0);
		outbox.belongTo(ada);
		expect(wire.texts).toEqual(['of Ada']);
	});

	it('waits and tries again while the database is away', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('A bench'));
		void outbox.send('idea.submit', idea('A tree'));
		wire.refuse(0, 'database.away');
		expect(wire.sent).toHaveLength(1);
		expect(outbox.pending).toBe(2);
		vi.advanceTimersByTime(1_000);
		expect(wire.texts).toEqual(['A bench', 'A bench']);
		wire.answer(1);
		expect(wire.texts).toEqual(['A bench', 'A bench', 'A tree']);
	});

	it('is given back after a few faults of the server, so that it does not block the others', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('poison'));
		void outbox.send('idea.submit', idea('A tree'));
		for (let attempt = 0; attempt < 4; attempt += 1) {
			wire.refuse(attempt, 'server.failed');
			vi.advanceTimersByTime(15_000);
		}
		expect(outbox.refused.map((entry) => entry.payload)).toEqual([idea('poison')]);
		expect(wire.texts.at(-1)).toBe('A tree');
	});

	it('stays when the session is lost, and says so', () => {
		const wire = new Wire();
		const { outbox, lost } = outboxOn(wire);
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('A bench'));
		wire.refuse(0, 'session.expired');
		expect(lost).toEqual(['session.expired']);
		expect(outbox.pending).toBe(1);
		expect(wire.sent).toHaveLength(1);
	});

	it('treats an answer that is not one as a fault', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('A bench'));
		wire.answer(0, 'pong');
		expect(outbox.pending).toBe(1);
		vi.advanceTimersByTime(1_000);
		expect(wire.sent).toHaveLength(2);
	});
});

describe('a refused command', () => {
	it('keeps its words, over a reload too, until it is dismissed', async () => {
		const wire = new Wire();
		const { outbox, storage } = outboxOn(wire);
		outbox.belongTo(ada);
		const answer = outbox.send('idea.submit', idea('Too late'));
		wire.refuse(0, 'step.notNow');
		expect(await answer).toEqual({ ok: false, error: { code: 'step.notNow' } });
		expect(outbox.pending).toBe(0);

		const reloaded = outboxOn(new Wire(), storage).outbox;
		reloaded.belongTo(ada);
		expect(reloaded.pending).toBe(0);
		const [refused] = reloaded.refused;
		expect(refused).toMatchObject({ payload: idea('Too late'), error: { code: 'step.notNow' } });
		if (refused) reloaded.dismiss(refused.id);
		expect(reloaded.refused).toEqual([]);
		expect(storage.keys('')).toEqual([]);
	});

	it('can be sent once more, as a new command', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('Too late'));
		wire.refuse(0, 'step.notNow');
		const [refused] = outbox.refused;
		if (refused) void outbox.retry(refused.id);
		expect(wire.texts).toEqual(['Too late', 'Too late']);
		expect(wire.sent[1]?.id).not.toBe(wire.sent[0]?.id);
		expect(outbox.refused).toEqual([]);
	});

	it('leaves no trace when it holds no words', async () => {
		const wire = new Wire();
		const { outbox, storage } = outboxOn(wire);
		outbox.belongTo(ada);
		const answer = outbox.send('idea.withdraw', { ideaId: randomId() });
		wire.refuse(0, 'idea.unknown');
		expect((await answer).ok).toBe(false);
		expect(outbox.refused).toEqual([]);
		expect(storage.keys('')).toEqual([]);
	});
});

describe('a later command', () => {
	const roundId = randomId();
	const option = randomId();

	it('takes the place of a waiting ballot for the same round, and answers for both', async () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		const first = outbox.send('vote.cast', { roundId, ballot: { [option]: 1 } });
		const second = outbox.send('vote.cast', { roundId, ballot: { [option]: 2 } });
		expect(outbox.pending).toBe(1);
		outbox.belongTo(ada);
		expect(wire.sent.map((sent) => sent.payload)).toEqual([{ roundId, ballot: { [option]: 2 } }]);
		wire.answer(0);
		expect(await Promise.all([first, second])).toEqual([
			{ ok: true, result: {} },
			{ ok: true, result: {} },
		] satisfies CommandAck[]);
	});

	it('follows a ballot that may have arrived already', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(ada);
		void outbox.send('vote.cast', { roundId, ballot: { [option]: 1 } });
		outbox.hold();
		void outbox.send('vote.cast', { roundId, ballot: {} });
		outbox.belongTo(ada);
		wire.answer(1);
		expect(wire.sent.map((sent) => sent.payload)).toEqual([
			{ roundId, ballot: { [option]: 1 } },
			{ roundId, ballot: { [option]: 1 } },
			{ roundId, ballot: {} },
		]);
	});

	it('leaves ballots of other rounds alone', () => {
		const { outbox } = outboxOn(new Wire());
		void outbox.send('vote.cast', { roundId, ballot: {} });
		void outbox.send('vote.cast', { roundId: randomId(), ballot: {} });
		expect(outbox.pending).toBe(2);
	});
});

describe('an immediate command', () => {
	it('overtakes the queue', () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(null);
		void outbox.send('idea.submit', idea('A bench'));
		void outbox.send('timer.pause', {});
		expect(wire.sent.map((sent) => sent.name)).toEqual(['idea.submit', 'timer.pause']);
	});

	it('is given up without a connection, and never sent afterwards', async () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		const answer = outbox.send('timer.pause', {});
		expect(outbox.pending).toBe(0);
		vi.advanceTimersByTime(patienceMs);
		expect(await answer).toEqual({ ok: false, error: { code: 'connection.lost' } });
		outbox.belongTo(null);
		expect(wire.sent).toEqual([]);
	});

	it('is sent again within its patience when the connection blinks', async () => {
		const wire = new Wire();
		const { outbox } = outboxOn(wire);
		outbox.belongTo(null);
		const answer = outbox.send('timer.pause', {});
		outbox.hold();
		outbox.belongTo(null);
		expect(wire.sent[1]?.id).toBe(wire.sent[0]?.id);
		wire.answer(1);
		expect((await answer).ok).toBe(true);
	});
});

describe('what another session left behind', () => {
	function withIdeaOfAda() {
		const { outbox, storage } = outboxOn(new Wire());
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('of Ada'));
		outbox.close();
		return storage;
	}

	it('is offered, and sent only if the person says that it is theirs', () => {
		const wire = new Wire();
		const { outbox, storage } = outboxOn(wire, withIdeaOfAda());
		outbox.belongTo(bob);
		expect(outbox.leftBehind).toHaveLength(1);
		expect(wire.sent).toEqual([]);
		outbox.adoptLeftBehind();
		expect(wire.texts).toEqual(['of Ada']);
		wire.answer(0);
		expect(outbox.leftBehind).toEqual([]);
		expect(storage.keys('')).toEqual([]);
	});

	it('can be dropped', () => {
		const { outbox, storage } = outboxOn(new Wire(), withIdeaOfAda());
		outbox.belongTo(bob);
		outbox.dropLeftBehind();
		expect(outbox.leftBehind).toEqual([]);
		expect(storage.keys('')).toEqual([]);
	});

	it('is never offered in another workshop', () => {
		const { outbox } = outboxOn(new Wire(), withIdeaOfAda());
		outbox.belongTo({ ...bob, workshop: '11112222' });
		expect(outbox.leftBehind).toEqual([]);
	});
});

describe('a shared device', () => {
	it('keeps nothing after it was left', () => {
		const { outbox, storage } = outboxOn(new Wire());
		outbox.belongTo(ada);
		void outbox.send('idea.submit', idea('A bench'));
		expect(storage.keys('')).toHaveLength(1);
		outbox.clear();
		expect(storage.keys('')).toEqual([]);
		expect(outbox.pending).toBe(0);
	});

	it('ignores and clears what it cannot read', () => {
		const storage = memoryStorage();
		storage.write(`boost-board/outbox/48210937/participant/ada/broken`, '{');
		storage.write(
			`boost-board/outbox/48210937/participant/ada/old`,
			JSON.stringify({ id: randomId(), name: 'idea.shout' }),
		);
		const { outbox } = outboxOn(new Wire(), storage);
		outbox.belongTo(ada);
		expect(outbox.entries).toEqual([]);
		expect(storage.keys('')).toEqual([]);
	});
});
