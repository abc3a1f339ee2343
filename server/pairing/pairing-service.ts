import type { DeviceId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { DeviceKind, PairingState, StartedPairing, WaitingPairings } from '#lib/protocol/pairing.ts';
import type { Clock } from '#server/clock.ts';
import type { Sql } from '#server/db/client.ts';
import type { LiveService } from '#server/live/live-service.ts';
import { hashSecret, newCode, newSecret } from '#server/secret.ts';

import {
	approvePairing,
	collectPairing,
	countDevices,
	deleteOldPairings,
	findDevice,
	findPairingByCode,
	findPairingBySecret,
	findTableName,
	findWorkshopByCode,
	insertPairing,
	selectWaitingPairings,
} from './pairing-queries.ts';

/**
 * A pairing goes from `waiting` to `approved` (a facilitator typed its code) to `collected` (the device has its session), and ends
 * after five minutes unless it was approved in time; an approved device has another five to fetch its session. The code only
 * names the device to a facilitator; what the device is given, it gets with its secret, once.
 */
const patienceMs = 5 * 60 * 1000;
const codeLength = 6;

export type PairingService = {
	/** @throws AppError `join.codeUnknown` */
	start(request: { kind: DeviceKind; workshopCode: string | undefined }): Promise<StartedPairing>;
	/**
	 * Asked by the device. `collect` is true on the answer that its session goes with.
	 * @throws AppError `pairing.codeUnknown`, `pairing.expired`
	 */
	poll(secret: string): Promise<{ state: PairingState; collect: boolean }>;
	/** Devices that were opened for this workshop. */
	waiting(workshopId: WorkshopId): Promise<WaitingPairings>;
	/** @throws AppError `pairing.codeUnknown`, `pairing.expired`, `table.unknown` */
	approve(
		workshopId: WorkshopId,
		approval: { code: string; name: string | undefined; tableId: TableId | null },
	): Promise<{ deviceId: DeviceId; kind: DeviceKind }>;
};

export function createPairingService(sql: Sql, clock: Clock, live: Pick<LiveService, 'addDevice'>): PairingService {
	/** Codes that are being approved: two facilitators who press at once must not make two devices. */
	const underApproval = new Set<string>();

	async function addDevice(
		pairing: { id: string; kind: DeviceKind },
		workshopId: WorkshopId,
		name: string | undefined,
		tableId: TableId | null,
	): Promise<DeviceId> {
		const { id, kind } = pairing;
		const table = kind === 'table' ? tableId : null;
		const tableName = table === null ? undefined : await findTableName(sql, workshopId, table);
		if (kind === 'table' && tableName === undefined) throw new AppError('table.unknown');
		const deviceId = await live.addDevice({
			workshopId,
			kind,
			tableId: table,
			name: name ?? tableName ?? String((await countDevices(sql, workshopId, kind)) + 1),
		});
		await approvePairing(sql, id, deviceId);
		return deviceId;
	}

	return {
		async start({ kind, workshopCode }) {
			const workshop = workshopCode === undefined ? null : await findWorkshopByCode(sql, workshopCode);
			if (workshop === undefined) throw new AppError('join.codeUnknown');
			const now = clock.now();
			await deleteOldPairings(sql, new Date(now.getTime() - patienceMs));
			const secret = newSecret();
			const expiresAt = new Date(now.getTime() + patienceMs);
			const pairing = { secretHash: hashSecret(secret), kind, workshopId: workshop?.id ?? null, now, expiresAt };
			let code = newCode(codeLength);
			while ((await insertPairing(sql, { ...pairing, code })) === undefined) code = newCode(codeLength);
			return { code, secret, expiresAt: expiresAt.toISOString() };
		},

		async poll(secret) {
			const pairing = await findPairingBySecret(sql, hashSecret(secret));
			if (pairing === undefined) throw new AppError('pairing.codeUnknown');
			const now = clock.now();
			const { id, deviceId, expiresAt } = pairing;
			if (deviceId === null) {
				if (expiresAt <= now) throw new AppError('pairing.expired');
				return { state: { state: 'waiting', expiresAt: expiresAt.toISOString() }, collect: false };
			}
			if (expiresAt.getTime() + patienceMs <= now.getTime()) throw new AppError('pairing.expired');
			const device = await findDevice(sql, deviceId);
			if (device === undefined) throw new AppError('pairing.expired');
			const { kind, workshopId } = device;
			return { state: { state: 'approved', deviceId, kind, workshopId }, collect: await collectPairing(sql, id, now) };
		},

		async waiting(workshopId) {
			const rows = await selectWaitingPairings(sql, workshopId, clock.now());
			return { pairings: rows.map(({ expiresAt, ...rest }) => ({ ...rest, expiresAt: expiresAt.toISOString() })) };
		},

		async approve(workshopId, { code, name, tableId }) {
			if (underApproval.has(code)) throw new AppError('pairing.expired');
			underApproval.add(code);
			try {
				const pairing = await findPairingByCode(sql, code);
				if (pairing === undefined) throw new AppError('pairing.codeUnknown');
				const { kind, deviceId, expiresAt } = pairing;
				if (deviceId !== null || expiresAt <= clock.now()) throw new AppError('pairing.expired');
				return { deviceId: await addDevice(pairing, workshopId, name, tableId), kind };
			} finally {
				underApproval.delete(code);
			}
		},
	};
}
