import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { DotBallot } from '#lib/domain/dot-vote.ts';
import { boardId, optionId, participantId, roundId, type RoundId } from '#lib/domain/ids.ts';
import { memoryStorage } from '#lib/live/device-storage.ts';
import { LiveSession } from '#lib/live/live-session.svelte.ts';
import type { LiveTransport, TransportEvents } from '#lib/live/live-transport.ts';
import { randomId } from '#lib/live/random-id.ts';

import { BallotDraft } from './ballot-draft.svelte.ts';

const round = roundId.parse(randomId());
const [bench, tree] = [optionId.parse(randomId()), optionId.parse(randomId())];

/** A phone in an open round, and the server's end of its wire. */
function voter() {
	const sent: { ballot: DotBallot; acknowledge: (ack: unknown) => void }[] = [];
	let events: TransportEvents | undefined;
	const transport: LiveTransport = {
		open: (handlers) => (events = handlers),
		command: (envelope, acknowledge) => {
			const { payload } = envelope as { payload: { ballot: DotBallot } };
			sent.push({ ballot: payload.ballot, acknowledge });
		},
		resync: () => undefined,
		close: () => undefined,
	};
	const session = new LiveSession({
		audience: 'participant',
		workshop: '48210937',
		storage: memoryStorage(),
		transport,
	});
	session.open();
	const tell = (ballots: Record<RoundId, DotBallot>): void =>
		events?.me({
			kind: 'participant',
			participantId: participantId.parse('7b857422-1539-4aa8-a8f0-4eafa36e08de'),
			nickname: null,
			tableId: null,
			boardId: boardId.parse(randomId()),
			blocked: false,
			atHome: false,
			ideas: {},
			ballots,
			voted: {},
			rounds: {},
			hostName: null,
		});
	tell({});
	return { draft: new BallotDraft(session, round), session, sent, tell };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a ballot', () => {
	it('shows a tap at once and sends taps in quick succession as one', () => {
		const { draft, sent } = voter();
		expect(draft.state).toBe('empty');
		draft.put(bench, 1);
		draft.put(bench, 2);
		draft.put(tree, 1);
		expect(draft.spent).toBe(3);
		expect(draft.state).toBe('sending');
		vi.advanceTimersByTime(500);
		expect(sent.map(({ ballot }) => ballot)).toEqual([{ [bench]: 2, [tree]: 1 }]);
	});

	it('says counted only after the server has answered, and keeps saying so', async () => {
		const { draft, sent, tell } = voter();
		draft.put(bench, 1);
		vi.advanceTimersByTime(500);
		expect(draft.state).toBe('sending');
		sent[0]?.acknowledge({ ok: true, result: {} });
		await vi.advanceTimersByTimeAsync(0);
		expect(draft.state).toBe('counted');
		tell({ [round]: { [bench]: 1 } });
		await vi.advanceTimersByTimeAsync(2_000);
		expect([draft.state, draft.dotsOn(bench)]).toEqual(['counted', 1]);
	});

	it('takes a dot back', () => {
		const { draft } = voter();
		draft.put(bench, 1);
		draft.put(bench, 0);
		expect(draft.ballot).toEqual({});
	});

	it('abstains on purpose, which is not the same as not voting', async () => {
		const { draft, sent } = voter();
		expect(draft.abstains).toBe(false);
		draft.abstain();
		expect(sent.map(({ ballot }) => ballot)).toEqual([{}]);
		sent[0]?.acknowledge({ ok: true, result: {} });
		await vi.advanceTimersByTimeAsync(0);
		expect([draft.state, draft.abstains]).toEqual(['counted', true]);
	});

	it('goes back to what is counted when the server refuses, and says why', async () => {
		const { draft, sent, tell } = voter();
		tell({ [round]: { [tree]: 1 } });
		draft.put(bench, 1);
		draft.flush();
		sent[0]?.acknowledge({ ok: false, error: { code: 'vote.closed' } });
		await vi.advanceTimersByTimeAsync(0);
		expect(draft.refusal).toEqual({ code: 'vote.closed' });
		expect([draft.dotsOn(bench), draft.dotsOn(tree)]).toEqual([0, 1]);
	});

	it('is sent when the page goes away before the taps were gathered', () => {
		const { draft, sent } = voter();
		draft.put(bench, 1);
		draft.flush();
		draft.flush();
		expect(sent).toHaveLength(1);
	});
});
