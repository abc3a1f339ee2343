import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireFacilitator, requireIdea, requireTable } from '#server/live/require.ts';
import type { Device, Idea } from '#server/live/workshop-state.ts';

type DeviceCommandName = 'screen.show' | 'screen.showed' | 'device.set-up' | 'device.move' | 'device.revoke';

/** Paired devices: what a projector shows, where they stand, and taking one out of the room. */
export const deviceCommands: CommandHandlers<DeviceCommandName> = {
	'screen.show'({ deviceId, layout, ideaId }, context) {
		const device = requireDevice(context, deviceId);
		if (device.kind !== 'screen') throw new AppError('device.unknown');
		if (ideaId !== undefined && requireIdea(context.state, ideaId).state !== 'published') {
			throw new AppError('idea.notPublished');
		}
		const { layout: before, ideaId: ideaBefore } = device;
		const back = {
			name: 'screen.show',
			payload: { deviceId, layout: before, ...(ideaBefore === null ? {} : { ideaId: ideaBefore }) },
		} as const;
		return {
			changes: [
				put({ ...device, layout, ideaId: ideaId ?? null }),
				...(ideaId === undefined ? [] : [lit(requireIdea(context.state, ideaId), device, context.now)]),
				logged('screen.show', { subjectId: deviceId, detail: { layout }, inverse: back }),
			],
		};
	},

	/** Only what a screen may show counts; the rest is passed over. */
	'screen.showed'({ ideaIds }, { state, actor, now }) {
		if (actor.kind !== 'screen') throw new AppError('access.denied');
		const tableId = state.devices.get(actor.id)?.tableId ?? null;
		const boardId = tableId === null ? undefined : state.tables.get(tableId)?.boardId;
		const changes: Change[] = [];
		for (const ideaId of new Set(ideaIds)) {
			const idea = state.ideas.get(ideaId);
			if (idea?.state !== 'published' || idea.shownAt !== null) continue;
			if (idea.reach === 'room' || idea.boardId === boardId) changes.push(shown(idea, now));
		}
		return { changes, unlogged: true };
	},

	'device.set-up'({ deviceId, name, place, languages, tableId }, context) {
		const device = requireDevice(context, deviceId);
		if (tableId !== undefined && device.kind !== 'screen') throw new AppError('device.unknown');
		if (tableId !== undefined && tableId !== null) requireTable(context.state, tableId);
		return {
			changes: [
				put({
					...device,
					name: name ?? device.name,
					place: place === undefined ? device.place : place,
					languages: languages === undefined ? device.languages : [...new Set(languages)],
					tableId: tableId === undefined ? device.tableId : tableId,
				}),
				logged('device.set-up', { subjectId: deviceId }),
			],
		};
	},

	'device.move'({ deviceId, tableId }, context) {
		const device = requireDevice(context, deviceId);
		if (device.kind !== 'table' || device.tableId === null) throw new AppError('device.unknown');
		requireTable(context.state, tableId);
		const back = { name: 'device.move', payload: { deviceId, tableId: device.tableId } } as const;
		return {
			changes: [
				put({ ...device, tableId }),
				logged('device.move', { subjectId: deviceId, detail: { to: tableId }, inverse: back }),
			],
		};
	},

	'device.revoke'({ deviceId }, context) {
		const device = requireDevice(context, deviceId);
		return {
			changes: [
				put({ ...device, revokedAt: context.now }),
				logged('device.revoke', { subjectId: deviceId, detail: { kind: device.kind } }),
			],
		};
	},
};

function requireDevice(context: CommandContext, deviceId: Device['id']): Device {
	requireFacilitator(context);
	const device = context.state.devices.get(deviceId);
	if (device?.revokedAt !== null) throw new AppError('device.unknown');
	return device;
}

function put(row: Device): Change {
	return { type: 'put', entity: 'device', row };
}

/** Whoever puts an idea on a screen of the hall shows it to the room, also one that only its table saw. */
function lit(idea: Idea, { tableId }: Device, now: number): Change {
	return shown(tableId === null ? { ...idea, reach: 'room' } : idea, now);
}

function shown(idea: Idea, now: number): Change {
	return { type: 'put', entity: 'idea', row: { ...idea, shownAt: idea.shownAt ?? now } };
}
