import { randomUUID } from 'node:crypto';

import type { BoardId, DeviceId, DocumentId, ParticipantId, WorkshopId } from '#lib/domain/ids.ts';
import type { CommandId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Revocation } from '#server/identity.ts';

import { AnsweredCommands } from './answered-commands.ts';
import type { Change } from './change.ts';
import type { Admission, LiveService } from './live-service.ts';
import { requireTable } from './require.ts';
import { findWorkshopIdByCode, findWorkshopIdOfBoard, loadWorkshopState } from './state-queries.ts';
import { WorkshopRoom, type RoomOptions } from './workshop-room.ts';
import type { SnapshotEntry, WorkshopState } from './workshop-state.ts';

export type LiveWorkshopsOptions = Omit<RoomOptions, 'broadcast' | 'newId' | 'answered'> & {
	/** Decides whether somebody is let in, and as whom. */
	readonly admit: (
		state: WorkshopState,
		admission: Admission,
		now: number,
		newId: () => string,
	) => { participantId: ParticipantId; changes: readonly Change[] };
	readonly broadcast: (workshopId: WorkshopId, ...message: Parameters<RoomOptions['broadcast']>) => void;
	/** A workshop has come into memory. */
	readonly opened: (state: WorkshopState) => void;
};

/** A room that nobody is in is kept this long, since people come back. */
const emptyRoomKeptMs = 10 * 60 * 1000;
const sweepIntervalMs = 60_000;

/** The workshops that are in memory, each opened from its rows when somebody first asks for it. */
export class LiveWorkshops implements Omit<LiveService, 'revoke'> {
	readonly #options: LiveWorkshopsOptions;
	readonly #rooms = new Map<WorkshopId, Promise<WorkshopRoom>>();
	/** Those of them whose rows are here. */
	readonly #open = new Map<WorkshopId, WorkshopRoom>();
	readonly #emptySince = new Map<WorkshopId, number>();
	readonly #sweep: NodeJS.Timeout;

	constructor(options: LiveWorkshopsOptions) {
		this.#options = options;
		this.#sweep = setInterval(() => void this.#closeEmptyRooms(), sweepIntervalMs).unref();
	}

