import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { times } from '#tests/helpers/thoroughness.ts';

import { check } from './text-gate.ts';
import { emptyDocument, forge, textsOf, type ForgedStruct } from './testing/forge.ts';
import { forgerId, unitsOf } from './testing/random-places.ts';
import { seed } from './testing/seed.ts';

const step = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('type' as const),
			writer: fc.nat(2),
			at: fc.nat(),
			text: fc.constantFrom('a', 'bc'),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), writer: fc.nat(2), at: fc.nat() }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), writer: fc.nat(2) }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), writer: fc.nat(2) }) },
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('forge' as const),
			origin: fc.option(fc.nat(), { freq: 5 }),
			rightOrigin: fc.option(fc.nat(), { freq: 5 }),
		}),
	},
);

/** An honest writer, who sends and reads when the steps say so. */
class Writer {
	readonly document: Y.Doc;
	readonly outbox: Uint8Array[] = [];
	readonly inbox: Uint8Array[] = [];

	constructor(clientId: number) {
		this.document = emptyDocument(clientId);
		this.document.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'server') this.outbox.push(update);
		});
	}
}

function forgedStruct(server: Y.Doc, origin: number | null, rightOrigin: number | null): ForgedStruct {
	const order = unitsOf(server);
	const pick = (index: number | null) => {
		const unit = index === null ? undefined : order[index % order.length];
		return unit === undefined ? undefined : ([unit.client, unit.clock] as const);
	};
	const [left, right] = [pick(origin), pick(rightOrigin)];
	return { ...(left === undefined ? {} : { origin: left }), ...(right === undefined ? {} : { rightOrigin: right }) };
}

describe('a forger of origins', () => {
	it('G15: makes no honest text drift, and gets nobody refused', () => {
		let taken = 0;
		fc.assert(
			fc.property(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), (steps) => {
				const server = emptyDocument(1);
				const writers = [new Writer(40), new Writer(60), new Writer(70)] as const;
				server.on('update', (update: Uint8Array) => writers.forEach(({ inbox }) => inbox.push(update)));
				const take = (update: Uint8Array, clientId: number) => {
					const verdict = check(update, server, { clientId });
					if (verdict.verdict === 'accept') Y.applyUpdate(server, verdict.bytes);
					return verdict.verdict;
				};
				const send = (writer: Writer) => {
					for (const update of writer.outbox.splice(0)) expect(take(update, writer.document.clientID)).toBe('accept');
				};
				const read = (writer: Writer) => {
					for (const update of writer.inbox.splice(0)) Y.applyUpdate(writer.document, update, 'server');
				};
				for (const action of steps) {
					if (action.do === 'forge') {
						const structs = [forgedStruct(server, action.origin, action.rightOrigin)];
						const clock = Y.getState(server.store, forgerId);
						if (take(forge({ sections: [{ client: forgerId, clock, structs }] }), forgerId) === 'accept') taken += 1;
						continue;
					}
					const writer = writers[action.writer] ?? writers[0];
					const dream = writer.document.getText('dream');
					if (action.do === 'type') dream.insert(action.at % (dream.length + 1), action.text);
					else if (action.do === 'erase')
						dream.delete(action.at % (dream.length + 1), Math.min(1, dream.length - (action.at % (dream.length + 1))));
					else if (action.do === 'send') send(writer);
					else read(writer);
				}
				writers.forEach(send);
				writers.forEach(read);
				for (const { document } of writers) expect(textsOf(document)).toEqual(textsOf(server));
			}),
			{ numRuns: times(500, 20_000), seed },
		);
		expect(taken).toBeGreaterThan(500);
	}, 120_000);
});
