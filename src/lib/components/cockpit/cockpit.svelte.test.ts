import { describe, expect, it } from 'vitest';

import { Toasts } from '#lib/components/ui/toasts.svelte.ts';
import type { BoardId, IdeaId, StepId, WorkshopId } from '#lib/domain/ids.ts';
import { defaultRules } from '#lib/domain/step.ts';
import { I18n } from '#lib/i18n/i18n.svelte.ts';
import { memoryStorage } from '#lib/live/device-storage.ts';
import { LiveSession } from '#lib/live/live-session.svelte.ts';
import type { LiveTransport, TransportEvents } from '#lib/live/live-transport.ts';
import { commandEnvelope, type CommandAck, type CommandEnvelope } from '#lib/protocol/commands.ts';
import type { FacilitatorView } from '#lib/protocol/live.ts';

import { Cockpit } from './cockpit.svelte.ts';

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const collect = uuid(1) as StepId;
const group = uuid(2) as StepId;
const idea = uuid(3) as IdeaId;
const board = uuid(4) as BoardId;

function view(changes: Partial<FacilitatorView> = {}): FacilitatorView {
	const step = { title: {}, prompt: {}, durationMs: 600_000 };
	return {
		audience: 'facilitator',
		workshop: {
			id: uuid(9) as WorkshopId,
			code: '48210937',
			title: {},
			phase: 'live',
			doorOpen: true,
			frozen: false,
			attribution: null,
			joinUrl: 'http://hall.test/j/48210937',
		},
		steps: {
			[collect]: { ...step, position: 0, kind: 'collect', rules: defaultRules('collect') },
			[group]: { ...step, position: 1, kind: 'group', rules: defaultRules('group') },
		},
		currentStepId: collect,
		stepStartedAt: 0,
		timer: null,
		challenges: {},
		tables: {},
		plenary: { boardId: board, ideas: 1 },
		rounds: {},
		projects: {},
		counts: { people: 0, present: 0, ideas: 1 },
		people: {},
		inbox: {},
		privateIdeas: 0,
		devices: {},
		snapshots: {},
		...changes,
	};
}

/** A server at the other end of the wire, that answers when it is told to. */
class Server implements LiveTransport {
	readonly received: CommandEnvelope[] = [];
	#events: TransportEvents | undefined;
	#answers: ((ack: CommandAck) => void)[] = [];

	readonly #shown: FacilitatorView;

	constructor(shown: FacilitatorView) {
		this.#shown = shown;
	}

	open(events: TransportEvents): void {
		this.#events = events;
		this.connect();
	}

	connect(): void {
		this.#events?.connected();
		this.#events?.me({ kind: 'facilitator', name: 'Anna' });
		this.#events?.snapshot({ seq: 1, now: Date.now(), view: structuredClone(this.#shown) });
	}

	command(envelope: unknown, acknowledged: (ack: unknown) => void): void {
		this.received.push(commandEnvelope.parse(envelope));
		this.#answers.push(acknowledged);
	}

	answer(ack: CommandAck = { ok: true, result: {} }): void {
		this.#answers.shift()?.(ack);
	}

	hangUp(): void {
		this.#events?.disconnected();
	}

	resync(): void {
		this.#events?.snapshot({ seq: 1, now: Date.now(), view: this.#shown });
	}

	close(): void {
		this.#events = undefined;
	}
}

function sitDown(shown: FacilitatorView = view()) {
	const server = new Server(shown);
	const session = new LiveSession({
		audience: 'facilitator',
		workshop: uuid(9),
		transport: server,
		storage: memoryStorage(),
	});
	session.open();
	const toasts = new Toasts();
	// Without texts, a key stands for its text.
	const i18n = new I18n({ language: 'en', catalogue: {}, known: true });
	const cockpit = new Cockpit(session, { startsAt: null, editionSlug: 'west' }, toasts, i18n);
	return { server, cockpit, toasts };
}

describe('a command from the cockpit', () => {
	it('keeps its control busy until the server has answered, and isn’t sent twice', async () => {
		const { server, cockpit } = sitDown();
		const first = cockpit.act('door', 'workshop.open-door', { open: false });
		await cockpit.act('door', 'workshop.open-door', { open: false });
		expect(cockpit.busy('door')).toBe(true);
		expect(server.received.map(({ name }) => name)).toEqual(['workshop.open-door']);
		server.answer();
		await first;
		expect(cockpit.busy('door')).toBe(false);
	});

	it('is refused at once without a connection, and never sent later', async () => {
		const { server, cockpit, toasts } = sitDown();
		server.hangUp();
		const next = cockpit.next;
		expect(next?.id).toBe(group);
		if (next !== null) await cockpit.goTo(next);
		expect(toasts.list.map(({ text }) => text)).toEqual(['connection.lost']);
		server.connect();
		expect(cockpit.live).toBe(true);
		expect(server.received).toEqual([]);
	});

	it('says why it was refused', async () => {
		const { server, cockpit, toasts } = sitDown();
		const asked = cockpit.act('freeze', 'workshop.freeze', { frozen: true });
		server.answer({ ok: false, error: { code: 'access.denied' } });
		await asked;
		expect(toasts.list.map(({ text }) => text)).toEqual(['access.denied']);
	});
});

describe('going to a step', () => {
	it('can be taken back', async () => {
		const { server, cockpit, toasts } = sitDown();
		const next = cockpit.next;
		if (next === null) throw new Error('There is a next step');
		const gone = cockpit.goTo(next);
		server.answer();
		await gone;
		const toast = toasts.list.at(-1);
		if (toast === undefined) throw new Error('It says where we are');
		toasts.undo(toast);
		expect(server.received.map(({ payload }) => payload)).toEqual([{ stepId: group }, { stepId: collect }]);
	});

	it('offers no way back when private ideas have come to light', async () => {
		const { server, cockpit, toasts } = sitDown(view({ privateIdeas: 3 }));
		expect(cockpit.leavingReveals).toBe(true);
		const next = cockpit.next;
		if (next === null) throw new Error('There is a next step');
		const gone = cockpit.goTo(next);
		server.answer();
		await gone;
		expect(toasts.list.at(-1)?.undo).toBeUndefined();
	});
});

describe('the timer', () => {
	it('starts with the time of the step', () => {
		const { server, cockpit } = sitDown();
		void cockpit.startOrPause();
		expect(server.received[0]).toMatchObject({ name: 'timer.start', payload: { durationMs: 600_000 } });
	});

	it('goes on where it was paused', () => {
		const { server, cockpit } = sitDown(view({ timer: { state: 'paused', remainingMs: 1_000, durationMs: 600_000 } }));
		void cockpit.startOrPause();
		expect(server.received[0]?.name).toBe('timer.resume');
	});
});

describe('moderation', () => {
	it('takes an idea out of sight at once, and gives no empty reason', async () => {
		const { server, cockpit } = sitDown();
		const hidden = cockpit.hideIdea(idea, '');
		expect(cockpit.isDealtWith(idea)).toBe(true);
		expect(server.received[0]?.payload).toEqual({ ideaId: idea });
		server.answer();
		await hidden;
	});

	it('leaves a hidden idea out of what is picked', () => {
		const { cockpit } = sitDown();
		cockpit.pick({ kind: 'idea', id: idea, label: 'Garden', boardId: board, tableId: null });
		expect(cockpit.picked.size).toBe(1);
		void cockpit.hideIdea(idea, 'twice');
		expect(cockpit.picked.size).toBe(0);
	});
});
