import { describe, expect, it } from 'vitest';

import { boardId, ideaId, participantId, stepId } from '#lib/domain/ids.ts';
import { defaultRules } from '#lib/domain/step.ts';
import { commandEnvelope, type CommandAck, type CommandPayload } from '#lib/protocol/commands.ts';

import { memoryStorage, type DeviceStorage } from './device-storage.ts';
import { IdeaWriting, type WritingPlace } from './idea-writing.svelte.ts';
import { LiveSession } from './live-session.svelte.ts';
import type { LiveTransport, TransportEvents } from './live-transport.ts';
import { randomId } from './random-id.ts';

const person = randomId();
const bench = ideaId.parse(randomId());
const feedback: WritingPlace = {
	step: { id: stepId.parse(randomId()), rules: defaultRules('feedback') },
	chosenBoardId: null,
	published: new Map(),
};

type Sent = { name: string; payload: Partial<CommandPayload<'idea.edit'>>; answer: (ack: CommandAck) => void };

/** A server that answers when the test says so. */
class Line implements LiveTransport {
	readonly sent: Sent[] = [];
	#events: TransportEvents | undefined;

	open(events: TransportEvents): void {
		this.#events = events;
	}
	connect(): void {
		this.#events?.connected();
		this.#events?.me({
			kind: 'participant',
			participantId: participantId.parse(person),
			nickname: null,
			tableId: null,
			boardId: boardId.parse(randomId()),
			blocked: false,
			atHome: false,
			ideas: {},
			ballots: {},
			voted: {},
			rounds: {},
			hostName: null,
		});
	}
	command(envelope: unknown, acknowledged: (ack: unknown) => void): void {
		const { name, payload } = commandEnvelope.parse(envelope);
		this.sent.push({ name, payload: payload as Sent['payload'], answer: acknowledged });
	}
	resync(): void {
		throw new Error('Nothing is missing');
	}
	close(): void {
		this.#events = undefined;
	}
}

function open(storage: DeviceStorage = memoryStorage()) {
	const line = new Line();
	const session = new LiveSession({ audience: 'participant', workshop: '48210937', transport: line, storage });
	session.open();
	const writing = new IdeaWriting(session, feedback);
	writing.belongTo(`participant/${person}`);
	return { line, session, writing, storage };
}

async function answered(line: Line, ack: CommandAck): Promise<void> {
	line.sent.at(-1)?.answer(ack);
	await Promise.resolve();
	await Promise.resolve();
}

describe('ideas without recorded names', () => {
	it('are known to their author by a key that was made here, and changed with it', async () => {
		const { line, writing } = open();
		line.connect();
		writing.submit('A bench', 'en');
		const { key } = line.sent[0]?.payload ?? {};
		expect(key).toMatch(/^[0-9a-f]{32}$/);
		await answered(line, { ok: true, result: { ideaId: bench } });
		writing.keepKeys();

		const [row] = writing.rows;
		expect(row).toMatchObject({ ideaId: bench, text: 'A bench', state: 'inbox', secret: key });
		if (row?.ideaId !== bench) throw new Error('The idea is not there');
		writing.edit({ ...row, ideaId: bench }, 'Two benches');
		expect(line.sent[1]).toMatchObject({ name: 'idea.edit', payload: { ideaId: bench, text: 'Two benches', key } });
	});

	it('are changed with their key even if the network comes back only after a reload', async () => {
		const { line, writing, storage, session } = open();
		line.connect();
		writing.submit('A bench', 'en');
		const { key } = line.sent[0]?.payload ?? {};
		await answered(line, { ok: true, result: { ideaId: bench } });
		writing.keepKeys();
		session.outbox.hold();
		const [row] = writing.rows;
		if (row === undefined) throw new Error('The idea is not there');
		writing.withdraw({ ...row, ideaId: bench });
		session.close();

		const reloaded = open(storage);
		expect(reloaded.writing.rows).toMatchObject([{ state: 'withdrawn' }]);
		reloaded.line.connect();
		expect(reloaded.line.sent).toMatchObject([{ name: 'idea.withdraw', payload: { ideaId: bench, key } }]);
	});

	it('keep their words when a change is refused', async () => {
		const { line, writing } = open();
		line.connect();
		writing.submit('A bench', 'en');
		await answered(line, { ok: true, result: { ideaId: bench } });
		writing.keepKeys();
		const [row] = writing.rows;
		if (row === undefined) throw new Error('The idea is not there');
		writing.edit({ ...row, ideaId: bench }, 'Two benches');
		await answered(line, { ok: false, error: { code: 'step.notNow' } });
		expect(writing.rows).toMatchObject([{ text: 'A bench', error: { code: 'step.notNow' } }]);
	});

	it('leave no key on the device after their author has left it', async () => {
		const { line, writing, storage, session } = open();
		line.connect();
		writing.submit('A bench', 'en');
		await answered(line, { ok: true, result: { ideaId: bench } });
		writing.keepKeys();
		expect(storage.keys('')).not.toEqual([]);
		session.leave();
		expect(storage.keys('')).toEqual([]);
	});
});
