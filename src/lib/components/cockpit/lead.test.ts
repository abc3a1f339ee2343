import { describe, expect, it } from 'vitest';

import type { AccountId } from '#lib/domain/ids.ts';

import { isForLead, leadChange, leadOf, othersHere } from './lead.ts';

const anna = '00000000-0000-4000-8000-000000000001' as AccountId;
const paul = '00000000-0000-4000-8000-000000000002' as AccountId;
const rita = '00000000-0000-4000-8000-000000000003' as AccountId;
const team = {
	[paul]: { name: 'Paul', present: true },
	[anna]: { name: 'Anna', present: true },
	[rita]: { name: 'Rita', present: false },
};

describe('the lead', () => {
	it('is known by name, and whether they are here', () => {
		expect(leadOf({ team, leadId: rita })).toEqual({ id: rita, name: 'Rita', present: false });
		expect(leadOf({ team, leadId: null })).toBeNull();
	});

	it('can be handed to those of the team who are here', () => {
		expect(othersHere({ team, leadId: anna }, anna).map(({ name }) => name)).toEqual(['Paul']);
		expect(othersHere({ team, leadId: null }, null).map(({ name }) => name)).toEqual(['Anna', 'Paul']);
	});
});

describe('a command', () => {
	it('is for the lead where it moves the whole room', () => {
		expect(isForLead('step.go', { stepId: 'x' })).toBe(true);
		expect(isForLead('timer.add', { milliseconds: 60_000 })).toBe(true);
		expect(isForLead('vote.open', { tableId: null })).toBe(true);
		expect(isForLead('idea.publish', { ideaId: 'x' })).toBe(false);
	});

	it('is everybody’s where it helps one table', () => {
		expect(isForLead('step.go', { stepId: 'x', tableId: 'y' })).toBe(false);
		expect(isForLead('timer.add', { milliseconds: 60_000, tableId: 'y' })).toBe(false);
	});
});

describe('a change of the lead', () => {
	it('is told to who has lost it, and to whom it was given', () => {
		expect(leadChange(anna, paul, anna, false)).toBe('lost');
		expect(leadChange(anna, paul, paul, false)).toBe('given');
	});

	it('is no news to who did it, and to who has nothing to do with it', () => {
		expect(leadChange(anna, paul, anna, true)).toBeNull();
		expect(leadChange(null, anna, anna, true)).toBeNull();
		expect(leadChange(anna, paul, rita, false)).toBeNull();
		expect(leadChange(anna, null, anna, false)).toBeNull();
	});
});
