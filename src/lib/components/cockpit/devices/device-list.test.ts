import { expect, it } from 'vitest';

import type { DeviceId, TableId } from '#lib/domain/ids.ts';
import type { DeviceView } from '#lib/protocol/live.ts';

import { testId } from '../testing/facilitator-view.ts';
import { devicesAt, devicesByName, deviceTitle } from './device-list.ts';

const table = testId<TableId>(21);

function device(name: string, changes: Partial<DeviceView> = {}): DeviceView {
	return {
		kind: 'screen',
		name,
		place: null,
		tableId: null,
		connected: true,
		layout: 'auto',
		ideaId: null,
		languages: [],
		...changes,
	};
}

const devices = devicesByName(
	{
		[testId<DeviceId>(1)]: device('Projector', { place: 'Stage' }),
		[testId<DeviceId>(2)]: device('Projector', { place: 'Foyer' }),
		[testId<DeviceId>(3)]: device('Tablet 10', { kind: 'table', tableId: table }),
		[testId<DeviceId>(4)]: device('Tablet 2', { kind: 'table' }),
	},
	new Intl.Collator('en', { numeric: true }).compare,
);

it('devices stand in the order of their names, those with the same name in that of their places', () => {
	expect(devices.map(deviceTitle)).toEqual(['Projector · Foyer', 'Projector · Stage', 'Tablet 2', 'Tablet 10']);
});

it('a table knows what stands on it', () => {
	expect(devicesAt(devices, table).map(({ name }) => name)).toEqual(['Tablet 10']);
});
