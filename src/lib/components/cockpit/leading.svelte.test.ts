import { describe, expect, it } from 'vitest';

import type { TableId } from '#lib/domain/ids.ts';

import { anna, paul, sitDown } from './testing/cockpit-at-work.ts';
import { facilitatorView, testId, testSteps } from './testing/facilitator-view.ts';

const team = { [anna]: { name: 'Anna', present: true }, [paul]: { name: 'Paul', present: true } };
const underPaul = facilitatorView({ team, leadId: paul });
const underAnna = facilitatorView({ team, leadId: anna });

describe('somebody who doesn’t lead', () => {
	it('is asked whether to take over, and then does what they pressed', async () => {
		const { server, cockpit } = sitDown(underPaul);
		expect(cockpit.leading.steers).toBe(false);
		const asked = cockpit.act('step', 'step.go', { stepId: testSteps.group });
		expect(server.received).toEqual([]);
		expect(cockpit.leading.asks).toBe(true);

		const taken = cockpit.leading.take();
		expect(cockpit.leading.asks).toBe(false);
		server.answer();
		await Promise.resolve();
		server.show(underAnna);
		await expect.poll(() => server.received.length).toBe(2);
		server.answer();
		await taken;
		expect(await asked).toEqual({ ok: true, result: {} });
		expect(server.received.map(({ name }) => name)).toEqual(['lead.take', 'step.go']);
		expect(cockpit.leading.wasOwn()).toBe(true);
		expect(cockpit.leading.wasOwn()).toBe(false);
	});

	it('steers from the server’s answer on, before the view shows it', async () => {
		const { server, cockpit } = sitDown(underPaul);
		const taken = cockpit.leading.take();
		server.answer();
		await taken;
		void cockpit.act('step', 'step.go', { stepId: testSteps.group });
		expect(cockpit.leading.asks).toBe(false);
		expect(server.received.map(({ name }) => name)).toEqual(['lead.take', 'step.go']);
	});

	it('may leave it, and nothing happens', async () => {
		const { server, cockpit } = sitDown(underPaul);
		const asked = cockpit.act('step', 'step.go', { stepId: testSteps.group });
		cockpit.leading.leave();
		expect(await asked).toBeNull();
		expect(cockpit.leading.asks).toBe(false);
		expect(server.received).toEqual([]);
	});

	it('goes on moderating and helping single tables', () => {
		const { server, cockpit } = sitDown(underPaul);
		const tableId = testId<TableId>(20);
		void cockpit.act('a', 'step.go', { stepId: testSteps.group, tableId });
		void cockpit.act('b', 'table.answer', { tableId, coming: true });
		expect(server.received.map(({ name }) => name)).toEqual(['step.go', 'table.answer']);
	});

	it('is asked too where only the server knew that somebody leads', async () => {
		const { server, cockpit, toasts } = sitDown();
		const asked = cockpit.act('freeze', 'workshop.freeze', { frozen: true });
		server.answer({ ok: false, error: { code: 'workshop.notLead' } });
		await expect.poll(() => cockpit.leading.asks).toBe(true);
		expect(toasts.list).toEqual([]);
		cockpit.leading.leave();
		expect(await asked).toBeNull();
	});
});

describe('the lead', () => {
	it('survives a lost connection', () => {
		const { server, cockpit } = sitDown(underAnna);
		server.hangUp();
		expect(cockpit.leading.steers).toBe(true);
		server.connect();
		expect(cockpit.leading.steers).toBe(true);
	});

	it('can be handed to a colleague', async () => {
		const { server, cockpit } = sitDown(underAnna);
		const handed = cockpit.leading.hand({ id: paul, name: 'Paul', present: true });
		server.answer();
		await handed;
		expect(server.received[0]).toMatchObject({ name: 'lead.hand', payload: { accountId: paul } });
	});

	it('is everybody’s while nobody has it', () => {
		expect(sitDown(facilitatorView({ team })).cockpit.leading.steers).toBe(true);
	});
});
