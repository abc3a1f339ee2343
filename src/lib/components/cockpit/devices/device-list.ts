import type { DeviceId, TableId } from '#lib/domain/ids.ts';
import type { DeviceView } from '#lib/protocol/live.ts';

export type Device = DeviceView & { readonly id: DeviceId };

/** Devices by name, then by where they stand; two projectors are mostly called the same. */
export function devicesByName(
	devices: Readonly<Record<DeviceId, DeviceView>>,
	compare: (one: string, other: string) => number,
): Device[] {
	return (Object.entries(devices) as [DeviceId, DeviceView][])
		.map(([id, device]): Device => ({ ...device, id }))
		.sort(
			(one, other) =>
				compare(one.name, other.name) || compare(one.place ?? '', other.place ?? '') || (one.id < other.id ? -1 : 1),
		);
}

export function devicesAt(devices: readonly Device[], tableId: TableId): Device[] {
	return devices.filter((device) => device.tableId === tableId);
}

/** Name and place in one line, as far as there are both. */
export function deviceTitle({ name, place }: Pick<DeviceView, 'name' | 'place'>): string {
	return place === null || place === '' ? name : `${name} · ${place}`;
}
