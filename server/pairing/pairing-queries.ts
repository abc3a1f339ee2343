import type { DeviceId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { DeviceKind } from '#lib/protocol/pairing.ts';
import type { Sql } from '#server/db/client.ts';

export type PairingRow = {
	id: string;
	code: string;
	kind: DeviceKind;
	expiresAt: Date;
	deviceId: DeviceId | null;
	collectedAt: Date | null;
};

/** @returns nothing if the code is in use */
export async function insertPairing(
	sql: Sql,
	pairing: {
		code: string;
		secretHash: Uint8Array;
		kind: DeviceKind;
		workshopId: string | null;
		now: Date;
		expiresAt: Date;
	},
): Promise<{ id: string } | undefined> {
	const [row] = await sql<{ id: string }[]>`
		insert into pairing (code, secret_hash, kind, workshop_id, created_at, expires_at)
		values (${pairing.code}, ${pairing.secretHash}, ${pairing.kind}, ${pairing.workshopId}, ${pairing.now},
			${pairing.expiresAt})
		on conflict (code) do nothing
		returning id`;
	return row;
}

export async function deleteOldPairings(sql: Sql, before: Date): Promise<void> {
	await sql`delete from pairing where expires_at < ${before}`;
}

export async function findPairingBySecret(sql: Sql, secretHash: Uint8Array): Promise<PairingRow | undefined> {
	const [row] = await sql<PairingRow[]>`
		select id, code, kind, expires_at as "expiresAt", device_id as "deviceId", collected_at as "collectedAt"
		from pairing where secret_hash = ${secretHash}`;
	return row;
}

export async function findPairingByCode(sql: Sql, code: string): Promise<PairingRow | undefined> {
	const [row] = await sql<PairingRow[]>`
		select id, code, kind, expires_at as "expiresAt", device_id as "deviceId", collected_at as "collectedAt"
		from pairing where code = ${code}`;
	return row;
}

/** Gives the waiting device its place. */
export async function approvePairing(sql: Sql, id: string, deviceId: DeviceId): Promise<void> {
	await sql`update pairing set device_id = ${deviceId} where id = ${id}`;
}

/** Marks that the device has fetched its session. @returns whether it is the first time */
export async function collectPairing(sql: Sql, id: string, now: Date): Promise<boolean> {
	const done = await sql`update pairing set collected_at = ${now} where id = ${id} and collected_at is null`;
	return done.count === 1;
}

export async function selectWaitingPairings(
	sql: Sql,
	workshopId: string,
	now: Date,
): Promise<{ code: string; kind: DeviceKind; expiresAt: Date }[]> {
	return sql<{ code: string; kind: DeviceKind; expiresAt: Date }[]>`
		select code, kind, expires_at as "expiresAt" from pairing
		where workshop_id = ${workshopId} and device_id is null and expires_at > ${now}
		order by created_at, id`;
}

export type DeviceRow = {
	id: DeviceId;
	kind: DeviceKind;
	workshopId: WorkshopId;
	workshopCode: string;
	tableId: TableId | null;
};

export async function findDevice(sql: Sql, id: string): Promise<DeviceRow | undefined> {
	const [row] = await sql<DeviceRow[]>`
		select device.id, device.kind, device.workshop_id as "workshopId", workshop.code as "workshopCode",
			device.table_id as "tableId"
		from device join workshop on workshop.id = device.workshop_id
		where device.id = ${id} and device.revoked_at is null`;
	return row;
}

export async function findWorkshopByCode(sql: Sql, code: string): Promise<{ id: WorkshopId } | undefined> {
	const [row] = await sql<{ id: WorkshopId }[]>`select id from workshop where code = ${code}`;
	return row;
}

export async function findTableName(sql: Sql, workshopId: string, tableId: string): Promise<string | undefined> {
	const [row] = await sql<{ name: string }[]>`
		select name from workshop_table where id = ${tableId} and workshop_id = ${workshopId}`;
	return row?.name;
}

export async function countDevices(sql: Sql, workshopId: string, kind: DeviceKind): Promise<number> {
	const [row] = await sql<[{ count: number }]>`
		select count(*) from device where workshop_id = ${workshopId} and kind = ${kind} and revoked_at is null`;
	return row.count;
}
