import type { AccountId, ParticipantId, RoundId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { maxSeatsPerWorkshop, type IssuedSeats, type SeatId, type SeatList } from '#lib/protocol/seat-codes.ts';
import type { Clock } from '#server/clock.ts';
import type { Database, Sql } from '#server/db/client.ts';
import type { GuestId, Sessions } from '#server/identity.ts';
import type { LiveService } from '#server/live/live-service.ts';

import {
	deleteGuest,
	findParticipantOf,
	findSeat,
	findSeatByHash,
	findWorkshop,
	giveSeat,
	insertGuest,
	insertSeats,
	lockSeats,
	noteInLog,
	revokeSeat,
	revokeUnusedSeats,
	selectOpenRounds,
	selectSeats,
	type KnownSeat,
	type WorkshopRow,
} from './seat-code-queries.ts';
import { hashSeatCode, mixed, newSeatCode } from './seat-secret.ts';

/**
 * The life of a seat code: issued, redeemed as often as its person likes, revoked. Its person is made when it is first redeemed and
 * stays the same one from then on. Whoever revokes a code ends that person's sessions and takes their ballots out of open rounds:
 * a slip that was found by somebody else must not have voted. A reissued code opens the same person's place again.
 */
export type SeatCodesService = {
	/** @throws AppError `seat.tooMany` */
	issue(workshopId: WorkshopId, count: number, by: AccountId): Promise<IssuedSeats>;
	list(workshopId: WorkshopId): Promise<SeatList>;
	/** @throws AppError `seat.unknown` */
	revoke(workshopId: WorkshopId, id: SeatId, by: AccountId): Promise<void>;
	/** @returns how many codes nobody had used */
	revokeUnused(workshopId: WorkshopId, by: AccountId): Promise<number>;
	/** Another code, under another number, for the same person. @throws AppError `seat.unknown`, `seat.revoked`, `seat.tooMany` */
	reissue(workshopId: WorkshopId, id: SeatId, by: AccountId): Promise<IssuedSeats>;
	/**
	 * @throws AppError `seat.codeUnknown`, `seat.revoked`, `seat.alreadyIn` (this phone takes part as somebody else), and those of
	 * `LiveService.admit`
	 */
	redeem(redemption: Redemption): Promise<Redeemed>;
};

export type Redemption = {
	readonly code: string;
	/** The workshop and table of the tablet it is redeemed on; on a phone, the workshop's join code. */
	readonly at:
		{ readonly workshopId: WorkshopId; readonly tableId: TableId | null } | { readonly workshopCode: string };
	/** Who this browser is; only on a phone. */
	readonly guest: GuestId | null;
	readonly language: Language;
};

export type Redeemed = {
	readonly workshop: WorkshopRow;
	readonly participantId: ParticipantId;
	readonly guestId: GuestId;
	readonly number: number;
};

type MadeCode = { readonly code: string; readonly hash: Uint8Array };

export type SeatCodesNeeds = {
	readonly database: Database;
	readonly clock: Clock;
	readonly sessions: Pick<Sessions, 'endAll'>;
	readonly live: Pick<LiveService, 'admit' | 'exclusively'>;
	/** Takes a person's ballots back out of rounds that are open. */
	readonly withdrawBallots: (sql: Sql, participantId: ParticipantId, openRounds: Iterable<RoundId>) => Promise<void>;
};

export function createSeatCodesService(needs: SeatCodesNeeds): SeatCodesService {
	const { database, clock, sessions, live, withdrawBallots } = needs;
	/** Codes that are being redeemed: two tablets at once must not make two people of one slip. */
	const underWay = new Map<SeatId, Promise<unknown>>();

	async function requireWorkshop(by: Parameters<typeof findWorkshop>[1]): Promise<WorkshopRow> {
		const workshop = await findWorkshop(database, by);
		if (workshop === undefined) throw new AppError('seat.codeUnknown');
		return workshop;
	}

	async function requireSeat(workshopId: WorkshopId, id: SeatId): Promise<KnownSeat> {
		const seat = await findSeat(database, workshopId, id);
		if (seat === undefined) throw new AppError('seat.unknown');
		return seat;
	}

	/** New codes with their hashes. Takes a while, so it is done before anything is locked. */
	async function makeCodes(workshopId: WorkshopId, count: number): Promise<MadeCode[]> {
		const codes = new Set<string>();
		while (codes.size < count) codes.add(newSeatCode());
		return Promise.all([...codes].map(async (code) => ({ code, hash: await hashSeatCode(code, workshopId) })));
	}

	async function addSeats(tx: Sql, workshopId: WorkshopId, made: readonly MadeCode[]): Promise<IssuedSeats['seats']> {
		const { count, highest } = await lockSeats(tx, workshopId);
		if (count + made.length > maxSeatsPerWorkshop) throw new AppError('seat.tooMany', { max: maxSeatsPerWorkshop });
		const fresh = made.map((seat, index) => ({ ...seat, number: highest + index + 1 }));
		const rows = await insertSeats(tx, workshopId, fresh, clock.now());
		const codeOf = new Map(fresh.map(({ number, code }) => [number, code]));
		return rows.map(({ id, number }) => ({ id, number, code: codeOf.get(number) ?? '' }));
	}

	/** Ends what a code has opened. Runs while no command touches the workshop, so that no vote slips in between. */
	function shut(workshopId: WorkshopId, seat: KnownSeat, also: (tx: Sql) => Promise<void>): Promise<void> {
		return live.exclusively(workshopId, async () => {
			if (seat.guestId !== null) await sessions.endAll('guest', seat.guestId);
			const rounds = await selectOpenRounds(database, workshopId);
			await database.begin(async (tx) => {
				if (seat.participantId !== null) await withdrawBallots(tx, seat.participantId, rounds);
				await revokeSeat(tx, seat.id, clock.now());
				await also(tx);
			});
		});
	}

	/** Lets the person of a code in; the first time, makes them. */
	async function admit(seat: KnownSeat, workshop: WorkshopRow, wanted: TableId | null, language: Language) {
		const newcomer = seat.guestId === null;
		const guestId = seat.guestId ?? (await insertGuest(database));
		const admission = { code: workshop.code, guestId, nickname: null, language };
		// Whoever sits somewhere stays there.
		const tableId = seat.tableId === null ? wanted : null;
		try {
			const { participantId } = await live.admit({ ...admission, tableId }).catch((error: unknown) => {
				// A full table keeps nobody from taking part; they can choose another one.
				if (error instanceof AppError && error.code === 'table.full')
					return live.admit({ ...admission, tableId: null });
				throw error;
			});
			if (newcomer) await giveSeat(database, seat.id, participantId);
			return { guestId, participantId };
		} catch (error) {
			// Whoever wasn't let in leaves nothing behind.
			if (newcomer) await deleteGuest(database, guestId);
			throw error;
		}
	}

	/** After what is under way with this code. */
	async function inTurn<Result>(id: SeatId, work: () => Promise<Result>): Promise<Result> {
		const turn = (underWay.get(id) ?? Promise.resolve()).then(work, work);
		underWay.set(id, turn);
		try {
			return await turn;
		} finally {
			if (underWay.get(id) === turn) underWay.delete(id);
		}
	}

	return {
		async issue(workshopId, count, by) {
			const workshop = await requireWorkshop({ id: workshopId });
			const made = await makeCodes(workshopId, count);
			const seats = await database.begin(async (tx) => {
				const added = await addSeats(tx, workshopId, made);
				await noteInLog(tx, { workshopId, accountId: by, action: 'seat.issue', detail: { count }, at: clock.now() });
				return added;
			});
			return { workshopCode: workshop.code, seats: mixed(seats) };
		},

		async list(workshopId) {
			const rows = await selectSeats(database, workshopId);
			const good = rows.filter(({ revoked }) => !revoked);
			return {
				counts: {
					issued: good.length,
					redeemed: good.filter(({ redeemed }) => redeemed).length,
					revoked: rows.length - good.length,
				},
				seats: rows.map(({ issuedAt, ...seat }) => ({ ...seat, issuedAt: issuedAt.toISOString() })),
			};
		},

		async revoke(workshopId, id, by) {
			await inTurn(id, async () => {
				const seat = await requireSeat(workshopId, id);
				const detail = { number: seat.number };
				await shut(workshopId, seat, (tx) =>
					noteInLog(tx, { workshopId, accountId: by, action: 'seat.revoke', detail, at: clock.now() }),
				);
			});
		},

		revokeUnused: (workshopId, by) =>
			database.begin(async (tx) => {
				const at = clock.now();
				const count = await revokeUnusedSeats(tx, workshopId, at);
				await noteInLog(tx, { workshopId, accountId: by, action: 'seat.revoke-unused', detail: { count }, at });
				return count;
			}),

		async reissue(workshopId, id, by) {
			const workshop = await requireWorkshop({ id: workshopId });
			const made = await makeCodes(workshopId, 1);
			return inTurn(id, async () => {
				const seat = await requireSeat(workshopId, id);
				if (seat.revoked) throw new AppError('seat.revoked');
				const seats: IssuedSeats['seats'] = [];
				await shut(workshopId, seat, async (tx) => {
					seats.push(...(await addSeats(tx, workshopId, made)));
					for (const added of seats) {
						await giveSeat(tx, seat.id, null);
						await giveSeat(tx, added.id, seat.participantId);
						const detail = { number: seat.number, newNumber: added.number };
						await noteInLog(tx, { workshopId, accountId: by, action: 'seat.reissue', detail, at: clock.now() });
					}
				});
				return { workshopCode: workshop.code, seats };
			});
		},

		async redeem({ code, at, guest, language }) {
			const workshop = await requireWorkshop('workshopId' in at ? { id: at.workshopId } : { code: at.workshopCode });
			const hash = await hashSeatCode(code, workshop.id);
			const found = await findSeatByHash(database, workshop.id, hash);
			if (found === undefined) throw new AppError('seat.codeUnknown');
			return inTurn(found.id, async () => {
				const seat = await findSeatByHash(database, workshop.id, hash);
				if (seat === undefined) throw new AppError('seat.codeUnknown');
				// Once personal data is deleted, nobody can be somebody of that evening again.
				if (seat.revoked || (seat.participantId !== null && seat.guestId === null)) throw new AppError('seat.revoked');
				const known = guest === null ? undefined : await findParticipantOf(database, workshop.id, guest);
				if (known !== undefined && known.id !== seat.participantId) throw new AppError('seat.alreadyIn');
				const table = 'tableId' in at ? at.tableId : null;
				return { ...(await admit(seat, workshop, table, language)), workshop, number: seat.number };
			});
		},
	};
}