	/** The room of a workshop. @throws AppError `workshop.unknown` */
	room(workshopId: WorkshopId): Promise<WorkshopRoom> {
		const open = this.#rooms.get(workshopId);
		if (open !== undefined) return open;
		const opening = this.#read(workshopId);
		this.#rooms.set(workshopId, opening);
		opening.catch(() => this.#rooms.delete(workshopId));
		return opening;
	}

	/** The room behind a join code. @throws AppError `join.codeUnknown` */
	async roomByCode(code: string): Promise<WorkshopRoom> {
		const workshopId = await findWorkshopIdByCode(this.#options.database, code);
		if (workshopId === undefined) throw new AppError('join.codeUnknown');
		return this.room(workshopId);
	}

	/**
	 * The state of a workshop that is open, out of memory: to be asked only where it is known to be committed (in `read`, and while
	 * the room tells of a commit). @throws AppError `workshop.unknown` if it isn't open
	 */
	committedState(workshopId: WorkshopId): WorkshopState {
		const room = this.#open.get(workshopId);
		if (room === undefined) throw new AppError('workshop.unknown');
		return room.queue.state;
	}

	/** The rooms that are open now. */
	async openRooms(): Promise<WorkshopRoom[]> {
		const settled = await Promise.allSettled(this.#rooms.values());
		return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
	}

	admit: LiveService['admit'] = async (admission) => {
		const room = await this.roomByCode(admission.code);
		let participantId: ParticipantId | undefined;
		await room.queue.change((state, now) => {
			const admitted = this.#options.admit(state, admission, now, randomUUID);
			participantId = admitted.participantId;
			return admitted.changes;
		});
		if (participantId === undefined) throw new Error('Somebody was let in without becoming anybody');
		return { workshopId: room.id, participantId };
	};

	addDevice: LiveService['addDevice'] = async ({ workshopId, kind, name, tableId }) => {
		const room = await this.room(workshopId);
		const id = randomUUID() as DeviceId;
		await room.queue.change((state) => {
			if (tableId !== null) requireTable(state, tableId);
			return [
				{
					type: 'put',
					entity: 'device',
					row: {
						...{ id, kind, name, tableId, place: null },
						...{ layout: 'auto', ideaId: null, languages: [], revokedAt: null },
					},
				},
			];
		});
		return id;
	};

	execute: LiveService['execute'] = async (workshopId, actor, name, payload) => {
		const room = await this.room(workshopId);
		const id = randomUUID() as CommandId;
		const ack = await room.queue.run({ id: actor.id, actor: () => actor }, { id, name, payload });
		if (!ack.ok) throw new AppError(ack.error.code, ack.error.params);
		return ack.result;
	};

	reload: LiveService['reload'] = async (workshopId) => {
		if (this.#rooms.has(workshopId)) await this.exclusively(workshopId, () => Promise.resolve());
	};

	exclusively: LiveService['exclusively'] = async (workshopId, work) => {
		const room = await this.room(workshopId);
		const result = await room.queue.exclusively(work);
		this.#options.opened(room.queue.state);
		return result;
	};

	/** A board's committed content and generation, for its document. @throws AppError `board.unknown` */
	loadBoard = async (boardId: BoardId) => {
		const workshopId = await findWorkshopIdOfBoard(this.#options.database, boardId);
		if (workshopId === undefined) throw new AppError('board.unknown');
		return (await this.room(workshopId)).loadBoard(boardId);
	};

	/** As whom somebody whose session has ended takes part in the workshops that are open; null if that isn't known. */
	actorsOf({ kind, ownerId }: Revocation): ReadonlySet<string> | null {
		if (kind !== 'guest') return new Set([ownerId]);
		const actors = new Set<string>();
		for (const room of this.#open.values()) {
			for (const { id, guestId } of room.queue.state.participants.values()) if (guestId === ownerId) actors.add(id);
		}
		return actors.size === 0 ? null : actors;
	}

	/** A snapshot was taken beside the commands, and is in the database. */
	async addSnapshot(workshopId: WorkshopId, row: SnapshotEntry): Promise<void> {
		const room = this.#open.get(workshopId);
		if (room === undefined) return;
		await room.queue.change(() => [{ type: 'put', entity: 'snapshot', row }]);
	}

	/** What is known of a sheet has changed: whoever sees something of it is told. */
	sheetChanged(documentId: DocumentId): void {
		for (const room of this.#open.values()) room.sheetChanged(documentId);
	}

	/** Lets every room finish what is under way. */
	async close(): Promise<void> {
		clearInterval(this.#sweep);
		await Promise.all((await this.openRooms()).map((room) => room.close()));
		this.#rooms.clear();
		this.#open.clear();
	}

	async #read(workshopId: WorkshopId): Promise<WorkshopRoom> {
		const state = await loadWorkshopState(this.#options.database, workshopId);
		if (state === undefined) throw new AppError('workshop.unknown');
		const room = new WorkshopRoom(state, {
			...this.#options,
			answered: await AnsweredCommands.read(this.#options.database, workshopId),
			newId: randomUUID,
			broadcast: (...message) => this.#options.broadcast(workshopId, ...message),
		});
		this.#open.set(workshopId, room);
		this.#options.opened(state);
		return room;
	}

	async #closeEmptyRooms(): Promise<void> {
		const now = this.#options.clock.now().getTime();
		for (const room of await this.openRooms()) {
			if (!room.isEmpty || !room.queue.isIdle) {
				this.#emptySince.delete(room.id);
				continue;
			}
			const since = this.#emptySince.get(room.id) ?? now;
			this.#emptySince.set(room.id, since);
			if (now - since < emptyRoomKeptMs) continue;
			this.#rooms.delete(room.id);
			this.#open.delete(room.id);
			this.#emptySince.delete(room.id);
			await room.close();
		}
	}
}
