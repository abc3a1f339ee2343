import type { ParticipantId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { Admission } from '#server/live/live-service.ts';
import type { Participant, WorkshopState } from '#server/live/workshop-state.ts';

import { hostless, requireSeat } from './seats.ts';

/**
 * Lets somebody in. Whoever was here before is the same person again, even through a closed door and into a full table;
 * a nickname or a table given now replaces the one from before.
 * @throws AppError `join.doorClosed`, `join.workshopEnded`, `access.blocked`, `table.full`, `table.unknown`
 */
export function admit(
	state: WorkshopState,
	admission: Admission,
	now: number,
	newId: () => string,
): { participantId: ParticipantId; changes: Change[] } {
	const known = [...state.participants.values()].find((person) => person.guestId === admission.guestId);
	if (known !== undefined) return readmit(state, known, admission);
	if (state.workshop.phase === 'ended') throw new AppError('join.workshopEnded');
	if (!state.workshop.doorOpen) throw new AppError('join.doorClosed');
	if (admission.tableId !== null) requireSeat(state, admission.tableId);
	const person: Participant = {
		id: newId() as ParticipantId,
		guestId: admission.guestId,
		nickname: admission.nickname,
		language: admission.language,
		tableId: admission.tableId,
		atHome: admission.atHome ?? false,
		joinedAt: now,
		blockedAt: null,
		blockReason: null,
	};
	return { participantId: person.id, changes: [put(person)] };
}

function readmit(state: WorkshopState, known: Participant, { nickname, language, tableId, atHome }: Admission) {
	if (known.blockedAt !== null) throw new AppError('access.blocked');
	if (tableId !== null && tableId !== known.tableId) requireSeat(state, tableId);
	const person = {
		...known,
		language,
		nickname: nickname ?? known.nickname,
		tableId: tableId ?? known.tableId,
		atHome: atHome ?? known.atHome,
	};
	const isSame =
		person.language === known.language &&
		person.nickname === known.nickname &&
		person.tableId === known.tableId &&
		person.atHome === known.atHome;
	const left = person.tableId === known.tableId ? [] : hostless(state, known);
	return { participantId: known.id, changes: isSame ? [] : [put(person), ...left] };
}

function put(row: Participant): Change {
	return { type: 'put', entity: 'participant', row };
}
