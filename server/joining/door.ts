import { colourOfTable } from '#lib/domain/idea.ts';
import { languages } from '#lib/domain/language.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { WorkshopAtTheDoor } from '#lib/protocol/join.ts';
import type { Sql } from '#server/db/client.ts';
import type { GuestIdentity } from '#server/identity.ts';

import { findDoor, findParticipant, selectSeats, type DoorRow, type SeatsRow } from './door-queries.ts';

/**
 * A workshop as somebody at its door sees it.
 * @param guest who looks, if this browser has been somewhere before
 * @throws AppError `join.codeUnknown`
 */
export async function lookAtTheDoor(sql: Sql, code: string, guest: GuestIdentity | null): Promise<WorkshopAtTheDoor> {
	const door = await findDoor(sql, code);
	if (door === undefined) throw new AppError('join.codeUnknown');
	const [seats, known] = await Promise.all([
		selectSeats(sql, door.id),
		guest === null ? undefined : findParticipant(sql, door.id, guest.id),
	]);
	return { ...presentDoor(door), tables: seats.map(presentTable), you: known ?? null };
}

function presentDoor(door: DoorRow): Omit<WorkshopAtTheDoor, 'tables' | 'you'> {
	const { id, code, title, phase, doorOpen, place, defaultLanguage } = door;
	return {
		id,
		code,
		title,
		phase,
		doorOpen,
		place,
		defaultLanguage,
		languages: [...languages],
		edition: { slug: door.editionSlug, title: door.editionTitle },
		startsAt: door.startsAt?.toISOString() ?? null,
		privacy: { personalDataUntil: door.personalDataUntil, attribution: door.attribution },
	};
}

function presentTable(table: SeatsRow): WorkshopAtTheDoor['tables'][number] {
	const { id, name, question, capacity, seated, position, atHome } = table;
	const free = Math.max(0, capacity - seated);
	return { id, name, colour: colourOfTable(position), challenge: question, capacity, free, atHome };
}
