import type { DeviceId, ParticipantId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Actor } from '#lib/domain/policy.ts';
import type { CommandInput, CommandName, CommandResult } from '#lib/protocol/commands.ts';
import type { Revocation } from '#server/identity.ts';

/** A person who comes in: a guest session that takes part in the workshop with this code. */
export type Admission = {
	readonly code: string;
	readonly guestId: string;
	readonly nickname: string | null;
	readonly language: Language;
	/** The table they chose, if the workshop has tables and lets people choose. */
	readonly tableId: TableId | null;
	/** Whether they take part from home. */
	readonly atHome?: boolean | undefined;
};

export type NewDevice = {
	readonly workshopId: WorkshopId;
	readonly kind: 'table' | 'screen';
	readonly name: string;
	readonly tableId: TableId | null;
};

/** What the rest of the server may ask of the live side. */
export type LiveService = {
	/**
	 * Lets a person in, or recognises one who was here before (then only language, and a given nickname or table, change).
	 * @throws AppError `join.codeUnknown`, `join.doorClosed` (newcomers only), `join.workshopEnded`, `table.full`, `table.unknown`, `access.blocked`
	 */
	admit(admission: Admission): Promise<{ workshopId: WorkshopId; participantId: ParticipantId }>;

	/** Adds a paired tablet or projector. @throws AppError `workshop.unknown`, `table.unknown` */
	addDevice(device: NewDevice): Promise<DeviceId>;

	/** Runs a command as if it had come over a socket: same checks, same transaction, same broadcast. @throws AppError */
	execute<Name extends CommandName>(
		workshopId: WorkshopId,
		actor: Actor,
		name: Name,
		payload: CommandInput<Name>,
	): Promise<CommandResult>;

	/** Reads the workshop's rows again after they were changed outside the command pipeline; does nothing if nobody is connected. */
	reload(workshopId: WorkshopId): Promise<void>;

	/** Runs work on a workshop's rows while no command touches them, and reads the rows again afterwards. */
	exclusively<Result>(workshopId: WorkshopId, work: () => Promise<Result>): Promise<Result>;

	/** Ends the live connections that stand on a session which is gone. */
	revoke(revocation: Revocation): void;
};
