import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { CommandAck } from '#lib/protocol/commands.ts';

import { PatientOutbox } from './patient-outbox.ts';
import { Tally } from './tally.ts';

type Sent = {
	readonly envelope: { readonly id: string; readonly payload: { readonly text: string } };
	readonly answer: (ack: unknown) => void;
};

const done = { ok: true, result: {} };
const refused = (code: string) => ({ ok: false, error: { code } });

function outboxWithWire() {
	const tally = new Tally();
	const outbox = new PatientOutbox(tally, () => 0.5);
	const sent: Sent[] = [];
	const wire = (envelope: unknown, answer: (ack: unknown) => void) => {
		sent.push({ envelope: envelope as Sent['envelope'], answer });
	};
	const answers: CommandAck[] = [];
	const write = (text: string) => outbox.add('idea.submit', { text }, (ack) => void answers.push(ack));
	return { tally, outbox, sent, wire, answers, write };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a patient outbox', () => {
	it('sends one command after the other, in the order they were made', () => {
		const { outbox, sent, wire, answers, write } = outboxWithWire();
		outbox.start(wire);
		write('first');
		write('second');
		expect(sent.map(({ envelope }) => envelope.payload.text)).toEqual(['first']);
		sent[0]?.answer(done);
		expect(sent.map(({ envelope }) => envelope.payload.text)).toEqual(['first', 'second']);
		sent[1]?.answer(done);
		expect(answers).toEqual([done, done]);
		expect(outbox.size).toBe(0);
	});

	it('sends what has no answer again on the next connection, with the same id', () => {
		const { outbox, sent, wire, answers, write, tally } = outboxWithWire();
		write('before there is a connection');
		outbox.start(wire);
		outbox.hold();
		outbox.start(wire);
		expect(sent).toHaveLength(2);
		expect(sent[1]?.envelope.id).toBe(sent[0]?.envelope.id);
		sent[1]?.answer(done);
		// The first answer comes after all.
		sent[0]?.answer(done);
		expect(answers).toEqual([done]);
		expect(tally.read()).toMatchObject({ sent: 1, resent: 1, acknowledged: 1 });
	});

	it('sends it again where no answer comes for long', () => {
		const { outbox, sent, wire, write } = outboxWithWire();
		outbox.start(wire);
		write('into the void');
		vi.advanceTimersByTime(19_000);
		expect(sent).toHaveLength(1);
		vi.advanceTimersByTime(2_000);
		expect(sent.map(({ envelope }) => envelope.id)).toEqual([sent[0]?.envelope.id, sent[0]?.envelope.id]);
	});

	it('tries again after a refusal that passes, and gives up after one that does not', () => {
		const { outbox, sent, wire, answers, write, tally } = outboxWithWire();
		outbox.start(wire);
		write('in a busy moment');
		sent[0]?.answer(refused('command.busy'));
		expect(sent).toHaveLength(1);
		vi.advanceTimersByTime(1_000);
		expect(sent).toHaveLength(2);
		sent[1]?.answer(refused('step.notNow'));
		expect(answers).toEqual([refused('step.notNow')]);
		expect(tally.read().refused).toEqual({ 'step.notNow': 1 });
	});

	it('gives up on a command that the server fails at four times', () => {
		const { outbox, sent, wire, answers, write } = outboxWithWire();
		outbox.start(wire);
		write('poison');
		for (let attempt = 0; attempt < 4; attempt += 1) {
			sent[attempt]?.answer(refused('server.failed'));
			vi.advanceTimersByTime(15_000);
		}
		expect(sent).toHaveLength(4);
		expect(answers).toEqual([refused('server.failed')]);
	});
});
