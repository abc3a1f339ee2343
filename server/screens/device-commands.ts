import { AppError } from '#lib/protocol/errors.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { requireFacilitator } from '#server/live/require.ts';
import type { Device } from '#server/live/workshop-state.ts';

/** Paired devices: what a projector shows, and taking a device out of the room. */
export const deviceCommands: CommandHandlers<'screen.show' | 'device.revoke'> = {
	'screen.show'({ deviceId, layout }, context) {
		const device = requireDevice(context, deviceId);
		if (device.kind !== 'screen') throw new AppError('device.unknown');
		return { changes: [{ type: 'put', entity: 'device', row: { ...device, layout } }] };
	},

	'device.revoke'({ deviceId }, context) {
		const device = requireDevice(context, deviceId);
		return {
			changes: [
				{ type: 'put', entity: 'device', row: { ...device, revokedAt: context.now } },
				{ type: 'audit', action: 'device.revoke', subjectId: deviceId, detail: { kind: device.kind } },
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
