import { describe, expect, it } from 'vitest';

import { boardId, participantId, tableId, workshopId } from '#lib/domain/ids.ts';
import type { MeView, ParticipantView, TableView } from '#lib/protocol/live.ts';

import { memoryStorage } from './device-storage.ts';
import { LiveSession } from './live-session.svelte.ts';
import type { LiveTransport, TransportEvents } from './live-transport.ts';
import { randomId } from './random-id.ts';

class FakeTransport implements LiveTransport {
	events: TransportEvents | undefined;
	readonly sent: unknown[] = [];
	resyncs = 0;
	closed = false;

	open(events: TransportEvents): void {
		this.events = events;
	}
	command(envelope: unknown): void {
		this.sent.push(envelope);
	}
	resync(): void {
		this.resyncs += 1;
	}
	close(): void {
		this.closed = true;
	}
}

const table = tableId.parse(randomId());
const board = boardId.parse(randomId());

function tableView(ideas: number): TableView {
	return {
		position: 1,
		name: '1',
		colour: 'sun',
		challengeId: null,
		boardId: board,
		sheetId: randomId() as TableView['sheetId'],
		capacity: 12,
		members: 0,
		present: 0,
		ideas,
		ready: false,
		needsHelp: false,
		helpComing: false,
		atHome: false,
		hostId: null,
		stepId: null,
		stepStartedAt: null,
		timer: null,
	};
}

function participantView(ideas = 0): ParticipantView {
	return {
		audience: 'participant',
		workshop: {
			id: workshopId.parse(randomId()),
			code: '48210937',
			title: { de: 'Abend' },
			phase: 'live',
			doorOpen: true,
			frozen: false,
			attribution: null,
			joinUrl: 'http://hall.test/j/48210937',
			rehearsal: false,
		},
		floor: {
			announcement: null,
			spotlight: null,
			gatheredAt: null,
			pitches: { order: [], current: null, applause: {} },
			pace: 'room',
		},
		steps: {},
		currentStepId: null,
		stepStartedAt: null,
		timer: null,
		challenges: {},
		tables: { [table]: tableView(ideas) },
		plenary: { boardId: board, ideas: 0 },
		rounds: {},
		projects: {},
		counts: { people: 0, present: 0, ideas },
	};
}

function me(id = randomId()): MeView {
	return {
		kind: 'participant',
		participantId: participantId.parse(id),
		nickname: null,
		tableId: null,
		boardId: board,
		blocked: false,
		atHome: false,
		ideas: {},
		ballots: {},
		voted: {},
		rounds: {},
		hostName: null,
	};
}

function liveSession() {
	const transport = new FakeTransport();
	const session = new LiveSession({
		audience: 'participant',
		workshop: '48210937',
		storage: memoryStorage(),
		transport,
	});
	session.open();
	const { events } = transport;
	if (events === undefined) throw new Error('The session did not open its transport');
	return { session, transport, events };
}

