import type { ParticipantId, RoundId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { LogAction } from '#lib/protocol/log.ts';
import type { SeatId } from '#lib/protocol/seat-codes.ts';
import type { Sql } from '#server/db/client.ts';
import { guestId, type GuestId } from '#server/identity.ts';

export type WorkshopRow = { id: WorkshopId; code: string };

export async function findWorkshop(
	sql: Sql,
	by: { id: WorkshopId } | { code: string },
): Promise<WorkshopRow | undefined> {
	const [row] = await sql<WorkshopRow[]>`
		select id, code from workshop where ${'id' in by ? sql`id = ${by.id}` : sql`code = ${by.code}`}`;
	return row;
}

/** Locks a workshop's codes until the transaction ends, so that numbers are given once. @returns how many codes there are, and the highest number */
export async function lockSeats(tx: Sql, workshopId: WorkshopId): Promise<{ count: number; highest: number }> {
	await tx`select 1 from workshop where id = ${workshopId} for no key update`;
	const [row] = await tx<[{ count: number; highest: number }]>`
		select count(*) as count, coalesce(max(number), 0) as highest from seat_code where workshop_id = ${workshopId}`;
	return row;
}

export type NewSeat = { number: number; hash: Uint8Array };

/** @returns the new ids with their numbers */
export async function insertSeats(
	tx: Sql,
	workshopId: WorkshopId,
	seats: readonly NewSeat[],
	at: Date,
): Promise<{ id: SeatId; number: number }[]> {
	const rows = seats.map(({ number, hash }) => ({ number, hash: Buffer.from(hash).toString('hex') }));
	return tx<{ id: SeatId; number: number }[]>`
		insert into seat_code (workshop_id, number, secret_hash, issued_at)
		select ${workshopId}, seat.number, decode(seat.hash, 'hex'), ${at}
		from jsonb_to_recordset(${tx.json(rows)}) as seat(number integer, hash text)
		returning id, number`;
}

export type SeatRow = { id: SeatId; number: number; issuedAt: Date; redeemed: boolean; revoked: boolean };

export async function selectSeats(sql: Sql, workshopId: WorkshopId): Promise<SeatRow[]> {
	return sql<SeatRow[]>`
		select id, number, issued_at as "issuedAt", participant_id is not null as redeemed, revoked_at is not null as revoked
		from seat_code where workshop_id = ${workshopId} order by number`;
}

export type KnownSeat = {
	id: SeatId;
	number: number;
	revoked: boolean;
	participantId: ParticipantId | null;
	guestId: GuestId | null;
	tableId: TableId | null;
};

export async function findSeatByHash(
	sql: Sql,
	workshopId: WorkshopId,
	hash: Uint8Array,
): Promise<KnownSeat | undefined> {
	const [row] = await sql<KnownSeat[]>`
		select s.id, s.number, s.revoked_at is not null as revoked, s.participant_id as "participantId",
			p.guest_id as "guestId", p.table_id as "tableId"
		from seat_code s left join participant p on p.id = s.participant_id
		where s.workshop_id = ${workshopId} and s.secret_hash = ${hash}`;
	return row;
}

export async function findSeat(sql: Sql, workshopId: WorkshopId, id: SeatId): Promise<KnownSeat | undefined> {
	const [row] = await sql<KnownSeat[]>`
		select s.id, s.number, s.revoked_at is not null as revoked, s.participant_id as "participantId",
			p.guest_id as "guestId", p.table_id as "tableId"
		from seat_code s left join participant p on p.id = s.participant_id
		where s.workshop_id = ${workshopId} and s.id = ${id}`;
	return row;
}

export async function giveSeat(sql: Sql, id: SeatId, participantId: ParticipantId | null): Promise<void> {
	await sql`update seat_code set participant_id = ${participantId} where id = ${id}`;
}

export async function revokeSeat(sql: Sql, id: SeatId, at: Date): Promise<void> {
	await sql`update seat_code set revoked_at = ${at} where id = ${id} and revoked_at is null`;
}

/** @returns how many nobody has used and nobody can now */
export async function revokeUnusedSeats(sql: Sql, workshopId: WorkshopId, at: Date): Promise<number> {
	const done = await sql`
		update seat_code set revoked_at = ${at}
		where workshop_id = ${workshopId} and participant_id is null and revoked_at is null`;
	return done.count;
}

export async function insertGuest(sql: Sql): Promise<GuestId> {
	const [row] = await sql<[{ id: string }]>`insert into guest default values returning id`;
	return guestId.parse(row.id);
}

export async function deleteGuest(sql: Sql, guest: GuestId): Promise<void> {
	await sql`delete from guest where id = ${guest}`;
}

/** Who a browser is in a workshop already. */
export async function findParticipantOf(
	sql: Sql,
	workshopId: WorkshopId,
	guest: GuestId,
): Promise<{ id: ParticipantId } | undefined> {
	const [row] = await sql<{ id: ParticipantId }[]>`
		select id from participant where workshop_id = ${workshopId} and guest_id = ${guest}`;
	return row;
}

export async function selectOpenRounds(sql: Sql, workshopId: WorkshopId): Promise<RoundId[]> {
	const rows = await sql<{ id: RoundId }[]>`
		select id from vote_round where workshop_id = ${workshopId} and state = 'open'`;
	return rows.map(({ id }) => id);
}

export async function noteInLog(
	sql: Sql,
	entry: {
		workshopId: WorkshopId;
		accountId: string;
		action: Extract<LogAction, `seat.${string}`>;
		detail: Readonly<Record<string, number>>;
		at: Date;
	},
): Promise<void> {
	await sql`
		insert into audit_log (workshop_id, at, actor_kind, actor_id, action, detail)
		values (${entry.workshopId}, ${entry.at}, 'facilitator', ${entry.accountId}, ${entry.action},
			${sql.json(entry.detail)})`;
}