describe('a live session', () => {
	it('shows the snapshot and applies patches in place', () => {
		const { session, events } = liveSession();
		expect(session.status).toBe('connecting');
		events.connected();
		events.snapshot({ seq: 7, now: 1_000, view: participantView() });
		expect(session.status).toBe('live');

		const before = session.view?.tables[table];
		events.patch({ seq: 8, now: 1_100, patch: [[['tables', table, 'ideas'], 3]] });
		expect(session.view?.tables[table]).toBe(before);
		expect(before?.ideas).toBe(3);
	});

	it('takes over what has changed about oneself, and asks anew when that doesn’t fit', () => {
		const { session, transport, events } = liveSession();
		events.snapshot({ seq: 7, now: 1_000, view: participantView() });
		const idea = { text: 'A bench', state: 'published', boardId: board, reason: null, createdAt: 1_000 };
		events.me(me());
		events.mePatch({ patch: [[['ideas', 'one'], idea]] });
		expect(session.me?.ideas).toEqual({ one: idea });
		expect(transport.resyncs).toBe(0);
		events.mePatch({ patch: [[['ideas', 'two', 'text'], 'A tree']] });
		expect(session.me?.ideas).toEqual({ one: idea });
		expect(transport.resyncs).toBe(1);
	});

	it('asks for the whole view when a patch is missing, and ignores patches until it is here', () => {
		const { session, transport, events } = liveSession();
		events.snapshot({ seq: 7, now: 1_000, view: participantView() });
		events.patch({ seq: 9, now: 1_100, patch: [[['counts', 'ideas'], 9]] });
		events.patch({ seq: 10, now: 1_200, patch: [[['counts', 'ideas'], 10]] });
		expect(transport.resyncs).toBe(1);
		expect(session.view?.counts.ideas).toBe(0);
		events.snapshot({ seq: 10, now: 1_300, view: participantView(10) });
		events.patch({ seq: 11, now: 1_400, patch: [[['counts', 'ideas'], 11]] });
		expect(session.view?.counts.ideas).toBe(11);
	});

	it('asks for the whole view when a patch does not fit', () => {
		const { transport, events } = liveSession();
		events.snapshot({ seq: 7, now: 1_000, view: participantView() });
		events.patch({ seq: 8, now: 1_100, patch: [[['tables', randomId(), 'ideas'], 1]] });
		expect(transport.resyncs).toBe(1);
	});

	it('keeps the view while the network is away, and touches only what changed after it', () => {
		const { session, events } = liveSession();
		const view = participantView();
		events.snapshot({ seq: 7, now: 1_000, view });
		const before = session.view?.tables[table];
		events.disconnected();
		expect(session.status).toBe('offline');
		expect(session.view).not.toBeNull();
		events.connected();
		events.snapshot({
			seq: 1,
			now: 2_000,
			view: { ...structuredClone(view), counts: { people: 4, present: 4, ideas: 0 } },
		});
		expect(session.status).toBe('live');
		expect(session.view?.counts.people).toBe(4);
		expect(session.view?.tables[table]).toBe(before);
	});

	it('sends only after the server has said who this is', () => {
		const { session, transport, events } = liveSession();
		void session.send('idea.submit', { text: 'A bench' });
		events.connected();
		events.snapshot({ seq: 1, now: 1_000, view: participantView() });
		expect(transport.sent).toEqual([]);
		expect(session.saveState).toBe('saving');
		events.me(me());
		expect(transport.sent).toHaveLength(1);
	});

	it('ends with a goodbye and does not come back', () => {
		const { session, transport, events } = liveSession();
		events.snapshot({ seq: 1, now: 1_000, view: participantView() });
		events.goodbye({ code: 'access.blocked' });
		events.disconnected();
		expect(session.status).toBe('ended');
		expect(session.endedBy).toBe('access.blocked');
		expect(transport.closed).toBe(true);
	});

	it('comes back after a goodbye that passes by itself', () => {
		const { session, transport, events } = liveSession();
		events.goodbye({ code: 'database.away' });
		events.disconnected();
		expect(session.status).toBe('offline');
		expect(transport.closed).toBe(false);
	});

	it('tells the time of the server', () => {
		const { session, events } = liveSession();
		const ahead = Date.now() + 3_600_000;
		events.snapshot({ seq: 1, now: ahead, view: participantView() });
		expect(Math.abs(session.now() - ahead)).toBeLessThan(1_000);
	});
});

describe('a server that can’t save', () => {
	it('says so until it can again, or until another connection says nothing of it', () => {
		const { session, events } = liveSession();
		events.connected();
		expect(session.storageState).toBe('ok');
		events.storage({ state: 'full' });
		expect(session.storageState).toBe('full');
		events.storage({ state: 'ok' });
		expect(session.storageState).toBe('ok');
		events.storage({ state: 'late' });
		events.disconnected();
		events.connected();
		expect(session.storageState).toBe('ok');
	});
});
